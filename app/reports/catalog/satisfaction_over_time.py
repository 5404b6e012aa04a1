"""Whether it is getting better: how content customers were in the end, week by week or month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.core.report_table import Column, ReportTable
from app.reports.resolved import MARKS, Resolved, grouped, marks_of, total_of

MOST_DAYS = 92
"""Cases resolved within so many days are counted by weeks, others by months."""


def table_of_resolved(cases: Sequence[Resolved], watches: Mapping[str, str]) -> ReportTable:  # noqa: ARG001  every report is called alike
    """Return a row for each week (from Monday) or month in which cases were resolved, the newest first."""
    days = [case.day for case in cases]
    by_month = bool(days) and (max(days) - min(days)).days > MOST_DAYS
    groups = grouped(cases, lambda case: (_month if by_month else _week)(case.day))
    rows = tuple((first, *marks_of(groups[first])) for first in sorted(groups, reverse=True))
    return ReportTable((Column(*("month", "month") if by_month else ("week", "week")), *MARKS), rows, total_of(cases))


def _month(day: date) -> str:
    """Return the first day of a month, as ISO has it."""
    return day.replace(day=1).isoformat()


def _week(day: date) -> str:
    """Return the Monday of a week, as ISO has it."""
    return (day - timedelta(days=day.weekday())).isoformat()
