"""Dates of every kind, and what is none."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sources.feeds.dates import AHEAD, EARLIEST, is_ambiguous, month_first, seems_month_first, unix_time

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
        ("11/21/2026 6:44 PM", MINUTE),
        ("11/21/2026 18:44", MINUTE),
        ("11/4/2026 6:44 pm", MINUTE - 17 * 86_400),
        ("21/11/2026 6:44 PM", MINUTE),
        ("11/04/2026 18:44", MINUTE - 224 * 86_400),
        ("11.04.2026 6:44 PM", MINUTE - 224 * 86_400),
        ("04.21.2026", None),
        ("21-11-2026 18:44", MINUTE),
        ("21-11-2026", DAY),
        ("21-11-2026 19:44:58 +0100", EVENING),
        ("21-11-2026T18:44:58Z", EVENING),
        ("11-21-2026 18:44", MINUTE),
        ("2026/11/21 18:44:58", EVENING),
        ("2026/11/21", DAY),
        ("2026.11.21 18:44", MINUTE),
        ("21.11.26", DAY),
        ("21.11.26 18:44", MINUTE),
        ("21.11.26 г.", DAY),
        ("21/11/26", DAY),
        ("21/11/26, 18:44:58", EVENING),
        ("11/21/26 6:44 PM", MINUTE),
        ("9.5.26", datetime(2026, 5, 9, tzinfo=UTC).timestamp()),
        ("26-11-21", None),
        ("21-11-26", None),
        ("21.11.26.4", None),
        ("21.11.265", None),
        ("18.44.58", None),
        ("10.11.26:30", None),
        ("2026/13/01", None),
        ("+48 21-11-2026", None),
        (str(int(EVENING)), EVENING),
        (f"{int(EVENING)}.25", EVENING),
        (str(int(EVENING) * 1000), EVENING),
    ],
)
def test_dates(written: str, expected: float | None) -> None:
    assert unix_time(written, NOW) == expected


@pytest.mark.parametrize(
    ("dates", "leads"),
    [
        ((), None),
        (("2026-11-21", "Sat, 21 Nov 2026 18:44:58 GMT", "04.21.2026"), None),
        (("11/04/2026 17:00", "10/04/2026"), None),
        (("11/04/2026 17:00", "11/23/2026 17:00"), True),
        (("11/04/2026 17:00", "11/10/2026 5:00 PM"), None),
        (("30/09/2026 8:00 am", "01/10/2026 9:15 am"), False),
        (("09/30/2026 8:00 am", "10/01/2026 9:15 am"), True),
        (("11/04/2026 5:00 PM", "23/11/2026 5:00 PM"), False),
        (("23/11/2026", "11/23/2026"), None),
        (("11-04-2026 17:00", "11-23-2026 17:00"), True),
        (("11-04-2026 17:00", "23-11-2026 17:00"), False),
        (("11/04/26", "11/23/26"), True),
        (("2026-11-21", "2026/11/21", "20-11-21", "Sat, 21 Nov 2026 18:44:58 -0500"), None),
    ],
)
def test_the_order_of_day_and_month(dates: tuple[str, ...], leads: bool | None) -> None:
    assert month_first(dates) is leads


def test_an_order_that_is_proved_holds_for_dates_that_prove_none() -> None:
    fourth_of_november, eleventh_of_april = DAY - 17 * 86_400, DAY - 224 * 86_400
    assert unix_time("11/04/2026", NOW) == unix_time("11/04/2026", NOW, month_leads=False) == eleventh_of_april
    assert unix_time("11/04/2026", NOW, month_leads=True) == fourth_of_november
    assert unix_time("04/11/2026 0:00 AM", NOW, month_leads=False) == fourth_of_november
    for written in ("21/11/2026", "11/21/2026", "21.11.2026", "21 Nov 2026", "2026-11-21"):
        assert [unix_time(written, NOW, month_leads=leads) for leads in (True, False, None)] == [DAY] * 3
        assert not is_ambiguous(written)
    assert is_ambiguous("11/04/2026 17:00")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("01/10/2026 9:15 am", "2026-10-01 09:15"),  # British, Australian, Indian: written a quarter of an hour ago
        ("10/01/2026 9:15 AM", "2026-10-01 09:15"),  # American
        ("01/09/2026 8:00 pm", "2026-09-01 20:00"),
        ("02/10/2026, 9:15 am", "2026-10-02 09:15"),  # in Australia it is evening by now
        ("03/10/2026 9:15 am", "2026-03-10 09:15"),  # that day has not come
        ("05/12/2025 1:00 PM", "2025-12-05 13:00"),
        ("01/10/2026 09:15", "2026-10-01 09:15"),
        ("10/01/2026 09:15", "2026-01-10 09:15"),
        ("10/01/2026 at Amsterdam, 09:15", "2026-01-10 09:15"),
        ("01.10.2026 9:15 am", "2026-10-01 09:15"),
        ("10.01.2026 9:15 am", "2026-01-10 09:15"),
        ("10-01-2026 9:15 AM", "2026-10-01 09:15"),
        ("10-01-2026 09:15", "2026-01-10 09:15"),
        ("10/01/26 9:15 AM", "2026-10-01 09:15"),
    ],
)
def test_a_clock_of_twelve_hours_is_a_hint_and_no_proof_of_the_month(written: str, expected: str) -> None:
    now = datetime(2026, 10, 1, 9, 30, tzinfo=UTC).timestamp()
    assert unix_time(written, now) == datetime.fromisoformat(expected).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("dates", "seems"),
    [
        (
            ("11/05/2026 09:00", "11/03/2026 10:00", "10/09/2026 08:00"),
            True,
        ),  # American: yesterday, else half a year ago
        (("11/05/2026 09:00",), True),
        (("11-05-2026",), True),
        (("11/05/26 09:00",), True),
        (("05/11/2026 09:00", "03/11/2026 10:00", "09/10/2026"), False),  # Polish, British: yesterday as well
        (("05/11/2026", "11/04/2026"), False),  # both readings have something of these days
        (("01/11/2026", "01/10/2026", "01/09/2026"), False),  # a letter of the first of each month
        (("10/09/2026", "09/10/2026"), False),  # nothing of these days in either
        (("12/11/2026",), False),  # six days ahead
        (("05.11.2026", "11.05.2026"), False),  # dots are never American
        (("Thu, 05 Nov 2026 09:00:00 GMT", "2026-11-05", "23/11/2026"), False),
        ((), False),
    ],
)
def test_what_is_new_shows_whether_the_month_comes_first(dates: tuple[str, ...], *, seems: bool) -> None:
    now = datetime(2026, 11, 6, 9, 30, tzinfo=UTC).timestamp()
    assert seems_month_first(dates, now) is seems


def test_where_no_reading_has_come_by_now_there_is_no_date() -> None:
    assert unix_time("11/12/2026 9:15 am", datetime(2026, 10, 1, tzinfo=UTC).timestamp()) is None


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


@pytest.mark.parametrize("piece", ["1", "a", " ", "-", "1/", "1:", "+1", "Jan ", "ą"])
def test_no_date_takes_long(piece: str) -> None:
    start = time.thread_time()
    for length in (1, 10, 50, 99, 100_000):
        unix_time(piece * (length // len(piece)), NOW)
    assert time.thread_time() - start < 5.0


@pytest.mark.parametrize(("year", "full"), [("98", 1998), ("70", None), ("26", 2026), ("05", 2005)])
def test_a_year_of_two_figures_is_of_the_last_century_or_this_one(year: str, full: int | None) -> None:
    expected = None if full is None else datetime(full, 11, 21, 18, 44, 58, tzinfo=UTC).timestamp()
    assert unix_time(f"21 Nov {year} 18:44:58", NOW) == expected
