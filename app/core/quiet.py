"""Until when the quiet hours and days off of the settings keep the bell silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from app.core.preferences import Period
from app.core.target import unix_at

MOST = 400
"""Quiet periods and days off, one after the other, that are followed to their end."""


def quiet_end(now: float, quiet: Sequence[Period], days_off: Sequence[str], zone: tzinfo) -> float:
    """Return when the quiet that holds at `now` is over (both Unix seconds); `now` itself where none holds."""
    at = now
    for _ in range(MOST):
        end = _next_end(at, quiet, days_off, zone)
        if end <= at:
            break
        at = end
    return at


def _next_end(at: float, quiet: Sequence[Period], days_off: Sequence[str], zone: tzinfo) -> float:
    """Return the last end of what holds at `at`, `at` where nothing does; a period that ends first spans midnight."""
    local = datetime.fromtimestamp(at, zone)
    today, minute = local.date(), local.hour * 60 + local.minute
    tomorrow = today + timedelta(days=1)
    ends = [unix_at(tomorrow, 0, zone)] if today.isoformat() in days_off else []
    for start, end in quiet:
        if start <= minute < end or (start > end > minute):
            ends.append(unix_at(today, end, zone))
        elif start > end and minute >= start:
            ends.append(unix_at(tomorrow, end, zone))
    return max(ends, default=at)
