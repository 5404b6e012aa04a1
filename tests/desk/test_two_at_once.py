"""A round on the command line and the window work on the same case at the same moment: what the owner did stands."""

from __future__ import annotations

import pytest
from fakes.counter import Counter

from app.core.case import CaseState, Handling

AWFUL = "The bread was awful and nobody answers the phone."
MORE = "Still nobody answers, the service is awful beyond words."


def settled_with_news(shop: Counter) -> tuple[int, float]:
    """Have a complaint be answered and another follow it; return the first and the moment after."""
    first = shop.say("Anna @anna", AWFUL)
    before = shop.profile.clock()
    shop.say("Anna @anna", MORE)
    shop.desk.bells.ring((first,), before)
    shop.desk.cases.set_state(first, CaseState.ANSWERED, before)
    return first, shop.profile.clock() + 1.0


def meanwhile(
    shop: Counter, monkeypatch: pytest.MonkeyPatch, mention: int, state: CaseState, now: float
) -> list[CaseState]:
    """Have the owner settle the case between the next look at it and what follows from that; returns what was done."""
    look, done = shop.archive.handling, list[CaseState]()

    def slowly(case_id: int) -> Handling | None:
        found = look(case_id)
        if not done:
            done.append(state)
            shop.desk.cases.set_state(mention, state, now)
        return found

    monkeypatch.setattr(shop.archive, "handling", slowly)
    return done


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.NO_REPLY, CaseState.NOT_US])
def test_what_the_owner_settles_while_a_round_looks_at_it_is_not_opened_again(
    shop: Counter, monkeypatch: pytest.MonkeyPatch, state: CaseState
) -> None:
    first, now = settled_with_news(shop)
    round_of_polls = shop.open_desk()
    done = meanwhile(shop, monkeypatch, first, state, now)
    round_of_polls.bells.bring_back(now)
    assert done == [state]
    assert shop.desk.inbox.open(first).state is state


def test_what_nobody_touches_comes_back(shop: Counter) -> None:
    first, now = settled_with_news(shop)
    shop.open_desk().bells.bring_back(now)
    assert shop.desk.inbox.open(first).state is CaseState.NEW


def test_a_snooze_that_is_over_ends_but_not_over_what_the_owner_does_just_then(
    shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shop.say("Anna @anna", AWFUL)
    now = shop.profile.clock()
    shop.desk.cases.snooze(first, now + 60.0, now)
    other = shop.open_desk()
    done = meanwhile(shop, monkeypatch, first, CaseState.RESOLVED, now + 61.0)
    assert other.bells.back(now + 62.0) is None
    assert done == [CaseState.RESOLVED]
    assert shop.desk.inbox.open(first).state is CaseState.RESOLVED
