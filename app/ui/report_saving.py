"""Saving reports: asks for a file, writes what is shown as PDF or CSV, or every report into one PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.core.ports.desk import Desk
from app.core.report_table import ReportTable
from app.ui import labels
from app.ui.bench import Bench
from app.ui.file_dialog import ask_to_save
from app.ui.format import one_line
from app.ui.report_paper import Paper, pdf
from app.ui.report_text import Stretch, as_csv, made_text, sheet_of, stretch_text
from app.words import _

CSV = ".csv"

Tables = Mapping[str, ReportTable]
"""Reports that were run, by their ids."""


class ReportSaving(QObject):
    """`busy(on)` while a file is being made; what came of it is announced. A report's PDF takes a second for 5,000 rows."""

    busy = Signal(bool)

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = bench, page

    def ask(self, report_id: str, table: ReportTable, stretch: Stretch) -> None:
        """Ask where the report shown goes; the ending of the file says as what."""
        kinds = (_("PDF to print (*.pdf)"), _("Table for a spreadsheet (*.csv)"))
        chosen = partial(self.write, {report_id: table}, stretch)
        name = self._name(labels.heading(report_id))
        ask_to_save(self._page, _("Save the report"), kinds, name, chosen, self._bench.files)

    def ask_all(self, stretch: Stretch) -> None:
        """Ask where all reports on a stretch of time go, in one file."""
        kinds = (_("PDF to print (*.pdf)"),)
        name = self._name(_("Reports"))
        chosen = partial(self.write_all, stretch)
        ask_to_save(self._page, _("Save all reports"), kinds, name, chosen, self._bench.files)

    def _name(self, title: str) -> str:
        """Return what a file is called at first: letters that any system takes, and the day."""
        letters = "".join(char if char.isalnum() or char in "-_" else " " for char in title)
        today = datetime.fromtimestamp(self._bench.now()).astimezone().date().isoformat()
        return f"{' '.join(letters.split())} {today}.pdf"

    def write_all(self, stretch: Stretch, path: Path) -> None:
        """Run all reports, then write them into one PDF."""

        def run(desk: Desk) -> Tables:
            ran = {name: desk.reports.run(name, stretch.begin, stretch.end) for name in desk.reports.ids()}
            return {name: table for name, table in ran.items() if table}

        def names_known(_sources: object) -> None:
            self._bench.read(self, run, lambda tables: self.write(tables, stretch, path))

        self._bench.with_sources(self, names_known)

    def write(self, tables: Tables, stretch: Stretch, path: Path) -> None:
        """Write these reports into a file: as CSV where it is called so, otherwise as PDF."""
        places = {name: self._bench.place_title(name) for name in _places(tables.values())}
        family, now = QGuiApplication.font().family(), self._bench.now()

        def title(place: str) -> str:
            return places.get(place, place)

        def content(desk: Desk) -> bytes:
            if path.suffix.lower() == CSV:
                return "".join(as_csv(table, title, "\r\n") for table in tables.values()).encode("utf-8-sig", "replace")
            sheets = tuple(sheet_of(name, table, title, now) for name, table in tables.items())
            shop = one_line(desk.settings.get().shop_name)
            return pdf(Paper(shop, stretch_text(stretch), made_text(now), family, sheets))

        def rest() -> None:
            self.busy.emit(False)  # noqa: FBT003  a signal's argument

        def written(_none: None) -> None:
            rest()
            words = _("The report is saved as {file}.") if len(tables) == 1 else _("The reports are saved as {file}.")
            self._bench.announced.emit(words.format(file=path.name))

        if tables:
            self.busy.emit(True)  # noqa: FBT003  a signal's argument
            self._bench.keep(self, lambda desk: desk.reports.save(path, content(desk)), written, rest, slowly=True)


def _places(tables: Iterable[ReportTable]) -> set[str]:
    """Return the places that are told of."""
    return {
        str(row[number])
        for table in tables
        for number, column in enumerate(table.columns)
        if column.id == "place"
        for row in table.rows
    }
