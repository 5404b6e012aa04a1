"""Where a reply stands, and when something is to be done about it again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.outbox import Delivery, Outgoing, Stand, Wish, next_look, next_try
from app.core.problems import Problem

NOW = 1_800_000_000.0
TIMEOUT = Problem("net.timeout")
REPLY = Outgoing("r", 1, "w", "Sorry", Wish.SEND, NOW, delivery=Delivery(Stand.UNKNOWN, 1, problem=TIMEOUT))


@pytest.mark.parametrize(
    ("changed", "stand"),
    [
        ({}, Stand.UNKNOWN),
        ({"said_at": NOW}, Stand.SENT),
        ({"said_at": NOW, "delivery": Delivery(Stand.SEEN, 1)}, Stand.SEEN),
        ({"said_at": NOW, "delivery": Delivery(Stand.NOT_SEEN, 1)}, Stand.SENT),
        ({"cancelled_at": NOW, "delivery": Delivery(Stand.SEEN, 1)}, Stand.CANCELLED),
        ({"order": 2}, Stand.WAITING),
        ({"order": 2, "said_at": NOW}, Stand.SENT),
        ({"order": 2, "delivery": Delivery(Stand.FAILED, 2)}, Stand.FAILED),
    ],
)
def test_the_owners_word_counts_before_the_listeners_but_what_is_seen_is_seen(
    changed: dict[str, object], stand: Stand
) -> None:
    assert replace(REPLY, **changed).stand is stand  # type: ignore[arg-type]


def test_what_an_earlier_order_met_is_over() -> None:
    assert (REPLY.problem, replace(REPLY, order=2).problem) == (TIMEOUT, None)
    assert not REPLY.to_be_sent
    assert replace(REPLY, order=2).to_be_sent
    assert not replace(REPLY, order=2, wish=Wish.LOOK).to_be_sent


@pytest.mark.parametrize(
    ("tries", "retry_at", "after"),
    [(0, None, 30), (1, None, 60), (5, None, 900), (9, None, 900), (1, NOW + 5, 60), (1, NOW + 4_000, 4_000)],
)
def test_it_is_tried_again_later_each_time_and_never_before_the_place_allows(
    tries: int, retry_at: float | None, after: float
) -> None:
    assert next_try(tries, replace(TIMEOUT, retry_at=retry_at), NOW) == NOW + after


@pytest.mark.parametrize(("looks", "after"), [(0, 120), (1, 120), (2, 600), (3, 1_800), (11, 259_200), (12, 259_200)])
def test_looks_come_further_apart(looks: int, after: float) -> None:
    assert next_look(looks, NOW) == NOW + after
