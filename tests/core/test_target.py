"""How soon, in opening hours; and when the bell is quiet."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.preferences import DEFAULT_TARGETS, Period
from app.core.target import HORIZON_DAYS, _open_spans, clock_starts, digest_time, due_at, is_quiet, minutes_for

ZONE = ZoneInfo("Europe/Warsaw")
OFFICE = dict.fromkeys(range(5), ((540, 1020),))
LUNCH = dict.fromkeys(range(6), ((840, 1080), (540, 780)))
BAR = {4: ((1080, 120),), 5: ((1080, 120),)}


def at(written: str, fold: int = 0) -> float:
    return datetime.fromisoformat(written).replace(tzinfo=ZONE, fold=fold).timestamp()


def open_minutes(start: float, end: float, hours: dict[int, tuple[Period, ...]]) -> float:
    if not any(hours.values()):
        return (end - start) / 60.0
    return sum(until - since for since, until in _open_spans(start, end, hours, (), ZONE)) / 60.0


def shown(moment: float) -> str:
    return datetime.fromtimestamp(moment, ZONE).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("hours", "opened", "minutes", "due"),
    [
        (OFFICE, "2026-11-20T16:30", 60, "2026-11-23T09:30"),
        (OFFICE, "2026-11-20T16:30", 30, "2026-11-20T17:00"),
        (OFFICE, "2026-11-20T17:00", 30, "2026-11-23T09:30"),
        (OFFICE, "2026-11-21T12:00", 60, "2026-11-23T10:00"),
        (OFFICE, "2026-11-20T10:00", 0, "2026-11-20T10:00"),
        (OFFICE, "2026-11-20T03:00", 0, "2026-11-20T09:00"),
        (OFFICE, "2026-11-16T09:00", 5 * 480, "2026-11-20T17:00"),
        (OFFICE, "2026-11-16T09:00", 5 * 480 + 1, "2026-11-23T09:01"),
        (LUNCH, "2026-11-20T12:30", 60, "2026-11-20T14:30"),
        (LUNCH, "2026-11-20T13:10", 60, "2026-11-20T15:00"),
        (LUNCH, "2026-11-21T17:50", 20, "2026-11-23T09:10"),
        (BAR, "2026-11-21T01:30", 60, "2026-11-21T18:30"),
        (BAR, "2026-11-20T23:30", 60, "2026-11-21T00:30"),
        ({0: ((0, 1440),)}, "2026-11-22T12:00", 60, "2026-11-23T01:00"),
        ({0: ((540, 700), (600, 720), (720, 780))}, "2026-11-23T09:00", 240, "2026-11-23T13:00"),
        ({0: ((600, 600), (540, 1020))}, "2026-11-23T09:00", 60, "2026-11-23T10:00"),
    ],
)
def test_targets_count_opening_hours_only(
    hours: dict[int, tuple[Period, ...]], opened: str, minutes: int, due: str
) -> None:
    assert shown(due_at(at(opened), minutes, hours, (), ZONE)) == due


@pytest.mark.parametrize("hours", [{}, {0: (), 3: ()}])
def test_no_hours_at_all_mean_always_open(hours: dict[int, tuple[Period, ...]]) -> None:
    assert due_at(1000.5, 90, hours, (), ZONE) == 1000.5 + 5400


def test_days_off_do_not_count() -> None:
    off = ("2026-12-24", "2026-12-25", "2026-12-26")
    assert shown(due_at(at("2026-12-23T16:30"), 60, OFFICE, off, ZONE)) == "2026-12-28T09:30"
    assert shown(due_at(at("2026-12-23T23:30"), 60, {}, off, ZONE)) == "2026-12-27T00:30"


def test_an_hour_lost_or_won_by_the_clocks_is_counted_as_it_was() -> None:
    nights = {5: ((0, 1440),), 6: ((0, 1440),)}
    assert shown(due_at(at("2026-03-29T01:30"), 60, nights, (), ZONE)) == "2026-03-29T03:30"
    assert open_minutes(at("2026-03-29T00:00"), at("2026-03-30T00:00"), nights) == 23 * 60
    assert open_minutes(at("2026-10-25T00:00"), at("2026-10-26T00:00"), nights) == 25 * 60
    assert shown(due_at(at("2026-03-27T16:30"), 60, OFFICE, (), ZONE)) == "2026-03-30T09:30"


def test_a_target_is_never_put_off_beyond_the_horizon() -> None:
    opened = at("2026-11-20T12:00")
    latest = opened + HORIZON_DAYS * 86_400
    assert due_at(opened, 10**7, OFFICE, (), ZONE) == latest
    assert due_at(opened, 10**7, {}, (), ZONE) == latest
    assert due_at(opened, 60, {0: ((600, 600),)}, (), ZONE) == latest


PERIODS = st.lists(st.tuples(st.integers(0, 1440), st.integers(0, 1440)), max_size=3).map(tuple)
HOURS = st.dictionaries(st.integers(0, 6), PERIODS, max_size=7)
MOMENTS = st.floats(at("2026-03-20T00:00"), at("2026-11-20T00:00"))


@given(HOURS, MOMENTS, st.floats(0, 400_000), st.integers(0, 3_000), st.integers(0, 3_000))
def test_later_opened_or_longer_is_never_due_earlier(
    hours: dict[int, tuple[Period, ...]], opened: float, later: float, minutes: int, more: int
) -> None:
    due = due_at(opened, minutes, hours, (), ZONE)
    assert due >= opened
    assert due_at(opened + later, minutes, hours, (), ZONE) >= due
    assert due_at(opened, minutes + more, hours, (), ZONE) >= due


@given(HOURS, MOMENTS, st.integers(1, 3_000))
def test_until_due_exactly_the_target_passes(hours: dict[int, tuple[Period, ...]], opened: float, minutes: int) -> None:
    due = due_at(opened, minutes, hours, (), ZONE)
    if due < opened + HORIZON_DAYS * 86_400:
        assert open_minutes(opened, due, hours) == pytest.approx(minutes, abs=0.001)


NIGHT = ((1320, 420), (780, 840))


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        ("2026-11-20T21:59", False),
        ("2026-11-20T22:00", True),
        ("2026-11-21T06:59", True),
        ("2026-11-21T07:00", False),
        ("2026-11-21T13:30", True),
        ("2026-10-24T23:00", True),
        ("2026-03-28T23:00", True),
    ],
)
def test_quiet_hours(now: str, quiet: bool) -> None:
    assert is_quiet(at(now), NIGHT, ZONE) is quiet


def test_no_quiet_and_always_quiet() -> None:
    now = at("2026-11-20T12:00")
    assert not is_quiet(now, (), ZONE)
    assert not is_quiet(now, ((720, 720),), ZONE)
    assert is_quiet(now, ((0, 1440),), ZONE)


@pytest.mark.parametrize(
    ("own", "stars", "source", "minutes"),
    [(True, 1.0, "feed", 60), (False, 1.0, "feed", 1440), (False, None, "feed", 30), (False, None, "bluesky", 240)],
)
def test_whose_target_counts(own: bool, stars: float | None, source: str, minutes: int) -> None:
    assert minutes_for({**DEFAULT_TARGETS, "feed": 30}, own=own, stars=stars, source=source) == minutes


def test_targets_that_the_owner_left_out() -> None:
    assert minutes_for({"": 90}, own=True, stars=5.0, source="feed") == 90
    assert minutes_for({}, own=True, stars=None, source="feed") == DEFAULT_TARGETS[""]


EARLY = dict.fromkeys(range(7), ((240, 510),))
UNTIL_NINE = dict.fromkeys(range(7), ((240, 540),))
DAWN = dict.fromkeys(range(7), ((420, 1020),))
LATE = dict.fromkeys(range(7), ((840, 1320),))


@pytest.mark.parametrize(
    ("hours", "now", "due"),
    [
        ({}, "2026-11-20T08:59", None),
        ({}, "2026-11-20T09:00", "2026-11-20T09:00"),
        ({}, "2026-11-20T23:00", "2026-11-20T09:00"),
        (OFFICE, "2026-11-20T16:59", "2026-11-20T09:00"),
        (OFFICE, "2026-11-20T17:00", None),
        (OFFICE, "2026-11-21T12:00", None),
        (LUNCH, "2026-11-20T13:30", None),
        (LUNCH, "2026-11-20T14:30", "2026-11-20T09:00"),
        (DAWN, "2026-11-20T08:00", None),
        (DAWN, "2026-11-20T09:10", "2026-11-20T09:00"),
        (LATE, "2026-11-20T13:00", None),
        (LATE, "2026-11-20T14:00", "2026-11-20T14:00"),
        (EARLY, "2026-11-20T05:00", "2026-11-20T04:00"),
        (EARLY, "2026-11-20T09:00", None),
        (UNTIL_NINE, "2026-11-20T05:00", "2026-11-20T04:00"),
        (UNTIL_NINE, "2026-11-20T08:59", "2026-11-20T04:00"),
        (UNTIL_NINE, "2026-11-20T09:00", None),
        (BAR, "2026-11-20T20:00", "2026-11-20T18:00"),
        (BAR, "2026-11-21T01:00", None),
    ],
)
def test_the_digest_is_due_once_the_shop_is_open_after_nine(
    hours: dict[int, tuple[Period, ...]], now: str, due: str | None
) -> None:
    found = digest_time(at(now), hours, (), ZONE)
    assert (None if found is None else shown(found)) == due


def test_a_day_off_has_no_digest() -> None:
    assert digest_time(at("2026-11-20T12:00"), {}, ("2026-11-20",), ZONE) is None
    assert digest_time(at("2026-11-20T12:00"), {}, ("2026-11-19",), ZONE) == at("2026-11-20T09:00")


@pytest.mark.parametrize(
    ("before", "start"), [(3600.0, -3600.0), (86_400.0, -86_400.0), (86_401.0, 0.0), (0.0, 0.0), (-3600.0, 0.0)]
)
def test_a_clock_runs_from_the_writing_unless_that_is_long_ago_or_yet_to_come(before: float, start: float) -> None:
    heard = at("2026-11-20T12:00")
    assert clock_starts(heard - before, heard) == heard + start
    assert clock_starts(None, heard) == heard
