"""Dates of every kind, and what is none."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sources.feeds.dates import AHEAD, EARLIEST, unix_time

NOW = datetime(2026, 11, 22, tzinfo=UTC).timestamp()
EVENING = datetime(2026, 11, 21, 18, 44, 58, tzinfo=UTC).timestamp()
MINUTE = EVENING - 58
DAY = datetime(2026, 11, 21, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Sat, 21 Nov 2026 18:44:58 +0000", EVENING),
        ("Sat, 21 Nov 2026 18:44:58 GMT", EVENING),
        ("Sat, 21 Nov 2026 19:44:58 +0100", EVENING),
        ("Sat, 21 Nov 2026 13:44:58 -0500", EVENING),
        ("Sat, 21 Nov 2026 13:44:58 EST", EVENING),
        ("Sat, 21 Nov 2026 19:44:58 CET", EVENING),
        ("Sat, 21 Nov 2026 21:44:58 MSK", EVENING),
        ("21 Nov 2026 18:44:58 Z", EVENING),
        ("21 Nov 26 18:44:58", EVENING),
        ("Sat, 21 Nov 2026 18:44", MINUTE),
        ("Sat,21 Nov 2026 18:44:58 GMT+0000", EVENING),
        ("  Sat, 21 November 2026 18:44:58 UT\n", EVENING),
        ("Saturday, 21-Nov-26 18:44:58 GMT", EVENING),
        ("Sat Nov 21 18:44:58 2026", EVENING),
        ("Sat Nov 21 18:44:58 UTC 2026", EVENING),
        ("November 21, 2026 6:44 PM", MINUTE),
        ("Nov 21, 2026", DAY),
        ("sob., 21 lis 2026 18:44:58 +0000", EVENING),
        ("21 listopada 2026 18:44", MINUTE),
        ("sobota, 21 listopada 2026, 18:44:58", EVENING),
        ("21 листопада 2026 18:44", None),
        ("21 ноября 2026 г., 18:44", MINUTE),
        ("Сб, 21 ноя 2026 21:44:58 +0300", EVENING),
        ("21 grudnia 2025", datetime(2025, 12, 21, tzinfo=UTC).timestamp()),
        ("1 maja 2026", datetime(2026, 5, 1, tzinfo=UTC).timestamp()),
        ("9 мая 2026", datetime(2026, 5, 9, tzinfo=UTC).timestamp()),
        ("2026-11-21T18:44:58Z", EVENING),
        ("2026-11-21T18:44:58.293581Z", EVENING),
        ("2026-11-21T19:44:58+01:00", EVENING),
        ("2026-11-21T19:44:58+0100", EVENING),
        ("2026-11-21T19:44:58+01", EVENING),
        ("2026-11-21 18:44:58", EVENING),
        ("2026-11-21 18:44:58 UTC", EVENING),
        ("2026-11-21T18:44Z", MINUTE),
        ("20261121T184458Z", EVENING),
        ("2026-11-21", DAY),
        ("20261121", DAY),
        ("2026-11-20T24:00:00Z", DAY),
        ("2026-11-21T18:44:60Z", EVENING + 1),
        ("21.11.2026 18:44:58", EVENING),
        ("21.11.2026", DAY),
        ("21/11/2026 18:44", MINUTE),
        (str(int(EVENING)), EVENING),
        (f"{int(EVENING)}.25", EVENING),
        (str(int(EVENING) * 1000), EVENING),
    ],
)
def test_dates(written: str, expected: float | None) -> None:
    assert unix_time(written, NOW) == expected


@pytest.mark.parametrize(
    "written",
    ["", " ", "yesterday", "never", "0", "-1", "Mon, 01 Jan 0001 00:00:00 +0000", "0000-00-00T00:00:00Z", "1970-01-01T00:00:00Z", "9" * 101,
     "Sat, 21 Nov 2099 18:44:58 GMT", "2026-11-25T00:00:00Z", "2026-02-31", "2026-13-01", "2026-11-21T25:00:00Z", "2026-11-21T18:60:00Z",
     "Sat, 99 Nov 2026 10:00:00 GMT", "Sat, 21 Xyz 2026 10:00:00 GMT", "31 lutego 2026", "²³.11.2026", "1e400", "99999999999999999999", "2026"],
)  # fmt: skip
def test_what_is_no_date_or_cannot_be_true(written: str) -> None:
    assert unix_time(written, NOW) is None


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2026, 11, 20)),  # noqa: DTZ001  the zone is drawn beside
    st.integers(-12 * 60, 14 * 60),
)
def test_every_standard_form_of_a_moment_is_read(moment: datetime, minutes: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert unix_time(moment.isoformat(), NOW) == moment.timestamp()
    assert unix_time(format_datetime(moment), NOW) == moment.timestamp()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120) | st.text(alphabet="0123456789:.-+TZ ,JanmayGMTмая", max_size=60))
def test_any_text_is_a_believable_moment_or_none(written: str) -> None:
    moment = unix_time(written, NOW)
    assert moment is None or EARLIEST <= moment <= NOW + AHEAD


@pytest.mark.parametrize("piece", ["1", "a", " ", "-", "1:", "+1", "Jan ", "ą"])
def test_no_date_takes_long(piece: str) -> None:
    start = time.perf_counter()
    for length in (1, 10, 50, 99, 100_000):
        unix_time(piece * (length // len(piece)), NOW)
    assert time.perf_counter() - start < 5.0
