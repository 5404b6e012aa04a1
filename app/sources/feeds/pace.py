"""How long a feed itself asks to be left alone between polls."""

from __future__ import annotations

from collections.abc import Mapping

from app.sources.feeds.entry import DAY

NAME = "wait"
"""Where the bookmark keeps what the last full answer asked for (whole seconds)."""

_PERIODS = {"hourly": 3_600.0, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}


def wait_of(minutes: str, period: str, frequency: str) -> float:
    """Return the seconds asked for by RSS `ttl` and the syndication module, the longer of both, at most a day."""
    ttl = _number(minutes) * 60
    spacing = _PERIODS.get(period.strip().lower(), 0.0) / max(_number(frequency), 1.0)
    return min(max(ttl, spacing), DAY)


def with_wait(bookmark: Mapping[str, str], wait: float) -> dict[str, str]:
    """Return a bookmark with the seconds a feed asks for, without any where it asks for nothing."""
    rest = {name: value for name, value in bookmark.items() if name != NAME}
    return {**rest, NAME: str(int(wait))} if wait >= 1 else rest


def asked_before(bookmark: Mapping[str, str]) -> float:
    """Return the seconds that the last full answer asked for, at most a day, 0.0 where it asked for nothing."""
    return min(_number(bookmark.get(NAME, "")), DAY)


def _number(written: str) -> float:
    """Return a whole number as written, 0.0 for anything else; more than nine digits are no number of anything."""
    written = written.strip()
    return float(written) if written.isascii() and written.isdecimal() and len(written) <= 9 else 0.0
