"""An edit that makes a complaint of a mention: its case, its target, its place in the lists and its bell."""

from __future__ import annotations

import pytest
from stores.archive.hearing import NOW, Opened, case, marks, said

from app.core.case import CaseState, Handling
from app.core.ports.archive import Edit, Heard, Known, NewMention, Stored
from app.core.verdict import Kind
from app.core.views import Folder
from app.core.watch import WatchState

DAY = 86_400.0


def turn(opened: Opened, mention_id: int, new: NewMention, at: float = NOW) -> Stored:
    edit = Edit(mention_id, new.mention, new.prints, new.verdict, new)
    stored = opened.listener.store([Heard("w", False, WatchState("w"), at, at, edits=(edit,))])
    assert isinstance(stored, list), stored
    return stored[0]


def complaints(opened: Opened, now: float = NOW) -> list[int]:
    return [row.mention_id for row in opened.desk.page(Folder.COMPLAINTS, "", 0, 9, now).rows]


def known(opened: Opened, new: NewMention) -> Known:
    (found,) = opened.listener.known(*marks(new))
    return found


def test_it_gets_a_case_with_a_target_and_rings(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "first words"), at=NOW - DAY).mention_ids
    stored = turn(opened, id_, case("a", "awful words", due_at=NOW + 60, rings=True))
    assert (stored.mention_ids, stored.ringing) == ((), (id_,))
    assert complaints(opened) == [id_]
    assert [(c.first_mention, c.opened_at, c.due_at) for c in opened.listener.open_cases()] == [(id_, NOW, NOW + 60)]
    assert opened.desk.unrung(NOW - 60) == (id_,)


def test_its_case_gets_a_target_that_counts_from_then(opened: Opened) -> None:
    stored = opened.hear(case("a", "fine", Kind.PRAISE), at=NOW - 3 * DAY)
    (id_,), (case_id,) = stored.mention_ids, stored.case_ids
    turn(opened, id_, said("a", "awful", Kind.COMPLAINT, joins_case=case_id, due_at=NOW + 60))
    (found,) = opened.listener.open_cases()
    assert (found.id, found.kind, found.opened_at, found.due_at) == (case_id, Kind.COMPLAINT, NOW, NOW + 60)
    assert complaints(opened) == [id_]


def test_a_target_that_runs_already_runs_on(opened: Opened) -> None:
    stored = opened.hear(case("a", "when?", Kind.QUESTION, due_at=NOW + 9), at=NOW - DAY)
    (case_id,) = stored.case_ids
    turn(opened, 1, said("a", "awful", Kind.COMPLAINT, joins_case=case_id, due_at=NOW + 60))
    (found,) = opened.listener.open_cases()
    assert (found.kind, found.opened_at, found.due_at) == (Kind.COMPLAINT, NOW - DAY, NOW + 9)


def test_what_is_for_the_digest_waits_for_the_next_one(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "first words"), at=NOW - DAY).mention_ids
    turn(opened, id_, case("a", "awful words", digests=True))
    assert opened.desk.undigested(NOW - 7 * DAY, NOW - 60) == ()
    assert opened.desk.undigested(NOW - 7 * DAY, NOW + 60) == (id_,)


def test_one_heard_six_days_ago_is_found_after_a_silent_night(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "first words"), at=NOW - 6.9 * DAY).mention_ids
    turn(opened, id_, case("a", "awful words", rings=True))
    assert opened.desk.unrung(NOW + DAY / 2 - 7 * DAY) == (id_,)


def test_one_that_rang_is_not_moved_to_the_digest(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "sanepid", rings=True)).mention_ids
    assert known(opened, said("a")).rang
    turn(opened, id_, case("a", "awful words", digests=True))
    assert opened.desk.unrung(NOW - 60) == (id_,)
    assert opened.desk.undigested(NOW - 60, NOW + 60) == ()


def test_what_the_owner_has_in_hand_without_a_case_moves_to_the_complaints(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "first words")).mention_ids
    opened.desk.put_handling(Handling(-id_, CaseState.IN_WORK, changed_at=NOW + 1))
    assert (known(opened, said("a")).in_hand, known(opened, said("a")).settled) == (True, False)
    turn(opened, id_, said("a", "awful words", Kind.COMPLAINT, rings=True), NOW + 2)
    assert complaints(opened) == [id_]


@pytest.mark.parametrize(
    ("handling", "settled"),
    [
        (Handling(1, CaseState.IN_WORK, changed_at=NOW + 1), False),
        (Handling(1, CaseState.ANSWERED, answered_at=NOW + 1, changed_at=NOW + 1), True),
        (Handling(1, CaseState.NO_REPLY, changed_at=NOW + 1), True),
        (Handling(1, CaseState.NEW, Kind.PRAISE, changed_at=NOW + 1), True),
        (Handling(1, CaseState.ANSWERED, answered_at=NOW - 1, changed_at=NOW - 1), False),
        (Handling(1, CaseState.NOT_US, changed_at=NOW - 1), True),
    ],
)
def test_what_the_owner_decided_since_it_was_heard_is_settled(
    opened: Opened, handling: Handling, settled: bool
) -> None:
    opened.hear(case("a", "fine", Kind.PRAISE))
    opened.desk.put_handling(handling)
    found = known(opened, said("a"))
    assert (found.kind, found.case, found.heard_at, found.settled) == (Kind.PRAISE, 1, NOW, settled)


@pytest.mark.parametrize(
    ("handling", "joins"),
    [
        (None, 1),
        (Handling(1, CaseState.IN_WORK, changed_at=NOW + 1), 1),
        (Handling(1, CaseState.ANSWERED, answered_at=NOW - 1, changed_at=NOW - 1), 1),
        (Handling(1, CaseState.ANSWERED, answered_at=NOW + 1, changed_at=NOW + 1), None),
        (Handling(1, CaseState.NEW, Kind.PRAISE, changed_at=NOW + 1), None),
        (Handling(1, CaseState.IN_WORK, snoozed_until=NOW + 9, changed_at=NOW + 1), None),
    ],
)
def test_a_case_put_away_since_it_was_heard_is_none_to_join(
    opened: Opened, handling: Handling | None, joins: int | None
) -> None:
    opened.hear(case("a", "awful"))
    comment = said("b", "same here", parent="a", rings=False)
    opened.hear(comment)
    if handling:
        opened.desk.put_handling(handling)
    assert known(opened, comment).thread_case == joins
    assert known(opened, said("c", "I too", parent="a")).thread_case == 1
