from __future__ import annotations

from dataclasses import replace

from app.core.coverage import HOUR, CoveredHour, coverage
from app.core.watch import Watch

FIRST = 490_000
"""An hour of Unix time."""

NOW = (FIRST + 5) * HOUR + 1_200
EVERY_QUARTER = Watch("w", "Kawa", "feed", interval=900)


def polls(*heard: int) -> dict[int, float]:
    """Return polls ten minutes into these hours, numbered from the first."""
    return {FIRST + hour: (FIRST + hour) * HOUR + 600 for hour in heard}


def hours(*heard: int, watch: Watch = EVERY_QUARTER) -> list[int]:
    """Return of six hours how many watches were heard in each, one watch having been polled in these."""
    found = coverage((watch,), {"w": polls(*heard)}, FIRST * HOUR, NOW)
    assert [hour.start for hour in found] == [(FIRST + number) * HOUR for number in range(6)]
    return [hour.heard for hour in found]


def test_an_hour_without_a_poll_was_not_listened_to() -> None:
    assert hours(0, 1, 4, 5) == [1, 1, 0, 0, 1, 1]


def test_a_poll_holds_for_as_long_as_the_next_one_is_not_due() -> None:
    assert hours(0, watch=replace(EVERY_QUARTER, interval=7_200)) == [1, 1, 1, 0, 0, 0]
    assert hours(-20, watch=replace(EVERY_QUARTER, interval=86_400)) == [1] * 6


def test_the_hour_under_way_needs_no_poll_yet_where_the_one_before_had_one() -> None:
    assert hours(4) == [0, 0, 0, 0, 1, 1]
    assert hours(3) == [0, 0, 0, 1, 0, 0]


def test_a_watch_counts_from_when_it_was_made() -> None:
    made = replace(EVERY_QUARTER, created=(FIRST + 3) * HOUR + 60)
    found = coverage((made,), {"w": polls(5)}, FIRST * HOUR, NOW)
    assert [hour.watches for hour in found] == [0, 0, 0, 1, 1, 1]
    assert [hour.heard for hour in found] == [0, 0, 0, 0, 0, 1]
    assert next(hour for hour in found if hour.watches).since == made.created


def test_a_watch_that_answers_soon_counts_from_its_first_answer() -> None:
    for heard, at in ((3, 3), (4, 4)):  # made just before the hour was full, and heard just after it
        made = replace(EVERY_QUARTER, created=(FIRST + 3) * HOUR + 60)
        found = coverage((made,), {"w": polls(heard, 5)}, FIRST * HOUR, NOW)
        assert next(hour for hour in found if hour.watches).since == (FIRST + at) * HOUR + 600
        assert [hour.watches for hour in found[at:]] == [1] * (6 - at)


def test_a_watch_just_made_counts_once_it_has_answered_or_an_hour_is_over() -> None:
    for ago, counts in ((60, 0), (1_500, 0), (3_599, 0), (3_600, 1)):
        made = replace(EVERY_QUARTER, created=NOW - ago)
        assert coverage((made,), {}, FIRST * HOUR, NOW)[-1].watches == counts
    older = replace(EVERY_QUARTER, id="v", created=1.0)
    both = coverage((made, older), {"v": polls(0, 1, 2, 3, 4, 5)}, FIRST * HOUR, NOW)
    assert [hour.watches for hour in both] == [1, 1, 1, 1, 2, 2]
    assert all(hour.begun is None for hour in both)


def test_of_the_first_hour_it_is_told_when_the_first_watch_answered() -> None:
    other = replace(EVERY_QUARTER, id="v")
    found = coverage((EVERY_QUARTER, other), {"w": polls(2, 3), "v": {FIRST + 2: (FIRST + 2) * HOUR + 30}}, 0.0, NOW)
    assert [hour.begun for hour in found if hour.watches] == [(FIRST + 2) * HOUR + 30, None, None, None]


def test_a_watch_paused_counts_up_to_its_last_poll() -> None:
    paused = replace(EVERY_QUARTER, paused=True)
    assert hours(0, 1, 2, watch=paused) == [1, 1, 1, 0, 0, 0]
    found = coverage((paused,), {"w": polls(0, 2)}, FIRST * HOUR, NOW)
    assert [hour.watches for hour in found] == [1, 1, 1, 0, 0, 0]
    assert not any(hour.watches for hour in coverage((paused,), {}, FIRST * HOUR, NOW))


def test_polls_dated_by_a_clock_that_was_ahead_are_lived_through() -> None:
    for watch in (EVERY_QUARTER, replace(EVERY_QUARTER, paused=True)):
        assert hours(0, 1, 90_000, watch=watch)[:2] == [1, 1]


def test_an_hour_is_whole_where_every_watch_was_heard() -> None:
    other = replace(EVERY_QUARTER, id="v")
    found = coverage((EVERY_QUARTER, other), {"w": polls(0, 1), "v": polls(0)}, FIRST * HOUR, NOW)
    begun = (FIRST * HOUR + 600, None, None)
    assert found[:3] == tuple(CoveredHour((FIRST + n) * HOUR, 2, heard, begun[n]) for n, heard in enumerate((2, 1, 0)))
    assert [hour.is_whole for hour in found[:3]] == [True, False, False]
    assert not CoveredHour(0.0, 0, 0).is_whole
