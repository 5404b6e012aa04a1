"""Whatever can be named has a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from app.core.by_hand import Where
from app.core.case import CaseState
from app.core.correction import Label
from app.core.customer import Channel, Direction
from app.core.outbox import Stand
from app.core.verdict import Cause, Kind
from app.words import names


@pytest.mark.parametrize(
    ("name", "things"),
    [
        (names.kind_name, Kind),
        (names.cause_name, Cause),
        (names.label_name, Label),
        (names.state_name, CaseState),
        (names.stand_name, Stand),
        (names.channel_name, Channel),
        (names.direction_name, Direction),
        (names.where_name, Where),
    ],
)
def test_no_two_are_called_the_same_and_none_nothing(name: Callable[[Any], str], things: Iterable[Any]) -> None:
    called = [name(thing) for thing in things]
    assert all(called)
    assert len({*called}) == len(called)
