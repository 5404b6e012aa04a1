"""The reports are found and run on the archive."""

from __future__ import annotations

from typing import cast
from zoneinfo import ZoneInfo

import pytest

from app.core.ports.desk_archive import DeskArchive
from app.core.report_table import ReportTable
from app.reports.registry import ReportRegistry

Row = tuple[str, str, str, float, float | None, float | None, bool]
Resolved = tuple[str, str, str, str, float, str | None]

AT = 1_772_406_000.0
"""Monday, 2 March 2026, 00:00 in Warsaw; in UTC it is still February and Sunday."""


class _Archive:
    def __init__(self, rows: tuple[Row, ...] = (), cases: tuple[Resolved, ...] = ()) -> None:
        self.rows, self.cases = rows, cases
        self.asked: list[tuple[float, float]] = []

    def tally(self, since: float, until: float) -> tuple[Row, ...]:
        self.asked.append((since, until))
        return self.rows

    def resolved(self, since: float, until: float) -> tuple[Resolved, ...]:
        self.asked.append((since, until))
        return self.cases


def _run(report_id: str, archive: _Archive) -> ReportTable | None:
    return ReportRegistry().run(report_id, cast("DeskArchive", archive), {"w1": "Żabka"}, 10.0, 20.0)


def test_every_file_of_the_catalog_is_a_report() -> None:
    assert ReportRegistry().ids() == (
        "answers",
        "places",
        "satisfaction_by_cause",
        "satisfaction_by_place",
        "satisfaction_over_time",
    )


@pytest.mark.parametrize("report_id", ReportRegistry().ids())
def test_every_report_runs_and_its_rows_fit_its_columns(report_id: str) -> None:
    archive = _Archive(
        (("w1", "forum.example", "complaint", 1.0, 2.0, None, True), ("w2", "x", "praise", 1.0, None, 3.0, True)),
        (("w1", "forum.example", "complaint", "money", 2.0, "content"), ("w2", "x", "praise", "", 3.0, None)),
    )
    table = _run(report_id, archive)
    assert archive.asked == [(10.0, 20.0)]
    assert table is not None
    assert table.rows
    assert all(len(row) == len(table.columns) for row in (*table.rows, table.total))
    assert {column.unit for column in table.columns} <= {"", "count", "percent", "seconds", "time", "week", "month"}


@pytest.mark.parametrize("report_id", ReportRegistry().ids())
def test_a_report_on_nothing_has_no_rows(report_id: str) -> None:
    table = _run(report_id, _Archive())
    assert table is not None
    assert table.rows == ()


@pytest.mark.parametrize("report_id", ["", "nothing", "__init__", "../places"])
def test_a_report_that_is_not_there(report_id: str) -> None:
    archive = _Archive()
    assert _run(report_id, archive) is None
    assert archive.asked == []


def test_a_case_belongs_to_the_day_of_the_shop_and_a_clock_gone_mad_to_none() -> None:
    archive = _Archive(cases=tuple(("w1", "x", "complaint", "", at, None) for at in (AT, 1e18)))
    registry = ReportRegistry(ZoneInfo("Europe/Warsaw"))
    table = registry.run("satisfaction_over_time", cast("DeskArchive", archive), {}, 0.0, 2e18)
    assert table is not None
    assert [row[:2] for row in table.rows] == [("2026-03-02", 1)]
