"""One SQLite connection per thread, closed when its thread ends or all at once from any thread."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from app.core.problems import Problem, ProblemError
from app.stores.archive.failure import raising
from app.stores.archive.search import searchable
from app.stores.atomic import folder_gone
from app.stores.sqlite import Connection

PATIENCE = 20.0
"""Seconds a connection waits for another's write transaction before it gives up as busy."""

_AT_A_TIME = 0.5
"""Seconds of that after which a writer looks whether `close` wants to end: nothing else breaks off SQLite's own wait."""

_CACHE = -16_000
"""KiB of pages each connection may hold; SQLite's own 2 MB made lists of 100,000 mentions read the file again."""

_CHECKPOINT = 4_000
"""Pages of the log after which a commit moves them into the file: fewer syncs than with SQLite's 1,000."""

_LONGEST_LOG = 32 * 1024 * 1024
"""Bytes the log is cut back to once a long transaction made it longer."""


def connect(path: Path, *, durable: bool = True, patience: float = PATIENCE, makes: bool = True) -> sqlite3.Connection:
    """Open a connection in autocommit mode that any thread may use, one at a time. Raises `sqlite3.Error`.

    Unless it `makes` one, a file that is missing is an error (but on Windows, where none that is open can be deleted). With `durable` a commit is on the disk when it returns; without, a power cut may take the last commits but never
    tears the file. What is deleted is overwritten. The file, and SQLite's own ones beside it, are for this user alone.
    """
    _close_to_others(path, makes=makes)
    as_it_is = not makes and os.name != "nt"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw" if as_it_is else path,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        factory=Connection,
        uri=as_it_is,
    )
    try:
        connection.create_function("searchable", 1, searchable, deterministic=True)
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
        connection.execute(f"PRAGMA journal_size_limit = {_LONGEST_LOG}")
    except BaseException:  # even where the program is being ended: no connection stays open
        connection.close()
        raise
    return connection


def _close_to_others(path: Path, *, makes: bool) -> None:
    """Make the file if it is missing and wanted, readable by this user alone: its folder may be one that others may enter.

    One that is there is never opened for this: closing it would drop the locks SQLite has on it in this process.
    """
    with suppress(OSError):  # what is in the way SQLite meets as well, and says
        if makes and not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        elif path.stat().st_mode & 0o077:
            path.chmod(0o600)


Stamp = tuple[int, int]
"""Which file it is, whatever it is called: device and number."""


def stamp_of(path: Path) -> Stamp | None:
    """Return which file lies at a path, None for none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def gone(path: Path) -> Problem:
    """Return what it means that there is no archive at its path any more."""
    can_look = os.access(path.parent, os.X_OK)
    return folder_gone(path) or Problem(
        "stores.archive_gone" if can_look else "stores.not_writable", {"path": path.name}
    )


class _Held:
    """A thread's connection, and which file it is to. The lock keeps `close` of another thread out while a statement runs."""

    def __init__(self, connection: sqlite3.Connection, stamp: Stamp | None) -> None:
        self.connection = connection
        self.stamp = stamp
        self.lock = threading.RLock()
        self.closed = False
        # Python 3.13 warns of a connection that is dropped open; this closes it when its thread and thus `self` ends.
        weakref.finalize(self, connection.close)

    def close(self) -> None:
        with self.lock:
            self.closed = True
            self.connection.close()


class Connections:
    """The connections of one role to one file. After `close` every use raises `sqlite3.ProgrammingError`.

    Where the disk, the file or another process is in the way, both blocks raise `ProblemError` with «stores.disk_full»,
    «stores.busy», «stores.not_writable», «stores.disk_error» or «stores.archive_damaged». A file that was taken away is
    read on, and never made anew or written to: «stores.folder_gone», «stores.archive_gone», «stores.archive_replaced».
    """

    def __init__(self, path: Path, *, durable: bool, patience: float = PATIENCE) -> None:
        self.path = path
        self._durable = durable
        self._patience = patience
        self._mine = threading.local()
        self._all: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._closed = False
        self.wrote = False
        self._was_there = path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection; it is not closed under the block."""
        with raising(self.path):
            held = self._held()
            with held.lock:
                yield held.connection

    @contextmanager
    def holding(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to the file that was there, though it may be gone: this thread's, else any other's."""
        mine: _Held | None = getattr(self._mine, "held", None)
        with self._lock:
            open_ones = [held for held in (mine, *self._all) if held and not held.closed]
        if not open_ones:
            raise ProblemError(gone(self.path))
        with raising(self.path), open_ones[0].lock:
            yield open_ones[0].connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection inside a write transaction: committed at the end, rolled back on any error."""
        with self.reading() as connection:
            self._check(self._mine.held)
            self._begin(connection)
            try:
                yield connection
                connection.execute("COMMIT")
                self.wrote = True
            except BaseException:  # whatever it was, nothing half written stays
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Begin to write as soon as no other process does; busy where patience ends before that, or all is to be closed."""
        end = time.monotonic() + self._patience
        _wait_at_most(connection, min(self._patience, _AT_A_TIME))
        try:
            while not connection.in_transaction:
                try:
                    connection.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                    if not is_busy or self._closed or time.monotonic() >= end:
                        raise
        finally:
            _wait_at_most(connection, self._patience)

    def close_mine(self) -> None:
        """Close this thread's connection; the next use opens another."""
        held: _Held | None = getattr(self._mine, "held", None)
        if held is not None:
            held.close()
            self._mine.held = None

    def close(self) -> None:
        """Close all, waiting for what is under way."""
        with self._lock:
            self._closed = True
            every = list(self._all)
        for held in every:
            held.close()

    def _held(self) -> _Held:
        held: _Held | None = getattr(self._mine, "held", None)
        if held is not None and not held.closed and self._has_successor(held):
            self.close_mine()
        if held is None or (held.closed and not self._closed):
            if self._was_there and not self.path.exists():  # to connect would make an empty one
                raise ProblemError(gone(self.path))
            connection = connect(self.path, durable=self._durable, patience=self._patience, makes=not self._was_there)
            self._was_there = True
            held = _Held(connection, stamp_of(self.path))
            with self._lock:
                if self._closed:
                    held.close()
                self._all.add(held)
            self._mine.held = held
        if held.closed:
            raise sqlite3.ProgrammingError("the archive is closed")
        return held

    def _check(self, held: _Held) -> None:
        """Refuse to write into a file that is not the archive any more: nobody would find it there."""
        there = stamp_of(self.path)
        if there != held.stamp:
            raise ProblemError(
                gone(self.path) if there is None else Problem("stores.archive_replaced", {"path": self.path.name})
            )

    def _has_successor(self, held: _Held) -> bool:
        """Say whether another file lies in the place of a connection's own that goes on where that one ended."""
        there = stamp_of(self.path)
        if there in {held.stamp, None}:
            return False
        try:
            with held.lock, closing(connect(self.path, makes=False)) as other:
                return _ids_given(other) >= _ids_given(held.connection)
        except sqlite3.Error:  # no archive of ours, or not whole yet
            return False


def _wait_at_most(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {seconds * 1_000:.0f}")


def _ids_given(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the last ids that an archive gave."""
    rows = connection.execute("SELECT name, seq FROM sqlite_sequence WHERE name IN ('mentions', 'cases')").fetchall()
    return tuple(dict(rows).get(name, 0) for name in ("mentions", "cases"))
