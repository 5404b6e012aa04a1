"""Opening hours as people type them: «9-13, 14:30-18» for a day with a lunch break."""

from __future__ import annotations

import re
from itertools import pairwise

from app.core.preferences import CLOSED, Period

_PERIOD = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


def periods_of(text: str, *, overnight: bool = False) -> tuple[Period, ...] | None:
    """Return the periods typed, in order; () for nothing typed, or «closed»; None where it cannot be understood.

    With `overnight` a period may go over midnight («22-8»): it becomes two.
    """
    if text.strip().rstrip(".").casefold() in CLOSED:
        return ()
    found: list[Period] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        match = _PERIOD.fullmatch(part)
        if not match:
            return None
        start = int(match[1]) * 60 + int(match[2] or 0)
        end = int(match[3]) * 60 + int(match[4] or 0)
        if start >= 1440 or end > 1440 or int(match[2] or 0) > 59 or int(match[4] or 0) > 59:
            return None
        if start < end:
            found.append((start, end))
        elif overnight and start > end:
            found += [(start, 1440), (0, end)] if end else [(start, 1440)]
        else:
            return None
    found.sort()
    overlapping = any(one[1] > two[0] for one, two in pairwise(found))
    return None if overlapping else tuple(found)


def told(periods: tuple[Period, ...], *, overnight: bool = False) -> str:
    """Return periods as they would be typed."""
    ordered = sorted(periods)
    if overnight and len(ordered) > 1 and ordered[0][0] == 0 and ordered[-1][1] == 1440:
        ordered = [*ordered[1:-1], (ordered[-1][0], ordered[0][1])]
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in ordered)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
