"""When a permanent redirect is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.moves import MOVE_AGE, MOVE_TIMES, answered_last, believed
from app.core.watch import Move

URL, TARGET, NOW = "https://old.example/feed", "https://new.example/feed", 1_800_000_000.0
MOVED = Move(TARGET, MOVE_TIMES, NOW - MOVE_AGE)


def test_seen_often_enough_over_long_enough_it_is_believed() -> None:
    assert believed({URL: MOVED}, URL, NOW) == answered_last({URL: MOVED}, URL, NOW) == TARGET


@pytest.mark.parametrize(
    "move", [None, replace(MOVED, times=MOVE_TIMES - 1), replace(MOVED, first_at=NOW - MOVE_AGE + 1)]
)
def test_seen_less_often_or_for_less_long_it_is_not(move: Move | None) -> None:
    moves = {URL: move} if move else {}
    assert believed(moves, URL, NOW) == answered_last(moves, URL, NOW) == URL


def test_while_the_new_address_gives_nothing_the_old_one_was_heard() -> None:
    moves = {URL: replace(MOVED, dead_since=NOW)}
    assert (believed(moves, URL, NOW), answered_last(moves, URL, NOW)) == (TARGET, URL)
