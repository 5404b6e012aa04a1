"""Backups of the archive, only good ones; and taking forgotten people out of them.

Of seven days the last state is kept, and the state before each of the last two changes of the tables.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.core.problems import Problem, ProblemError
from app.stores.archive.connections import connect, gone
from app.stores.archive.failure import is_damage, problem_of
from app.stores.archive.fields import Row
from app.stores.archive.forget import erase, leave, merge
from app.stores.archive.migrations import is_ours, version_of
from app.stores.archive.whole import told, wrong_part
from app.stores.atomic import make_folder, move, sync_folder
from app.stores.sqlite import damage

KEPT = 7
"""Daily copies."""
KEPT_BEFORE = 2
"""Copies from before the tables were changed."""
AHEAD = 2 * 86_400.0
"""Seconds by which the day of a copy may lie ahead: the clock may have been put back a little since."""
PAGES = 2_000
"""Pages copied in one go; between them other threads run."""
PATIENCE = 60.0
"""Seconds to wait while another process backs up the same archive."""

_MARK = """
SELECT (SELECT group_concat(hex(block)) FROM search_data WHERE id IN (1, 10)),
    (SELECT total(seq) FROM sqlite_sequence), (SELECT count(*) FROM cases), (SELECT count(*) FROM forgotten),
    (SELECT total(at) FROM rung), (SELECT total(at) FROM digested), (SELECT total(at) FROM corrections),
    (SELECT count(*) FROM handling), (SELECT total(changed_at) FROM handling),
    (SELECT total(snoozed_until) FROM handling), (SELECT group_concat(DISTINCT state || ifnull(kind, '')) FROM handling),
    (SELECT count(*) FROM outgoing), (SELECT total(ordered + closed) FROM outgoing),
    (SELECT total(cancelled_at) + total(said_at) + total(logged_at) FROM outgoing), (SELECT total(at) FROM delivery)
"""
"""What changes with the archive, but not by polls that bring nothing. Rows 1 and 10 stand for all of the search index."""


_DECIDED = """
SELECT (SELECT count(*) FROM forgotten), (SELECT count(*) FROM corrections), (SELECT total(at) FROM corrections),
    (SELECT count(*) FROM handling), (SELECT total(changed_at) FROM handling),
    (SELECT total(snoozed_until) FROM handling), (SELECT group_concat(DISTINCT state || ifnull(kind, '')) FROM handling),
    (SELECT count(*) FROM outgoing), (SELECT total(ordered + closed) FROM outgoing),
    (SELECT total(cancelled_at) + total(said_at) + total(logged_at) FROM outgoing),
    (SELECT count(*) + total(edited_at) FROM mentions WHERE watch_id = 'by_hand')
"""
"""What changes with what people entered and decided: no place can tell it again."""


class Backups:
    """The copies of one archive in a folder. Times are Unix seconds, days those of UTC.

    `NAME-YYYYMMDD.sqlite` is a day's last state, `NAME-v1-before-v4-YYYYMMDD.sqlite` an archive of version 1 as it was
    before it was brought to version 4.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self.folder = folder
        self._path = path
        self._name = re.compile(re.escape(path.stem) + r"-(?:v(\d+)-before-v(\d+)-)?(\d{4})(\d{2})(\d{2})\.sqlite")

    def make(self, now: float, *, renew: bool = True, patience: float | None = None) -> Path | Problem:
        """Keep the archive as today's copy unless that is as new; return it. On the disk when this returns.

        Without `renew` a copy of today stays as it is unless something was entered or decided since. `patience` is for how many
        seconds another process that makes copies is waited for, `PATIENCE` unless given.

        Problems: «stores.archive_damaged» (nothing is kept, nothing replaced), «stores.disk_full», «stores.busy»,
        «stores.not_writable», «stores.disk_error», «stores.archive_altered» (nothing is kept either).
        """
        target = self.folder / f"{self._path.stem}-{_day(now)}.sqlite"
        try:
            make_folder(self.folder)
            with self._lock(patience):
                self._sweep()
                if not self._is_current(target, _MARK if renew else _DECIDED):
                    self.copy(target)
                    for _, old in self.dated(now)[KEPT:]:
                        old.unlink(missing_ok=True)
        except (sqlite3.Error, OSError) as error:
            if (problem := problem_of(error, self._path)) is None:
                raise
            return problem
        return target

    def lacks_decisions(self, now: float) -> bool:
        """Say whether the newest copy, of whatever day, lacks something that was entered or decided."""
        newest = next((path for _date, path in self.dated(now)), None)
        return newest is None or not self._is_current(newest, _DECIDED)

    def make_before(self, found: int, wanted: int, now: float) -> None:
        """Keep the archive, which has the version found, before it is brought to the one wanted; slow.

        An upgrade that was interrupted leaves the copy from before all of it. Raises `OSError`, `sqlite3.Error` and
        filelock's `Timeout`.
        """
        target = self.folder / f"{self._path.stem}-v{found}-before-v{wanted}-{_day(now)}.sqlite"
        with self._lock():
            self._sweep()
            self.copy(target)
            others = [
                (int(match[2]), -int(match[1]), path.name)
                for match, path in self._named()
                if match[1] and path != target
            ]
            for _, _, name in sorted(others, reverse=True)[KEPT_BEFORE - 1 :]:
                (self.folder / name).unlink(missing_ok=True)

    def copy(self, target: Path) -> None:
        """Copy the archive as it stands now, whoever writes meanwhile. Raises `OSError`, `sqlite3.Error`.

        A copy that is not good raises as damage and is not kept.
        """
        part = target.with_name(f".{target.name}.part")
        part.unlink(missing_ok=True)
        if not self._path.exists():  # to connect would make an empty one
            raise ProblemError(gone(self._path))
        try:
            with closing(connect(self._path, makes=False)) as source, closing(connect(part)) as copy:
                source.execute(
                    "BEGIN"
                )  # one snapshot: a copy that sees each change of the listener begins anew at each
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy, pages=PAGES)
                copy.execute("PRAGMA journal_mode = DELETE").fetchone()
                self._require_whole(copy)
            place(part, target)
        finally:
            for left in _with_logs(part):
                left.unlink(missing_ok=True)

    def put_back(self, source: sqlite3.Connection) -> None:
        """Put what a connection has open in the archive's place, which is empty. Raises `OSError`, `sqlite3.Error`."""
        part = self._path.with_name(f".{self._path.name}.part")
        part.unlink(missing_ok=True)
        try:
            with closing(connect(part)) as copy:
                source.backup(copy, pages=PAGES)
                copy.execute("PRAGMA journal_mode = WAL").fetchone()
                require_good(copy)
            place(part, self._path)
        finally:
            for left in _with_logs(part):
                left.unlink(missing_ok=True)

    def dated(self, now: float) -> list[tuple[str, Path]]:
        """Return the ISO date of each daily copy and where it lies, newest first.

        Those of days far ahead are last: a clock that was wrong has named them, and nobody knows how old they are.
        """
        daily = [(_iso(match), path) for match, path in self._named() if not match[1]]
        return sorted(daily, key=lambda each: (each[0] <= _believed(now), each[0]), reverse=True)

    def exist(self) -> bool:
        """Say whether there is any copy, good or bad."""
        return bool(self._named())

    def restore_newest(self, newest_version: int, now: float) -> str | None:
        """Put the newest good copy of all in the archive's place, which is empty; return its ISO date, None without one.

        Of one day the higher version is the newer: a copy from before a change is older than the day's copy after it.
        Copies of days far ahead are taken last, see `dated`.
        """
        found = [
            (_iso(match) <= _believed(now), _iso(match), _version_of(path), path.stat().st_mtime, path)
            for match, path in self._named()
        ]
        for _, date, version, _, path in sorted(found, reverse=True):
            if 0 < version <= newest_version and _is_good(path):
                part = self._path.with_name(f".{self._path.name}.part")
                shutil.copyfile(path, part)
                place(part, self._path)
                return date
        return None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Have nobody make a copy within the block. Raises `OSError`, and «stores.busy» as `ProblemError`."""
        make_folder(self.folder)  # the lock would make the profile's as well where that was moved away
        lock = self._lock()
        try:
            lock.acquire()
        except Timeout as error:
            raise ProblemError(Problem("stores.busy", {"path": self._path.name})) from error
        try:
            yield
        finally:
            lock.release()

    def forget(self, identity_keys: Sequence[str], prints: Sequence[Row]) -> None:
        """Take people out of every copy and leave it these rows of `forgotten`; to be called while `held`.

        A broken archive put aside, or a copy that cannot be changed, is deleted. Raises `OSError`, `sqlite3.Error`.
        """
        self._sweep()
        for broken in (
            *self._path.parent.glob(f"{self._path.name}*.broken-*"),
            *self._path.parent.glob(f".{self._path.name}.part"),
        ):
            broken.unlink(missing_ok=True)
        for copy in sorted(self.folder.glob(f"{self._path.stem}-*.sqlite")):
            _forget_in(copy, identity_keys, prints)

    def _require_whole(self, copy: sqlite3.Connection) -> None:
        """Raise where a copy is broken, or not made as we make one: what is no use takes no good one's place."""
        require_good(copy)
        if part := wrong_part(copy):
            raise ProblemError(told(self._path, part))

    def _is_current(self, copy: Path, mark: str) -> bool:
        """Say whether a copy holds what the archive does as far as this mark tells."""
        if not copy.exists():
            return False
        try:
            with closing(connect(self._path, makes=False)) as source, closing(connect(copy, makes=False)) as kept:
                return _mark(source, mark) == _mark(kept, mark)
        except sqlite3.Error:
            return False  # an older copy, or a bad one: copying shows which of the two is damaged

    def _lock(self, patience: float | None = None) -> FileLock:
        wait = PATIENCE if patience is None else patience
        return FileLock(self.folder / f".{self._path.stem}.lock", timeout=wait)

    def _sweep(self) -> None:
        """Remove what a program that was ended in the middle of a copy left; to be called while nobody makes one."""
        for left in self.folder.glob(f".{self._path.stem}-*.sqlite.part*"):
            left.unlink(missing_ok=True)

    def _named(self) -> list[tuple[re.Match[str], Path]]:
        """Return what the name of each copy says, and where it lies."""
        found = ((self._name.fullmatch(path.name), path) for path in self.folder.glob("*.sqlite"))
        return [(match, path) for match, path in found if match]


def require_good(connection: sqlite3.Connection) -> None:
    """Raise `sqlite3.DatabaseError` as SQLite does for damage where a database is broken or a stranger's."""
    if not is_ours(connection) or not is_sound(connection):
        raise damage()


def is_sound(connection: sqlite3.Connection) -> bool:
    """Say whether SQLite finds nothing wrong with a file; reads all of it."""
    factory, connection.text_factory = connection.text_factory, bytes  # a broken file's complaints may be no text
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchall() == [(b"ok",)])
    finally:
        connection.text_factory = factory


def place(part: Path, target: Path) -> None:
    """Sync a finished file and rename it over its target. Raises `OSError`."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    move(part, target)
    sync_folder(target.parent)


def _day(now: float) -> str:
    return f"{datetime.fromtimestamp(now, UTC):%Y%m%d}"


def _believed(now: float) -> str:
    """Return the ISO date up to which the day of a copy can be right."""
    return f"{datetime.fromtimestamp(now + AHEAD, UTC):%Y-%m-%d}"


def _iso(match: re.Match[str]) -> str:
    return "-".join(match.group(3, 4, 5))


def _version_of(path: Path) -> int:
    """Return the version of a copy, 0 for one that is no archive or whose head cannot be read."""
    try:
        with closing(connect(path)) as connection:
            return version_of(connection) if is_ours(connection) else 0
    except sqlite3.Error:
        return 0


def _is_good(path: Path) -> bool:
    try:
        with closing(connect(path)) as connection:
            return is_sound(connection) and not wrong_part(connection)
    except sqlite3.Error:
        return False


def _mark(connection: sqlite3.Connection, mark: str) -> tuple[int, Row]:
    return version_of(connection), connection.execute(mark).fetchone()


def _forget_in(copy: Path, identity_keys: Sequence[str], prints: Sequence[Row]) -> None:
    try:
        with closing(connect(copy)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            leave(connection, prints)
            if erase(connection, identity_keys):
                merge(connection)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        is_altered = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR
        if not is_damage(error) and not is_altered and problem_of(error, copy) is not None:
            raise
        for left in _with_logs(copy):
            left.unlink(missing_ok=True)


def _with_logs(path: Path) -> tuple[Path, ...]:
    return (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")))
