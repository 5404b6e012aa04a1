"""Opening the archive: checked, mended from a backup where it is broken, brought to today's tables."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from filelock import FileLock

from app.core.problems import Problem
from app.stores.archive.backup import Backups, is_sound
from app.stores.archive.connections import PATIENCE, Connections, connect, stamp_of
from app.stores.archive.desk import SqliteDeskArchive
from app.stores.archive.failure import is_damage, problem_of
from app.stores.archive.listener import SqliteListenerArchive
from app.stores.archive.migrations import is_ours, migrate, version_of
from app.stores.archive.out_tray import SqliteOutTray
from app.stores.archive.schema import STEPS
from app.stores.archive.sending import SqliteOutbox, doubt_all
from app.stores.archive.whole import told as not_whole
from app.stores.archive.whole import wrong_part
from app.stores.atomic import PAUSES, folder_gone, put_aside

OPENING = 120.0
"""Seconds to wait while another process opens, checks or mends the same archive."""

SPARE_IDS = 1_000_000
"""Ids left out after a restore: those given since the backup stand in customers' files and must not mean others."""


AT_ONCE = 16_000_000
"""Bytes of an archive that is copied within a fifth of a second."""


class Archive:
    """The archive of one profile: its file and every connection to it. Made by `open_archive`."""

    def __init__(self, path: Path, backups: Backups, patience: float = PATIENCE) -> None:
        self._backups = backups
        self._heard = Connections(path, durable=False, patience=patience)
        self._handled = Connections(path, durable=True, patience=patience)

    def listener(self) -> SqliteListenerArchive:
        return SqliteListenerArchive(self._heard)

    def desk(self) -> SqliteDeskArchive:
        return SqliteDeskArchive(self._handled, self._backups)

    def outbox(self) -> SqliteOutbox:
        return SqliteOutbox(self._handled)

    def out_tray(self) -> SqliteOutTray:
        """Return the outbox as the desk sees it."""
        return SqliteOutTray(self._handled)

    def backup(self, now: float, *, renew: bool = True) -> Path | Problem:
        """Keep the archive as today's copy unless that is as new, see Backups.make; slow, and writers go on meanwhile."""
        return self._backups.make(now, renew=renew)

    def keep_decided(self, now: float) -> None:
        """Renew today's copy where this process wrote what is in none yet and the archive is small enough to do it at once.

        A large one waits for the next poll or start, and so does what fails here or finds another process making copies.
        """
        if not (self._heard.wrote or self._handled.wrote):
            return
        with suppress(sqlite3.Error, OSError):
            if self._heard.path.stat().st_size <= AT_ONCE and self._backups.lacks_decisions(now):
                self._backups.make(now, renew=False, patience=0.0)

    def mend(self, now: float) -> Problem | None:
        """Put an archive back that was deleted under the running program; return what the owner should know, if anything.

        That is so as well where the folder can only be read: «stores.not_writable» (path).

        To be called now and then by who has read from the archive before: what is open is all that there is of it.
        """
        path = self._heard.path
        if stamp_of(path):
            may_write = os.access(path.parent, os.W_OK)
            return None if may_write else Problem("stores.not_writable", {"path": str(path.parent)})
        if problem := folder_gone(path):
            return problem
        try:
            with FileLock(path.with_name(path.name + ".lock"), timeout=OPENING):
                if stamp_of(path):  # another process has done it meanwhile: once more would undo what was written since
                    return None
                with self._heard.holding() as held:
                    for suffix in ("-wal", "-shm", "-journal"):
                        if (log := path.with_name(path.name + suffix)).exists():
                            put_aside(log, now)
                    self._backups.put_back(held)
        except (sqlite3.Error, OSError) as error:
            if (problem := problem_of(error, path)) is None:
                raise
            return problem
        return Problem("stores.archive_put_back")

    def close(self) -> None:
        """Close every thread's connection, waiting for what is under way; the archive cannot be used afterwards."""
        self._heard.close()
        self._handled.close()


def open_archive(
    path: Path,
    backups: Path,
    now: float,
    *,
    checked: bool = False,
    patience: float = PATIENCE,
    steps: Sequence[str] = STEPS,
) -> tuple[Archive, tuple[Problem, ...]] | Problem:
    """Open or make the archive at `path`, with its backups in a folder; safe while another process does the same.

    `checked` leaves out the check that reads the whole file. `patience` is how many seconds a write waits for another
    process. With the archive comes what the owner should know: «stores.archive_restored» (args date, aside) or
    «stores.archive_lost» (aside) where the file was broken, which is kept under the name `aside` («» for a file that was
    missing); «stores.archive_was_folder» (date, aside) where a folder was in its place. Problems: «stores.archive_newer» (path, version), «stores.archive_altered»
    (path, part) for one whose tables are not as we make them, «stores.busy», «stores.disk_full», «stores.not_readable» (after some tries within a second), «stores.not_writable», «stores.disk_error».
    """
    for pause in PAUSES:
        opened = _open(path, Backups(path, backups), now, checked=checked, patience=patience, steps=steps)
        if not (isinstance(opened, Problem) and opened.code == "stores.not_readable"):
            return opened
        time.sleep(pause)
    return opened


def _open(
    path: Path, copies: Backups, now: float, *, checked: bool, patience: float, steps: Sequence[str]
) -> tuple[Archive, tuple[Problem, ...]] | Problem:
    try:
        for folder in (path.parent, copies.folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(path.with_name(path.name + ".lock"), timeout=OPENING):
            found = _prepared(path, copies, now, checked=checked, steps=steps)
    except (sqlite3.Error, OSError) as error:
        if (problem := problem_of(error, path)) is None:
            raise
        return problem
    return found if isinstance(found, Problem) else (Archive(path, copies, patience), found)


def _prepared(
    path: Path, copies: Backups, now: float, *, checked: bool, steps: Sequence[str]
) -> tuple[Problem, ...] | Problem:
    """Make the file good and of today's version; return what the owner should know, or why it cannot be opened."""
    was_folder = put_aside(path, now, "folder").name if path.is_dir() and copies.exist() else ""
    missing = not path.exists()
    version = _version(path, checked=checked) if not missing else None
    if version is not None and version > len(steps):
        return Problem("stores.archive_newer", {"path": path.name, "version": version})
    told: tuple[Problem, ...] = ()
    if version is None and (not missing or copies.exist()):
        told = (_mended(path, copies, now, len(steps), was_folder),)
    with closing(connect(path)) as connection:
        if part := wrong_part(connection, steps):
            return not_whole(path, part)
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        migrate(connection, steps, lambda found: copies.make_before(found, len(steps), now))
        if told:
            _skip_ids(connection, now, lost=told[0].code == "stores.archive_lost")
            doubt_all(connection, now)
    return told


def _version(path: Path, *, checked: bool) -> int | None:
    """Return the version of an archive, None where the file is broken, empty or a stranger's. Raises `sqlite3.Error`."""
    if path.stat().st_size == 0:
        return None
    try:
        with closing(connect(path)) as connection:
            if not is_ours(connection):
                return None
            version = version_of(connection)
            return version if checked or is_sound(connection) else None
    except sqlite3.Error as error:
        if is_damage(error):
            return None
        raise


def _mended(path: Path, copies: Backups, now: float, newest_version: int, was_folder: str) -> Problem:
    """Put the broken file and its logs aside and the newest good backup in its place; an old log must not meet it.

    `was_folder` is the new name of a folder that lay in its place, if one did.
    """
    for suffix in ("-wal", "-shm", "-journal"):
        if (log := path.with_name(path.name + suffix)).exists():
            put_aside(log, now)
    aside = put_aside(path, now).name if path.exists() else ""
    date = copies.restore_newest(newest_version, now)
    if date is not None and was_folder:
        return Problem("stores.archive_was_folder", {"date": date, "aside": was_folder})
    if date is None:
        return Problem("stores.archive_lost", {"aside": aside})
    return Problem("stores.archive_restored", {"date": date, "aside": aside})


def _skip_ids(connection: sqlite3.Connection, now: float, *, lost: bool) -> None:
    """Never give ids again that the broken file may have given; without a backup only the clock is beyond them all."""
    for table in ("mentions", "cases"):
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        seq = int(now) if lost else (row[0] if row else 0) + SPARE_IDS
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, seq))
