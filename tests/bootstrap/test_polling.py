"""One round of polls without a listener: what it leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from stores.archive.hearing import Opened, case

from app.bootstrap.polling import round_of_polls
from app.bootstrap.stores import open_stores
from app.core.messages import Failed
from app.core.problems import Problem
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


def test_a_copy_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Problem("stores.disk_full", {"path": "archive.db"})

    def make(_copies: backup.Backups, _now: float, *, renew: bool) -> Problem:
        assert not renew
        return full

    monkeypatch.setattr(backup.Backups, "make", make)
    assert list(round_of_polls(open_stores(tmp_path), everything=True)) == [Failed(full)]
