"""What an error of SQLite or of the disk means to the owner."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from app.core.problems import Problem, ProblemError, shortage_of
from app.stores.archive.whole import altered
from app.stores.atomic import disk_problem, is_held, too_long

_CODES = {
    sqlite3.SQLITE_FULL: "stores.disk_full",
    sqlite3.SQLITE_BUSY: "stores.busy",
    sqlite3.SQLITE_LOCKED: "stores.busy",
    sqlite3.SQLITE_READONLY: "stores.not_writable",
    sqlite3.SQLITE_PERM: "stores.not_writable",
    sqlite3.SQLITE_AUTH: "stores.not_writable",
    sqlite3.SQLITE_IOERR: "stores.disk_error",
    sqlite3.SQLITE_IOERR_SHMSIZE: "stores.disk_full",  # no room for the -shm file; of other files it is SQLITE_FULL
    sqlite3.SQLITE_CANTOPEN: "stores.disk_error",
    sqlite3.SQLITE_CORRUPT: "stores.archive_damaged",
    sqlite3.SQLITE_NOTADB: "stores.archive_damaged",
}


_NEEDED = 8
"""Files that SQLite wants to open to copy one database into another."""

_LONGEST_PATH = 465
"""Bytes of the path of an archive whose copies, with longer names, SQLite takes too: 512 is its own limit."""

_NO_MEMORY = frozenset({sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR_NOMEM, sqlite3.SQLITE_IOERR_SHMMAP})


def problem_of(error: sqlite3.Error | OSError, path: Path) -> Problem | None:
    """Return an expected failure as a value; None for a fault of ours (a wrong statement, a broken rule).

    A lock that another process holds for too long is «stores.busy» of what it guards, the file at `path`.
    """
    if isinstance(error, Timeout):
        return Problem("stores.busy", {"path": path.name})
    if isinstance(error, OSError):
        return disk_problem(error, path)
    extended = getattr(error, "sqlite_errorcode", 0)
    if extended in _NO_MEMORY:
        return Problem("core.no_memory")
    if extended & 0xFF in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR} and (
        known := _shortage() or _in_the_way(path)
    ):
        return known
    if extended == sqlite3.SQLITE_ERROR:
        return altered(path)  # no such table, for one: the fault is ours where the archive is as we make it
    code = _CODES.get(extended, _CODES.get(extended & 0xFF))
    return Problem(code, {"path": path.name}) if code else None


def _shortage() -> Problem | None:
    """Return that this program may open no more files where that is so: SQLite calls it a failure of the disk."""
    opened: list[int] = []
    try:
        opened.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(_NEEDED))
    except OSError as error:
        return shortage_of(error)
    finally:
        for one in opened:
            os.close(one)
    return None


def _in_the_way(path: Path) -> Problem | None:
    """Return what keeps SQLite from a file of the archive: it is a folder, may not be opened, or its path is too long."""
    if len(os.fsencode(path.absolute())) > _LONGEST_PATH:
        return too_long(path)
    for suffix in ("", "-wal", "-shm", "-journal"):
        file = path.with_name(path.name + suffix)
        if os.path.isdir(file):  # noqa: PTH112  the one that never raises
            return Problem("stores.folder_in_the_way", {"path": file.name})
        if os.path.exists(file) and not _opens(file):  # noqa: PTH110  as above
            return Problem("stores.not_readable", {"path": file.name})
    return None


def _opens(file: Path) -> bool:
    """Say whether a file may be read. Elsewhere than on Windows it is not opened: to close it would drop SQLite's locks."""
    if os.name != "nt":
        return os.access(file, os.R_OK)
    try:
        file.open("rb").close()
    except OSError as error:
        return not is_held(error)
    return True


def is_damage(error: sqlite3.Error) -> bool:
    """Say whether an error means that the file itself is broken or no database."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def raising(path: Path) -> Iterator[None]:
    """Turn an expected failure in the block into a `ProblemError`; anything else passes as it is."""
    try:
        yield
    except ProblemError:
        raise
    except (sqlite3.Error, OSError) as error:
        if (problem := problem_of(error, path)) is None:
            raise
        raise ProblemError(problem) from error
