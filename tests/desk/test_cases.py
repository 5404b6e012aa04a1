"""Decisions about cases, and taking them back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter

from app.core.case import CaseState, Satisfaction
from app.core.customer import Channel, Direction
from app.core.outbox import Outgoing, Wish
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind
from app.core.views import Folder

AWFUL = "The bread was awful and nobody answers the phone."
NOW = 1_800_000_000.0


def test_a_state_is_kept_and_taken_back(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    case = shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW)
    assert shop.desk.inbox.row(mention).state is CaseState.RESOLVED
    assert shop.desk.inbox.counts(NOW)[Folder.COMPLAINTS] == 0
    assert shop.desk.cases.undo() == case
    assert shop.desk.inbox.row(mention).state is CaseState.NEW
    assert shop.desk.cases.undo() is None


def test_changes_are_taken_back_in_order(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_state(mention, CaseState.IN_WORK, NOW)
    shop.desk.cases.set_kind(mention, Kind.PRAISE, NOW)
    shop.desk.cases.snooze(mention, NOW + 60, NOW)
    assert shop.desk.inbox.open(mention).snoozed_until == NOW + 60
    seen = []
    while shop.desk.cases.undo() is not None:
        row = shop.desk.inbox.row(mention)
        seen.append((row.state, row.kind, shop.desk.inbox.counts(NOW)[Folder.SNOOZED]))
    assert seen == [
        (CaseState.IN_WORK, Kind.PRAISE, 0),
        (CaseState.IN_WORK, Kind.COMPLAINT, 0),
        (CaseState.NEW, Kind.COMPLAINT, 0),
    ]


def test_the_first_answer_keeps_its_time_until_the_case_is_new_again(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    for state, now in ((CaseState.ANSWERED, 5.0), (CaseState.WAITING, 6.0), (CaseState.ANSWERED, 7.0)):
        shop.desk.cases.set_state(mention, state, now)
        assert shop.desk.inbox.open(mention).answered_at == 5.0
    shop.desk.cases.set_state(mention, CaseState.NEW, 8.0)
    view = shop.desk.inbox.open(mention)
    assert view.answered_at is None
    assert view.due_at


def test_a_neutral_mention_can_be_made_a_complaint(shop: Counter) -> None:
    mention = shop.say("Anna @anna", "Just passing by, nothing to say here.")
    assert shop.desk.inbox.open(mention).case_id is None
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, NOW)
    assert shop.desk.inbox.counts(NOW)[Folder.COMPLAINTS] == 1
    shop.desk.cases.undo()
    assert shop.desk.inbox.counts(NOW)[Folder.COMPLAINTS] == 0


@pytest.mark.parametrize("text", ["Just passing by, nothing to say here.", "This is great bread.", "Are you open?"])
def test_what_the_owner_calls_a_complaint_has_a_target_and_stands_in_its_order(shop: Counter, text: str) -> None:
    now = shop.profile.clock()
    late = shop.say("Jan @jan", AWFUL)
    mention = shop.say("Anna @anna", text)
    was = shop.desk.inbox.row(mention).due_at
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, now)
    row, other = shop.desk.inbox.row(mention), shop.desk.inbox.row(late)
    assert row.due_at is not None
    assert now < row.due_at <= other.due_at + 60
    assert shop.desk.inbox.open(mention).due_at == row.due_at
    assert shop.desk.inbox.next_due(now).mention_id in {mention, late}
    shop.desk.cases.set_state(mention, CaseState.ANSWERED, now + 9)
    assert shop.desk.inbox.row(mention).due_at is None
    shop.desk.cases.undo()
    assert shop.desk.inbox.row(mention).due_at == row.due_at
    shop.desk.cases.undo()
    assert shop.desk.inbox.row(mention).due_at == was


def test_what_was_heard_long_ago_is_due_from_now_on(shop: Counter) -> None:
    mention = shop.say("Anna @anna", "Just passing by, nothing to say here.")
    later = shop.profile.clock() + 40 * 86_400
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, later)
    assert shop.desk.inbox.row(mention).due_at > later


def test_a_blocked_author_is_blocked_and_undo_frees_them_alone(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    assert shop.desk.cases.block_author(mention, NOW) == 0
    assert shop.shop.preferences().blocked_authors == ("a.example anna",)
    assert shop.desk.inbox.row(mention).state is CaseState.NOT_US
    shop.shop.put_preferences(replace(shop.shop.preferences(), shop_name="Changed since"))
    shop.desk.cases.undo()
    assert shop.shop.preferences() == Preferences(shop_name="Changed since")
    assert shop.desk.inbox.row(mention).state is CaseState.NEW


def complaints(shop: Counter) -> set[int]:
    rows = shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 99, NOW).rows
    return {row.mention_id for row in rows}


@pytest.fixture
def spammer(shop: Counter) -> list[int]:
    """Complaints of one author, about different things; the last is not to be closed with the first: somebody is at it."""
    said = [shop.say("Spam Man", f"{thing} is awful, buy ours.") for thing in ("Bread", "Cake", "Parking", "Tea")]
    shop.desk.cases.set_state(said[-1], CaseState.IN_WORK, NOW)
    assert len({shop.archive.mention(one).case_id for one in said}) == 4
    return said


def test_with_an_author_their_other_cases_are_closed_that_nobody_has_begun_on(
    shop: Counter, spammer: list[int]
) -> None:
    first, cake, parking, begun = spammer
    anna = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.snooze(parking, NOW + 60, NOW)
    before = [shop.archive.handling(shop.archive.mention(one).case_id) for one in spammer]
    assert before[1] is None
    assert shop.desk.cases.block_author(first, NOW + 1) == 2
    assert complaints(shop) == {anna, begun}
    assert [shop.desk.inbox.row(one).state for one in (first, cake, parking)] == [CaseState.NOT_US] * 3
    assert shop.desk.inbox.counts(NOW)[Folder.SNOOZED] == 0
    assert shop.desk.learning.corrections() == ()
    shop.desk.cases.undo()
    assert [shop.archive.handling(shop.archive.mention(one).case_id) for one in spammer] == before
    assert shop.shop.preferences().blocked_authors == ()
    assert shop.desk.inbox.counts(NOW)[Folder.SNOOZED] == 1


def test_a_site_that_is_blocked_closes_the_one_case_it_was_blocked_from(shop: Counter, spammer: list[int]) -> None:
    assert shop.desk.cases.block_site(spammer[0], NOW) == 0
    assert complaints(shop) == set(spammer[1:])


def test_a_case_that_others_wrote_to_is_not_closed_with_an_author(shop: Counter, spammer: list[int]) -> None:
    case = shop.archive.mention(spammer[1]).case_id
    mention = shop.say("Anna @anna", AWFUL)
    with shop.profile.archive._handled.writing() as connection:
        connection.execute("UPDATE mentions SET case_id = ? WHERE id = ?", (case, mention))
    assert shop.desk.cases.block_author(spammer[0], NOW) == 1
    assert shop.desk.inbox.row(spammer[1]).state is CaseState.NEW


def test_a_case_with_a_reply_under_way_is_not_closed_with_its_author(shop: Counter, spammer: list[int]) -> None:
    reply = Outgoing("r1", spammer[1], "a", "We are sorry.", Wish.SEND, NOW)
    assert shop.profile.archive.out_tray().put(reply)
    assert shop.desk.cases.block_author(spammer[0], NOW) == 1
    assert shop.desk.inbox.row(spammer[1]).state is CaseState.NEW


def test_a_case_on_which_the_owner_has_begun_is_not_closed_with_its_author(shop: Counter) -> None:
    things = ("Bread", "Cake", "Parking", "Tea", "Soup")
    first, typed, rung, half_logged, corrected = [shop.say("Spam Man", f"{one} is awful, buy ours.") for one in things]
    shop.desk.replies.save_draft(typed, "Dear Spam Man,", "public", NOW)
    shop.desk.customers.log_for(rung, Direction.OUT, Channel.PHONE, "Promised a refund.", NOW)
    shop.desk.replies.save_draft(half_logged, "Called, and", "phone out", NOW, contact=True)
    shop.desk.cases.set_kind(corrected, Kind.QUESTION, NOW)
    assert shop.desk.cases.block_author(first, NOW) == 0
    states = {shop.desk.inbox.row(one).state for one in (typed, rung, half_logged, corrected)}
    assert states == {CaseState.NEW}


def test_what_became_of_a_closed_case_meanwhile_is_not_taken_back(shop: Counter, spammer: list[int]) -> None:
    case = shop.archive.mention(spammer[1]).case_id
    shop.desk.cases.block_author(spammer[0], NOW)
    shop.desk.cases.answered_meanwhile(case, NOW + 5)
    shop.desk.cases.undo()
    assert shop.archive.handling(case).state is CaseState.ANSWERED


def test_undo_of_a_block_leaves_no_trace_of_who_was_forgotten_meanwhile(shop: Counter, spammer: list[int]) -> None:
    cases = [shop.archive.mention(one).case_id for one in spammer]
    shop.desk.cases.block_author(spammer[0], NOW)
    shop.archive.forget(["a.example name:spam man"])
    assert shop.desk.cases.undo() == cases[0]
    assert [shop.archive.handling(case) for case in cases] == [None] * 4


def test_where_the_others_cannot_be_closed_nothing_is(shop: Counter, spammer: list[int]) -> None:
    shop.archive.problem = full = Problem("stores.disk_full")
    assert shop.desk.cases.block_author(spammer[0], NOW) == full
    assert complaints(shop) == set(spammer)
    assert shop.shop.preferences().blocked_authors == ()


def test_blocking_what_is_blocked_already_frees_nobody_on_undo(shop: Counter) -> None:
    one = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.block_site(one, NOW)
    shop.desk.cases.block_site(one, NOW)
    assert shop.shop.preferences().blocked_sites == ("a.example",)
    shop.desk.cases.undo()
    assert shop.shop.preferences().blocked_sites == ("a.example",)
    shop.desk.cases.undo()
    assert shop.shop.preferences().blocked_sites == ()


def test_a_nameless_author_cannot_be_blocked(shop: Counter) -> None:
    mention = shop.say("Guest", AWFUL)
    assert shop.desk.cases.block_author(mention, NOW) == Problem("desk.no_author")


def test_what_is_no_mention_is_a_problem(shop: Counter) -> None:
    assert shop.desk.cases.set_state(99, CaseState.RESOLVED, NOW) == Problem("desk.no_mention", {"id": 99})
    assert shop.desk.cases.block_author(99, NOW) == Problem("desk.no_author")
    assert shop.desk.cases.block_site(99, NOW) == Problem("desk.no_site")
    assert shop.desk.cases.undo() is None


def test_a_full_disk_is_a_problem_and_leaves_nothing_to_undo(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.archive.problem = full = Problem("stores.disk_full")
    assert shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW) == full
    assert shop.desk.cases.block_author(mention, NOW) == full
    assert shop.shop.preferences().blocked_authors == ()
    assert shop.desk.cases.undo() is None


def test_an_undo_that_fails_can_be_tried_again(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.block_author(mention, NOW)
    shop.archive.problem = Problem("stores.disk_full")
    with pytest.raises(ProblemError):
        shop.desk.cases.undo()
    shop.archive.problem = None
    assert shop.desk.cases.undo() is not None
    assert shop.desk.inbox.row(mention).state is CaseState.NEW
    assert shop.shop.preferences().blocked_authors == ()


def test_a_shop_file_that_cannot_be_written_blocks_nobody(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.shop.problem = Problem("stores.shop_busy")
    assert shop.desk.cases.block_author(mention, NOW) == Problem("stores.shop_busy")
    assert shop.desk.inbox.row(mention).state is CaseState.NEW


def test_undo_goes_back_a_hundred_changes_and_no_further(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    for number in range(150):
        shop.desk.cases.snooze(mention, NOW + number, NOW)
    undone = 0
    while shop.desk.cases.undo() is not None:
        undone += 1
    assert undone == 100


def test_undo_of_an_answer_takes_it_out_of_the_log_and_gives_the_draft_back(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    draft = shop.desk.replies.save_draft(mention, "We are sorry", "public", NOW)
    shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW)
    shop.desk.cases.undo()
    view = shop.desk.inbox.open(mention)
    assert (view.state, view.draft, view.customer.contacts) == (CaseState.NEW, draft, ())


def marked(shop: Counter, mention: int, mark: Satisfaction = Satisfaction.CONTENT) -> int:
    """Resolve a case and mark it; returns its id."""
    shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW)
    case = shop.desk.cases.set_satisfaction(mention, mark, NOW + 9)
    assert isinstance(case, int)
    return case


def test_a_resolved_case_is_marked_and_undo_takes_the_mark_back(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    case = marked(shop, mention)
    assert shop.desk.inbox.open(mention).satisfaction is Satisfaction.CONTENT
    assert shop.desk.inbox.row(mention).satisfaction is Satisfaction.CONTENT
    shop.desk.cases.set_satisfaction(mention, Satisfaction.SO_SO, NOW + 10)
    assert shop.archive.handling(case).resolved_at == NOW
    seen = []
    while shop.desk.cases.undo() is not None:
        view = shop.desk.inbox.open(mention)
        seen.append((view.state, view.satisfaction))
    assert seen == [
        (CaseState.RESOLVED, Satisfaction.CONTENT),
        (CaseState.RESOLVED, None),
        (CaseState.NEW, None),
    ]


def test_a_mark_is_taken_back_by_itself(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    marked(shop, mention)
    shop.desk.cases.set_satisfaction(mention, None, NOW + 10)
    assert shop.desk.inbox.open(mention).satisfaction is None
    shop.desk.cases.undo()
    assert shop.desk.inbox.open(mention).satisfaction is Satisfaction.CONTENT


def test_what_had_no_case_is_marked_as_well(shop: Counter) -> None:
    mention = shop.say("Anna @anna", "Just passing by, nothing to say here.")
    assert marked(shop, mention) == -mention
    assert shop.desk.inbox.open(mention).satisfaction is Satisfaction.CONTENT


@pytest.mark.parametrize("state", [state for state in CaseState if state is not CaseState.RESOLVED])
def test_only_a_resolved_case_has_a_mark(shop: Counter, state: CaseState) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_state(mention, state, NOW)
    assert shop.desk.cases.set_satisfaction(mention, Satisfaction.SO_SO, NOW) == Problem("desk.not_resolved")
    shop.desk.cases.undo()
    assert shop.desk.cases.undo() is None, "what was refused left nothing to undo"
    case = marked(shop, mention)
    shop.desk.cases.set_state(mention, state, NOW + 20)
    again = shop.archive.handling(case)
    assert (again.state, again.satisfaction, again.resolved_at) == (state, None, None)
    shop.desk.cases.undo()
    assert shop.archive.handling(case).satisfaction is Satisfaction.CONTENT
    assert shop.archive.handling(case).resolved_at == NOW


def test_resolving_once_more_keeps_mark_and_time_and_resolving_anew_asks_anew(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    case = marked(shop, mention)
    shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW + 20)
    shop.desk.cases.set_kind(mention, Kind.PRAISE, NOW + 21)
    shop.desk.cases.snooze(mention, NOW + 99, NOW + 22)
    kept = shop.archive.handling(case)
    assert (kept.satisfaction, kept.resolved_at) == (Satisfaction.CONTENT, NOW)
    shop.desk.cases.set_state(mention, CaseState.IN_WORK, NOW + 30)
    shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW + 40)
    anew = shop.archive.handling(case)
    assert (anew.satisfaction, anew.resolved_at) == (None, NOW + 40)


def test_news_in_a_marked_case_open_it_again_without_the_mark(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    case = marked(shop, mention)
    row = replace(shop.desk.inbox.row(mention), heard_at=NOW + 20)
    assert shop.desk.bells._still_rings(row, NOW + 21)  # type: ignore[attr-defined]
    kept = shop.archive.handling(case)
    assert (kept.state, kept.satisfaction, kept.resolved_at) == (CaseState.NEW, None, None)


def test_an_answer_found_meanwhile_leaves_the_mark(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    case = marked(shop, mention)
    shop.desk.cases.answered_meanwhile(case, NOW + 11)  # type: ignore[attr-defined]
    shop.desk.cases.undo()
    kept = shop.archive.handling(case)
    assert (kept.state, kept.satisfaction, kept.answered_at) == (CaseState.RESOLVED, None, NOW + 11)


@pytest.mark.parametrize(("own", "minutes"), [(True, 60), (False, 240)])
def test_what_the_owner_calls_a_complaint_is_due_as_its_place_asks_counted_from_when_it_was_written(
    shop: Counter, own: bool, minutes: int
) -> None:
    now = shop.profile.clock()
    shop.shop.put_watch(replace(shop.watch, own=own))
    shop.watch = replace(shop.watch, own=own)
    shop.profile.source.published = now - 1800
    mention = shop.say("Anna @anna", "Just passing by, nothing to say here.")
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, now)
    assert shop.desk.inbox.row(mention).due_at == pytest.approx(now - 1800 + minutes * 60, abs=1)


def test_undo_after_news_leaves_the_news_a_complaint_and_the_case_unresolved(shop: Counter) -> None:
    first = shop.say("Anna @anna", AWFUL)
    before = shop.profile.clock()
    second = shop.say("Anna @anna", f"{AWFUL} Still.")
    shop.desk.cases.set_state(first, CaseState.RESOLVED, before)
    shop.desk.cases.set_satisfaction(first, Satisfaction.CONTENT, before)
    shop.desk.cases.set_kind(first, Kind.QUESTION, before)
    shop.desk.cases.set_satisfaction(first, Satisfaction.SO_SO, before)
    assert shop.desk.bells.ring((second,), shop.profile.clock())
    for _ in range(2):
        shop.desk.cases.undo()
        view = shop.desk.inbox.open(second)
        assert (view.state, view.kind, view.satisfaction) == (CaseState.IN_WORK, Kind.COMPLAINT, None)
        assert shop.archive.resolved(0.0, NOW) == ()


def test_a_correction_taken_back_takes_back_what_was_learnt_of_the_whole_case(shop: Counter) -> None:
    first, second = shop.say("Anna @anna", AWFUL), shop.say("Anna @anna", f"{AWFUL} Still.")
    shop.desk.cases.set_kind(first, Kind.PRAISE, NOW)
    shop.desk.cases.set_kind(second, Kind.NEUTRAL, NOW + 1)
    assert {one.mention_id for one in shop.desk.learning.corrections()} == {first, second}
    shop.desk.cases.set_kind(second, None, NOW + 2)
    assert shop.desk.learning.corrections() == ()
    shop.desk.cases.undo()
    assert {one.mention_id for one in shop.desk.learning.corrections()} == {first, second}


def test_a_corrected_mention_leaves_what_was_learnt_of_others_of_its_case(shop: Counter) -> None:
    first, second = shop.say("Anna @anna", AWFUL), shop.say("Anna @anna", f"{AWFUL} Still.")
    shop.desk.cases.set_kind(first, Kind.PRAISE, NOW)
    shop.desk.cases.set_kind(second, Kind.NEUTRAL, NOW + 1)
    shop.desk.cases.set_kind(second, Kind.LEAD, NOW + 2)
    assert sorted(one.mention_id for one in shop.desk.learning.corrections()) == [first, second]
