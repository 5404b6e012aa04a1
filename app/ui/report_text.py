"""What a report says in words: its cells, the stretch of time it is about, as CSV and as a sheet of paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.core.percent import whole_percent
from app.core.report_table import Cell, Column, ReportTable
from app.core.verdict import Cause, Kind
from app.ui import labels
from app.ui.format import clock, dated, full_day, month, number, one_line, span, week
from app.ui.report_paper import Sheet
from app.words import N_, _

PERIODS = (
    (N_("Last 7 days"), 7),
    (N_("Last 30 days"), 30),
    (N_("Last 90 days"), 90),
    (N_("Last year"), 365),
    (N_("Everything"), 0),
)

KINDS = frozenset(kind.value for kind in Kind)
"""Cells that are words of ours and not a customer's."""

CAUSES = frozenset(cause.value for cause in Cause)
CALENDAR = frozenset({"week", "month"})
"""Units of cells that hold the first day of a stretch of time."""

NUMBERS = frozenset({"count", "percent", "seconds"})
"""Units of cells that stand below one another digit by digit."""

PlaceTitle = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that a report is about, [begin, end) in Unix seconds; begin is 0 for everything. `name` as in `PERIODS`."""

    name: str
    begin: float
    end: float


def since(days: int, now: float) -> float:
    """Return the local midnight so many days ago; 0.0 for everything."""
    if not days:
        return 0.0
    first = datetime.fromtimestamp(now).astimezone().date() - timedelta(days=days - 1)
    return datetime.combine(first, time()).timestamp()  # by the clock on the wall, in summer and in winter


def stretch_text(stretch: Stretch) -> str:
    """Return a stretch of time as it stands on paper, with its days."""
    if not stretch.begin:
        return _("Everything up to {day}").format(day=full_day(stretch.end))
    words = _("{period}: {begin} – {end}")
    return words.format(period=_(stretch.name), begin=full_day(stretch.begin), end=full_day(stretch.end))


def made_text(now: float) -> str:
    """Return when a report was made as it stands on paper."""
    return _("Made on {day}, {time}").format(day=full_day(now), time=clock(now))


def cell_text(cell: Cell, unit: str, now: float) -> str:
    """Return a cell as people read it."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        if unit in CALENDAR and cell:
            return week(cell, now) if unit == "week" else month(cell)
        return labels.kind(Kind(cell)) if cell in KINDS else one_line(cell)
    if unit == "percent":
        return _("{n}%").format(n=number(whole_percent(cell)))
    if unit == "seconds":
        return span(cell)
    return dated(cell, now) if unit == "time" else number(cell)


def named(column: Column, cell: Cell, place_title: PlaceTitle) -> Cell:
    """Return a cell with a place or a cause by the name that people have for it; any other cell as it is."""
    if isinstance(cell, str) and cell and column.id == "place":
        return place_title(cell)
    return labels.cause(Cause(cell)) if column.id == "cause" and cell in CAUSES else cell


def shown(column: Column, cell: Cell, place_title: PlaceTitle, now: float) -> str:
    """Return a cell as people read it, places and causes by name."""
    if column.id in {"place", "cause"} and isinstance(cell, str):
        return one_line(str(named(column, cell, place_title)))
    return cell_text(cell, column.unit, now)


def total_row(table: ReportTable) -> tuple[Cell, ...]:
    """Return the row that tells of all others together, by name; empty where that would repeat the only one there is."""
    return (_("Total"), *table.total[1:]) if table.total and len(table.rows) > 1 else ()


def as_csv(table: ReportTable, place_title: PlaceTitle = str, line_end: str = "\n") -> str:
    """Return a table as CSV, places by the names that `place_title` gives them, weeks and months by their first day.

    Spans are in minutes. A cell that a spreadsheet would take for a formula begins with an apostrophe. A spreadsheet adds
    up by itself: there is no total.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(_in_spreadsheet(column) for column in table.columns)
    for row in table.rows:
        cells = (
            named(column, _rounded(column, cell), place_title) for column, cell in zip(table.columns, row, strict=False)
        )
        writer.writerow(
            "'" + cell if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell for cell in cells
        )
    return out.getvalue()


def _in_spreadsheet(column: Column) -> str:
    heading = labels.heading(column.id)
    return _("{column}, minutes").format(column=heading) if column.unit == "seconds" else heading


def _rounded(column: Column, cell: Cell) -> Cell:
    """Return a span in minutes, and it or a share with one digit behind the point; any other cell as it is."""
    if not isinstance(cell, float) or column.unit not in {"seconds", "percent"}:
        return cell
    return round(cell / 60 if column.unit == "seconds" else cell, 1)


def sheet_of(report_id: str, table: ReportTable, place_title: PlaceTitle, now: float) -> Sheet:
    """Return a report as it is printed."""
    columns, total = table.columns, total_row(table)

    def texts(row: tuple[Cell, ...]) -> tuple[str, ...]:
        return tuple(shown(column, cell, place_title, now) for column, cell in zip(columns, row, strict=True))

    return Sheet(
        labels.heading(report_id),
        labels.report_note(report_id),
        tuple(labels.heading(column.id) for column in columns),
        tuple(column.unit in NUMBERS for column in columns),
        tuple(texts(row) for row in table.rows),
        # the name of the total is a word of ours: no column is asked what it stands for
        (str(total[0]), *texts(table.total)[1:]) if total else (),
    )
