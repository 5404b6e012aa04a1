"""What became of replies while no window was open to see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk.sending import AWFUL, SORRY, Sending, sending_in

from app.core.case import CaseState
from app.core.outbox import Stand

DAY = 86_400.0


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Sending]:
    with sending_in(tmp_path) as made:
        yield made


def test_a_reply_seen_before_it_was_logged_is_logged_as_seen(shop: Sending) -> None:
    shop.send()
    shop.deliver()
    shop.deliver("a")
    (kept,) = shop.desk.outbox.list()
    assert kept.outgoing.stand is Stand.SEEN
    assert shop.settle() == [Stand.SEEN]
    (answer,) = shop.answers
    assert (answer.text, answer.seen_at, answer.url) == (SORRY, kept.outgoing.delivery.at, "https://a.example/1#reply")
    assert shop.state is CaseState.ANSWERED


@pytest.mark.parametrize(("days", "state"), [(13.9, CaseState.ANSWERED), (14.1, CaseState.NEW)])
def test_an_answer_heard_while_the_shop_was_away_settles_its_case_for_two_weeks(
    shop: Sending, days: float, state: CaseState
) -> None:
    shop._listening.meet((shop.watch,))
    shop.source.parents = {"2": "1"}
    answer = shop.say("The baker @baker", "We have called you, Anna, and the bread is on its way.")
    heard = shop.archive.mention(answer)
    assert heard
    shop.desk.outbox.settle(heard.heard_at + days * DAY)
    assert shop.state is state
    if state is CaseState.ANSWERED:
        (logged,) = shop.answers
        view = shop.desk.inbox.open(shop.mention_id)
        assert view
        assert (logged.at, logged.seen_at, view.answered_at) == (heard.heard_at, heard.heard_at, heard.heard_at)


def test_the_time_of_an_answer_is_when_it_was_there_not_when_it_was_noted(shop: Sending) -> None:
    shop.send()
    shop.deliver()
    there = shop.desk.outbox.list()[0].outgoing.delivery.there_at
    assert there
    shop.desk.outbox.settle(there + 5 * DAY)
    view = shop.desk.inbox.open(shop.mention_id)
    assert view
    assert (view.answered_at, shop.answers[0].at) == (there, there)


def test_a_reply_answers_no_other_case(shop: Sending) -> None:
    other = shop.say("Jan @jan", f"{AWFUL} Order 2.")
    shop.send()
    shop.deliver()
    shop.settle()
    view = shop.desk.inbox.open(other)
    assert view
    assert (view.state, view.answered_at) == (CaseState.NEW, None)
