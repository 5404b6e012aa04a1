"""Opening: whatever happened to the file, the owner has an archive afterwards and is told what became of the old one."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, keep, said

from app.core.ports.archive import Edit, Heard
from app.core.problems import Problem
from app.core.views import Folder
from app.core.watch import WatchState
from app.stores.archive import backup
from app.stores.archive import open as opening
from app.stores.archive.migrations import statements, version_of
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS

TODAY = "2027-01-15"
DAY = 86_400.0


def filled(opened: Opened) -> None:
    """Fill an archive, keep a backup, hear more after it, and close."""
    opened.hear(*(case(f"k{n}", f"słowa numer {n} " * 40) for n in range(200)))
    assert isinstance(opened.archive.backup(NOW), Path)
    opened.hear(case("after", "after the backup"))
    opened.archive.close()


def overwritten(path: Path, first: int = 5) -> None:
    with path.open("rb+") as file:
        for page in range(first, path.stat().st_size // 4096, 3):
            file.seek(page * 4096)
            file.write(b"\xab" * 4096)


def beheaded(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(b"\x00" * 100)


def cut(path: Path) -> None:
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2 + 77)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def a_text(path: Path) -> None:
    path.write_text("Dear diary,\n" * 900)


def a_stranger(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE mentions (id); PRAGMA user_version = 1;")
    connection.close()


def with_a_schema_that_is_no_text(path: Path) -> None:
    path.write_bytes(
        path.read_bytes().replace(b"mentions", b"\xce\xffntions").replace(b"CREATE TABLE", b"CREATE CABLE")
    )


BREAKS: list[Callable[[Path], None]] = [
    overwritten,
    beheaded,
    cut,
    emptied,
    a_text,
    a_stranger,
    with_a_schema_that_is_no_text,
]


@pytest.mark.parametrize("harm", BREAKS)
def test_a_broken_file_is_restored_and_kept_aside(opened: Opened, harm: Callable[[Path], None]) -> None:
    filled(opened)
    harm(opened.file)
    broken = opened.file.read_bytes()
    opened.open()
    (told,) = opened.told
    assert (told.code, told.args["date"]) == ("stores.archive_restored", TODAY)
    assert opened.file.with_name(str(told.args["aside"])).read_bytes() == broken
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 200
    assert opened.desk.page(Folder.EVERYTHING, "slowa 7", 0, 50, NOW).total == 1 + 10
    stored = opened.hear(case("new"))
    assert stored.mention_ids[0] > 1_000_000 < (stored.case_ids[0] or 0)
    opened.archive.close()
    opened.open()
    assert opened.told == ()


@pytest.mark.parametrize("harm", BREAKS)
def test_without_a_backup_a_new_one_begins(opened: Opened, harm: Callable[[Path], None]) -> None:
    opened.hear(*(case(f"k{n}", f"słowa numer {n} " * 40) for n in range(200)))
    opened.archive.close()
    harm(opened.file)
    opened.open()
    (told,) = opened.told
    assert told == Problem("stores.archive_lost", {"aside": "archive.db.broken-20270115T080000Z"})
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 0
    assert opened.hear(case("a")).case_ids[0] == NOW + 1


def test_a_folder_in_its_place_is_put_aside_and_the_copy_used(opened: Opened) -> None:
    filled(opened)
    opened.file.unlink()
    (opened.file / "theirs").mkdir(parents=True)
    opened.open()
    (told,) = opened.told
    assert (told.code, told.args["date"]) == ("stores.archive_was_folder", TODAY)
    assert (opened.file.with_name(str(told.args["aside"])) / "theirs").is_dir()
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 200
    opened.desk.forget(["x.pl @nobody"])
    assert (opened.file.with_name(str(told.args["aside"])) / "theirs").is_dir()


def test_a_folder_in_its_place_is_named_where_there_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "archive.db").mkdir()
    told = open_archive(tmp_path / "archive.db", tmp_path / "backups", NOW)
    assert told == Problem("stores.folder_in_the_way", {"path": "archive.db"})
    assert (tmp_path / "archive.db").is_dir()


def test_a_missing_file_comes_back_from_its_backup(opened: Opened) -> None:
    filled(opened)
    opened.file.unlink()
    opened.open()
    assert opened.told == (Problem("stores.archive_restored", {"date": TODAY, "aside": ""}),)
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 200


def test_an_old_log_never_meets_the_restored_file(opened: Opened) -> None:
    filled(opened)
    opened.file.unlink()
    log = opened.file.with_name("archive.db-wal")
    log.write_bytes(b"left over")
    opened.open()
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 200
    assert [p.read_bytes() for p in opened.file.parent.glob("archive.db-wal.broken-*")] == [b"left over"]


def test_bad_backups_are_passed_over(opened: Opened) -> None:
    filled(opened)
    (good,) = opened.backups.glob("*.sqlite")
    for date, harm in (("20270301", a_text), ("20270302", overwritten), ("20270303", emptied), ("20270304", cut)):
        bad = opened.backups / f"archive-{date}.sqlite"
        bad.write_bytes(good.read_bytes())
        harm(bad)
    newer = opened.backups / "archive-20270305.sqlite"
    newer.write_bytes(good.read_bytes())
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    beheaded(opened.file)
    opened.open()
    assert opened.told[0].args["date"] == TODAY


def test_checked_opens_without_reading_it_all(opened: Opened) -> None:
    filled(opened)
    overwritten(opened.file, first=60)
    opened.open(checked=True)
    assert opened.told == ()


def test_damage_that_shows_while_at_work_is_told(opened: Opened) -> None:
    filled(opened)
    overwritten(opened.file, first=60)
    opened.open(checked=True)
    edits = tuple(
        Edit(id_, n.mention, n.prints, n.verdict) for id_ in range(1, 202) for n in [said(f"k{id_ - 1}", "new")]
    )
    heard = Heard("w", False, WatchState("w"), NOW, NOW, edits=edits)
    assert keep(opened.listener, [heard]) == Problem("stores.archive_damaged", {"path": "archive.db"})


def test_a_file_of_a_newer_program_is_left_alone(opened: Opened) -> None:
    filled(opened)
    connection = sqlite3.connect(opened.file)
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    before = opened.file.read_bytes()
    found = open_archive(opened.file, opened.backups, NOW)
    assert found == Problem("stores.archive_newer", {"path": "archive.db", "version": len(STEPS) + 1})
    assert opened.file.read_bytes() == before


def test_a_new_step_keeps_the_old_file(opened: Opened) -> None:
    filled(opened)
    steps = (*STEPS, "ALTER TABLE hosts ADD COLUMN note TEXT;\nCREATE TABLE extra (id INTEGER) STRICT;\n")
    opened.open(steps=steps)
    with opened.listener._connections.reading() as connection:
        assert version_of(connection) == len(STEPS) + 1
        assert connection.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    kept = sqlite3.connect(opened.backups / before(len(STEPS), len(steps)))
    assert (version_of(kept), kept.execute("SELECT count(*) FROM mentions").fetchone()) == (len(STEPS), (201,))
    kept.close()


def test_a_step_that_fails_changes_nothing(opened: Opened) -> None:
    filled(opened)
    steps = (
        *STEPS,
        "CREATE TABLE extra (id INTEGER);",
        "CREATE TABLE more (id INTEGER);\nCREATE TABLE extra (id INTEGER);",
    )
    with pytest.raises(sqlite3.OperationalError):
        open_archive(opened.file, opened.backups, NOW, steps=steps)
    connection = sqlite3.connect(opened.file)
    assert version_of(connection) == len(STEPS) + 1
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert "extra" in tables
    assert "more" not in tables


def before(found: int, wanted: int) -> str:
    """Return the name of the copy made today before an archive of one version is brought to another."""
    return f"archive-v{found}-before-v{wanted}-{TODAY.replace('-', '')}.sqlite"


def befores(opened: Opened) -> list[str]:
    """Return the names of the copies made before upgrades, by the versions they were of."""
    names = (path.name for path in opened.backups.glob("archive-v*.sqlite"))
    return sorted(names, key=lambda name: [int(part) for part in re.findall(r"\d+", name)])


def table(number: int) -> str:
    return f"CREATE TABLE extra{number} (id INTEGER);"


def upgraded(opened: Opened, *tables: int, now: float = NOW) -> None:
    """Open with further steps, each of which makes a table, and close; one that is there already fails."""
    found = open_archive(opened.file, opened.backups, now, steps=(*STEPS, *map(table, tables)))
    assert isinstance(found, tuple)
    found[0].close()


def test_an_interrupted_upgrade_keeps_the_copy_from_before_it(opened: Opened) -> None:
    filled(opened)
    first, goal = len(STEPS), len(STEPS) + 4
    for tables in ((0, 0, 2, 3), (0, 1, 1, 3), (0, 1, 2, 2)):
        with pytest.raises(sqlite3.OperationalError):
            upgraded(opened, *tables)
    assert befores(opened) == [before(first, goal), before(first + 2, goal)]
    upgraded(opened, 0, 1, 2, 3)
    assert befores(opened) == [before(first, goal), before(first + 3, goal)]
    kept = sqlite3.connect(opened.backups / before(first, goal))
    assert (version_of(kept), kept.execute("SELECT count(*) FROM mentions").fetchone()) == (first, (201,))
    kept.close()


@pytest.mark.parametrize("later", [DAY, -DAY])
def test_of_the_copies_before_upgrades_the_newest_two_are_kept(opened: Opened, later: float) -> None:
    filled(opened)
    first = len(STEPS)
    for number in range(4):
        upgraded(opened, *range(number + 1), now=NOW + number * later)
    assert [name.rpartition("-")[0] for name in befores(opened)] == [
        f"archive-v{first + 2}-before-v{first + 3}",
        f"archive-v{first + 3}-before-v{first + 4}",
    ]


@pytest.mark.parametrize("days", [0, 1])
def test_the_copy_before_an_upgrade_is_restored_and_upgraded(opened: Opened, days: int) -> None:
    filled(opened)
    (daily,) = opened.backups.glob("*.sqlite")
    upgraded(opened, 0, now=NOW + days * DAY)
    beheaded(opened.file)
    opened.open(steps=(*STEPS, table(0)))
    assert opened.told[0].args["date"] == ("2027-01-16" if days else TODAY)
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 201, "the day's copy lacks one"
    with opened.listener._connections.reading() as connection:
        assert version_of(connection) == len(STEPS) + 1
    opened.archive.close()
    daily.unlink()
    opened.file.unlink()
    opened.open(steps=(*STEPS, table(0)))
    assert opened.told[0].code == "stores.archive_restored"
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 201


@pytest.mark.parametrize("days", [0, 1])
def test_a_copy_made_after_an_upgrade_is_preferred_to_the_one_before(opened: Opened, days: int) -> None:
    filled(opened)
    steps = (*STEPS, table(0))
    opened.open(steps=steps)
    opened.hear(case("upgraded"))
    assert isinstance(opened.archive.backup(NOW + days * DAY), Path)
    opened.archive.close()
    os.utime(opened.backups / before(len(STEPS), len(steps)))
    beheaded(opened.file)
    opened.open(steps=steps)
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 202


def test_a_bad_copy_before_an_upgrade_is_passed_over(opened: Opened) -> None:
    filled(opened)
    upgraded(opened, 0)
    overwritten(opened.backups / before(len(STEPS), len(STEPS) + 1))
    beheaded(opened.file)
    opened.open(steps=(*STEPS, table(0)))
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 200


def test_an_upgrade_waits_for_who_makes_or_cleans_copies(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(opened)
    monkeypatch.setattr(backup, "PATIENCE", 0.05)
    with backup.FileLock(opened.backups / ".archive.lock"):
        found = open_archive(opened.file, opened.backups, NOW, steps=(*STEPS, table(0)))
    assert found == Problem("stores.busy", {"path": "archive.db"})
    assert befores(opened) == []


def test_triggers_are_one_statement() -> None:
    script = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\n  DELETE FROM c;\nEND;\nSELECT 1;\n"
    assert len(statements(script)) == 2
    with pytest.raises(ValueError, match="unfinished"):
        statements("SELECT 1;\nSELECT 2")


def test_a_place_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    found = open_archive(tmp_path / "file" / "archive.db", tmp_path / "b", NOW)
    assert found == Problem("stores.disk_error", {"path": "archive.db"})


def test_a_full_disk_while_restoring_is_a_problem(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(opened)
    beheaded(opened.file)

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup.shutil, "copyfile", full)
        assert open_archive(opened.file, opened.backups, NOW) == Problem("stores.disk_full", {"path": "archive.db"})
    opened.open()
    assert opened.told[0].code == "stores.archive_restored"


def test_a_lock_that_is_never_let_go_is_a_problem(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "OPENING", 0.05)
    with opening.FileLock(opened.file.with_name("archive.db.lock")):
        assert open_archive(opened.file, opened.backups, NOW) == Problem("stores.busy", {"path": "archive.db"})


def test_threads_that_open_at_once_mend_it_once(opened: Opened) -> None:
    filled(opened)
    overwritten(opened.file)
    told: list[Problem] = []
    start = threading.Barrier(4)

    def open_it() -> None:
        start.wait(60)
        found = open_archive(opened.file, opened.backups, NOW)
        assert not isinstance(found, Problem)
        told.extend(found[1])
        found[0].close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [problem.code for problem in told] == ["stores.archive_restored"]


WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from app.core.mention import Mention
    from app.core.identity import prints_of
    from app.core.ports.archive import Heard, NewMention
    from app.core.verdict import Kind, Verdict
    from app.core.watch import WatchState
    from app.stores.archive.open import open_archive

    folder, name, polls = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    archive, told = open_archive(folder / "archive.db", folder / "backups", 1_800_000_000.0)
    listener = archive.listener()
    for poll in range(polls):
        mentions = [Mention("rss", f"{name}-{poll}-{n}", text="some words " * 200) for n in range(20)]
        new = tuple(NewMention(m, prints_of(m), Verdict(Kind.COMPLAINT, 0.9), opens_case=True) for m in mentions)
        stored = listener.transaction(lambda: [Heard(name, False, WatchState(name, failures=poll + 1), 1.0, 2.0, new)])
        print(len(stored[0].mention_ids), flush=True)
    archive.close()
""")


def start_writer(folder: Path, name: str, polls: int) -> subprocess.Popen[str]:
    root = Path(__file__).parents[3]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(polls)], cwd=root, stdout=subprocess.PIPE, text=True
    )


def test_two_processes_open_and_write_at_once(tmp_path: Path) -> None:
    writers = [start_writer(tmp_path, name, 10) for name in ("one", "two")]
    for writer in writers:
        out, _ = writer.communicate(timeout=60)
        assert (writer.returncode, out.split()) == (0, ["20"] * 10)
    opened = Opened(tmp_path)
    assert opened.told == ()
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 400
    assert {state.failures for state in opened.desk.states().values()} == {10}
    opened.archive.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of other systems")
def test_killed_while_writing_keeps_whole_polls(tmp_path: Path) -> None:
    writer = start_writer(tmp_path, "killed", 100_000)
    assert writer.stdout is not None
    for _ in range(6):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    said_so = 6 + len(writer.stdout.read().split())
    writer.wait(60)
    writer.stdout.close()
    opened = Opened(tmp_path)
    assert opened.told == ()
    polls = opened.desk.states()["killed"].failures
    assert polls >= said_so
    counts = opened.desk.counts(NOW)
    assert (counts[Folder.EVERYTHING], counts[Folder.COMPLAINTS]) == (20 * polls, 20 * polls)
    assert opened.desk.page(Folder.EVERYTHING, "some", 0, 5, NOW).total == 20 * polls
    opened.archive.close()
