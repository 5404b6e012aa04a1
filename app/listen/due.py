"""When a watch is polled next."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from app.core.problems import Problem
from app.core.signature import signature, todays
from app.core.watch import Watch, WatchState
from app.listen.hindsight import NOT_FOUND_NOW, is_recent

LONGEST_ASK = 86_400.0
"""What a server may ask us to wait at most, in seconds: some headers are absurd (miniflux, pull request 3293)."""
OFFLINE_RETRY = 60.0
LOGIN_RETRY = 180.0
"""Seconds until a place is tried again in a network that wants a login: somebody has to do that first."""
MORE_AFTER = 2.0
"""Seconds until the next poll where the place holds more that was not asked for yet."""
NEVER = 4_102_444_800.0
"""The year 2100: a place that says it is gone is not asked again until the owner changes the watch."""
_PATIENCE = {"watch.not_found": 86_400.0, "watch.denied": 86_400.0}
_USUAL_PATIENCE = 6 * 3_600.0
ASKED_UNTIL = "asked_until"
"""Where a bookmark keeps until when the last answer asked us to wait (Unix seconds), whatever the interval is."""
AFTER = "after"
"""The argument of «net.waiting» that says with what code a place failed before; those with it and a dot are that one's own."""
CLOCK_SLACK = 60.0
"""Seconds by which the clock may go back without a poll of the «future» being taken for a mistake."""


def _after_failure(watch: Watch, failures: int, problem: Problem, now: float) -> float:
    if problem.is_passing:
        soon = OFFLINE_RETRY if problem.code == NOT_FOUND_NOW else LOGIN_RETRY
        return min(float(watch.interval), soon) if is_recent(problem, now) else float(watch.interval)
    if problem.is_offline or problem.is_shortage:
        return min(float(watch.interval), OFFLINE_RETRY)
    longest = max(float(watch.interval), _PATIENCE.get(problem.code, _USUAL_PATIENCE))
    return float(min(watch.interval * 2.0 ** min(max(failures - 1, 0), 12), longest))


def planned(watch: Watch, state: WatchState, now: float) -> float:
    """Return when a watch is due (Unix seconds, never before `now`), as a start or a change of the watch finds it.

    That is now where it never was polled, would hear other things than last time, or was polled in a future that a
    clock put right has taken back. An interval made shorter since the last poll counts from that one, but what the place
    asked for holds.
    """
    if todays(state.signature, watch) != signature(watch) or state.polled_at > now + CLOCK_SLACK:
        return now
    if not state.polled_at < watch.hurried_at <= now:  # one of the «future» is a mistake of the clock, too
        return max(now, state.next_due)
    return max(now, min(state.next_due, max(_by_interval(watch, state), _asked_until(state))))


def _by_interval(watch: Watch, state: WatchState) -> float:
    """Return when a watch would be due had it had its interval at its last poll already; what a place asked for holds."""
    problem = state.problem
    if problem is None:
        return state.polled_at + watch.interval
    if problem.code == "watch.gone" or problem.retry_at is not None:
        return state.next_due
    return state.polled_at + _after_failure(watch, state.failures, problem, state.polled_at)


def settled(
    watch: Watch,
    state: WatchState,
    problem: Problem | None,
    asks: float,
    now: float,
    *,
    started: float | None = None,
    more: bool = False,
) -> WatchState:
    """Return the state after a poll that ended at `now`: failures counted, the problem kept, the next poll set.

    The interval counts from when a good poll `started`, so that what is published while it runs waits no longer; where the
    place holds `more` the next one comes soon.
    Offline, a network that stands between, a laptop short of memory and being asked to wait are nobody's failure. `asks`
    is honoured up to a day, but not of a network that answers in the place of the one that was asked.
    """
    if problem is None:
        begun = now if started is None else min(started, now)
        own = now + MORE_AFTER if more else begun + watch.interval
        due = max(own, now + min(asks, LONGEST_ASK))
        return replace(state, failures=0, problem=None, next_due=due, bookmark=_with_asked(state.bookmark, asks, now))
    if problem.code == "watch.gone":
        return replace(state, failures=state.failures + 1, problem=problem, next_due=NEVER)
    early = state.failures > 0 and now < state.next_due - CLOCK_SLACK  # «Check now»
    failures = state.failures + (0 if problem.is_blameless or early else 1)
    asks = 0.0 if problem.is_passing else asks
    due = now + max(_after_failure(watch, failures, problem, now), min(asks, LONGEST_ASK))
    if problem.retry_at is not None:
        due = max(min(problem.retry_at, now + 7 * LONGEST_ASK), now + min(watch.interval, OFFLINE_RETRY))
    kept = _kept(state.problem, problem)
    bookmark = _with_asked(state.bookmark, asks, now)
    return replace(state, failures=failures, problem=kept, next_due=due, bookmark=bookmark)


def failure_of(problem: Problem | None) -> Problem | None:
    """Return how a place failed, or refused us, when it was asked last; None where it did not.

    A network or a laptop is no failure of it, nor is a pause, but for what it is left alone for.
    """
    if problem is None or (problem.is_blameless and not problem.is_wait):
        return None
    if problem.code != "net.waiting":
        return problem
    code, own = problem.args.get(AFTER), f"{AFTER}."
    args = {name.removeprefix(own): value for name, value in problem.args.items() if name.startswith(own)}
    return Problem(str(code), args, problem.retry_at) if code else None


def _kept(before: Problem | None, met: Problem) -> Problem:
    """Return what a watch is said to suffer from now; where its host is left alone, with how it failed before that."""
    if before and (met.is_offline or met.is_shortage):
        return before
    failure = failure_of(before) if met.code == "net.waiting" else None
    if failure is None or failure.args.get("host", met.args.get("host")) != met.args.get("host"):
        return met
    after = {f"{AFTER}.{name}": value for name, value in failure.args.items()}
    return replace(met, args={**met.args, AFTER: failure.code, **after})


def _with_asked(bookmark: Mapping[str, str], asks: float, now: float) -> dict[str, str]:
    """Return a bookmark that keeps until when the answer of `now` asks us to wait, without what an earlier one asked."""
    rest = {name: value for name, value in bookmark.items() if name != ASKED_UNTIL}
    return {**rest, ASKED_UNTIL: str(now + min(asks, LONGEST_ASK))} if asks > 0 else rest


def _asked_until(state: WatchState) -> float:
    """Return until when the last answer asked us to wait (Unix seconds), 0.0 where it did not."""
    try:
        until = float(state.bookmark.get(ASKED_UNTIL, ""))
    except ValueError:
        return 0.0
    return until if math.isfinite(until) else 0.0
