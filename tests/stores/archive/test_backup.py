"""Backups: a good copy a day, as new as the archive, the newest seven, nothing bad ever in their place."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, keep, said

from app.core.case import CaseState, Handling
from app.core.correction import Correction, Label
from app.core.ports.archive import Heard
from app.core.problems import Problem
from app.core.views import Folder
from app.stores.archive import backup

DAY = 86_400.0


def names(opened: Opened) -> list[str]:
    return sorted(path.name for path in opened.backups.glob("*.sqlite"))


def test_one_a_day_and_the_newest_seven(opened: Opened) -> None:
    opened.hear(case("a"))
    for day in range(10):
        made = opened.archive.backup(NOW + day * DAY)
        assert opened.archive.backup(NOW + day * DAY + 60) == made
    assert names(opened) == [f"archive-202701{day}.sqlite" for day in range(18, 25)]


def test_copies_that_a_clock_ahead_has_named_are_the_last_to_be_taken_and_the_first_to_go(opened: Opened) -> None:
    opened.hear(case("a"))
    opened.archive.backup(NOW + 3_650 * DAY)
    opened.hear(case("b"))
    opened.archive.backup(NOW - DAY)
    opened.hear(case("c"))
    opened.archive.backup(NOW)
    opened.archive.close()
    opened.file.write_bytes(b"broken")
    opened.open()
    assert [problem.args["date"] for problem in opened.told] == ["2027-01-15"]
    assert opened.desk.counts(NOW)[Folder.COMPLAINTS] == 3
    for day in range(1, 6):
        opened.hear(case(f"d{day}"))
        opened.archive.backup(NOW + day * DAY)
    assert names(opened) == [f"archive-202701{day}.sqlite" for day in range(14, 21)]


def test_a_clock_far_behind_leaves_the_newest_copies(opened: Opened) -> None:
    for day in range(7):
        opened.hear(case(f"a{day}"))
        opened.archive.backup(NOW + day * DAY)
    opened.hear(case("b"))
    opened.archive.backup(5 * DAY)
    assert names(opened) == ["archive-19700106.sqlite", *(f"archive-202701{day}.sqlite" for day in range(16, 22))]


def the_copy(opened: Opened) -> int:
    made = opened.archive.backup(NOW)
    assert isinstance(made, Path)
    return made.stat().st_ino


def entered(opened: Opened) -> None:
    heard = Heard("by_hand", True, None, NOW, NOW, (case("phone", source="phone"),))
    assert isinstance(keep(opened.listener, [heard]), list)


def taught(opened: Opened) -> None:
    opened.desk.teach((), (Correction(0, Label.COMPLAINT, "fatalnie", NOW),))


@pytest.mark.parametrize(
    "change",
    [
        entered,
        taught,
        lambda opened: opened.edit(1, said("a", "otherwise").mention),
        lambda opened: opened.desk.put_handling(Handling(1, CaseState.RESOLVED)),
        lambda opened: opened.desk.put_handling(Handling(1, snoozed_until=NOW + 9)),
        lambda opened: opened.desk.mark_rung([1], NOW),
        lambda opened: opened.desk.remove(1),
    ],
)
def test_the_copy_of_today_takes_over_what_is_new(opened: Opened, change: Callable[[Opened], object]) -> None:
    opened.hear(case("a", "some words", handle="@anna", site="x.pl"))
    first = the_copy(opened)
    change(opened)
    second = the_copy(opened)
    assert second != first
    assert the_copy(opened) == second


def test_polls_that_bring_nothing_make_no_new_copy(opened: Opened) -> None:
    opened.hear(case("a", "some words"))
    first = the_copy(opened)
    opened.hear(at=NOW + 60)
    opened.hear(case("a", "some words"), at=NOW + 120)
    assert the_copy(opened) == first


def test_a_damaged_copy_of_today_is_made_anew(opened: Opened) -> None:
    opened.hear(case("a", "some words"))
    made = opened.archive.backup(NOW)
    assert isinstance(made, Path)
    made.write_bytes(b"nothing")
    assert opened.archive.backup(NOW) == made
    assert made.stat().st_size > 4096


def test_a_copy_is_one_whole_file(opened: Opened) -> None:
    opened.hear(*(case(f"k{n}", f"słowo {n}") for n in range(100)))
    made = opened.archive.backup(NOW)
    assert isinstance(made, Path)
    assert [path.name for path in opened.backups.iterdir() if not path.name.endswith(".lock")] == [made.name]
    copy = sqlite3.connect(f"file:{made}?mode=ro&immutable=1", uri=True)
    assert copy.execute("SELECT count(*) FROM texts").fetchone() == (100,)
    assert copy.execute("SELECT count(*) FROM search WHERE search MATCH 'slow*'").fetchone() == (100,)
    copy.close()


def test_writers_go_on_meanwhile(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "PAGES", 1)
    opened.hear(*(case(f"k{n}", f"słowo {n} " * 30) for n in range(100)))
    stop = threading.Event()
    heard = 0

    def write() -> None:
        nonlocal heard
        while not stop.is_set():
            opened.hear(said(f"m{heard}", "more"))
            heard += 1

    writer = threading.Thread(target=write)
    writer.start()
    made = opened.archive.backup(NOW)
    stop.set()
    writer.join(60)
    assert isinstance(made, Path)
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 100 + heard


def test_of_a_damaged_archive_nothing_is_kept(opened: Opened) -> None:
    opened.hear(*(case(f"k{n}", f"słowo {n} " * 90) for n in range(200)))
    opened.archive.close()
    with opened.file.open("rb+") as file:
        for page in range(60, opened.file.stat().st_size // 4096, 2):  # behind what the tables are described in
            file.seek(page * 4096)
            file.write(b"\xab" * 4096)
    opened.open(checked=True)
    assert opened.archive.backup(NOW) == Problem("stores.archive_damaged", {"path": "archive.db"})
    assert list(opened.backups.glob("*archive-*")) == []


def test_what_a_killed_backup_left_is_cleared(opened: Opened) -> None:
    part = opened.backups / ".archive-20270115.sqlite.part"
    part.write_bytes(b"half" * 5_000)
    opened.hear(case("a"))
    assert isinstance(opened.archive.backup(NOW), Path)
    assert not part.exists()


def test_a_backup_that_cannot_be_written_is_a_problem(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(part: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "place", full)
    assert opened.archive.backup(NOW) == Problem("stores.disk_full", {"path": "archive.db"})
    assert names(opened) == []
    assert list(opened.backups.glob(".*.part*")) == []


def test_another_process_at_it_for_too_long_is_a_problem(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "PATIENCE", 0.05)
    with backup.FileLock(opened.backups / ".archive.lock"):
        assert opened.archive.backup(NOW) == Problem("stores.busy", {"path": "archive.db"})
