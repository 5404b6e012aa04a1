"""The byte counter behind every call: what comes off the wire is counted, and ends a call that brings too much."""

from __future__ import annotations

import threading

import pytest

from app.core.problems import Problem
from app.net.ended import EndedError
from app.net.guard import Guard

TOO_LARGE = Problem("net.too_large", {"host": "shop.example"})


@pytest.fixture
def guard() -> Guard:
    made = Guard(threading.Event())
    made.begin("shop.example", 60.0, 100)
    return made


def test_bytes_are_counted_together_up_to_the_last_one_allowed(guard: Guard) -> None:
    assert guard.silent
    guard.count(60)
    assert not guard.silent
    guard.count(40)
    with pytest.raises(EndedError) as ended:
        guard.count(1)
    assert ended.value.problem == TOO_LARGE


def test_what_is_announced_counts_with_what_has_come(guard: Guard) -> None:
    guard.announce(100)
    guard.count(60)
    guard.announce(40)
    with pytest.raises(EndedError) as ended:
        guard.announce(41)
    assert ended.value.problem == TOO_LARGE


def test_the_next_call_counts_anew(guard: Guard) -> None:
    guard.count(100)
    guard.begin("b.example", 60.0, 100)
    assert guard.silent
    guard.count(100)
