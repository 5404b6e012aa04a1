"""When a watch is polled next."""

from __future__ import annotations

from dataclasses import replace

from app.core.problems import Problem
from app.core.watch import Watch, WatchState
from app.listen.poll import signature

LONGEST_ASK = 86_400.0
"""What a server may ask us to wait at most, in seconds: some headers are absurd (facts/sources.md 4.2 rule 3)."""
OFFLINE_RETRY = 60.0
MORE_AFTER = 2.0
"""Seconds until the next poll where the place holds more that was not asked for yet."""
NEVER = 4_102_444_800.0
"""The year 2100: a place that says it is gone is not asked again until the owner changes the watch."""
_PATIENCE = {"watch.not_found": 86_400.0, "watch.denied": 86_400.0}
_USUAL_PATIENCE = 6 * 3_600.0
CLOCK_SLACK = 60.0
"""Seconds by which the clock may go back without a poll of the «future» being taken for a mistake."""


def _after_failure(watch: Watch, failures: int, problem: Problem) -> float:
    if problem.is_offline or problem.is_shortage:
        return min(float(watch.interval), OFFLINE_RETRY)
    longest = max(float(watch.interval), _PATIENCE.get(problem.code, _USUAL_PATIENCE))
    return float(min(watch.interval * 2.0 ** min(max(failures - 1, 0), 12), longest))


def planned(watch: Watch, state: WatchState, now: float) -> float:
    """Return when a watch is due (Unix seconds, never before `now`), as a start or a change of the watch finds it.

    That is now where it never was polled, would hear other things than last time, or was polled in a future that a
    clock put right has taken back.
    """
    if state.signature != signature(watch) or state.polled_at > now + CLOCK_SLACK:
        return now
    return max(now, state.next_due)


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
    Offline, a laptop short of memory and being asked to wait are nobody's failure. `asks` is honoured up to a day.
    """
    if problem is None:
        begun = now if started is None else min(started, now)
        own = now + MORE_AFTER if more else begun + watch.interval
        due = max(own, now + min(asks, LONGEST_ASK))
        return replace(state, failures=0, problem=None, next_due=due)
    if problem.code == "watch.gone":
        return replace(state, failures=state.failures + 1, problem=problem, next_due=NEVER)
    early = state.failures > 0 and now < state.next_due - CLOCK_SLACK  # «Check now»
    failures = state.failures + (0 if problem.is_blameless or early else 1)
    wait = max(_after_failure(watch, failures, problem), min(asks, LONGEST_ASK))
    due = now + wait
    if problem.retry_at is not None:
        due = max(min(problem.retry_at, now + 7 * LONGEST_ASK), now + min(watch.interval, OFFLINE_RETRY))
    passing = problem.is_offline or problem.is_shortage
    kept = state.problem if passing and state.problem else problem
    return replace(state, failures=failures, problem=kept, next_due=due)
