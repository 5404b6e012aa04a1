"""Targets reckoned for new mentions and anew for open cases."""

from __future__ import annotations

from datetime import UTC

import pytest

from app.core.case import Case
from app.core.preferences import Preferences
from app.core.target import clock_starts
from app.core.verdict import Kind
from app.listen.targets import aims_of, renewed

NOW = 1_800_000_000.0


def case(**more: object) -> Case:
    values = {"due_at": NOW + 1, "opened_at": NOW, **more}
    return Case(1, Kind.COMPLAINT, first_mention=1, **values)  # type: ignore[arg-type]


def test_the_clock_runs_from_a_recent_publication() -> None:
    assert clock_starts(NOW - 60, NOW) == NOW - 60
    assert clock_starts(None, NOW) == NOW
    assert clock_starts(NOW - 90_000, NOW) == NOW
    assert clock_starts(NOW + 60, NOW) == NOW


def test_a_case_is_reckoned_by_what_it_is() -> None:
    ours = Preferences(targets={"own": 10, "review": 20, "page": 30, "": 40})
    cases = [case(own=True), case(stars=1.0), case(source="page"), case()]
    assert [due - NOW for _id, due in renewed(cases, ours, UTC, NOW)] == [600, 1200, 1800, 2400]


def test_a_case_keeps_the_clock_of_its_publication() -> None:
    assert renewed([case(published=NOW - 60)], Preferences(targets={"": 10}), UTC, NOW) == [(1, NOW - 60 + 600)]


def test_what_stays_as_it_is_and_what_has_no_target_is_left_alone() -> None:
    ours = Preferences(targets={"": 10})
    assert renewed([case(due_at=None), case(due_at=NOW + 600)], ours, UTC, NOW) == []


FAR = 400 * 86_400.0


@pytest.mark.parametrize(("published", "start"), [(NOW - 3_600, NOW - 3_600), (None, NOW), (NOW - 90_000, NOW)])
def test_what_was_heard_while_the_clock_was_far_ahead_is_due_by_its_publication_or_from_now(
    published: float | None, start: float
) -> None:
    ours = Preferences(targets={"": 10})
    ahead = case(opened_at=NOW + FAR, due_at=NOW + FAR + 600, published=published)
    assert renewed([ahead], ours, UTC, NOW) == [(1, start + 600)]


def test_a_target_put_right_stays_at_later_starts_and_comes_sooner_with_a_shorter_one() -> None:
    righted = case(opened_at=NOW + FAR, due_at=NOW + 600)
    assert renewed([righted], Preferences(targets={"": 10}), UTC, NOW + 5_000) == []
    assert renewed([righted], Preferences(targets={"": 5}), UTC, NOW) == [(1, NOW + 300)]


def test_a_clock_ahead_by_hours_changes_no_target() -> None:
    zones = case(opened_at=NOW + 7_200, due_at=NOW + 7_200 + 600)
    assert renewed([zones], Preferences(targets={"": 10}), UTC, NOW) == []


def test_only_targets_hours_and_days_off_count() -> None:
    assert aims_of(Preferences()) == aims_of(Preferences(shop_name="Other", quiet=((0, 60),)))
    assert aims_of(Preferences()) != aims_of(Preferences(days_off=("2027-01-01",)))
    assert aims_of(Preferences()) != aims_of(Preferences(hours={0: ((540, 1020),)}))
