"""How content customers were in the end, by what they had complained about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.report_table import Column, ReportTable
from app.core.verdict import Cause, Kind
from app.reports.resolved import MARKS, Resolved, fullest_first, grouped, marks_of, total_of


def table_of_resolved(cases: Sequence[Resolved], watches: Mapping[str, str]) -> ReportTable:  # noqa: ARG001  every report is called alike
    """Return a row for each cause of resolved complaints, the one with most first; what nobody knows is «other»."""
    complaints = [case for case in cases if case.kind == Kind.COMPLAINT]
    causes = fullest_first(grouped(complaints, lambda case: case.cause or Cause.OTHER.value))
    rows = tuple((cause, *marks_of(such)) for cause, such in causes)
    return ReportTable((Column("cause"), *MARKS), rows, total_of(complaints))
