"""A table of rows with an empty state in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStackedWidget, QTableView, QWidget

from app.ui.models.rows_model import RowsModel, Shown
from app.ui.theme import Theme
from app.ui.widgets.empty_state import EmptyState


class _View(QTableView):
    """Enter opens a row as a double click does; Tab goes on to the next control."""

    entered_row = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)


class Table(QStackedWidget):
    """`chosen(row)` when another row is selected (None for none), `opened(row)` by Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self, theme: Theme, name: str, icon: str, columns: Sequence[Shown] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = RowsModel(theme, columns, self)
        self.view = _View()
        self.empty = EmptyState(theme, icon)
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName(name)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 16)
        view.horizontalHeader().setMinimumSectionSize(48)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setStretchLastSection(True)
        view.selectionModel().currentRowChanged.connect(self._moved)
        view.doubleClicked.connect(lambda _index: self._open())
        view.entered_row.connect(self._open)
        self.addWidget(view)
        self.addWidget(self.empty)

    @property
    def current(self) -> Any:
        """The row selected, or None."""
        return self.model.row(self.view.currentIndex().row())

    def widths(self, *pixels: int) -> None:
        """Give the columns their first widths; the last one takes what is left."""
        for number, width in enumerate(pixels):
            self.view.setColumnWidth(number, width)

    def showEvent(self, event: QShowEvent) -> None:
        """Let no heading be cut: how wide they are is known once the style is."""
        super().showEvent(event)
        header = self.view.horizontalHeader()
        for number in range(self.model.columnCount() - 1):
            self.view.setColumnWidth(number, max(header.sectionSize(number), header.sectionSizeHint(number)))

    def fit(self) -> None:
        """Make every column as wide as its words, up to a limit."""
        header = self.view.horizontalHeader()
        header.setMaximumSectionSize(360)
        header.setResizeContentsPrecision(50)
        header.setStretchLastSection(False)
        header.resizeSections(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def show_rows(self, rows: Sequence[Any], select: int = 0) -> None:
        """Show rows, or the empty state where there are none; `select` is the row to select.

        Where that is selected already the rows stay where they were scrolled to.
        """
        bar, before = self.view.verticalScrollBar(), self.view.currentIndex().row()
        scrolled = bar.value()
        self.model.give(rows)
        self.setCurrentWidget(self.view if rows else self.empty)
        if rows:
            self.view.selectRow(min(select, len(rows) - 1))
            if select == before:
                bar.setValue(scrolled)

    def _moved(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.chosen.emit(self.model.row(index.row()))

    def _open(self) -> None:
        if (row := self.current) is not None:
            self.opened.emit(row)
