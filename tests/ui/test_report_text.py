"""Reports in words, and as a table that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest

from app.core.report_table import Column, ReportTable
from app.ui.report_text import as_csv, since, total_row

COLUMNS = (Column("place"), Column("complaints", "count"), Column("median_since_heard", "seconds"))


def rows(table: ReportTable) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(table, line_end="\r\n"), newline="")))[1:]


@pytest.mark.parametrize("place", ["=1+1", "+48 600", "-x", "@anna", "\tx", "\rx"])
def test_a_place_that_a_spreadsheet_would_reckon_with_begins_with_an_apostrophe(place: str) -> None:
    assert rows(ReportTable(COLUMNS, ((place, -1, None),)))[0][:2] == [f"'{place}", "-1"]


@pytest.mark.parametrize("place", ["kawa.example", "", "a=1"])
def test_any_other_place_stands_as_it_is_and_spans_are_in_minutes(place: str) -> None:
    assert rows(ReportTable(COLUMNS, ((place, 3, 90.0),))) == [[place, "3", "1.5"]]


def test_seven_days_are_today_and_the_six_before_it_by_the_clock_on_the_wall() -> None:
    now = datetime(2026, 11, 22, 15, 30).astimezone().timestamp()
    assert datetime.fromtimestamp(since(7, now)) == datetime(2026, 11, 16)  # noqa: DTZ001, DTZ006  the clock on the wall
    assert since(0, now) == 0.0


def test_one_row_needs_no_total() -> None:
    one = (("a", 1, None),)
    assert total_row(ReportTable(COLUMNS, one, ("", 1, None))) == ()
    assert total_row(ReportTable(COLUMNS, one * 2, ("", 2, None)))[1:] == (2, None)
    assert total_row(ReportTable(COLUMNS, one * 2)) == ()
