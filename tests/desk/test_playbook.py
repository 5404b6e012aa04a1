"""The plans that a case shows: by its situation, and when many people complain at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter

from app.core.case import CaseState
from app.core.playbook import MANY, SITUATIONS, WITHIN
from app.core.preferences import Preferences
from app.core.verdict import Kind, Severity

NOW = 1_800_000_000.0


@pytest.fixture
def shop(shop: Counter) -> Counter:
    plans = {name: f"Do {name}." for name in SITUATIONS}
    assert shop.desk.settings.change(lambda known: replace(known, plans=plans)) is None
    return shop


def situations(shop: Counter, mention: int) -> list[str]:
    view = shop.desk.inbox.open(mention)
    assert view is not None
    return [plan.situation for plan in view.plans]


def complain(shop: Counter, many: int, first: int = 0) -> list[int]:
    return [shop.say(f"P{n} @p{n}", f"The bread was awful, says number {n}.") for n in range(first, first + many)]


def test_a_complaint_shows_the_plan_for_what_it_is_about(shop: Counter) -> None:
    assert situations(shop, shop.say("Anna @anna", "The soup was cold 0.85")) == ["quality"]
    assert situations(shop, shop.say("Jan @jan", "It was awful.")) == ["other"]
    (plan,) = shop.desk.inbox.open(1).plans
    assert plan.text == "Do quality."


def test_danger_counts_for_the_whole_case(shop: Counter) -> None:
    first = shop.say("Anna @anna", "It was awful, there was poison in it.")
    second = shop.say("Anna @anna", "And awful service, too.")
    assert shop.desk.inbox.open(second).case_id == shop.desk.inbox.open(first).case_id
    assert situations(shop, first) == situations(shop, second) == ["danger"]


def test_a_threat_with_law_has_the_plan_for_what_it_is_about(shop: Counter) -> None:
    first = shop.say("Anna @anna", "The refund never came, awful liars! You get a lawsuit.")
    assert shop.archive.mention(first).verdict.severity is Severity.DANGER
    assert situations(shop, first) == ["other"]
    second = shop.say("Anna @anna", "It was awful. I slipped on your stairs and broke a rib, you get a lawsuit.")
    assert shop.desk.inbox.open(second).case_id == shop.desk.inbox.open(first).case_id
    assert situations(shop, first) == ["danger"]


def test_only_a_complaint_that_is_not_done_with_has_one(shop: Counter) -> None:
    assert situations(shop, shop.say("Piotr @piotr", "Where can I park?")) == []
    mention = shop.say("Anna @anna", "It was awful.")
    for state in CaseState:
        shop.desk.cases.set_state(mention, state, NOW)
        assert bool(situations(shop, mention)) is not state.is_over
    shop.desk.cases.set_state(mention, CaseState.NEW, NOW)
    shop.desk.cases.set_kind(mention, Kind.PRAISE, NOW)
    assert situations(shop, mention) == []


def test_what_the_owner_calls_a_complaint_has_one(shop: Counter) -> None:
    mention = shop.say("Piotr @piotr", "Nobody was there.")
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, NOW)
    assert situations(shop, mention) == ["other"]


def test_a_shop_without_plans_has_none_and_counts_nobody(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_others = complain(shop, MANY)
    monkeypatch.setattr(shop.archive, "complainers", lambda _since: pytest.fail("counted"))
    shop.desk.settings.change(lambda _known: Preferences(plans={"other": "Do."}))
    assert situations(shop, first) == ["other"]
    shop.desk.settings.change(lambda _known: Preferences())
    assert situations(shop, first) == []


def test_many_people_at_once_are_a_crisis(shop: Counter) -> None:
    first, *_others = complain(shop, MANY - 1)
    assert situations(shop, first) == ["other"]
    last = shop.say("Anna @anna", "It was awful, there was poison in it.")
    assert situations(shop, first) == ["crisis", "other"]
    assert situations(shop, last) == ["crisis", "danger"]


def test_it_lasts_while_it_is_dealt_with_and_ends_after_a_day(shop: Counter) -> None:
    first, second, *_others = complain(shop, MANY)
    shop.desk.cases.set_state(second, CaseState.RESOLVED, NOW)
    assert situations(shop, first) == ["crisis", "other"]
    shop.profile.clock.shift += WITHIN + 60
    assert situations(shop, first) == ["other"]


def test_what_is_no_complaint_of_ours_does_not_count(shop: Counter) -> None:
    first, second, third, *_others = complain(shop, MANY + 1)
    shop.desk.cases.set_state(second, CaseState.NOT_US, NOW)
    assert situations(shop, first) == ["crisis", "other"]
    shop.desk.cases.set_kind(third, Kind.NEUTRAL, NOW)
    assert situations(shop, first) == ["other"]


def test_one_person_is_one_however_much_they_write(shop: Counter) -> None:
    first, *_others = complain(shop, MANY - 1)
    for number in range(MANY):
        shop.say("P0 @p0", f"It is awful, I say it again {number}.")
    assert situations(shop, first) == ["other"]


def test_neither_reposts_nor_what_was_written_long_ago_count(shop: Counter) -> None:
    first, *_others = complain(shop, MANY - 2)
    story = "It was awful: I waited for an hour in the rain, and then there was neither bread nor a word of excuse from anybody."
    shop.profile.source.published = shop.profile.clock() - 60
    shop.say("Anna @anna", story)
    assert shop.archive.mention(shop.say("Ola @ola", story)).repost_of
    shop.profile.source.published = shop.profile.clock() - 2 * WITHIN
    shop.say("Jan @jan", "It was awful the day before yesterday.")
    assert situations(shop, first) == ["other"]


def test_the_past_that_a_new_watch_brings_does_not_count(shop: Counter) -> None:
    lines = [f"{n}; P{n} @p{n}; It was awful, says an old page, number {n}." for n in range(MANY)]
    watch = shop.profile.watch("b", "\n".join(lines))
    turn = shop._listening.take_turn(watch, shop.shop.preferences())
    assert turn.recorded
    assert situations(shop, turn.recorded.stored.mention_ids[0]) == ["other"]


def test_what_the_shop_wrote_itself_does_not_count(shop: Counter) -> None:
    shop.desk.settings.change(lambda known: replace(known, shop_name="U Ani"))
    first, *_others = complain(shop, MANY - 1)
    shop.profile.source.published = shop.profile.clock() - 60
    shop.say("U Ani", "We know that it was awful today.")
    assert situations(shop, first) == ["other"]


def test_people_without_a_name_count_each(shop: Counter) -> None:
    mentions = [shop.say("", f"It was awful, says somebody {n}.") for n in range(MANY)]
    assert situations(shop, mentions[0]) == ["crisis", "other"]
