"""One round of polls without a listener: what it leaves behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from filelock import FileLock
from stores.archive.hearing import NOW, Opened, case, said

from app.bootstrap.desk import open_desk
from app.bootstrap.polling import round_of_polls
from app.bootstrap.stores import open_stores
from app.core.by_hand import BY_HAND
from app.core.case import CaseState, Handling
from app.core.correction import Correction, Label
from app.core.messages import Failed
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Folder
from app.listen import once
from app.stores.archive import backup


def test_the_first_round_of_a_day_copies_the_archive(tmp_path: Path) -> None:
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == []
    (copy,) = (tmp_path / "backups").glob("archive-*.sqlite")
    before = copy.stat().st_ino
    opened = Opened(tmp_path)
    opened.hear(case("a"))
    opened.archive.close()
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == []
    assert [path.stat().st_ino for path in (tmp_path / "backups").glob("archive-*.sqlite")] == [before]


def test_a_round_beside_another_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.0)
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == []
    with FileLock(tmp_path / "polling.lock"):
        told = [turn.problem.code for turn in round_of_polls(open_stores(tmp_path), everything=True) if turn]
    assert told == ["listen.awaits_round", "listen.round_hangs"]


def test_a_copy_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Problem("stores.disk_full", {"path": "archive.db"})

    def make(_copies: backup.Backups, _now: float, *, renew: bool) -> Problem:
        assert not renew
        return full

    monkeypatch.setattr(backup.Backups, "make", make)
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == [Failed(full)]


@pytest.mark.parametrize("decided", ["answered", "entered", "taught", "nothing"])
def test_a_round_renews_the_copy_only_where_something_was_entered_or_decided(tmp_path: Path, decided: str) -> None:
    opened = Opened(tmp_path)
    opened.hear(case("a"))
    opened.archive.close()
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == []
    (copy,) = (tmp_path / "backups").glob("archive-*.sqlite")
    before = copy.stat().st_ino
    opened = Opened(tmp_path)
    if decided == "answered":
        opened.desk.put_handling(Handling(1, CaseState.ANSWERED, answered_at=NOW, changed_at=NOW))
    elif decided == "entered":
        opened.hear(case("b"), watch=BY_HAND)
    elif decided == "taught":
        opened.desk.teach((), (Correction(0, Label.COMPLAINT, "Cold again.", NOW),))
    opened.hear(case("c"))
    opened.archive.close()
    for _poll in range(2):
        assert list(round_of_polls(open_stores(tmp_path), everything=True)) == []
    assert (copy.stat().st_ino != before) is (decided != "nothing")


def test_what_was_decided_at_a_desk_is_in_the_copy_when_it_closes(tmp_path: Path) -> None:
    opened = Opened(tmp_path)
    opened.hear(case("a"))
    opened.archive.close()
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == []
    desk, *_ = open_desk(tmp_path)
    desk.cases.set_state(1, CaseState.NO_REPLY, NOW)
    desk.close()
    (tmp_path / "archive.db").write_bytes(b"broken")
    desk, _sources, notices = open_desk(tmp_path)
    assert [notice.code for notice in notices] == ["stores.archive_restored"]
    assert desk.inbox.row(1).state is CaseState.NO_REPLY
    desk.close()


@pytest.mark.parametrize("writes", [False, True])
def test_a_copy_that_another_program_makes_is_not_waited_for(tmp_path: Path, *, writes: bool) -> None:
    opened = Opened(tmp_path)
    opened.hear(case("a"))
    opened.archive.close()
    desk, *_ = open_desk(tmp_path)
    with FileLock(tmp_path / "backups" / ".archive.lock"):
        if writes:
            desk.cases.set_state(1, CaseState.NO_REPLY, NOW)
        start = time.monotonic()
        desk.close()
    assert time.monotonic() - start < backup.PATIENCE / 2


def test_a_desk_where_nothing_was_decided_makes_no_copy(tmp_path: Path) -> None:
    opened = Opened(tmp_path)
    opened.hear(case("a"))
    opened.desk.put_handling(Handling(1, CaseState.ANSWERED, answered_at=NOW, changed_at=NOW))
    opened.archive.close()
    desk, *_ = open_desk(tmp_path)
    assert desk.inbox.row(1)
    desk.close()
    assert list((tmp_path / "backups").glob("archive-*.sqlite")) == []


def test_a_large_archive_is_not_copied_when_a_desk_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.stores.archive.open.AT_ONCE", 10)
    opened = Opened(tmp_path)
    opened.hear(case("a"))
    opened.archive.close()
    desk, *_ = open_desk(tmp_path)
    desk.cases.set_state(1, CaseState.NO_REPLY, NOW)
    desk.close()
    assert list((tmp_path / "backups").glob("archive-*.sqlite")) == []


def test_what_is_worth_a_bell_opens_an_answered_case_again_where_no_window_rings(tmp_path: Path) -> None:
    opened, now = Opened(tmp_path), time.time()
    opened.hear(case("a", due_at=now), case("b", due_at=now), at=now - 60.0)
    for number in (1, 2):
        opened.desk.put_handling(Handling(number, CaseState.ANSWERED, answered_at=now - 30.0, changed_at=now - 30.0))
    opened.hear(said("c", kind=Kind.COMPLAINT, joins_case=1, rings=True), said("d", joins_case=2), at=now - 10.0)
    opened.archive.close()
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == []
    desk, *_ = open_desk(tmp_path)
    rows = desk.inbox.page(Folder.COMPLAINTS, "", 0, 9, now + 1.0).rows
    assert [(row.case_id, row.state) for row in rows] == [(1, CaseState.NEW)]
    desk.close()
