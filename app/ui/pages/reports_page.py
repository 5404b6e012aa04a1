"""Reports: choose one and a period, read the table, copy it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.table import Cell, Column
from app.core.table import Table as Result
from app.core.verdict import Cause, Kind
from app.ui import labels
from app.ui.bench import Bench
from app.ui.format import exactly, month, number, one_line, span, week
from app.ui.models.rows_model import Shown
from app.ui.theme import Theme
from app.ui.widgets.pieces import button, headline
from app.ui.widgets.table import Table
from app.words import N_, _

PERIODS = (
    (N_("Last 7 days"), 7),
    (N_("Last 30 days"), 30),
    (N_("Last 90 days"), 90),
    (N_("Last year"), 365),
    (N_("Everything"), 0),
)


def since(days: int, now: float) -> float:
    """Return the local midnight so many days ago; 0.0 for everything."""
    if not days:
        return 0.0
    today = datetime.fromtimestamp(now).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=days - 1)).timestamp()


def cell_text(cell: Cell, unit: str, now: float) -> str:
    """Return a cell as people read it."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        if unit in CALENDAR:
            return week(cell, now) if unit == "week" else month(cell)
        return labels.kind(Kind(cell)) if cell in KINDS else one_line(cell)
    if unit == "percent":
        return _("{n}%").format(n=number(round(cell)))
    if unit == "seconds":
        return span(cell)
    return exactly(cell, now) if unit == "time" else number(cell)


KINDS = frozenset(kind.value for kind in Kind)
"""Cells that are words of ours and not a customer's."""

CAUSES = frozenset(cause.value for cause in Cause)
CALENDAR = frozenset({"week", "month"})
"""Units of cells that hold the first day of a stretch of time."""

NUMBERS = frozenset({"count", "percent", "seconds"})
"""Units of cells that stand below one another digit by digit."""


def named(column: Column, cell: Cell, place_title: Callable[[str], str]) -> Cell:
    """Return a cell with a place or a cause by the name that people have for it; any other cell as it is."""
    if isinstance(cell, str) and column.id == "place":
        return place_title(cell)
    return labels.cause(Cause(cell)) if column.id == "cause" and cell in CAUSES else cell


def as_csv(table: Result, place_title: Callable[[str], str] = str) -> str:
    """Return a table as CSV, places by the names that `place_title` gives them, weeks and months by their first day.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(labels.heading(column.id) for column in table.columns)
    for row in table.rows:
        cells = (named(column, cell, place_title) for column, cell in zip(table.columns, row, strict=False))
        writer.writerow(
            "'" + cell if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell for cell in cells
        )
    return out.getvalue()


class ReportsPage(QWidget):
    """Runs a report whenever the choice changes."""

    def __init__(self, theme: Theme, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._result: Result | None = None
        self._ticket = 0
        self.report, self.period = QComboBox(), QComboBox()
        self.report.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.report.setAccessibleName(_("Report"))
        self.period.setAccessibleName(_("Period"))
        for title, days in PERIODS:
            self.period.addItem(_(title), days)
        self.period.setCurrentIndex(1)
        self.table = Table(theme, _("Report"), "reports")
        self.copy = button(_("Copy as CSV"), self.copy_csv)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(headline(_("Reports")), 1)
        for part in (self.report, self.period, self.copy):
            head.addWidget(part)
        self.setFocusProxy(self.report)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addLayout(head)
        rows.addWidget(self.table, 1)
        self.report.currentIndexChanged.connect(lambda _number: self.run())
        self.period.currentIndexChanged.connect(lambda _number: self.run())
        self._show(None)

    def load(self) -> None:
        """Read which reports there are, then run the one chosen."""
        self._bench.read(self, lambda desk: desk.reports.ids(), self._ids)

    def _ids(self, ids: tuple[str, ...]) -> None:
        if [self.report.itemData(place) for place in range(self.report.count())] != list(ids):
            self.report.blockSignals(True)  # noqa: FBT003  Qt's own signature
            self.report.clear()
            for report_id in ids:
                self.report.addItem(labels.heading(report_id), report_id)
            self.report.blockSignals(False)  # noqa: FBT003  Qt's own signature
        self.run()

    def run(self) -> None:
        """Run the report chosen; the answer to an older choice is left aside."""
        report_id, now = self.report.currentData(), self._bench.now()
        if not report_id:
            self._show(None)
            return
        self._ticket += 1
        start = since(int(self.period.currentData() or 0), now)
        self._bench.read(
            self, lambda desk: desk.reports.run(str(report_id), start, now), partial(self._take, self._ticket)
        )

    def _take(self, ticket: int, result: Result | None) -> None:
        if ticket == self._ticket:
            self._show(result)

    def _show(self, result: Result | None) -> None:
        self._result = result
        self.copy.setEnabled(bool(result and result.rows))
        self.table.empty.say(
            _("Nothing to count yet"),
            _("Reports fill while Counterbell listens. Choose a longer period to look further back."),
        )
        if result is None:
            self.table.show_rows(())
            return
        self.table.model.shape([self._column(place, column) for place, column in enumerate(result.columns)])
        self.table.show_rows(result.rows)
        self.table.fit()

    def _column(self, place: int, column: Column) -> Shown:
        def text(row: tuple[Cell, ...]) -> str:
            cell = row[place] if place < len(row) else None
            if column.id in {"place", "cause"} and isinstance(cell, str):
                return one_line(str(named(column, cell, self._bench.place_title)))
            return cell_text(cell, column.unit, self._bench.now())

        return Shown(labels.heading(column.id), text, right=column.unit in NUMBERS)

    def copy_csv(self) -> None:
        """Copy the table shown, as CSV."""
        if self._result:
            QGuiApplication.clipboard().setText(as_csv(self._result, self._bench.place_title))
            self._bench.announced.emit(_("The report is copied. Paste it into a spreadsheet."))
