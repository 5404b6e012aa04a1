"""Dates as people and spreadsheets write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.desk.mention_table.dates import EITHER, moment, order_of, written

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05", "2026-03-05T11:00:00+00:00"),
        ("2026-03-05 14:02", "2026-03-05T13:02:00+00:00"),
        ("2026-03-05T14:02:11.5Z", "2026-03-05T14:02:11+00:00"),
        ("2026-07-05T14:02:11+02:00", "2026-07-05T12:02:11+00:00"),
        ("5.03.2026", "2026-03-05T11:00:00+00:00"),
        ("05.03.26 r.", "2026-03-05T11:00:00+00:00"),
        ("3/5/2026 2:02 PM", "2026-05-03T12:02:00+00:00"),
        ("05/13/2026", "2026-05-13T10:00:00+00:00"),
        ("5 marca 2026 r., 14:02", "2026-03-05T13:02:00+00:00"),
        ("2 мая 2025 г. в 13:45", "2025-05-02T11:45:00+00:00"),
        ("March 5th, 2026", "2026-03-05T11:00:00+00:00"),
        ("46086,5", "2026-03-05T11:00:00+00:00"),
        ("1772712131", "2026-03-05T12:02:11+00:00"),
        ("1772712131000", "2026-03-05T12:02:11+00:00"),
    ],
)
def test_a_date_is_understood_in_the_shops_zone(text: str, expected: str) -> None:
    at = moment(text, WARSAW)
    assert at is not None
    assert written(at) == expected


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31.02.2026", "2026-13-45", "12345", "99999999999999", "5.03.2026 77:00", "٣/٤/٢٠٢٦x"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert moment(text, UTC) is None


def test_the_owner_settles_what_can_be_read_in_two_ways() -> None:
    assert [order_of(t) for t in ("03/05/2026", "13/05/2026", "05-13-26", "03.05.2026", "5/5/2026", "2026-03-05")] == [
        EITHER, "day", "month", "", "", "",
    ]  # fmt: skip
    for day_first, expected in (
        (True, datetime(2026, 5, 3, 12, tzinfo=UTC)),
        (False, datetime(2026, 3, 5, 12, tzinfo=UTC)),
    ):
        assert moment("03/05/2026", UTC, day_first=day_first) == expected.timestamp()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05 12:30 PM", "2026-03-05T12:30:00+00:00"),
        ("2026-03-05 12:15 am", "2026-03-05T00:15:00+00:00"),
        ("2026-03-05 1:15 p.m.", "2026-03-05T13:15:00+00:00"),
        ("2026-03-05 11:59 AM", "2026-03-05T11:59:00+00:00"),
        ("46086", "2026-03-05T12:00:00+00:00"),
        ("46086.25", "2026-03-05T06:00:00+00:00"),
        ("46086.0", "2026-03-05T12:00:00+00:00"),
    ],
)
def test_noon_and_midnight_and_days_without_a_clock(text: str, expected: str) -> None:
    at = moment(text, UTC)
    assert at is not None
    assert written(at) == expected
