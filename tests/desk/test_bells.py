"""Bells: once for each complaint, never in the night, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes.counter import Counter

from app.core.case import CaseState, Satisfaction
from app.core.customer import Channel
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Folder

AWFUL = "The bread was awful and nobody answers the phone."
MORE = "Still nobody answers, the service is awful beyond words."
DAY = 86_400.0


def at(shop: Counter) -> float:
    return shop.profile.clock() + 1.0


def quiet_now(shop: Counter) -> None:
    minute = datetime.fromtimestamp(at(shop), UTC).hour * 60
    shop.shop.put_preferences(Preferences(quiet=((minute, (minute + 120) % 1440),)))


def test_a_complaint_rings_once(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    alert = shop.desk.bells.ring((mention,), at(shop))
    assert alert
    assert [row.mention_id for row in alert.rows] == [mention]
    assert (alert.total, alert.summary) == (1, False)
    assert shop.desk.bells.ring((mention,), at(shop)) is None
    assert shop.desk.bells.catch_up(at(shop)) is None


def test_not_even_after_a_restart(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.bells.ring((mention,), at(shop))
    again = shop.open_desk()
    assert again.bells.ring((mention,), at(shop)) is None
    assert again.bells.catch_up(at(shop)) is None


def test_several_come_as_one_the_most_urgent_first(shop: Counter) -> None:
    mentions = [shop.say(f"P{n} @p{n}", f"{AWFUL} Order {n}.") for n in range(10)]
    alert = shop.desk.bells.ring(mentions, at(shop))
    assert alert.total == 10
    assert len(alert.rows) == 8
    assert [row.due_at for row in alert.rows] == sorted(row.due_at for row in alert.rows)


def test_danger_is_named_first(shop: Counter) -> None:
    shop.say("Jan @jan", "The awful rolls, again.")
    poison = shop.say("Eva @eva", "This awful cake is poison, my family is in hospital.")
    first = shop.desk.inbox.next_due(at(shop))
    assert first.mention_id != poison
    alert = shop.desk.bells.ring([first.mention_id, poison], at(shop))
    assert [row.mention_id for row in alert.rows] == [poison, first.mention_id]


def test_quiet_hours_end_in_one_summary(shop: Counter) -> None:
    quiet_now(shop)
    mentions = [shop.say(f"P{n} @p{n}", f"{AWFUL} Order {n}.") for n in range(3)]
    for mention in mentions:
        assert shop.desk.bells.ring((mention,), at(shop)) is None
    assert shop.desk.bells.catch_up(at(shop)) is None
    morning = at(shop) + 3 * 3600
    alert = shop.desk.bells.catch_up(morning)
    assert (alert.total, alert.summary) == (3, True)
    assert shop.desk.bells.catch_up(morning) is None


def test_a_day_off_is_quiet_too(shop: Counter) -> None:
    today = datetime.fromtimestamp(at(shop), UTC).date().isoformat()
    shop.shop.put_preferences(Preferences(days_off=(today,)))
    mention = shop.say("Anna @anna", AWFUL)
    assert shop.desk.bells.ring((mention,), at(shop)) is None
    assert shop.desk.bells.catch_up(at(shop) + DAY).total == 1


def test_hushed_it_waits(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.bells.hush(at(shop) + 3600)
    assert shop.desk.bells.ring((mention,), at(shop)) is None
    assert shop.desk.bells.catch_up(at(shop) + 3601).summary


def test_it_says_until_when_it_is_quiet(shop: Counter) -> None:
    now = at(shop)
    assert shop.desk.bells.quiet_until(now) == now
    shop.desk.bells.hush(now + 3600)
    assert shop.desk.bells.quiet_until(now) == now + 3600
    shop.desk.bells.hush(0.0)
    quiet_now(shop)
    assert shop.desk.bells.quiet_until(now) > now


def test_what_no_window_heard_of_is_one_summary_at_the_next_start(shop: Counter) -> None:
    for n in range(2):
        shop.say(f"P{n} @p{n}", f"{AWFUL} Order {n}.")
    alert = shop.open_desk().bells.catch_up(at(shop) + 3600)
    assert (alert.total, alert.summary) == (2, True)


def test_what_is_weeks_old_rings_no_more(shop: Counter) -> None:
    shop.say("Anna @anna", AWFUL)
    assert shop.desk.bells.catch_up(at(shop) + 8 * DAY) is None


def test_news_that_a_look_round_finds_first_is_no_summary(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    assert not shop.desk.bells.catch_up(at(shop)).summary
    assert shop.desk.bells.ring((mention,), at(shop)) is None


def test_praise_never_rings(shop: Counter) -> None:
    shop.say("Anna @anna", "What a great shop, thank you for everything.")
    assert shop.desk.bells.catch_up(at(shop)) is None


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.ANSWERED, CaseState.NOT_US])
def test_what_the_owner_dealt_with_in_the_night_rings_not_in_the_morning(shop: Counter, state: CaseState) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_state(mention, state, at(shop))
    assert shop.desk.bells.catch_up(at(shop) + 3600) is None
    assert shop.desk.inbox.row(mention).state is state


def test_a_complaint_in_a_case_that_was_settled_by_a_clock_ahead_rings(shop: Counter) -> None:
    first = shop.say("Anna @anna", AWFUL)
    shop.desk.bells.ring((first,), at(shop))
    shop.desk.cases.set_kind(first, Kind.QUESTION, at(shop) + 2 * 3600)
    second = shop.say("Anna @anna", MORE)
    assert shop.desk.inbox.row(second).case_id == shop.desk.inbox.row(first).case_id
    assert shop.desk.bells.ring((second,), at(shop)).total == 1
    assert shop.desk.inbox.row(second).state is CaseState.NEW


def test_what_the_owner_called_no_complaint_or_put_off_rings_not(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    shop.desk.cases.set_kind(one, Kind.NEUTRAL, at(shop))
    shop.desk.cases.snooze(two, at(shop) + DAY, at(shop))
    assert shop.desk.bells.catch_up(at(shop) + 3600) is None


@pytest.mark.parametrize("decision", ["corrected", "snoozed"])
def test_a_new_complaint_in_a_case_that_was_put_away_brings_it_back(shop: Counter, decision: str) -> None:
    first = shop.say("Anna @anna", AWFUL)
    shop.desk.bells.ring((first,), at(shop))
    if decision == "corrected":
        shop.desk.cases.set_kind(first, Kind.QUESTION, shop.profile.clock())
    else:
        shop.desk.cases.set_state(first, CaseState.IN_WORK, shop.profile.clock())
        shop.desk.cases.snooze(first, at(shop) + DAY, shop.profile.clock())
    second = shop.say("Anna @anna", MORE)
    assert shop.desk.inbox.row(second).case_id == shop.desk.inbox.row(first).case_id
    assert shop.desk.bells.ring((second,), at(shop)).total == 1
    row = shop.desk.inbox.row(second)
    assert row.kind is Kind.COMPLAINT
    assert row.state is (CaseState.NEW if decision == "corrected" else CaseState.IN_WORK)


def test_a_case_that_is_not_about_us_stays_so(shop: Counter) -> None:
    first = shop.say("Anna @anna", AWFUL)
    case = shop.desk.cases.set_state(first, CaseState.NOT_US, shop.profile.clock())
    row = replace(shop.desk.inbox.row(first), heard_at=at(shop) + 5)
    assert row.case_id == case
    assert not shop.desk.bells._still_rings(row, at(shop) + 6)


def test_a_full_disk_keeps_no_bell_from_ringing(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.archive.problem = Problem("stores.disk_full")
    assert shop.desk.bells.ring((mention,), at(shop)).total == 1
    assert shop.desk.bells.ring((mention,), at(shop)) is None
    assert shop.desk.bells.catch_up(at(shop)) is None
    shop.archive.problem = None
    other = shop.say("Jan @jan", MORE)
    assert shop.desk.bells.ring((other,), at(shop)).total == 1
    assert shop.open_desk().bells.catch_up(at(shop)) is None


def test_an_id_that_is_no_mention_rings_nothing(shop: Counter) -> None:
    assert shop.desk.bells.ring((999,), at(shop)) is None


def morning(shop: Counter, days: int = 1) -> float:
    """Return ten o'clock of a coming day, in the zone of the shop."""
    today = datetime.fromtimestamp(at(shop), UTC).replace(hour=10, minute=0, second=0)
    return today.timestamp() + days * DAY


def test_what_may_be_a_complaint_is_told_the_next_morning_once(shop: Counter) -> None:
    doubtful = [shop.say(f"P{n} @p{n}", f"The soup number {n} was cold, this sure: 0.{score}") for n, score in
                ((1, 58), (2, 66))]  # fmt: skip
    assert shop.desk.bells.catch_up(at(shop)) is None
    assert shop.desk.bells.digest(morning(shop) - 2 * 3600) is None
    alert = shop.desk.bells.digest(morning(shop))
    assert [row.mention_id for row in alert.rows] == doubtful[::-1]
    assert (alert.total, alert.digest, alert.summary) == (2, True, False)
    assert shop.desk.bells.digest(morning(shop) + 60) is None
    assert shop.open_desk().bells.digest(morning(shop, 2)) is None


def test_what_comes_after_the_digest_waits_for_the_next_day(shop: Counter) -> None:
    shop.profile.clock.shift = morning(shop) - shop.profile.clock()
    shop.say("Anna @anna", "The soup was cold, this sure: 0.7")
    assert shop.desk.bells.digest(at(shop) + 3600) is None
    assert shop.desk.bells.digest(at(shop) + DAY).total == 1


def test_the_digest_keeps_quiet_hours_and_opening_hours(shop: Counter) -> None:
    shop.say("Anna @anna", "The soup was cold, this sure: 0.7")
    now = morning(shop)
    shop.shop.put_preferences(Preferences(quiet=((540, 660),)))
    assert shop.desk.bells.digest(now) is None
    shop.shop.put_preferences(Preferences(hours=dict.fromkeys(range(7), ((720, 1020),))))
    assert shop.desk.bells.digest(now) is None
    shop.desk.bells.hush(now + 2.5 * 3600)
    assert shop.desk.bells.digest(now + 2 * 3600) is None
    assert shop.desk.bells.digest(now + 3 * 3600).total == 1


def test_what_the_owner_dealt_with_is_in_no_digest(shop: Counter) -> None:
    texts = [f"The soup number {n} was cold, this sure: 0.7" for n in range(5)]
    one, two, three, four, five = (shop.say(f"P{n} @p{n}", text) for n, text in enumerate(texts))
    shop.desk.cases.set_state(one, CaseState.RESOLVED, at(shop))
    shop.desk.cases.set_kind(two, Kind.NEUTRAL, at(shop))
    shop.desk.cases.snooze(three, morning(shop) + DAY, at(shop))
    shop.desk.cases.set_state(four, CaseState.IN_WORK, at(shop))
    alert = shop.desk.bells.digest(morning(shop))
    assert {row.mention_id for row in alert.rows} == {four, five}


def test_a_full_disk_keeps_no_digest_from_being_told_once(shop: Counter) -> None:
    shop.say("Anna @anna", "The soup was cold, this sure: 0.7")
    shop.archive.problem = Problem("stores.disk_full")
    assert shop.desk.bells.digest(morning(shop)).total == 1
    assert shop.desk.bells.digest(morning(shop) + 60) is None
    shop.archive.problem = None
    shop.say("Jan @jan", "The bread was stale, this sure: 0.7")
    assert shop.desk.bells.digest(morning(shop, 2)).total == 1
    assert shop.open_desk().bells.digest(morning(shop, 3)) is None


def back(shop: Counter, now: float) -> list[int]:
    alert = shop.desk.bells.back(now)
    assert alert is None or alert.back
    return [row.mention_id for row in alert.rows] if alert else []


def test_the_end_of_a_snooze_rings_once(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    shop.desk.cases.snooze(one, at(shop) + 100, at(shop))
    assert back(shop, at(shop) + 99) == []
    assert back(shop, at(shop) + 100) == [one]
    assert (back(shop, at(shop) + 101), shop.open_desk().bells.back(at(shop) + 101)) == ([], None)
    view = shop.desk.inbox.open(one)
    assert (view.state, view.snoozed_until) == (CaseState.NEW, None)
    assert two


@pytest.mark.parametrize("state", [CaseState.ANSWERED, CaseState.WAITING])
def test_what_was_answered_comes_back_as_work(shop: Counter, state: CaseState) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_state(mention, state, at(shop))
    shop.desk.cases.snooze(mention, at(shop) + DAY, at(shop))
    answered = shop.desk.inbox.open(mention).answered_at
    assert back(shop, at(shop) + DAY) == [mention]
    view = shop.desk.inbox.open(mention)
    assert (view.state, view.answered_at, view.due_at is None) == (CaseState.IN_WORK, answered, answered is not None)
    folder = shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 9, at(shop) + DAY)
    assert [row.mention_id for row in folder.rows] == [mention]


def complaints(shop: Counter, now: float) -> list[tuple[int, float | None]]:
    return [(row.mention_id, row.back_at) for row in shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 9, now).rows]


def test_what_came_back_stands_above_what_is_due_later_until_something_is_decided(shop: Counter) -> None:
    asked, other = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    shop.desk.cases.set_state(asked, CaseState.ANSWERED, at(shop))
    shop.desk.cases.snooze(asked, at(shop) + 60, at(shop))
    then = at(shop) + 61
    assert back(shop, then) == [asked]
    top = [(asked, then), (other, None)]
    assert complaints(shop, then) == top
    assert shop.desk.inbox.next_due(then).mention_id == other
    shop.desk.cases.set_state(asked, CaseState.IN_WORK, then)
    assert complaints(shop, then) == top, "it is in work already"
    shop.desk.cases.set_state(asked, CaseState.ANSWERED, then)
    assert complaints(shop, then) == [(other, None)]
    assert shop.desk.cases.undo()
    assert complaints(shop, then) == top
    shop.desk.cases.set_state(asked, CaseState.WAITING, then)
    shop.desk.cases.set_state(asked, CaseState.IN_WORK, then)
    assert complaints(shop, then) == [(other, None), (asked, None)]


def test_undo_leaves_what_came_back_where_it_stands(shop: Counter) -> None:
    asked, other = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    shop.desk.cases.set_state(asked, CaseState.ANSWERED, at(shop))
    shop.desk.cases.snooze(asked, at(shop) + 60, at(shop))
    then = at(shop) + 61
    assert back(shop, then) == [asked]
    assert shop.desk.cases.undo()
    assert complaints(shop, then) == [(asked, then), (other, None)]
    assert shop.desk.inbox.open(asked).back_at == then


def test_news_of_what_was_put_aside_after_its_answer_bring_it_to_the_top(shop: Counter) -> None:
    first, other = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", f"{AWFUL} Order 2.")
    before = shop.profile.clock()
    shop.desk.cases.set_state(first, CaseState.ANSWERED, before)
    shop.desk.cases.set_state(first, CaseState.IN_WORK, before)
    shop.desk.cases.snooze(first, at(shop) + DAY, before)
    second = shop.say("Anna @anna", MORE)
    then = at(shop)
    assert shop.desk.bells.ring((second,), then)
    assert complaints(shop, then) == [(first, then), (other, None)]


def test_it_waits_for_the_end_of_quiet_hours(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_state(mention, CaseState.ANSWERED, at(shop))
    shop.desk.cases.snooze(mention, at(shop) + 60, at(shop))
    quiet_now(shop)
    assert back(shop, at(shop) + 61) == []
    assert shop.desk.inbox.page(Folder.SNOOZED, "", 0, 9, at(shop) + 61).total == 1
    assert back(shop, at(shop) + 3 * 3600) == [mention]


def test_one_that_ended_while_the_laptop_was_off_for_a_month_is_told(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.snooze(mention, at(shop) + 60, at(shop))
    assert back(shop, at(shop) + 30 * DAY) == [mention]


def test_a_full_disk_leaves_it_for_the_next_minute(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.snooze(mention, at(shop) + 60, at(shop))
    shop.archive.problem = Problem("stores.disk_full")
    assert back(shop, at(shop) + 61) == []
    shop.archive.problem = None
    assert back(shop, at(shop) + 121) == [mention]


def test_what_was_dealt_with_meanwhile_is_not_told(shop: Counter) -> None:
    ids = [shop.say(f"P{n} @p{n}", f"{AWFUL} Order {n}.") for n in range(3)]
    ids.append(shop.say("Eva @eva", MORE))
    for mention in ids:
        shop.desk.cases.snooze(mention, at(shop) + 60, at(shop))
    shop.desk.cases.set_kind(ids[3], Kind.NEUTRAL, at(shop))
    shop.desk.replies.mark_answered(ids[0], "Sorry", Channel.POST, at(shop))
    shop.desk.cases.set_state(ids[1], CaseState.RESOLVED, at(shop))
    shop.desk.cases.snooze(ids[2], None, at(shop))
    assert back(shop, at(shop) + 61) == []
    shop.desk.cases.set_state(ids[1], CaseState.IN_WORK, at(shop) + 99)
    assert back(shop, at(shop) + 100) == []


def test_a_closed_case_is_not_put_aside(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    for state in (CaseState.RESOLVED, CaseState.NO_REPLY, CaseState.NOT_US):
        shop.desk.cases.set_state(mention, state, at(shop))
        assert shop.desk.cases.snooze(mention, at(shop) + 60, at(shop)) == Problem("desk.case_over")
        assert shop.desk.cases.snooze(mention, None, at(shop)) == shop.desk.inbox.open(mention).case_id


def test_undo_puts_no_case_away_again_that_news_brought_back(shop: Counter) -> None:
    first = shop.say("Anna @anna", AWFUL)
    before = shop.profile.clock()
    second = shop.say("Anna @anna", MORE)
    shop.desk.bells.ring((first,), before)
    shop.desk.cases.set_state(first, CaseState.RESOLVED, before)
    shop.desk.cases.set_satisfaction(first, Satisfaction.CONTENT, before)
    assert shop.desk.bells.ring((second,), at(shop))
    assert shop.desk.cases.undo()
    view = shop.desk.inbox.open(second)
    assert (view.state.is_open, view.satisfaction) == (True, None)
    assert shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 9, at(shop)).total == 1


def came_back_unheard(shop: Counter, state: CaseState = CaseState.ANSWERED) -> tuple[int, int]:
    """Have a settled complaint be followed by another one that the command line alone brings back; returns both."""
    first = shop.say("Anna @anna", AWFUL)
    before = shop.profile.clock()
    second = shop.say("Anna @anna", MORE)
    shop.desk.bells.ring((first,), before)
    shop.desk.cases.set_state(first, state, before)
    shop.open_desk().bells.bring_back(at(shop))
    return first, second


@pytest.mark.parametrize("state", [CaseState.ANSWERED, CaseState.WAITING, CaseState.RESOLVED, CaseState.NO_REPLY])
def test_without_a_bell_news_brings_a_case_back_that_has_yet_to_ring(shop: Counter, state: CaseState) -> None:
    first, second = came_back_unheard(shop, state)
    view = shop.desk.inbox.open(first)
    assert (view.state, view.back_at is not None) == (CaseState.NEW, True)
    alert = shop.desk.bells.catch_up(at(shop))
    assert [row.mention_id for row in alert.rows] == [second]
    assert shop.desk.bells.catch_up(at(shop)) is None


def test_what_rings_for_a_phrase_of_the_owner_rings_after_it_came_back_too(shop: Counter) -> None:
    shop.shop.put_preferences(Preferences(always_phrases=("inspector",)))
    first = shop.say("Anna @anna", AWFUL)
    before = shop.profile.clock()
    second = shop.say("Anna @anna", "The inspector was here, great.")
    shop.desk.bells.ring((first,), before)
    shop.desk.cases.set_state(first, CaseState.ANSWERED, before)
    shop.open_desk().bells.bring_back(at(shop))
    assert shop.desk.inbox.open(first).state is CaseState.NEW
    assert [row.mention_id for row in shop.desk.bells.catch_up(at(shop)).rows] == [second]


def test_a_bell_later_keeps_undo_from_putting_away_what_came_back_before_it(shop: Counter) -> None:
    first = shop.say("Anna @anna", AWFUL)
    before = shop.profile.clock()
    shop.say("Anna @anna", MORE)
    shop.desk.cases.set_state(first, CaseState.RESOLVED, before)
    shop.desk.cases.set_satisfaction(first, Satisfaction.CONTENT, before)
    shop.open_desk().bells.bring_back(at(shop))
    shop.desk.bells.catch_up(at(shop))
    assert shop.desk.cases.undo()
    assert shop.desk.inbox.open(first).state.is_open


def test_what_was_settled_after_its_news_stays_so(shop: Counter) -> None:
    first, _second = came_back_unheard(shop)
    for state in (CaseState.ANSWERED, CaseState.NOT_US):
        shop.desk.cases.set_state(first, state, at(shop))
        shop.desk.bells.bring_back(at(shop))
        assert shop.desk.inbox.open(first).state is state


def test_what_was_heard_by_a_clock_far_ahead_comes_not_back_at_each_look(shop: Counter) -> None:
    first, _second = came_back_unheard(shop)
    earlier = at(shop) - DAY
    shop.desk.cases.set_state(first, CaseState.ANSWERED, earlier)
    shop.desk.bells.bring_back(earlier + 1.0)
    assert shop.desk.inbox.open(first).state is CaseState.ANSWERED


def test_undo_brings_no_snooze_back_that_is_over(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_state(mention, CaseState.ANSWERED, at(shop))
    shop.desk.cases.snooze(mention, at(shop) + 60, at(shop))
    shop.desk.cases.set_kind(mention, Kind.QUESTION, at(shop))
    assert back(shop, at(shop) + 61) == [mention]
    assert shop.desk.cases.undo()
    assert back(shop, at(shop) + 62) == []
    view = shop.desk.inbox.open(mention)
    assert (view.state, view.kind) == (CaseState.IN_WORK, Kind.COMPLAINT)


def test_news_of_what_was_answered_and_taken_up_again_leaves_the_first_answer_its_time(shop: Counter) -> None:
    first, before = shop.say("Anna @anna", AWFUL), shop.profile.clock()
    shop.desk.cases.set_state(first, CaseState.ANSWERED, before)
    shop.desk.cases.set_state(first, CaseState.IN_WORK, before)
    shop.desk.cases.snooze(first, at(shop) + DAY, before)
    second = shop.say("Anna @anna", MORE)
    assert shop.desk.bells.ring((second,), at(shop))
    view = shop.desk.inbox.open(first)
    assert (view.state, view.answered_at, view.due_at) == (CaseState.IN_WORK, before, None)


def test_news_of_what_was_resolved_is_a_case_that_waits_for_its_answer(shop: Counter) -> None:
    first, before = shop.say("Anna @anna", AWFUL), shop.profile.clock()
    second = shop.say("Anna @anna", MORE)
    shop.desk.cases.set_state(first, CaseState.ANSWERED, before)
    shop.desk.cases.set_state(first, CaseState.RESOLVED, before)
    assert shop.desk.bells.ring((second,), at(shop))
    view = shop.desk.inbox.open(first)
    assert (view.state, view.answered_at, view.due_at is None) == (CaseState.NEW, None, False)


def test_a_digest_counts_all_and_names_the_surest(shop: Counter) -> None:
    for n in range(10):
        shop.say(f"P{n} @p{n}", f"The soup number {n} was cold, this sure: 0.{60 + n}")
    alert = shop.desk.bells.digest(morning(shop))
    assert (alert.total, len(alert.rows)) == (10, 8)
    assert [row.author for row in alert.rows] == [f"P{n}" for n in range(9, 1, -1)]
