"""How long a feed itself asks to be left alone between polls."""

from __future__ import annotations

from app.sources.feeds.entry import DAY

_PERIODS = {"hourly": 3_600.0, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}


def wait_of(minutes: str, period: str, frequency: str) -> float:
    """Return the seconds asked for by RSS `ttl` and the syndication module, the longer of both, at most a day."""
    ttl = _number(minutes) * 60
    spacing = _PERIODS.get(period.strip().lower(), 0.0) / max(_number(frequency), 1.0)
    return min(max(ttl, spacing), DAY)


def _number(written: str) -> float:
    """Return a whole number as written, 0.0 for anything else; more than nine digits are no number of anything."""
    written = written.strip()
    return float(written) if written.isascii() and written.isdecimal() and len(written) <= 9 else 0.0
