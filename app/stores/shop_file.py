"""The shop file: watches, saved replies and preferences in one TinyDB file that several processes may use."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from tinydb import TinyDB

from app.core.identity import fingerprint
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.watch import Watch
from app.stores.atomic import (
    Tables,
    UnreadableError,
    changing,
    decode_tables,
    disk_problem,
    folder_gone,
    put_aside,
    put_document,
    read_tables,
    remove_documents,
    replace_file,
)
from app.stores.backups import RollingBackups
from app.stores.documents import BadDocumentError, from_document, readable, to_document
from app.stores.written_authors import rewrite

WAIT = 10.0
"""Seconds to wait for another process that changes the file."""

Entry = TypeVar("Entry", Watch, SavedReply)


@dataclass(frozen=True, slots=True)
class _Shop:
    """What the file holds, and what in it could not be used."""

    watches: tuple[Watch, ...] = ()
    saved_replies: tuple[SavedReply, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    skipped: tuple[Problem, ...] = ()


_TABLES = frozenset({"watches", "saved_replies", "preferences"})

_Stamp = tuple[int, int, int]
_NO_FILE: _Stamp = (0, 0, 0)


class TinyShopFile:
    """Implements `ShopFile`. `path` is the file, `backups` the folder of its copies. Never raises for a bad disk.

    Thread-safe; safe between processes through `path`.lock. Reading sees a change by anyone at once.
    """

    def __init__(self, path: Path, backups: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._backups = RollingBackups(backups, path.stem, _decoded)
        self._clock = clock
        self._guard = threading.RLock()
        self._seen: tuple[_Stamp, _Shop] | None = None
        self._recovered: Problem | None = None
        self._examined: tuple[tuple[_Stamp, bool], tuple[Problem, ...]] | None = None
        problem = self._locked(self._check)
        self._recovered = self._recovered or problem

    def watches(self) -> tuple[Watch, ...]:
        """Return all watches in the order in which they were made."""
        return self._shop().watches

    def put_watch(self, watch: Watch) -> Problem | None:
        """Keep a watch in place of the one with its id."""
        return self._change(lambda base: put_document(base.table("watches"), watch.id, to_document(watch)))

    def remove_watch(self, watch_id: str) -> Problem | None:
        """Remove a watch; an unknown one is no problem."""
        return self._change(lambda base: remove_documents(base.table("watches"), (watch_id,)))

    def preferences(self) -> Preferences:
        return self._shop().preferences

    def put_preferences(self, preferences: Preferences) -> Problem | None:
        """Keep what the owner set, in place of whatever stands there."""
        return self.change_preferences(lambda _known: preferences)

    def change_preferences(self, change: Callable[[Preferences], Preferences]) -> Problem | None:
        """Apply a change to the newest preferences, whoever wrote them, and keep the result; none where nothing changes."""

        def perform(base: TinyDB) -> None:
            known = self._shop().preferences
            if (changed := change(known)) != known:
                put_document(base.table("preferences"), "shop", to_document(changed))

        return self._change(perform)

    def change_authors(self, change: Callable[[str], str]) -> Problem | None:
        """Put in place of each blocked author what `change` makes of it, in the file and in every copy of it.

        A failure may leave some copies as they were: it is to be tried again. The file itself comes last.
        """

        def perform() -> None:
            self._check()
            copies = [path for _made, path in self._backups.copies()]
            aside = self._path.parent.glob(f"{self._path.name}.broken-*")
            for path in (*copies, *aside, self._path):
                rewrite(path, change)
            with suppress(OSError, UnreadableError):
                self._look()

        return self._locked(perform)

    def saved_replies(self) -> tuple[SavedReply, ...]:
        """Return all saved replies in the order in which they were made."""
        return self._shop().saved_replies

    def put_saved_reply(self, *replies: SavedReply) -> Problem | None:
        """Keep saved replies in place of those with their ids, in one write."""

        def put(base: TinyDB) -> None:
            for reply in replies:
                put_document(base.table("saved_replies"), reply.id, to_document(reply))

        return self._change(put)

    def remove_saved_reply(self, reply_id: str) -> Problem | None:
        """Remove a saved reply; an unknown one is no problem."""
        return self._change(lambda base: remove_documents(base.table("saved_replies"), (reply_id,)))

    def version(self) -> int:
        """Return a number that changes whenever the file does; 0 where there is none. Equal in all processes."""
        stamp = self._stamp()
        return 0 if stamp == _NO_FILE else fingerprint(" ".join(map(str, stamp)))

    def recovered(self) -> Problem | None:
        """Return what the owner must be told about the file, the latest: restored, lost, or not readable at the start."""
        return self._recovered

    def unread(self) -> Problem | None:
        """Return why nothing is known of the file: it is there, and could not be opened so far; None once it was read."""
        with self._guard:
            if self._seen is None:
                try:
                    self._look()
                except UnreadableError:  # `recovered` tells what became of it
                    return None
                except OSError as error:
                    return disk_problem(error, self._path)
            return None

    def skipped(self) -> tuple[Problem, ...]:
        """Return the entries that a hand-edited file holds and that cannot be used; they stay in the file."""
        return self._shop().skipped

    def trouble(self) -> tuple[Problem, ...]:
        """Return what is wrong with the file as it stands: not readable, or with entries that make no sense.

        A file that is not there is none: it comes back from its copies with the next change or start.
        """
        stamp = self._stamp(), os.access(self._path, os.R_OK)
        with self._guard:
            if self._examined is None or self._examined[0] != stamp or self._is_held(self._examined[1]):
                self._examined = stamp, self._examine()
            return self._examined[1]

    def _is_held(self, problems: tuple[Problem, ...]) -> bool:
        """Say whether the file could not be opened: that passes without a change of it."""
        return any(problem.code == "stores.not_readable" for problem in problems)

    def _examine(self) -> tuple[Problem, ...]:
        try:
            tables = _read(self._path)
        except UnreadableError as error:
            return (Problem("stores.shop_unreadable", {"path": self._path.name, "line": error.line}),)
        except OSError as error:
            return (disk_problem(error, self._path),)
        return _parse(tables, self._seen[1] if self._seen else None).skipped if tables else ()

    def _stamp(self) -> _Stamp:
        try:
            status = self._path.stat()
        except OSError:
            return _NO_FILE
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _shop(self) -> _Shop:
        with self._guard:
            stamp = self._stamp()
            if self._seen is None or stamp not in {self._seen[0], _NO_FILE}:
                with suppress(OSError, UnreadableError):  # what was read last stands until a change or a start mends it
                    self._look()
            return self._seen[1] if self._seen else _Shop()

    def _look(self) -> None:
        last = self._seen[1] if self._seen else None
        self._seen = self._stamp(), _parse(_read(self._path) or {}, last)

    def _change(self, change: Callable[[TinyDB], None]) -> Problem | None:
        def perform() -> None:
            self._check()
            with changing(self._path) as base:
                change(base)
            with suppress(OSError, UnreadableError):  # the change itself is safe; what fails here is done when next due
                self._look()
                self._backups.keep(self._path.read_bytes(), self._clock())

        return self._locked(perform)

    def _locked(self, act: Callable[[], None]) -> Problem | None:
        if gone := folder_gone(self._path):  # a lock would make it anew, empty
            return gone
        lock = FileLock(f"{self._path}.lock", timeout=WAIT, mode=0o600)
        with self._guard:
            try:
                with lock:
                    act()
            except (Timeout, UnreadableError):  # the second: an editor wrote between our check and our change
                return Problem("stores.shop_busy", {"path": self._path.name})
            except OSError as error:
                return disk_problem(error, self._path)
        return None

    def _check(self) -> None:
        """Keep a copy of a good file, or mend a bad or vanished one from its copies."""
        try:
            found = _read(self._path)
        except UnreadableError:
            self._restore(put_aside(self._path, self._clock()).name)
            return
        if found is None:
            self._restore("")
        else:
            self._backups.keep(self._path.read_bytes(), self._clock())

    def _restore(self, aside: str) -> None:
        copy = self._backups.newest_good()
        if copy is None:
            if aside:
                self._recovered = Problem("stores.shop_lost", {"aside": aside})
            return
        made, content = copy
        replace_file(self._path, content)
        self._look()
        date = datetime.fromtimestamp(made, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        self._recovered = Problem("stores.shop_restored", {"date": date, "aside": aside})


def _read(path: Path) -> Tables | None:
    """Return the tables of a shop file, or None where there is none. Raises `UnreadableError` and `OSError`."""
    tables = read_tables(path)
    return None if tables is None else _ours(tables)


def _decoded(raw: bytes) -> Tables:
    return _ours(decode_tables(raw))


def _ours(tables: Tables) -> Tables:
    """Return tables of which at least one is the shop's, though it may be empty: we never write a file without."""
    if tables.keys().isdisjoint(_TABLES):
        raise UnreadableError("no table of a shop")
    return tables


def _parse(tables: Tables, last: _Shop | None) -> _Shop:
    """Return what the tables hold; what makes no sense in them is as it was in `last`, where it was."""
    watches, bad_watches = _entries(tables, "watches", Watch, last.watches if last else ())
    replies, bad_replies = _entries(tables, "saved_replies", SavedReply, last.saved_replies if last else ())
    document = tables.get("preferences", {}).get("shop", {})
    preferences, bad_preferences = _preferences(document, last.preferences if last else None)
    return _Shop(watches, replies, preferences, bad_watches + bad_replies + bad_preferences)


def _entries(
    tables: Tables, name: str, kind: type[Entry], last: tuple[Entry, ...]
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    before = {entry.id: entry for entry in last}
    good: list[Entry] = []
    bad: list[Problem] = []
    for key, document in tables.get(name, {}).items():
        try:
            good.append(from_document(kind, document, id=key))
        except BadDocumentError as error:
            bad.append(_skipped(name, key, str(error), kept=key in before))
            good += [before[key]] if key in before else []
    return tuple(good), tuple(bad)


def _preferences(document: Any, last: Preferences | None) -> tuple[Preferences, tuple[Problem, ...]]:
    values, bad = readable(Preferences, document)
    if last is not None and isinstance(document, dict):
        values.update({name: getattr(last, name) for name in bad})
    elif last is not None and bad:
        return last, (_skipped("preferences", "shop", "shop", kept=True),)
    return Preferences(**values), tuple(_skipped("preferences", name, name, kept=last is not None) for name in bad)


def _skipped(table: str, entry: str, fields: str, *, kept: bool) -> Problem:
    code = "stores.entry_as_before" if kept else "stores.entry_skipped"
    return Problem(code, {"table": table, "entry": entry, "fields": fields})
