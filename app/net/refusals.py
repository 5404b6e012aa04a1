"""How a host says «not so fast», in all its dialects, and how long it is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.problems import Problem
from app.core.watch import HostState
from app.net.freshness import believed, read_iso, retry_after

HOUR, DAY = 3600.0, 86400.0
LADDER = (HOUR, DAY, 2 * DAY, 7 * DAY)
"""Seconds a public host that gave no time is left alone, by the number of its refusals (after lemon24/reader, issue 307)."""

SHORT_LADDER = (60.0, 300.0, 900.0, HOUR)
"""The same for the owner's own machines: they restart, they do not ban."""

RESETS = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
REMAINING = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining")
EPOCH = 1e9
"""A bare number from here on is a moment (Unix seconds, or milliseconds from 1e12 on), below it is seconds left."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A host's new state, and until when (Unix seconds) it is left alone because of this answer; None where it is not."""

    state: HostState
    until: float | None = None


def judge(state: HostState, status: int, headers: Mapping[str, str], now: float, *, private: bool) -> Judgement:
    """Return what an answer does to its host's state: a refusal blocks and strikes, a success clears."""
    if not is_refusal(state, status, headers):
        return Judgement(HostState(state.host) if status < 400 else state)
    asked = retry_after(headers, now)
    if asked is None:
        asked = seconds_to_reset(headers, now)
    ladder = SHORT_LADDER if private else LADDER
    wait = max(asked, 1.0) if asked is not None else ladder[min(state.strikes, len(ladder) - 1)]
    until = max(round(now + wait, 3), _blocked_until(state, now))  # a date that a header names is told as it is
    return Judgement(HostState(state.host, until, state.strikes + 1), until)


def is_refusal(state: HostState, status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether an answer means «too fast». A 403 does so only from a host that said it before, or counts to zero."""
    if status in {429, 503}:
        return True
    return status == 403 and (
        state.strikes > 0 or any(headers.get(name, "").strip() in {"0", "0.0"} for name in REMAINING)
    )


def seconds_to_reset(headers: Mapping[str, str], now: float) -> float | None:
    """Return when the rate limit starts anew, in seconds from now, at most 24 h; None where it is missing or past."""
    for name in RESETS:
        if text := headers.get(name, "").strip():
            seconds = believed(_read_reset(text, now))
            if seconds:
                return seconds
    return None


def _read_reset(text: str, now: float) -> float | None:
    try:
        number = float(text)
    except ValueError:
        moment = read_iso(text)
        return None if moment is None else moment - now
    if number < EPOCH:
        return number
    return (number / 1000 if number >= 1e12 else number) - now


def waiting(state: HostState, host: str, now: float) -> Problem | None:
    """Return «net.waiting» while a host is to be left alone, else None."""
    until = _blocked_until(state, now)
    if until <= now:
        return None
    return Problem("net.waiting", {"host": host, "seconds": round(until - now)}, retry_at=until)


def _blocked_until(state: HostState, now: float) -> float:
    """Return until when a host is blocked, 0.0 where that was reckoned by a clock that has been put back far since."""
    return state.blocked_until if state.blocked_until <= now + LADDER[-1] else 0.0
