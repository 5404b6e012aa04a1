"""What was entered by hand: what waits for the listener, what is being typed, and pictures; each file whole or not there."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.core.by_hand import Entry, Where
from app.core.ports.by_hand import EntryDraft
from app.core.problems import Problem, ProblemError
from app.stores.atomic import (
    clean,
    disk_problem,
    make_folder,
    put_aside,
    read_file,
    replace_file,
    write_pieces,
)

_BATCH = re.compile(r"\d{13}-[0-9a-f]{12}-\d+")
_ENDING = ".jsonl"
_TAKEN = "taking.lock"
_DRAFT = "draft"
_PICTURE = re.compile(r"draft-[0-9a-f]{24}")
_LEFTOVER = 3600.0
"""Seconds after which an unfinished file of a killed program is removed."""

_MOMENT = 500
"""Milliseconds within which batches are called by the order in which they were put: several may fall into one."""

_EMPTY = Entry("")
_FIELDS = tuple(field.name for field in fields(Entry))


class WaitingEntries:
    """Implements core.ports.by_hand.Waiting on a folder, made when it is first needed: an entry a line.

    A batch is called by the time it was put there, a text of its own, and how many entries it has.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock
        self._last = 0
        self._lock = FileLock(folder / _TAKEN, timeout=0, thread_local=False)

    def put(self, entries: Iterable[Entry]) -> str | Problem:
        try:
            make_folder(self._folder)
            self._sweep()
            return self._write(entries)
        except ProblemError:  # from `entries`: an OSError, but none of this disk
            raise
        except OSError as error:
            return disk_problem(error, self._folder)

    def names(self) -> tuple[str, ...]:
        with suppress(OSError):
            return tuple(sorted(p.stem for p in self._folder.glob(f"*{_ENDING}") if _BATCH.fullmatch(p.stem)))
        return ()

    def read(self, name: str) -> Iterator[Entry]:
        try:
            with self._path(name).open("rb") as file:
                for line in file:
                    if (entry := _entry(line)) is not None:
                        yield entry
        except OSError:  # withdrawn, or on a drive that is gone: what is left is read when it is back
            return

    def is_there(self, name: str) -> bool:
        return self._path(name).exists()

    def drop(self, name: str) -> None:
        with suppress(OSError):  # it is taken in once more then, and every entry is known
            self._path(name).unlink(missing_ok=True)

    def put_aside(self, name: str) -> str:
        try:
            return put_aside(self._path(name), self._clock()).name
        except OSError:
            self.drop(name)
            return self._path(name).name

    def drop_aside(self) -> None:
        """Delete what was put aside: nobody can tell whose words it holds."""
        for path in self._folder.glob("*.broken-*"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise ProblemError(disk_problem(error, path)) from error

    def take(self) -> bool:
        if not self._folder.is_dir():
            return False
        try:
            self._lock.acquire()
        except (Timeout, OSError):
            return False
        return True

    def release(self) -> None:
        self._lock.release()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name if _BATCH.fullmatch(name) else 'none'}{_ENDING}"

    def _write(self, entries: Iterable[Entry]) -> str:
        def path(count: int) -> Path:
            now = int(self._clock() * 1000)
            self._last = self._last + 1 if 0 <= self._last - now < _MOMENT else now
            return self._path(f"{self._last:013d}-{uuid.uuid4().hex[:12]}-{count}")

        return write_pieces(self._folder, map(_line, entries), path).name.removesuffix(_ENDING)

    def _sweep(self) -> None:
        for path in self._folder.glob(".*.tmp"):
            with suppress(OSError):
                if path.stat().st_mtime < self._clock() - _LEFTOVER:
                    path.unlink()


class PictureFiles:
    """Implements core.ports.by_hand.Pictures: one file a picture, mode 0600."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes) -> Problem | None:
        ending = ".png" if content.startswith(b"\x89PNG") else ".jpg"
        path = self._folder / f"{name}{ending}"
        try:
            make_folder(self._folder)
            replace_file(path, content)
        except OSError as error:
            return disk_problem(error, path)
        return None

    def path(self, name: str) -> Path | None:
        found = (self._folder / f"{name}{ending}" for ending in (".png", ".jpg"))
        return next((path for path in found if path.is_file()), None)

    def drop(self, name: str) -> None:
        while path := self.path(name):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:  # another program has it open
                raise ProblemError(disk_problem(error, path)) from error


class EntryDraftFile:
    """Implements core.ports.by_hand.DraftFile: a small file, and its picture in one of its own, written once.

    The small file names the picture, so that a program killed in between leaves the draft before.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._path = folder / "draft.json"
        self._pictures = PictureFiles(folder)
        self._clock = clock

    def get(self) -> EntryDraft | Problem | None:
        try:
            raw = _draft(read_file(self._path))
            if raw is None:
                return Problem("stores.draft_unreadable", {"aside": put_aside(self._path, self._clock()).name})
            entry, customer_id, name = raw
            path = self._pictures.path(name) if _PICTURE.fullmatch(name) else None
            return EntryDraft(entry, customer_id, path.read_bytes() if path else b"")
        except FileNotFoundError:
            return None
        except OSError as error:
            return disk_problem(error, self._path)

    def put(self, draft: EntryDraft | None) -> Problem | None:
        name = _picture_name(draft.picture) if draft and draft.picture else ""
        try:
            if draft is None:
                self._path.unlink(missing_ok=True)
            else:
                make_folder(self._folder)
                is_new = bool(name) and self._pictures.path(name) is None
                if is_new and (problem := self._pictures.put(name, draft.picture)):
                    return problem
                replace_file(self._path, _draft_line(draft, name))
            for path in self._folder.glob("draft-*"):
                if path.stem != name and _PICTURE.fullmatch(path.stem):
                    path.unlink(missing_ok=True)
        except OSError as error:
            return disk_problem(error, self._path)
        return None


def _picture_name(picture: bytes) -> str:
    return f"draft-{blake2b(picture, digest_size=12).hexdigest()}"


def _draft_line(draft: EntryDraft, picture: str) -> bytes:
    known = {"customer": draft.customer_id, "picture": picture}
    return _encoded(
        {**_values(replace(draft.entry, id=_DRAFT)), **{name: text for name, text in known.items() if text}}
    )


def _draft(raw: bytes) -> tuple[Entry, str, str] | None:
    """Return an entry being typed, its customer's id and its picture's name, None where the file is none of ours."""
    entry = _entry(raw)
    if entry is None:
        return None
    values = json.loads(raw)
    return replace(entry, id=""), str(values.get("customer", "")), str(values.get("picture", ""))


def _line(entry: Entry) -> bytes:
    return _encoded(_values(entry))


def _values(entry: Entry) -> dict[str, object]:
    pairs = ((name, getattr(entry, name)) for name in _FIELDS)
    return {name: value for name, value in pairs if not (value == "" or value is None or value is False)}


def _encoded(values: dict[str, object]) -> bytes:
    return (clean(json.dumps(values, ensure_ascii=False)) + "\n").encode()


def _entry(line: bytes) -> Entry | None:
    """Return the entry of a line, None where it is none (a file that somebody edited)."""
    try:
        raw: dict[str, Any] = json.loads(line)
        known = {name: raw[name] for name in _FIELDS if name in raw}
        known["where"] = Where(known["where"])
        fits = all(_fits(name, value) for name, value in known.items())
        return Entry(**known) if fits and known["id"] else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _fits(name: str, value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number if name in {"at", "stars"} else isinstance(value, type(getattr(_EMPTY, name)))
