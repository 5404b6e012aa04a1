"""The order of the lists: by when an answer is due, then by how bad it is, then by age."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from stores.archive.hearing import NOW, Opened, case, keep, prints, said

from app.core.case import CaseState, Handling
from app.core.ports.archive import Edit, Heard, NewMention
from app.core.verdict import Kind, Severity, Verdict
from app.core.views import Folder
from app.core.watch import WatchState
from app.stores.archive.schema import _WEIGHT, _WORST, STEPS

SOON, LATER = NOW + 60, NOW + 600


def keys(opened: Opened, folder: Folder, offset: int = 0, limit: int = 50) -> list[str]:
    rows = opened.desk.page(folder, "", offset, limit, NOW).rows
    return [kept.mention.key for row in rows if (kept := opened.desk.mention(row.mention_id))]


def weighed(key: str, severity: Severity, **fields: object) -> NewMention:
    new = case(key, **fields)  # type: ignore[arg-type]
    return replace(new, verdict=replace(new.verdict, severity=severity))


def test_of_what_is_due_at_one_time_the_worse_stands_first_and_then_the_older(opened: Opened) -> None:
    opened.hear(
        weighed("new grumble", Severity.GRUMBLE, due_at=LATER, published=NOW - 10),
        weighed("old grumble", Severity.GRUMBLE, due_at=LATER, published=NOW - 900),
        weighed("late danger", Severity.DANGER, due_at=LATER + 1, published=NOW - 9_000),
        weighed("soon", Severity.GRUMBLE, due_at=SOON, published=NOW - 20),
        weighed("new danger", Severity.DANGER, due_at=LATER, published=NOW - 5),
        weighed("old danger", Severity.DANGER, due_at=LATER, published=NOW - 500),
        weighed("money", Severity.MONEY_OR_REPEATED, due_at=LATER, published=NOW - 1),
        weighed("undue danger", Severity.DANGER, published=NOW - 9_000),
    )
    opened.hear(weighed("undue", Severity.GRUMBLE, published=NOW - 9_999), at=NOW + 1)
    wanted = ["soon", "old danger", "new danger", "money", "old grumble", "new grumble", "late danger"]
    wanted += ["undue", "undue danger"]
    assert keys(opened, Folder.COMPLAINTS) == wanted
    assert [keys(opened, Folder.COMPLAINTS, offset=at, limit=1)[0] for at in range(len(wanted))] == wanted
    first = opened.desk.next_due(NOW)
    assert first is not None
    opened.desk.put_handling(Handling(first.case_id or 0, CaseState.RESOLVED))
    second = opened.desk.next_due(NOW)
    assert second is not None
    assert second.mention_id == opened.desk.page(Folder.COMPLAINTS, "", 0, 1, NOW).rows[0].mention_id


def test_a_case_takes_its_place_by_what_its_mention_says_by_now(opened: Opened) -> None:
    _one, two = opened.hear(case("a", due_at=SOON), case("b", due_at=SOON)).mention_ids
    assert keys(opened, Folder.COMPLAINTS) == ["a", "b"]
    kept = opened.desk.mention(two)
    assert kept is not None
    edit = Edit(two, kept.mention, prints(kept.mention), Verdict(Kind.COMPLAINT, 0.5, Severity.DANGER))
    keep(opened.listener, [Heard("w", False, WatchState("w"), NOW, NOW, edits=(edit,))])
    assert keys(opened, Folder.COMPLAINTS) == ["b", "a"]
    case_id = opened.desk.row(two).case_id  # type: ignore[union-attr]
    opened.desk.put_handling(Handling(case_id or 0, CaseState.IN_WORK))
    assert keys(opened, Folder.COMPLAINTS) == ["b", "a"], "a decision changes nothing about how bad it is"


def test_what_the_owner_calls_a_complaint_stands_by_how_bad_it_is(opened: Opened) -> None:
    opened.hear(case("a", due_at=SOON))
    said_only = said("b")
    (id_,) = opened.hear(replace(said_only, verdict=replace(said_only.verdict, severity=Severity.DANGER))).mention_ids
    opened.desk.put_handling(Handling(-id_, kind=Kind.COMPLAINT, due_at=SOON))
    assert keys(opened, Folder.COMPLAINTS) == ["b", "a"]


def test_an_archive_from_before_has_its_open_cases_by_how_bad_they_are(tmp_path: Path) -> None:
    opened = Opened(tmp_path, steps=STEPS[: STEPS.index(_WEIGHT)])
    opened.hear(weighed("a", Severity.GRUMBLE, due_at=SOON), weighed("b", Severity.DANGER, due_at=SOON))
    opened.archive.close()
    opened.open()
    assert keys(opened, Folder.COMPLAINTS) == ["b", "a"]
    opened.archive.close()


def test_in_an_archive_from_before_the_worst_of_a_case_stands_for_it(tmp_path: Path) -> None:
    opened = Opened(tmp_path, steps=STEPS[: STEPS.index(_WORST)])
    opened.hear(weighed("a", Severity.GRUMBLE, due_at=SOON))
    joins = opened.hear(weighed("b", Severity.GRUMBLE, due_at=SOON)).case_ids[0]
    opened.hear(replace(weighed("c", Severity.DANGER), opens_case=False, joins_case=joins))
    assert keys(opened, Folder.COMPLAINTS) == ["a", "b"]
    opened.archive.close()
    opened.open()
    assert keys(opened, Folder.COMPLAINTS) == ["c", "a"]
    opened.archive.close()


def test_so_it_does_where_the_owner_called_the_complaint_something_else(tmp_path: Path) -> None:
    opened = Opened(tmp_path, steps=STEPS[: STEPS.index(_WORST)])
    joins = opened.hear(weighed("a", Severity.GRUMBLE)).case_ids[0]
    opened.hear(replace(weighed("b", Severity.DANGER), opens_case=False, joins_case=joins))
    opened.desk.put_handling(Handling(joins or 0, kind=Kind.QUESTION))
    opened.archive.close()
    opened.open()
    assert keys(opened, Folder.QUESTIONS) == ["b"], "as it does where nothing was heard before"
    opened.archive.close()


def test_what_is_in_hand_without_a_case_stands_where_its_edited_words_belong(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "I was there.")).mention_ids
    opened.desk.put_handling(Handling(-id_, CaseState.IN_WORK))
    opened.edit(id_, said("a", "Are you open on Sunday?").mention, Kind.QUESTION)
    assert keys(opened, Folder.QUESTIONS) == ["a"]
    opened.desk.put_handling(Handling(-id_, CaseState.IN_WORK, kind=Kind.PRAISE))
    opened.edit(id_, said("a", "Never again!").mention, Kind.COMPLAINT)
    assert keys(opened, Folder.PRAISE) == ["a"], "unless the owner has said what it is"


def test_so_it_does_in_an_archive_from_before(tmp_path: Path) -> None:
    opened = Opened(tmp_path, steps=STEPS[: STEPS.index(_WORST)])
    (id_,) = opened.hear(said("a", "I was there.")).mention_ids
    opened.desk.put_handling(Handling(-id_, CaseState.IN_WORK))
    opened.edit(id_, said("a", "Are you open on Sunday?").mention, Kind.QUESTION)
    opened.archive.close()
    opened.open()
    assert keys(opened, Folder.QUESTIONS) == ["a"]
    opened.archive.close()
