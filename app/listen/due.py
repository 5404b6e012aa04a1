"""When a watch is polled next."""

from __future__ import annotations

from dataclasses import replace

from app.core.problems import Problem
from app.core.watch import Watch, WatchState

LONGEST_ASK = 86_400.0
"""What a server may ask us to wait at most, in seconds: some headers are absurd (facts/sources.md 4.2 rule 3)."""
OFFLINE_RETRY = 60.0
NEVER = 4_102_444_800.0
"""The year 2100: a place that says it is gone is not asked again until the owner changes the watch."""
_PATIENCE = {"watch.not_found": 86_400.0, "watch.denied": 86_400.0}
_USUAL_PATIENCE = 6 * 3_600.0


def _after_failure(watch: Watch, failures: int, problem: Problem) -> float:
    if problem.is_offline:
        return min(float(watch.interval), OFFLINE_RETRY)
    longest = max(float(watch.interval), _PATIENCE.get(problem.code, _USUAL_PATIENCE))
    return float(min(watch.interval * 2.0 ** min(max(failures - 1, 0), 12), longest))


def settled(watch: Watch, state: WatchState, problem: Problem | None, asks: float, now: float) -> WatchState:
    """Return the state after a poll that ended at `now`: failures counted, the problem kept, the next poll set.

    Offline and being asked to wait are nobody's failure. `asks` is honoured up to a day.
    """
    if problem is None:
        wait = max(float(watch.interval), min(asks, LONGEST_ASK))
        return replace(state, failures=0, problem=None, next_due=now + wait)
    if problem.code == "watch.gone":
        return replace(state, failures=state.failures + 1, problem=problem, next_due=NEVER)
    blameless = problem.is_offline or problem.is_wait
    failures = state.failures + (0 if blameless else 1)
    wait = max(_after_failure(watch, failures, problem), min(asks, LONGEST_ASK))
    due = now + wait
    if problem.retry_at is not None:
        due = max(min(problem.retry_at, now + 7 * LONGEST_ASK), now + min(watch.interval, OFFLINE_RETRY))
    kept = state.problem if problem.is_offline and state.problem else problem
    return replace(state, failures=failures, problem=kept, next_due=due)
