"""The last resort for what was typed and the profile did not take: a text file in another place that has room."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

NAME = "counterbell-not-saved-"
MOST = 3
"""Files that are told of at a start: the newest."""
BETWEEN = "\n\n- - -\n\n"


def usual_places() -> tuple[Path, ...]:
    """Return where such a file is tried to be written, in order: a person's home folder, which is found again, then a temporary one."""
    with contextlib.suppress(RuntimeError):  # the system knows no home of this user
        return Path.home(), Path(tempfile.gettempdir())
    return (Path(tempfile.gettempdir()),)


class TypedAside:
    """Keeps texts as one file of a run, for this user only. `now` gives Unix seconds."""

    def __init__(self, places: Sequence[Path], now: Callable[[], float]) -> None:
        self._places, self._now = tuple(places), now
        self._path: Path | None = None
        self._texts: tuple[str, ...] = ()
        self._written = 0

    def put(self, texts: tuple[str, ...]) -> Path | None:
        """Have exactly these texts in the file and return it; without any there is none. None too where no place takes it."""
        if texts == self._texts:
            return self._path
        path = self._write(texts) if texts else None
        if texts and path is None:
            return None
        if self._path:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._path, self._texts = path, texts
        return path

    def left(self) -> tuple[Path, ...]:
        """Return the files that earlier runs left, the newest ones first; those of other users are none of ours."""
        found: list[tuple[float, Path]] = []
        for place in self._places:
            with contextlib.suppress(OSError):
                found.extend(_ours(place))
        newest = [path for _at, path in sorted(found, reverse=True) if path != self._path]
        return tuple(dict.fromkeys(newest))[:MOST]

    def _write(self, texts: tuple[str, ...]) -> Path | None:
        stamp = datetime.fromtimestamp(self._now()).astimezone().strftime("%Y-%m-%d-%H%M%S")
        content = (BETWEEN.join(texts) + "\n").encode("utf-8", "replace")
        self._written += 1
        nth = f"-{self._written}" if self._written > 1 else ""  # the earlier file goes only when this one is there
        for place in self._places:
            path = place / f"{NAME}{stamp}-{os.getpid()}{nth}.txt"
            with contextlib.suppress(OSError):
                _put_new(path, content)
                return path
        return None


def _put_new(path: Path, content: bytes) -> None:
    """Write a file that was not there before, on the disk when the call returns. Raises `OSError`; then there is none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def _ours(place: Path) -> Iterator[tuple[float, Path]]:
    for path in place.glob(f"{NAME}*.txt"):
        status = path.lstat()
        if os.name == "nt" or status.st_uid == os.getuid():
            yield status.st_mtime, path
