"""Where a profile will fail when it is needed: folders that take no file, and stores and copies that cannot be read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.core.problems import Problem
from app.stores.atomic import disk_problem
from app.stores.paths import Profile


def hindrances(profile: Profile) -> tuple[Problem, ...]:
    """Return what is in the way: each folder is written to, and each store and copy is asked for its rights; nothing stays behind.

    Folders that are not there are made when they are needed. The paths told are as seen from the profile.
    """
    cards = (folder for folder in _inside(profile.customers) if os.path.isdir(folder))  # noqa: PTH112  the one that never raises
    folders = (profile.by_hand, profile.pictures, profile.fetched, profile.backups, profile.customers, *cards)
    copies = (copy for copy in _inside(profile.backups) if copy.suffix in {".json", ".sqlite"} and os.path.isfile(copy))  # noqa: PTH113  the one that never raises
    stores = (file for file in (profile.shop, profile.archive) if os.path.isfile(file))  # noqa: PTH113  as above
    closed = (
        Problem("stores.not_readable", {"path": _told(profile, copy)})
        for copy in (*stores, *copies)
        if not os.access(copy, os.R_OK)
    )
    return (*filter(None, (_unwritable(profile, folder) for folder in folders)), *closed)


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # told as a folder that takes no file
        return []


def _unwritable(profile: Profile, folder: Path) -> Problem | None:
    if not os.path.lexists(folder):
        return None
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        met = disk_problem(error, folder)
        return Problem(met.code, {"path": _told(profile, folder)} if "path" in met.args else met.args)


def _told(profile: Profile, path: Path) -> str:
    return path.relative_to(profile.folder).as_posix()
