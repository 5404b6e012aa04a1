"""The marks of resolved cases: kept with the handling, listed, counted for reports, gone with the person."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from stores.archive.hearing import NOW, Opened, case, said

from app.core.case import CaseState, Handling, Satisfaction
from app.core.verdict import Cause, Kind, Verdict
from app.core.views import Folder
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS

ANNA = {"handle": "@anna", "site": "x.pl", "author": "Anna"}
OLA = {"handle": "@ola", "site": "x.pl", "author": "Ola"}


def resolved(case_id: int | None, at: float = NOW, mark: Satisfaction | None = None) -> Handling:
    assert case_id is not None
    return Handling(case_id, CaseState.RESOLVED, changed_at=at, resolved_at=at, satisfaction=mark)


def mark_of(opened: Opened, case_id: int | None) -> Satisfaction | None:
    assert case_id is not None
    kept = opened.desk.handling(case_id)
    assert kept is not None
    return kept.satisfaction


def test_a_mark_is_kept_whole_and_listed(opened: Opened) -> None:
    (case_id,) = opened.hear(case("a")).case_ids
    for mark in (*Satisfaction, None):
        kept = replace(resolved(case_id, NOW + 1, mark), kind=Kind.QUESTION, answered_at=NOW, snoozed_until=NOW + 2)
        opened.desk.put_handling(replace(kept, due_at=NOW + 3))
        assert opened.desk.handling(kept.case_id) == replace(kept, due_at=NOW + 3)
        (row,) = opened.desk.page(Folder.EVERYTHING, "", 0, 9, NOW).rows
        assert row.satisfaction is mark


def test_resolved_cases_are_told_by_when_they_were_resolved(opened: Opened) -> None:
    about = replace(case("a", site="x.pl"), verdict=Verdict(Kind.COMPLAINT, 0.9, cause=Cause.MONEY))
    stored = opened.hear(about, case("b", kind=Kind.QUESTION), case("early"), case("late"), case("open"), watch="w1")
    one, two, early, late, still = stored.case_ids
    opened.hear(said("more", joins_case=one), watch="w2")
    (loose,) = opened.hear(said("loose"), watch="w3").mention_ids
    opened.desk.put_handling(resolved(one, NOW + 5, Satisfaction.NOT_CONTENT))
    opened.desk.put_handling(replace(resolved(two, NOW), kind=Kind.PRAISE))
    opened.desk.put_handling(resolved(-loose, NOW + 9, Satisfaction.CONTENT))
    opened.desk.put_handling(resolved(early, NOW - 1))
    opened.desk.put_handling(resolved(late, NOW + 10))
    opened.desk.put_handling(Handling(still or 0, CaseState.IN_WORK, changed_at=NOW + 1))
    assert opened.desk.resolved(NOW, NOW + 10) == (
        ("w1", "rss", "praise", "", NOW, None),
        ("w1", "x.pl", "complaint", "money", NOW + 5, "not_content"),
        ("w3", "rss", "neutral", "", NOW + 9, "content"),
    )


def test_an_archive_from_before_the_marks_says_when_its_cases_were_resolved(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    first = open_archive(file, tmp_path / "b", NOW, steps=STEPS[:5])
    assert isinstance(first, tuple)
    first[0].close()
    with sqlite3.connect(file) as connection:
        connection.executemany(
            "INSERT INTO handling VALUES (?, ?, NULL, ?, NULL, ?, NULL)",
            [(-1, "resolved", NOW - 9, NOW - 5), (-2, "answered", NOW - 9, NOW - 5)],
        )
    connection.close()
    opened = Opened(tmp_path)
    done, open_ = opened.desk.handling(-1), opened.desk.handling(-2)
    assert done == Handling(-1, CaseState.RESOLVED, None, NOW - 9, None, NOW - 5, None, NOW - 5)
    assert open_ == Handling(-2, CaseState.ANSWERED, None, NOW - 9, None, NOW - 5)
    opened.desk.put_handling(replace(done, satisfaction=Satisfaction.SO_SO))
    opened.archive.close()
    opened.open()
    assert mark_of(opened, -1) is Satisfaction.SO_SO
    opened.archive.close()


def test_a_snooze_of_old_after_which_something_was_decided_rings_no_more(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    first = open_archive(file, tmp_path / "b", NOW, steps=STEPS[:5])
    assert isinstance(first, tuple)
    first[0].close()
    with sqlite3.connect(file) as connection:
        connection.executemany(
            "INSERT INTO handling VALUES (?, 'answered', NULL, ?, ?, ?, NULL)",
            [(1, NOW - 50, NOW - 70, NOW - 50), (2, NOW - 90, NOW - 70, NOW - 90), (3, NOW - 90, NOW + 70, NOW - 90)],
        )
    connection.close()
    opened = Opened(tmp_path)
    kept = [opened.desk.handling(case_id) for case_id in (1, 2, 3)]
    assert [one and one.snoozed_until for one in kept] == [None, NOW - 70, NOW + 70]
    opened.archive.close()


def test_a_mark_goes_with_the_person_it_was_of(opened: Opened) -> None:
    alone, hers, another = opened.hear(case("a", **ANNA), case("b", **ANNA), case("c", **OLA)).case_ids
    opened.hear(said("d", joins_case=hers, **OLA), said("e", joins_case=another, **ANNA))
    for case_id in (alone, hers, another):
        opened.desk.put_handling(resolved(case_id, mark=Satisfaction.NOT_CONTENT))
    opened.desk.forget(["x.pl @anna"])
    assert opened.desk.handling(alone or 0) is None
    assert mark_of(opened, hers) is None
    assert mark_of(opened, another) is Satisfaction.NOT_CONTENT
    assert [row[5] for row in opened.desk.resolved(0, NOW + 1)] == [None, "not_content"]


def test_a_backup_holds_the_mark_until_the_person_is_forgotten(opened: Opened) -> None:
    (hers,) = opened.hear(case("a", **ANNA)).case_ids
    opened.hear(said("b", joins_case=hers, **OLA))
    opened.desk.put_handling(resolved(hers, mark=Satisfaction.SO_SO))
    made = opened.archive.backup(NOW)
    assert isinstance(made, Path)

    def kept() -> object:
        with sqlite3.connect(made) as copy:
            (row,) = copy.execute("SELECT state, satisfaction FROM handling").fetchall()
        copy.close()
        return row

    assert kept() == ("resolved", "so_so")
    opened.desk.forget(["x.pl @anna"])
    assert kept() == ("resolved", None)


def test_a_backup_from_before_the_marks_is_kept_when_a_person_is_forgotten(opened: Opened, tmp_path: Path) -> None:
    old = tmp_path / "old"
    opened.archive.close()
    archive = open_archive(old / "archive.db", opened.backups, NOW, steps=STEPS[:5])
    assert isinstance(archive, tuple)
    archive[0].close()
    (old / "archive.db").rename(opened.backups / "archive-20200101.sqlite")
    opened.open()
    opened.hear(case("a", **ANNA))
    opened.desk.forget(["x.pl @anna"])
    assert (opened.backups / "archive-20200101.sqlite").exists()
