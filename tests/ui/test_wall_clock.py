"""Moments that are named by the clock on the wall keep its hour when summer time begins or ends in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from app.ui.case_acts import snooze_until
from app.ui.report_text import since

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can be set on POSIX only")


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def live(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield live
    monkeypatch.undo()
    time.tzset()


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def local(moment: float) -> str:
    return datetime.fromtimestamp(moment).astimezone().replace(tzinfo=None).isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("now", "choice", "until"),
    [
        ("2026-10-24 11:00", "tomorrow", "2026-10-25 09:00"),
        ("2027-03-27 11:00", "tomorrow", "2027-03-28 09:00"),
        ("2027-03-27 17:00", "afternoon", "2027-03-28 16:00"),
        ("2027-03-25 11:00", "week", "2027-04-01 09:00"),
        ("2026-10-22 11:00", "week", "2026-10-29 09:00"),
        # what was right and stays so
        ("2026-07-14 11:00", "tomorrow", "2026-07-15 09:00"),
        ("2026-07-14 11:00", "afternoon", "2026-07-14 16:00"),
        ("2026-07-14 16:00", "afternoon", "2026-07-15 16:00"),
        ("2026-07-14 11:00", "week", "2026-07-21 09:00"),
        ("2026-10-25 00:30", "tomorrow", "2026-10-26 09:00"),
        ("2026-12-31 23:59", "tomorrow", "2027-01-01 09:00"),
    ],
)
def test_a_snooze_ends_at_the_hour_it_names(zone: Callable[[str], None], now: str, choice: str, until: str) -> None:
    zone("Europe/Warsaw")
    assert local(snooze_until(choice, at(now))) == until


def test_an_hour_is_an_hour_long_whatever_the_clock_does(zone: Callable[[str], None]) -> None:
    zone("Europe/Warsaw")
    now = at("2026-10-25 02:30")
    assert snooze_until("hour", now) == now + 3600


def test_the_hour_that_comes_twice_leads_to_the_same_morning(zone: Callable[[str], None]) -> None:
    zone("Europe/Warsaw")
    second = at("2026-10-25 01:30") + 7200
    assert local(snooze_until("tomorrow", second)) == "2026-10-26 09:00"


@pytest.mark.parametrize(
    ("place", "now", "days", "begin"),
    [
        ("Europe/Warsaw", "2026-10-27 11:00", 7, "2026-10-21 00:00"),
        ("Europe/Warsaw", "2027-03-30 11:00", 7, "2027-03-24 00:00"),
        ("Europe/Warsaw", "2027-03-30 11:00", 365, "2026-03-31 00:00"),
        ("Europe/Warsaw", "2026-07-14 11:00", 30, "2026-06-15 00:00"),
        ("Europe/Warsaw", "2026-07-14 00:00", 1, "2026-07-14 00:00"),
        ("Asia/Kolkata", "2026-10-27 11:00", 7, "2026-10-21 00:00"),
        ("Africa/Cairo", "2026-04-26 11:00", 3, "2026-04-24 01:00"),  # a day that has no midnight begins at one
    ],
)
def test_a_report_begins_at_midnight(zone: Callable[[str], None], place: str, now: str, days: int, begin: str) -> None:
    zone(place)
    assert local(since(days, at(now))) == begin
