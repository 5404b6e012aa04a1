"""When a failing watch is worth telling of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.problems import Problem
from app.core.watch import Watch, WatchState
from app.desk.failing import fails_for_long
from app.listen.due import settled

NOW = 1_800_000_000.0
WATCH = Watch("w", "Opinie", "feed", interval=3600, created=NOW - 9e6)
TIMEOUT = Problem("net.timeout", {"host": "a.example"})


def failing_since(interval: int, problem: Problem = TIMEOUT, *, until: float) -> float | None:
    """Return after how many seconds since it was heard a watch that keeps failing is told of, None for never by `until`."""
    watch = replace(WATCH, interval=interval)
    state = WatchState("w", heard_at=NOW, polled_at=NOW, next_due=NOW + interval)
    while state.next_due < NOW + until:
        now = state.next_due
        state = settled(watch, replace(state, polled_at=now), problem, 0.0, now)
        if fails_for_long(watch, state, now):
            return now - NOW
    return None


@pytest.mark.parametrize(
    ("interval", "least", "most"),
    [(15, 3600, 3 * 3600), (900, 3600, 2.1 * 3600), (3600, 7200, 7200), (86_400, 1, 172_800)],
)
def test_a_place_that_fails_for_an_hour_and_more_is_told_of(interval: int, least: float, most: float) -> None:
    after = failing_since(interval, until=9 * 86_400)
    assert after is not None
    assert least <= after <= most


def test_a_place_that_is_gone_is_told_of_at_once() -> None:
    assert failing_since(3600, Problem("watch.gone", {"host": "a.example"}), until=3601) == 3600


@pytest.mark.parametrize("code", ["net.offline", "net.waiting", "net.rate_limited", "core.no_memory"])
def test_what_is_nobodys_failure_is_never_told(code: str) -> None:
    assert failing_since(900, Problem(code), until=2 * 86_400) is None


def test_one_failure_after_a_night_asleep_or_three_presses_in_a_minute_are_passing() -> None:
    once = WatchState("w", heard_at=NOW - 30_000, failures=1, problem=TIMEOUT)
    pressed = WatchState("w", heard_at=NOW - 60, failures=4, problem=TIMEOUT)
    assert not fails_for_long(WATCH, once, NOW)
    assert not fails_for_long(WATCH, pressed, NOW)
    assert fails_for_long(WATCH, replace(pressed, heard_at=NOW - 9000), NOW)


def test_a_paused_watch_and_one_that_was_never_polled_do_not_fail() -> None:
    gone = WatchState("w", failures=1, problem=Problem("watch.gone"))
    assert not fails_for_long(replace(WATCH, paused=True), gone, NOW)
    assert not fails_for_long(WATCH, None, NOW)
