"""Small JSON files replaced as a whole: a reader sees the old state or the new one, never half of one."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage
from tinydb.table import Document, Table

from app.core.problems import Problem, ProblemError, reason_of, shortage_of

Tables = dict[str, dict[str, Any]]
"""A whole file: table name, document id, document. A document can be anything where a person edited the file."""

Result = TypeVar("Result")

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})
_IN_USE = frozenset({5, 32, 33})
"""Windows errors «access denied», «sharing violation», «lock violation»: another program looks into the file just now."""

_HELD = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY})
"""How a file that is there may refuse to be read: rights that are missing, or somebody who holds it just now."""

PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between tries while another program holds the file: under a second in all."""

LONGEST_PREFIX = 40
"""Letters of a file's name with which that of its unfinished copy begins: longer than the file's own it may not be."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class UnreadableError(Exception):
    """A file is there and can be opened, but what it holds is no file of ours (cut off, empty, overwritten).

    `line` is where reading it ended, from 1.
    """

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


class AtomicStorage(Storage):
    """TinyDB storage: reads JSON, replaces the file atomically and durably. Raises `UnreadableError` and `OSError`.

    An unreadable file is never written over: writing reads it first, unless that has been done.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._readable = False

    def read(self) -> Tables | None:
        """Return the file's tables, or None where there is no file."""
        tables = read_tables(self._path)
        self._readable = True
        return tables

    def write(self, data: Tables) -> None:
        """Replace the file; it is on the disk when the call returns."""
        if not self._readable:
            self.read()
        replace_file(self._path, encode_tables(data))


class _Documents(Table):
    """A table whose documents are known by texts (a watch's id, a contact's id) and not by numbers."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB leaves the type of ids to us and declares int


class _Database(TinyDB):
    """A TinyDB file with such tables."""

    table_class = _Documents


@contextmanager
def changing(path: Path) -> Iterator[TinyDB]:
    """Give a TinyDB whose changes reach the file together at the end, and not at all where an error ends the block.

    Raises `UnreadableError` and `OSError`.
    """
    held = CachingMiddleware(AtomicStorage)  # type: ignore[no-untyped-call]  # TinyDB types its middlewares not at all
    held.WRITE_CACHE_SIZE = sys.maxsize
    yield _Database(path, storage=held)
    held.flush()  # type: ignore[no-untyped-call]  # as above


def put_document(table: Table, key: str, fields: dict[str, Any]) -> None:
    """Put a document under a key; fields that an earlier one has and this one does not name stay."""
    if not isinstance(raw_documents(table).get(key, {}), dict):
        remove_documents(table, (key,))
    table.upsert(Document(fields, key))  # type: ignore[arg-type]  # ids are texts, see _Documents


def remove_documents(table: Table, keys: tuple[str, ...]) -> None:
    """Remove documents; unknown ids are ignored."""
    known = raw_documents(table)
    table.remove(doc_ids=[key for key in dict.fromkeys(keys) if key in known])  # type: ignore[misc]  # as above


def replace_documents(table: Table, removed: tuple[str, ...], documents: Mapping[str, dict[str, Any]]) -> None:
    """Remove some documents and put others, in their order; fields not named in those stay as in `put_document`."""
    old = {key: raw for key, raw in raw_documents(table).items() if isinstance(raw, dict)}
    remove_documents(table, (*removed, *documents))
    table.insert_multiple(
        Document({**old.get(key, {}), **fields}, key)  # type: ignore[arg-type]  # as above
        for key, fields in documents.items()
    )


def raw_documents(table: Table) -> dict[str, Any]:
    """Return all documents of a table as they stand in the file, good and bad."""
    return (table.storage.read() or {}).get(table.name, {})


def read_tables(path: Path, *, patient: bool = True) -> Tables | None:
    """Return the tables of a file, or None where there is none. Raises `UnreadableError` and `OSError`, see `read_file`."""
    try:
        raw = read_file(path, patient=patient)
    except FileNotFoundError:
        return None
    return decode_tables(raw)


def read_file(path: Path, *, patient: bool = True) -> bytes:
    """Return what a file holds; where it cannot be opened just now it is tried again for under a second, if `patient`.

    Raises `OSError`: «stores.not_readable» (path) as `ProblemError` for one that may not be opened, or that somebody holds.
    """
    try:
        return _patiently(path.read_bytes, is_held) if patient else path.read_bytes()
    except OSError as error:
        if is_held(error) and not os.path.isdir(path):  # noqa: PTH112  the one that never raises: Windows calls a folder held
            raise ProblemError(Problem("stores.not_readable", {"path": path.name})) from error
        raise


def is_held(error: OSError) -> bool:
    """Say whether reading failed for missing rights or for somebody who holds the file, and may work a moment later."""
    return error.errno in _HELD or is_in_use(error)


def is_in_use(error: OSError) -> bool:
    """Say whether another program has a file open just now, as Windows tells it."""
    return getattr(error, "winerror", None) in _IN_USE


def decode_tables(raw: bytes) -> Tables:
    """Return the tables in these bytes. Raises `UnreadableError`."""
    try:
        tables = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(type(error).__name__, getattr(error, "lineno", 1)) from None
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise UnreadableError("not tables of documents")
    return tables


def encode_tables(tables: Tables) -> bytes:
    """Return tables as UTF-8 JSON that any editor can show."""
    return clean(json.dumps(tables, ensure_ascii=False, indent=1) + "\n").encode()


def clean(text: str) -> str:
    """Return a text that UTF-8 can hold: halves of characters are joined, or replaced where the other half is missing."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file or make it, mode 0600, on the disk when the call returns. Raises `OSError`, then nothing changed.

    A symbolic link stays one: what it points to is replaced.
    """
    _replace(path, (content,))


def put_file(path: Path, pieces: Iterable[bytes]) -> Problem | None:
    """Replace or make a file that the owner asked for, anywhere; where it cannot be written nothing changed."""
    try:
        _replace(path, pieces)
    except OSError as error:
        reason = "no_folder" if isinstance(error, FileNotFoundError | NotADirectoryError) else reason_of(error)
        return Problem("ui.file_not_written", {"file": path.name, "reason": reason})
    return None


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    target = Path(os.path.realpath(path))
    write_pieces(target.parent, pieces, lambda _count: target, f".{target.name[:LONGEST_PREFIX]}.")


def write_pieces(folder: Path, pieces: Iterable[bytes], path: Callable[[int], Path], prefix: str = ".") -> Path:
    """Write a file whole or not at all, mode 0600, on the disk when the call returns. Raises `OSError` and what the pieces raise.

    `path` names it in its folder, by how many pieces there were, once all are written; until then it is called by the prefix and «.tmp».
    """
    descriptor, temporary = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=folder)
    count = 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        target = path(count)
        move(temporary, target)
    except BaseException:  # even where the program is being ended: no half file stays
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    sync_folder(folder)
    return target


def move(source: str | Path, target: Path) -> None:
    """Give a file another name in one step, in place of what had it. Raises `OSError`."""
    _patiently(lambda: os.replace(source, target))  # noqa: PTH105  the one call whose name says that it is atomic


def _patiently(act: Callable[[], Result], may_pass: Callable[[OSError], bool] = is_in_use) -> Result:
    """Perform an act, and again after a while where it fails for what may pass: another program has the file open (on Windows)."""
    for pause in PAUSES:
        try:
            return act()
        except OSError as error:
            if not may_pass(error):
                raise
            time.sleep(pause)
    return act()


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a folder durable where the system can. Raises `OSError` where the disk fails."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def put_aside(path: Path, now: float, word: str = "broken") -> Path:
    """Rename a file that cannot be used to a dated name with a word beside it and return that. Raises `OSError`."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.{word}-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.{word}-{stamp}-{number}")
    move(path, aside)
    sync_folder(path.parent)
    return aside


def disk_problem(error: OSError, path: Path) -> Problem:
    """Return what an error of the disk means to the owner; told is the name of what was met, as seen from the folder of `path`.

    A folder that is gone is named whole, for it has to be put back.
    """
    if isinstance(error, ProblemError):
        return error.problem
    if short := shortage_of(error):
        return short
    if error.errno == errno.ENAMETOOLONG:
        return too_long(path)
    if error.errno in _GONE and (gone := folder_gone(path)):
        return gone
    met = _met(error, path)
    named = {"path": met.relative_to(path.parent).as_posix()}
    if error.errno == errno.EISDIR or (error.errno in _DENIED and met.suffix and _is_folder(met)):
        return Problem("stores.folder_in_the_way", named)
    if error.errno in _FULL:
        return Problem("stores.disk_full", {"path": path.name})
    if error.errno in _DENIED:
        return Problem("stores.not_writable", named)
    return Problem("stores.disk_error", {"path": path.name})


def too_long(path: Path) -> Problem:
    """Return what it means that the system takes no path as long as this."""
    return Problem("stores.path_too_long", {"length": len(str(path.absolute()))})


def _met(error: OSError, path: Path) -> Path:
    """Return what an error names: a lock, a copy or the folder of one, where that lies beside `path` or below; else `path`."""
    for name in (error.filename2, error.filename):
        if not isinstance(name, str):
            continue
        met = Path(os.path.normpath(name))
        while met != path.parent and met.is_relative_to(path.parent):
            if os.path.lexists(met):
                return met
            met = met.parent  # in a folder that may not be entered, or a file that was just about to be made
    return path


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  the one that never raises


def folder_gone(path: Path) -> Problem | None:
    """Return «stores.folder_gone» (path) where the folder a file lies in, or one above that, is not there; else None."""
    missing = next((str(folder) for folder in reversed(path.parents) if _is_missing(folder)), None)
    return Problem("stores.folder_gone", {"path": missing}) if missing else None


def _is_missing(folder: Path) -> bool:
    """Say whether no folder is there, or its drive is; one that we may not look at is not missing for that."""
    try:
        return not stat.S_ISDIR(folder.stat().st_mode)
    except OSError as error:
        return error.errno not in _DENIED


def make_folder(folder: Path) -> None:
    """Make a folder of the profile where it is missing, for this user only, but never the profile itself.

    One that was moved away under the running program must not begin anew, empty, in its old place. Raises `OSError`.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
