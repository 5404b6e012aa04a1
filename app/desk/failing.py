"""When a watch has failed for good or for so long that its owner has to be told."""

from __future__ import annotations

from app.core.watch import Watch, WatchState

LONG = 3_600.0
"""Seconds of failing after which it is no passing failure: a place that was down for a moment is nobody's business."""

FOR_GOOD = frozenset({"watch.gone"})
"""Problems of a place that says itself that it will not come back."""


def fails_for_long(watch: Watch, state: WatchState | None, now: float) -> bool:
    """Say whether a watch fails for good, or has failed at every turn of an hour; `now` in Unix seconds.

    Turns come later with each failure, so they are reckoned by their number; a night in which the laptop slept is no hour
    of failures, and neither are three presses of «Check now». No network and being asked to wait are no failures.
    """
    if state is None or watch.paused or state.problem is None or state.problem.is_blameless:
        return False
    if state.problem.code in FOR_GOOD:
        return True
    turns = watch.interval * (2.0 ** min(max(state.failures - 1, 0), 20) - 1.0)
    return turns >= LONG and now - max(state.heard_at, watch.created) >= LONG
