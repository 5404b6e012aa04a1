"""What is found fast about the customers' files: a SQLite file that can be thrown away and made again from them."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.customer import Customer
from app.core.text import fold
from app.stores.atomic import clean
from app.stores.sqlite import Connection

Stamp = tuple[int, int]
"""Of a file: when it was changed (ns) and its size (bytes)."""

FORMAT = 1
"""Another number in the file means that another version made it: it is then made again."""

LONGEST = 200_000
"""Characters of a customer's texts that a search looks at."""

_PATIENCE = 5.0
"""Seconds to wait for another process that writes the index."""

_SCHEMA = f"""
CREATE TABLE customer (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL, words TEXT NOT NULL, newest REAL NOT NULL,
    changed INTEGER NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE identity (key TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (key, customer)) WITHOUT ROWID;
CREATE TABLE draft (
    case_id INTEGER NOT NULL, customer TEXT NOT NULL, saved REAL NOT NULL, PRIMARY KEY (case_id, customer)
) WITHOUT ROWID;
CREATE TABLE contact (at REAL NOT NULL, customer TEXT NOT NULL);
CREATE INDEX contact_at ON contact (at);
CREATE INDEX contact_customer ON contact (customer);
CREATE INDEX identity_customer ON identity (customer);
CREATE INDEX draft_customer ON draft (customer);
PRAGMA user_version = {FORMAT};
"""

_MEMORY = Path(":memory:")

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?\d(?:[ ().\-/]{0,2}\d){6,}")
"""A phone or order number as people write it; found however its digits are grouped."""

_OWN_DIGITS = 9
"""Digits of a phone number that are compared: with or without «+48», «+7» or «8» it is the same one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer and the stamp of the file they were read from."""

    customer: Customer
    stamp: Stamp


class CustomerIndex:
    """The index file, or one in memory where the disk allows none. Thread-safe. Raises `sqlite3.Error`.

    `fresh` says that it was made anew and holds nothing yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.RLock()
        self.fresh = False
        self._closed = False
        self._base = self._open()

    def put(self, entries: Iterable[Entry]) -> None:
        """Keep entries in place of earlier ones of the same customers."""
        with self._guard, self._base as base:
            for entry in entries:
                _delete(base, entry.customer.id)
                _insert(base, entry)

    def drop(self, customer_ids: Iterable[str]) -> None:
        """Forget customers; nothing of them stays in the file or its journal."""
        with self._guard:
            with self._base as base:
                for customer_id in customer_ids:
                    _delete(base, customer_id)
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def stamps(self) -> Mapping[str, Stamp]:
        """Return which state of which file is known."""
        return {row[0]: (row[1], row[2]) for row in self._rows("SELECT id, changed, size FROM customer")}

    def name(self, customer_id: str) -> str:
        """Return a customer's name, or «»."""
        rows = self._rows("SELECT name FROM customer WHERE id = ?", customer_id)
        return str(rows[0][0]) if rows else ""

    def by_identity(self, key: str) -> tuple[str, ...]:
        """Return who has an identity with this key."""
        return _ids(self._rows("SELECT customer FROM identity WHERE key = ? ORDER BY customer", clean(key)))

    def by_draft(self, case_id: int) -> tuple[str, ...]:
        """Return who has a draft for a case, the newest draft first."""
        return _ids(self._rows("SELECT customer FROM draft WHERE case_id = ? ORDER BY saved DESC", case_id))

    def search(self, text: str, limit: int) -> tuple[str, ...]:
        """Return whose texts hold words beginning with all words given; names first, then who was in touch last."""
        terms = _terms(text)
        if not terms and text.strip():
            return ()
        found = " AND ".join(["instr(words, ?)"] * len(terms)) or "1"
        named = " AND ".join(["instr(folded, ?)"] * len(terms)) or "1"
        return _ids(
            self._rows(
                f"SELECT id FROM customer WHERE {found} ORDER BY ({named}) > 0 DESC, newest DESC, folded, id LIMIT ?",  # noqa: S608  only question marks are put in
                *terms,
                *terms,
                limit,
            )
        )

    def newest_contacts(self, limit: int) -> tuple[tuple[str, float], ...]:
        """Return who the newest contacts are with, and when each was (Unix seconds), newest first."""
        rows = self._rows("SELECT customer, at FROM contact ORDER BY at DESC LIMIT ?", limit)
        return tuple((row[0], float(row[1])) for row in rows)

    def renew(self, *, in_memory: bool = False) -> None:
        """Throw the index away and begin an empty one; `in_memory` where the disk has no room for it."""
        with self._guard:
            if self._closed:
                raise sqlite3.ProgrammingError("closed")
            self._base.close()
            self._delete_files()
            self._base = self._connect(_MEMORY) if in_memory else self._open()

    def close(self) -> None:
        """Close the file for good; may be called again."""
        with self._guard:
            self._closed = True
            self._base.close()

    def _rows(self, query: str, *values: str | float) -> list[tuple[str, int, int]]:
        with self._guard:
            return self._base.execute(query, values).fetchall()

    def _open(self) -> sqlite3.Connection:
        for attempt in (self._path, self._path, _MEMORY):
            try:
                return self._connect(attempt)
            except (sqlite3.Error, OSError) as error:
                if not is_busy(error):
                    self._delete_files()
        raise sqlite3.OperationalError("no index")

    def _connect(self, path: Path) -> sqlite3.Connection:
        base = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False, factory=Connection)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "temp_store=MEMORY"):
                base.execute(f"PRAGMA {pragma}").fetchall()
            self.fresh = not _is_made(base)
            if self.fresh:
                base.executescript(_SCHEMA)
            if self.fresh and path == self._path:
                path.chmod(0o600)
        except BaseException:  # even where the program is being ended: no connection stays open
            base.close()
            raise
        return base

    def _delete_files(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):  # then the next attempt fails as well and memory is used
                self._path.with_name(self._path.name + ending).unlink()


def is_busy(error: Exception) -> bool:
    """Tell whether another process uses the index and waiting did not help: nothing is wrong with the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _is_made(base: sqlite3.Connection) -> bool:
    """Tell a good index from an empty file. Raises `sqlite3.Error` for anything else."""
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version not in {0, FORMAT} or base.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("made by another version, or damaged")
    return bool(version)


def _delete(base: sqlite3.Connection, customer_id: str) -> None:
    base.execute("DELETE FROM customer WHERE id = ?", (customer_id,))
    for table in ("identity", "draft", "contact"):
        base.execute(f"DELETE FROM {table} WHERE customer = ?", (customer_id,))  # noqa: S608  names from this line


def _insert(base: sqlite3.Connection, entry: Entry) -> None:
    one = entry.customer
    newest = max((contact.at for contact in one.contacts), default=one.created)
    name = _words([one.name])
    row = (one.id, clean(one.name), name, _words(_texts(one)), newest, *entry.stamp)
    base.execute("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    keys = [(clean(identity.key), one.id) for identity in one.identities]
    base.executemany("INSERT OR IGNORE INTO identity VALUES (?, ?)", keys)
    drafts = [(draft.case_id, one.id, draft.saved_at) for draft in one.drafts if abs(draft.case_id) < 2**63]
    base.executemany("INSERT OR IGNORE INTO draft VALUES (?, ?, ?)", drafts)
    base.executemany("INSERT INTO contact VALUES (?, ?)", [(contact.at, one.id) for contact in one.contacts])


def _texts(customer: Customer) -> Sequence[str]:
    identities = (text for one in customer.identities for text in (one.name, one.handle))
    contacts = (text for one in reversed(customer.contacts) for text in (one.text, one.who, one.url))
    return [customer.name, *identities, customer.note, *contacts]


def _words(texts: Sequence[str]) -> str:
    """Return the folded words of texts, each after one blank, then the digits of numbers in one piece each."""
    whole = "\n".join(texts)[:LONGEST]
    numbers = (re.sub(r"\D", "", number) for number in _NUMBER.findall(whole))
    return "".join(f" {word}" for word in (*_split(whole), *numbers))


def _split(text: str) -> list[str]:
    return _WORD.findall(fold(unicodedata.normalize("NFC", clean(text))))


def _terms(text: str) -> tuple[str, ...]:
    """Return what to look for: beginnings of words, or the digits of a number wherever they stand in one."""
    if number := _NUMBER.fullmatch(text.strip()):
        return (re.sub(r"\D", "", number.group())[-_OWN_DIGITS:],)
    return tuple(dict.fromkeys(f" {word}" for word in _split(text[:1000])))[:50]


def _ids(rows: Sequence[tuple[str, int, int]]) -> tuple[str, ...]:
    return tuple(row[0] for row in rows)
