"""Reports: choose one and a period, read the table, copy it as CSV, save it or all of them to be printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.core.report_table import Cell, Column, ReportTable
from app.ui import labels
from app.ui.bench import Bench
from app.ui.models.rows_model import Shown
from app.ui.report_saving import ReportSaving
from app.ui.report_text import NUMBERS, PERIODS, Stretch, as_csv, shown, since, total_row
from app.ui.theme import Theme
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import button, headline, plain
from app.ui.widgets.table import Table
from app.words import _


class ReportsPage(QWidget):
    """Runs a report whenever the choice changes."""

    def __init__(self, theme: Theme, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._saving = ReportSaving(bench, self)
        self._result: ReportTable | None = None
        self._shown = ("", Stretch("", 0.0, 0.0))
        self._ticket = 0
        self.report, self.period = QComboBox(), QComboBox()
        self.report.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.report.setAccessibleName(_("Report"))
        self.period.setAccessibleName(_("Period"))
        for title, days in PERIODS:
            self.period.addItem(_(title), days)
        self.period.setCurrentIndex(1)
        self.note = plain(tone="muted")
        self.table = Table(theme, _("Report"), "reports")
        self.copy = button(_("Copy as CSV"), self.copy_csv)
        self.save = button(_("Save as…"), lambda: self.act("save"))
        self.all = button(_("Save all as PDF…"), lambda: self.act("all"))
        self._lay_out()
        self.report.currentIndexChanged.connect(lambda _number: self.run())
        self.period.currentIndexChanged.connect(lambda _number: self.run())
        self._saving.busy.connect(lambda on: self.all.setEnabled(not on))
        self._saving.busy.connect(lambda on: self.save.setEnabled(not on and self._has_rows))
        self._show(None)

    def _lay_out(self) -> None:
        head = FlowLayout()
        for part in (self.report, self.period, self.copy, self.save, self.all):
            head.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addWidget(headline(_("Reports")))
        rows.addLayout(head)
        rows.addWidget(self.note)
        rows.addWidget(self.table, 1)

    def act(self, name: str) -> None:
        """Perform an act of the menu: «save» the report shown, or «all»."""
        report_id, stretch = self._shown
        if name == "all" and self.all.isEnabled():
            self._saving.ask_all(self._stretch())
        elif name == "save" and self.save.isEnabled() and self._result:
            self._saving.ask(report_id, self._result, stretch)
        elif name == "save" and not self._has_rows:
            self._bench.announced.emit(_("Nothing to count yet"))

    def take_focus(self) -> None:
        self.report.setFocus()

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

    def _stretch(self) -> Stretch:
        now = self._bench.now()
        title, days = PERIODS[self.period.currentIndex()]
        return Stretch(title, since(days, now), now)

    def run(self) -> None:
        """Run the report chosen; the answer to an older choice is left aside."""
        report_id, stretch = str(self.report.currentData() or ""), self._stretch()
        if not report_id:
            self._show(None)
            return
        self._ticket += 1
        self._bench.read(
            self,
            lambda desk: desk.reports.run(report_id, stretch.begin, stretch.end),
            partial(self._take, self._ticket, (report_id, stretch)),
        )

    def _take(self, ticket: int, asked: tuple[str, Stretch], result: ReportTable | None) -> None:
        if ticket == self._ticket:
            self._shown = asked
            self._show(result)

    @property
    def _has_rows(self) -> bool:
        return bool(self._result and self._result.rows)

    def _show(self, result: ReportTable | None) -> None:
        self._result = result
        for act in (self.copy, self.save):
            act.setEnabled(self._has_rows)
        self.note.setText(labels.report_note(self._shown[0]))
        self.note.setVisible(bool(self.note.text()))
        self.table.empty.say(
            _("Nothing to count yet"),
            _("Reports fill while Counterbell listens. Choose a longer period to look further back."),
        )
        if result is None:
            self.table.show_rows(())
            return
        total = total_row(result)
        self.table.model.shape([self._column(place, column, total) for place, column in enumerate(result.columns)])
        self.table.show_rows((*result.rows, *((total,) if total else ())))
        self.table.fit()

    def _column(self, place: int, column: Column, total: tuple[Cell, ...]) -> Shown:
        now = self._bench.now()

        def text(row: tuple[Cell, ...]) -> str:
            if row is total and not place:
                return str(row[0])
            return shown(column, row[place] if place < len(row) else None, self._bench.place_title, now)

        return Shown(labels.heading(column.id), text, right=column.unit in NUMBERS, is_strong=lambda row: row is total)

    def copy_csv(self) -> None:
        """Copy the table shown, as CSV."""
        if self._result:
            QGuiApplication.clipboard().setText(as_csv(self._result, self._bench.place_title))
            self._bench.announced.emit(_("The report is copied. Paste it into a spreadsheet."))
