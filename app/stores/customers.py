"""The customers: one small document file each, which is the truth, and an index of them."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.core.merging import Merged, merged, parted
from app.core.problems import Problem, ProblemError
from app.stores.atomic import UnreadableError, disk_problem, folder_gone, is_held, put_aside
from app.stores.customer_file import ID, CustomerFile, customer_of, skipped_entries
from app.stores.customer_index import CustomerIndex, Entry, Stamp, is_busy
from app.stores.merged_cards import MergedCards

_LEFTOVER = 60.0
"""Seconds after which an unfinished file of a killed program is removed."""

_PATIENCE = 5.0
"""Seconds to wait for another process that changes a card."""

WEARY = 10.0
"""Seconds in which nothing is waited for again to be shown, after a file could not be read however often it was tried."""

_NOBODY: tuple[str, ...] = ()

Result = TypeVar("Result")


class _Guard:
    """Lets one thread of one process at a time change cards: a window and a command may meet. May be entered again."""

    def __init__(self, path: Path) -> None:
        self._threads = threading.RLock()
        self._path = path
        self._processes = FileLock(path, timeout=_PATIENCE, mode=0o600, thread_local=False)
        self._depth = 0

    def __enter__(self) -> None:
        self._threads.acquire()
        self._depth += 1
        # else it was waited for already, or nothing is there to guard
        if self._depth == 1 and not folder_gone(self._path):
            # somebody who hangs, or a disk without locks, keeps nothing from being kept
            with suppress(Timeout, OSError, RuntimeError):  # the last is what an older filelock raises without flock
                self._processes.acquire()

    def __exit__(self, *_raised: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            with suppress(OSError):
                self._processes.release()
        self._threads.release()


class TinyCustomerFiles:
    """Implements `CustomerFiles`. `folder` holds the files, `index` is the index file. Thread-safe.

    `repair` is to be called once before the first use: an index made anew is empty until then.
    """

    def __init__(self, folder: Path, index: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock
        self._guard = _Guard(index.with_name(f"{index.name}.lock"))
        self._index = CustomerIndex(index)
        self._untold: tuple[Problem, ...] = ()
        self._merged = MergedCards(folder)
        self._is_merging = False
        self._weary_until = 0.0
        self._unseen: tuple[Problem, ...] = ()

    def get(self, customer_id: str) -> Customer | None:
        """Return a customer, or None where there is none or their file is damaged; of a merged card the one it is in.

        One whose file cannot be read just now is `unread`.
        """
        if not ID.fullmatch(customer_id):
            return None
        with suppress(UnreadableError):  # told by the next change or repair, which can put it aside
            try:
                return self._look(customer_id) or self._look(self._merged.where(customer_id))
            except OSError as error:
                name = self._name(customer_id)
                return Customer(customer_id, name, unread=self._unread(error, self._file(customer_id), name))
        return None

    def find(self, identity: Identity) -> Customer | None:
        """Return who has this account; the one of the smallest id where hand-made files give it to several."""
        for one in self._read(self._ask(lambda: self._index.by_identity(identity.key), _NOBODY)):
            if one.unread or any(known.key == identity.key for known in one.identities):
                return one
        return None

    def search(self, words: str, limit: int = 200) -> tuple[Customer, ...]:
        """Return customers whose name, handle, note or contacts hold all words, blind to case and diacritics."""
        if self._unseen and time.monotonic() >= self._weary_until:
            self.repair()
        return tuple(self._read(self._ask(lambda: self._index.search(words, limit), _NOBODY)))

    def create(self, name: str, identity: Identity | None, now: float) -> Customer | Problem:
        """Make a customer and return them; who has this very account already is returned instead of made twice.

        A file of theirs that cannot be read is told first: it is mended by then, or has to be. So is one of which nobody
        knows whose it is: it may be theirs.
        """
        with self._guard:
            if self._unseen:
                self.repair()
            if self._unseen:
                return self._unseen[0]
            known = self._known(identity) if identity else None
            if known and not (identity and identity.by_name_only and isinstance(known, Customer)):
                return known
            new = Customer(uuid.uuid4().hex, name, (identity,) if identity else (), created=now)
            return self._write(Customer(new.id, ""), new)

    def change(self, customer_id: str, change: Callable[[Customer], Customer]) -> Customer | Problem:
        """Apply a change to the newest state of a customer and keep the result; its id stays."""
        with self._guard:
            old = self._load(customer_id)
            if isinstance(old, Problem):
                return old
            new = replace(change(old), id=old.id)
            return old if new == old else self._write(old, new)

    def add_contact(self, customer_id: str, contact: Contact) -> Problem | None:
        """Add an entry to the contact log, or put it in place of the one with its id."""

        def add(old: Customer) -> Customer:
            others = (one for one in old.contacts if one.id != contact.id)
            return replace(old, contacts=(*others, contact))

        return _problem(self.change(customer_id, add))

    def put_draft(self, customer_id: str, draft: Draft) -> Problem | None:
        """Keep a draft in place of the case's earlier one; an empty text removes it."""

        def put(old: Customer) -> Customer:
            others = tuple(one for one in old.drafts if one.case_id != draft.case_id)
            return replace(old, drafts=(*others, draft) if draft.text else others)

        return _problem(self.change(customer_id, put))

    def draft_for(self, case_id: int) -> tuple[Customer, Draft] | None:
        """Return the draft of a case and whose it is."""
        for one in self._read(self._ask(lambda: self._index.by_draft(case_id), _NOBODY)):
            for draft in one.drafts:
                if draft.case_id == case_id:
                    return one, draft
        return None

    def contacts(self, limit: int = 500) -> tuple[tuple[Customer, Contact], ...]:
        """Return the newest contacts of all customers, newest first; of an `unread` card it is known only when they were."""
        newest: tuple[tuple[str, float], ...] = self._ask(lambda: self._index.newest_contacts(limit), ())
        cards = {one.id: one for one in self._read(tuple(dict.fromkeys(owner for owner, _ in newest)))}
        found = [(one, contact) for one in cards.values() for contact in one.contacts]
        for owner, at in newest:
            if (card := cards.get(owner)) and card.unread:
                found.append((card, Contact("", at, Direction.IN, Channel.NOTE, "")))
        return tuple(sorted(found, key=lambda pair: -pair[1].at)[:limit])

    def forget(self, customer_id: str) -> Problem | None:
        """Delete a customer with every copy of the file and every row of the index."""
        if not ID.fullmatch(customer_id):
            return None
        if gone := folder_gone(self._folder / customer_id):  # it is somewhere else, and would come back with that
            return gone
        file = self._file(customer_id)
        with self._guard:
            try:
                for other in tuple(self._merged.of(customer_id)):
                    self._file(other).erase()
                file.erase()
            except OSError as error:
                return disk_problem(error, file.path)
            self._ask(lambda: self._index.drop([customer_id]), None)
        return None

    def merge(self, customer_id: str, other_id: str) -> Merged | Problem:
        """Put all of another card on a card and end the other one.

        What is merged is written first; broken off in the middle, the merge is ended by the next `repair`.
        """
        with self._guard:
            one, other = self._load(customer_id), self._load(other_id)
            if isinstance(one, Problem):
                return one
            if isinstance(other, Problem):
                return other
            if one.id == other.id:
                return Problem("stores.same_card")
            return self._at_once(one.id, other.id, lambda: self._merge(one, other))

    def part(self, done: Merged) -> Problem | None:
        """Take a merge back: both cards are as they were, with what came to them since."""
        with self._guard:
            now = self._load(done.now.id)
            if isinstance(now, Problem):
                return now
            if now.id != done.now.id:
                return Problem("stores.customer_unknown", {"id": done.now.id})
            return _problem(self._at_once(now.id, done.other.id, lambda: self._part(done, now)))

    def repair(self) -> tuple[Problem, ...]:
        """Compare index and files, mend the index, put unreadable files aside; return what the owner should know."""
        with self._guard:
            try:
                files = dict(self._scan())
            except OSError as error:
                problem = _of_folder(error, self._folder)
                self._unseen = () if self._knows_cards() else (problem,)
                return (problem,)
            problems, self._untold, self._unseen = [*self._untold], (), ()
            try:
                self._compare(files, problems)
            except sqlite3.Error:
                self._make_index_anew(files, problems)
            if not self._is_merging and (pair := self._merged.under_way()):
                problems += self._finish(*pair)
            return tuple(problems)

    def _name(self, customer_id: str) -> str:
        with suppress(sqlite3.Error):
            return self._index.name(customer_id)
        return ""

    def _make_index_anew(self, files: dict[str, Stamp], problems: list[Problem]) -> None:
        """Index all files, in memory where the disk is full: the owner must reach the customers all the same."""
        self._index.renew()
        try:
            self._compare(files, problems)
        except sqlite3.Error:
            self._index.renew(in_memory=True)
            self._compare(files, problems)

    def trouble(self) -> tuple[Problem, ...]:
        """Return which cards cannot be read now: every file is opened, and none is waited for."""
        try:
            files = tuple(customer_id for customer_id, _stamp in self._scan())
        except OSError as error:
            return (_of_folder(error, self._folder),)
        return tuple(filter(None, map(self._closed, files)))

    def _closed(self, customer_id: str) -> Problem | None:
        """Return why a card cannot be opened now, None where it can."""
        file = self._file(customer_id)
        try:
            file.path.open("rb").close()
        except FileNotFoundError:  # forgotten or merged meanwhile
            return None
        except OSError as error:
            return self._unread(error, file)
        return None

    def close(self) -> None:
        """Close the index; may be called again."""
        self._index.close()

    def _file(self, customer_id: str) -> CustomerFile:
        return CustomerFile(self._folder, customer_id)

    def _look(self, customer_id: str) -> Customer | None:
        """Return a customer to be shown: who could not be read a while ago keeps nobody waiting again."""
        try:
            return self._file(customer_id).read(patient=time.monotonic() >= self._weary_until)
        except OSError:
            self._weary_until = time.monotonic() + WEARY
            raise

    def _unread(self, error: OSError, file: CustomerFile, name: str = "") -> Problem:
        """Return what it means that the file of a card could not be read; «stores.card_unread» where it may be soon."""
        if not (is_held(error) or _is_unread(error)):
            return disk_problem(error, file.path)
        name = name or self._name(file.id)
        path = file.path.relative_to(self._folder.parent).as_posix()
        return Problem("stores.card_unread", {"name": name, "path": path} if name else {"path": path, "why": "unknown"})

    def _knows_cards(self) -> bool:
        """Tell whether the index holds any card; one made anew holds none."""
        with suppress(sqlite3.Error):
            return bool(self._index.stamps())
        return False

    def _known(self, identity: Identity) -> Customer | Problem | None:
        """Return who has this account, or why that cannot be said."""
        for customer_id in self._ask(lambda: self._index.by_identity(identity.key), _NOBODY):
            one = self._load(customer_id)
            if isinstance(one, Problem):
                if one.code != "stores.customer_unknown":
                    return one
            elif any(known.key == identity.key for known in one.identities):
                return one
        return None

    def _read(self, customer_ids: tuple[str, ...]) -> Iterator[Customer]:
        return (one for customer_id in customer_ids if (one := self.get(customer_id)))

    def _at_once(self, into: str, other: str, act: Callable[[], Result]) -> Result | Problem:
        """Do what changes two cards, noted before, so that what is broken off is ended later."""
        self._is_merging = True
        try:
            self._merged.begin(into, other)
            result = act()
        except OSError as error:
            return disk_problem(error, self._file(other).path)
        finally:
            self._is_merging = False
        self._merged.settle()
        return result

    def _merge(self, one: Customer, other: Customer) -> Merged | Problem:
        now = self.change(one.id, lambda known: merged(known, other))
        if isinstance(now, Problem):
            return now
        try:
            self._merged.end(other.id, one.id)
        except OSError as error:
            back = self.change(one.id, lambda _known: one)
            if isinstance(back, Problem):
                raise
            return disk_problem(error, self._file(other.id).path)
        self._ask(lambda: self._index.drop([other.id]), None)
        return Merged(one, other, now)

    def _part(self, done: Merged, now: Customer) -> Customer | Problem:
        one, other = parted(done, now)
        self._merged.revive(other.id, now.id)
        result = self._write(done.other, other) if other != done.other else other
        if not isinstance(result, Problem):
            self._ask(lambda: self._index.put([_entry(self._file(other.id))]), None)
            result = self.change(now.id, lambda _known: one)
        if isinstance(result, Problem):
            self._merged.end(other.id, now.id)
            self._ask(lambda: self._index.drop([other.id]), None)
        return result

    def _finish(self, into: str, other: str) -> tuple[Problem, ...]:
        """End a merge that was broken off."""
        one, two = self.get(into), self.get(other)
        if unread := next((card.unread for card in (one, two) if card and card.unread), None):
            return (unread,)  # the note stays: it is looked at again
        is_begun = one and two and one.id != two.id and merged(one, two) == one
        if is_begun:  # else nothing was written yet, or all was parted again
            result = self.merge(into, other)
            return (result,) if isinstance(result, Problem) else ()
        self._merged.settle()
        return ()

    def _load(self, customer_id: str) -> Customer | Problem:
        unknown = Problem("stores.customer_unknown", {"id": customer_id})
        if not ID.fullmatch(customer_id):
            return unknown
        file = self._file(customer_id)
        try:
            file = self._file(self._merged.where(customer_id))
            return file.read() or folder_gone(self._folder / customer_id) or unknown
        except UnreadableError:
            return self._mend(file)
        except OSError as error:
            return self._unread(error, file)

    def _write(self, old: Customer, new: Customer) -> Customer | Problem:
        file = self._file(new.id)
        try:
            file.write(old, new)
            entry = _entry(file)
        except UnreadableError:
            return self._mend(file)
        except OSError as error:
            return self._unread(error, file) if _is_unread(error) else disk_problem(error, file.path)
        self._ask(lambda: self._index.put([entry]), None)
        return entry.customer

    def _mend(self, file: CustomerFile) -> Problem:
        """Put an unreadable file aside and bring its earlier state back where there is one."""
        name = self._name(file.id)
        try:
            aside = put_aside(file.path, self._clock()).name
            restored = file.restore()
            change = (lambda: self._index.put([_entry(file)])) if restored else (lambda: self._index.drop([file.id]))
            self._ask(change, None)
        except OSError as error:
            return disk_problem(error, file.path)
        code = "stores.customer_restored" if restored else "stores.customer_unreadable"
        return Problem(code, {"name": name or file.id, "aside": aside})

    def _ask(self, act: Callable[[], Result], otherwise: Result) -> Result:
        """Ask the index, and once more after making it anew if it is broken; the files are the truth."""
        try:
            return act()
        except sqlite3.Error as error:
            if is_busy(error):
                return otherwise
        try:
            with self._guard:
                self._index.renew()
                self._untold = self.repair()
                return act()
        except sqlite3.Error:
            return otherwise

    def _scan(self) -> Iterator[tuple[str, Stamp]]:
        """Give the id and stamp of every customer's file; remove what a killed program left unfinished."""
        if not self._folder.is_dir():
            return
        for folder in list(os.scandir(self._folder)):
            if len(folder.name) != 2 or not folder.is_dir():
                continue
            for file in list(os.scandir(folder.path)):
                customer_id = file.name.removesuffix(".json")
                if customer_id != file.name and ID.fullmatch(customer_id) and customer_id[:2] == folder.name:
                    status = file.stat()
                    yield customer_id, (status.st_mtime_ns, status.st_size)
                elif file.name.startswith(".") and file.name.endswith(".tmp"):
                    self._remove_leftover(Path(file.path))

    def _remove_leftover(self, path: Path) -> None:
        with suppress(OSError):  # in use by another process, or gone: not ours to remove
            if path.stat().st_mtime < self._clock() - _LEFTOVER:
                path.unlink()

    def _compare(self, files: dict[str, Stamp], problems: list[Problem]) -> None:
        known = self._index.stamps()
        gone = known.keys() - files.keys()
        if gone:
            self._index.drop(gone)
        stale = [customer_id for customer_id, stamp in files.items() if known.get(customer_id) != stamp]
        for start in range(0, len(stale), 500):
            self._index.put([*self._entries(stale[start : start + 500], problems)])

    def _entries(self, customer_ids: list[str], problems: list[Problem]) -> Iterator[Entry]:
        """Yield the entries of cards that read differently now; of one that cannot be read nobody knows whose it is by now."""
        for customer_id in customer_ids:
            file = self._file(customer_id)
            try:
                yield _entry(file, problems, patient=time.monotonic() >= self._weary_until)
            except UnreadableError:
                problems.append(self._mend(file))
            except OSError as error:
                self._weary_until = time.monotonic() + WEARY
                problems.append(problem := self._unread(error, file))
                self._unseen += (problem,)


def _is_unread(error: OSError) -> bool:
    return isinstance(error, ProblemError) and error.problem.code == "stores.not_readable"


def _of_folder(error: OSError, folder: Path) -> Problem:
    """Return what it means that a folder of cards could not be looked through."""
    if not is_held(error):
        return disk_problem(error, folder)
    met = Path(error.filename or folder)
    inside = met.is_relative_to(folder.parent)
    return Problem("stores.not_readable", {"path": (met.relative_to(folder.parent) if inside else met).as_posix()})


def _entry(file: CustomerFile, problems: list[Problem] | None = None, *, patient: bool = True) -> Entry:
    """Return what the index keeps of a file. Raises `UnreadableError` and `OSError`."""
    status = file.path.stat()
    tables = file.tables(patient=patient) or {}
    if problems is not None:
        for table, entry in skipped_entries(tables):
            problems.append(Problem("stores.entry_skipped", {"table": table, "entry": entry, "fields": file.path.name}))
    return Entry(customer_of(file.id, tables), (status.st_mtime_ns, status.st_size))


def _problem(result: Customer | Problem) -> Problem | None:
    return result if isinstance(result, Problem) else None
