"""What a failed poll means for a place that was heard before: it may be the network that stands between, not the place."""

from __future__ import annotations

from app.core.problems import Problem
from app.core.signature import was_heard
from app.core.watch import Watch, WatchState

NOT_FOUND_NOW, LOGIN_WANTED = "net.not_found_now", "net.login_wanted"
NAME_UNKNOWN = "net.name_unknown"

BUILT_IN = "ours"
"""The `why` of a host that the source knows of itself: the owner, who never typed it, cannot have misspelt it."""

PATIENCE = 6 * 3_600.0
"""Seconds for which the network is taken to be why, and a place is tried again soon."""
PAUSE = 7_200.0
"""Seconds without a poll, such as a sleep of the laptop, after which that time begins anew: rounds by the hour are none.

It is the same for every interval: a watch of once a day is tried each minute meanwhile, and a night's sleep must not count.
"""

_PASSING = {NAME_UNKNOWN: NOT_FOUND_NOW, "net.private_address": LOGIN_WANTED, LOGIN_WANTED: LOGIN_WANTED}
_LASTING = {NAME_UNKNOWN: "net.name_gone", "net.private_address": "net.private_now", LOGIN_WANTED: LOGIN_WANTED}


def in_hindsight(
    problem: Problem, watch: Watch, state: WatchState, now: float, *, at_home: bool, built_in: bool = False
) -> Problem:
    """Return a poll's problem as it is to be told, `state` being the one before it.

    A host that was heard and has no name, or leads into the network this laptop is in, is not mistyped: for some hours
    the network is taken to be why, and then said to be so still. So it is of a host never heard that is `built_in`. `at_home`
    says that the watch's place is in the owner's own network. `since` (Unix seconds) is when that began.
    """
    was_there = problem.code in _PASSING and _was_there(problem, watch, state, at_home)
    ours = built_in and problem.code == NAME_UNKNOWN and not was_there
    args = {name: value for name, value in problem.args.items() if name != "why"}
    if not (was_there or ours or problem.code == LOGIN_WANTED):
        return problem
    since = _since(state, now)
    codes = _PASSING if now - since < PATIENCE else _LASTING
    why = {"why": BUILT_IN} if ours else {}
    return Problem(codes[problem.code], {**args, **why, "since": since})


def is_recent(problem: Problem, now: float) -> bool:
    """Say whether what stands between has stood there for a few hours at most."""
    since = problem.args.get("since", now)
    return not isinstance(since, str) and now - since < PATIENCE


def _was_there(problem: Problem, watch: Watch, state: WatchState, at_home: bool) -> bool:  # noqa: FBT001  private, one caller
    """Say whether the watch's place was heard; of an address inside the network, whether it was heard outside."""
    return was_heard(watch, state) and (problem.code != "net.private_address" or not (watch.allow_private or at_home))


def _since(state: WatchState, now: float) -> float:
    """Return since when the network has stood between, as far as polls have shown without a long pause."""
    before = state.problem
    since = before.args.get("since", now) if before else now
    lasts = not isinstance(since, str) and since <= now
    if before and before.code in _LASTING.values() and not before.is_passing and lasts:
        return float(since)  # settled already: it stays so until the place is heard
    return float(since) if lasts and now - state.polled_at < PAUSE else now
