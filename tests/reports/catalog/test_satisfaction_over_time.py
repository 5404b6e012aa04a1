"""Whether it is getting better: expected tables."""

from __future__ import annotations

from datetime import date, timedelta

from app.reports.catalog.satisfaction_over_time import MOST_DAYS, table_of_resolved
from app.reports.resolved import Resolved


def case(day: date, mark: str | None = None) -> Resolved:
    return Resolved("w1", "forum.example", "complaint", "", day, mark)


def test_a_short_stretch_goes_by_weeks_from_monday_on() -> None:
    table = table_of_resolved(
        [
            case(date(2026, 1, 1), "not_content"),
            case(date(2026, 3, 1)),
            case(date(2026, 3, 2), "content"),
            case(date(2026, 3, 8), "so_so"),
        ],
        {},
    )
    assert (table.columns[0].id, table.columns[0].unit) == ("week", "week")
    assert table.rows == (
        ("2026-03-02", 2, 50.0, 1, 1, 0, 0),
        ("2026-02-23", 1, None, 0, 0, 0, 1),
        ("2025-12-29", 1, 0.0, 0, 0, 1, 0),
    )


def test_a_long_stretch_goes_by_months() -> None:
    last = date(2026, 3, 31)
    days = [last - timedelta(days=MOST_DAYS + 1), last - timedelta(days=1), last]
    table = table_of_resolved([case(day, "content") for day in days], {})
    assert (table.columns[0].id, table.columns[0].unit) == ("month", "month")
    assert table.rows == (("2026-03-01", 2, 100.0, 2, 0, 0, 0), ("2025-12-01", 1, 100.0, 1, 0, 0, 0))
    assert table_of_resolved([case(day) for day in (days[0] + timedelta(days=1), last)], {}).columns[0].id == "week"
