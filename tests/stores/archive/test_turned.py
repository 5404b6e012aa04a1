"""An edit that makes a complaint of a mention: its case, its target, its place in the lists and its bell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, keep, marks, said

from app.core.case import CaseState, Handling
from app.core.outbox import Outgoing, Wish
from app.core.ports.archive import Edit, Heard, Known, NewMention, Stored
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Folder
from app.core.watch import WatchState
from app.stores.archive.open import open_archive
from app.stores.archive.schema import _TURNED, STEPS

DAY = 86_400.0


def turn(opened: Opened, mention_id: int, new: NewMention, at: float = NOW) -> Stored:
    edit = Edit(mention_id, new.mention, new.prints, new.verdict, new)
    stored = keep(opened.listener, [Heard("w", False, WatchState("w"), at, at, edits=(edit,))])
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


def test_one_that_rang_rings_once_more_for_a_worse_edit_whatever_the_clock_says(opened: Opened) -> None:
    (id_,) = opened.hear(case("a", "awful", rings=True)).mention_ids
    opened.desk.mark_rung([id_], NOW + 1)
    assert (opened.desk.rung([id_]), opened.desk.unrung(NOW - 60)) == ({id_}, ())
    stored = turn(opened, id_, case("a", "awful, and a lie", rings=True, joins_case=1), NOW + 60)
    assert stored.ringing == (id_,)
    assert (opened.desk.rung([id_]), opened.desk.unrung(NOW - 60)) == (frozenset(), (id_,))
    (row,) = opened.desk.rows([id_])
    assert (row.turned_at, row.case_id) == (NOW + 60, 1)
    opened.desk.mark_rung([id_], NOW - DAY)
    assert (opened.desk.rung([id_]), opened.desk.unrung(NOW - 60)) == ({id_}, ())
    opened.edit(id_, replace(said("a").mention, text="awful, and two lies"), Kind.COMPLAINT, at=NOW + DAY)
    assert opened.desk.unrung(NOW - 60) == ()


@pytest.mark.parametrize(
    ("handling", "closed"),
    [
        (None, False),
        (Handling(1, CaseState.NEW, changed_at=NOW + 1), False),
        (Handling(1, CaseState.IN_WORK, answered_at=NOW + 1, changed_at=NOW + 1), False),
        (Handling(1, CaseState.WAITING, changed_at=NOW + 1), True),
        (Handling(1, CaseState.ANSWERED, answered_at=NOW - 1, changed_at=NOW - 1), True),
        (Handling(1, CaseState.RESOLVED, Kind.COMPLAINT, changed_at=NOW + 1), True),
        (Handling(1, CaseState.NO_REPLY, changed_at=NOW + 1), True),
        (Handling(1, CaseState.ANSWERED, Kind.PRAISE, changed_at=NOW - 1), False),
        (Handling(1, CaseState.NOT_US, changed_at=NOW + 1), False),
    ],
)
def test_what_is_closed_as_the_complaint_it_is(opened: Opened, handling: Handling | None, *, closed: bool) -> None:
    opened.hear(case("a", "awful"))
    if handling:
        opened.desk.put_handling(handling)
    assert known(opened, said("a")).closed is closed


def test_what_was_said_before_and_what_we_answered_is_known_of_what_is_closed(opened: Opened) -> None:
    stored = opened.hear(case("a", "awful"), said("b", "same here"))
    first, second = stored.mention_ids
    (third,) = opened.hear(said("c", "and more", joins_case=stored.case_ids[0])).mention_ids
    opened.edit(first, replace(said("a").mention, text="awful lies"), Kind.COMPLAINT, at=NOW + 1)
    tray = opened.archive.out_tray()
    for id_, mention_id in (("r", first), ("s", second), ("t", third)):
        assert tray.put(Outgoing(id_, mention_id, "w", f"We are sorry, {id_}.", Wish.LOOK, NOW))
    there = known(opened, said("a", "awful again")).there
    assert there
    assert (there.earlier, there.replies) == ("", "")
    opened.desk.put_handling(Handling(1, CaseState.ANSWERED, changed_at=NOW + 1))
    there = known(opened, said("a", "awful again")).there
    assert there
    assert (there.earlier.strip(), there.replies) == ("awful", "We are sorry, r.\nWe are sorry, t.")


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


def test_one_heard_long_ago_is_told_of_wherever_it_is_asked_for(opened: Opened) -> None:
    ringing, digested = opened.hear(said("a", "one"), said("b", "two"), at=NOW - 90 * DAY).mention_ids
    opened.listener.elsewhere()
    other = Opened(opened.file.parent)
    for id_, new in ((ringing, case("a", "awful", rings=True)), (digested, case("b", "bad", digests=True))):
        edit = Edit(id_, new.mention, new.prints, new.verdict, new)
        assert isinstance(keep(other.listener, [Heard("w", False, WatchState("w"), NOW, NOW, edits=(edit,))]), list)
    other.archive.close()
    found = opened.listener.elsewhere()
    assert (found.mentions, found.edited) == (((ringing, "w", True),), {ringing})
    opened.edit(ringing, replace(said("a").mention, text="awful, and twice so"), Kind.COMPLAINT, at=NOW + DAY)
    assert opened.desk.unrung(NOW) == (ringing,)
    assert opened.desk.unrung(NOW + 1) == ()
    assert opened.desk.undigested(NOW, NOW + 1) == (digested,)
    assert opened.desk.undigested(NOW - 91 * DAY, NOW) == ()
    (row,) = opened.desk.rows([ringing])
    assert (row.heard_at, row.turned_at, row.news_at) == (NOW - 90 * DAY, NOW, NOW)


@pytest.mark.parametrize(
    ("heard", "was", "rings", "rang", "told"),
    [
        (NOW - 6 * DAY, Kind.NEUTRAL, True, None, True),
        (NOW - 6 * DAY, Kind.NEUTRAL, True, NOW - 5 * DAY, False),
        (NOW - 6 * DAY, Kind.COMPLAINT, True, None, False),
        (NOW - 6 * DAY, Kind.NEUTRAL, False, None, False),
        (NOW - 60 * DAY, Kind.NEUTRAL, True, None, False),
    ],
)
def test_an_archive_of_before_tells_of_what_it_would_have_told(
    tmp_path: Path, heard: float, was: Kind, rang: float | None, *, rings: bool, told: bool
) -> None:
    file, backups = tmp_path / "before.db", tmp_path / "backups"
    before = open_archive(file, backups, NOW, steps=STEPS[: STEPS.index(_TURNED)])
    assert not isinstance(before, Problem)
    with closing(sqlite3.connect(file)) as connection:  # today's program stores nothing without this column
        connection.execute("ALTER TABLE mentions ADD COLUMN turned_at REAL")
    new = said("a", "first words", was)
    assert isinstance(keep(before[0].listener(), [Heard("w", False, WatchState("w"), heard, heard, (new,))]), list)
    before[0].close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE mentions DROP COLUMN turned_at")
        connection.execute("UPDATE mentions SET kind = 'complaint', edited_at = ?, rings = ?", (NOW, int(rings)))
        connection.execute(
            "INSERT INTO earlier SELECT 1, id, ?, '', 'first words', ?, 0.5, '' FROM mentions", (NOW, was.value)
        )
        connection.execute("INSERT INTO rung SELECT id, ? FROM mentions WHERE ? IS NOT NULL", (rang, rang))
        connection.commit()
    after = open_archive(file, backups, NOW)
    assert not isinstance(after, Problem), after
    assert after[0].desk().unrung(NOW - DAY) == ((1,) if told else ())
    after[0].close()
