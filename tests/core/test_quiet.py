"""Until when quiet hours and days off keep the bell silent."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.quiet import quiet_end

ZONE = ZoneInfo("Europe/Warsaw")
NIGHT = ((22 * 60, 8 * 60),)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> float:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (at(3, 23), at(4, 8)),
        (at(4, 3), at(4, 8)),
        (at(4, 8), at(4, 8)),
        (at(4, 15, 30), at(4, 15, 30)),
        (at(28, 23), at(29, 8)),  # the clocks go forward in between
    ],
)
def test_a_night_ends_in_the_morning(now: float, end: float) -> None:
    assert quiet_end(now, NIGHT, (), ZONE) == end


def test_what_follows_at_once_belongs_to_it() -> None:
    assert quiet_end(at(3, 13), ((12 * 60, 14 * 60), (14 * 60, 1440)), ("2026-03-04",), ZONE) == at(5, 0)
    assert quiet_end(at(3, 23), NIGHT, ("2026-03-04", "2026-03-05"), ZONE) == at(6, 8)


def test_quiet_around_the_clock_is_followed_to_some_end() -> None:
    assert quiet_end(at(3, 13), ((0, 1440),), (), ZONE) > at(3, 13, month=4)
