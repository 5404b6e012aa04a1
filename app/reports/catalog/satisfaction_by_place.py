"""How content customers were in the end, by the place where they wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.report_table import Column, ReportTable
from app.reports.resolved import MARKS, Resolved, fullest_first, grouped, marks_of, total_of


def table_of_resolved(cases: Sequence[Resolved], watches: Mapping[str, str]) -> ReportTable:  # noqa: ARG001  every report is called alike
    """Return a row for each place with resolved cases, the one with most first."""
    places = fullest_first(grouped(cases, lambda case: case.place))
    rows = tuple((place, *marks_of(there)) for place, there in places)
    return ReportTable((Column("place"), *MARKS), rows, total_of(cases))
