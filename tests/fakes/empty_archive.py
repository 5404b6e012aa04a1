"""An archive in which nothing was heard yet, made once and copied: to make its tables takes longer than most tests."""

from __future__ import annotations

import functools
from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.problems import Problem
from app.stores.archive.open import open_archive

MADE_AT = 1_800_000_000.0


def put_empty_archive(path: Path) -> None:
    """Put one where an archive will be opened, unless there is one; for this user alone, as the program makes it."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(_empty())


@functools.cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "archive.sqlite"
        opened = open_archive(file, Path(folder) / "backups", MADE_AT)
        assert not isinstance(opened, Problem)
        opened[0].close()
        assert not [*file.parent.glob("archive.sqlite-*")], "no log: the file is the whole archive"
        return file.read_bytes()
