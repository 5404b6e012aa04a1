"""A table of rows with an empty state in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.models.rows_model import RowsModel, Shown
from app.ui.row_menu import RowMenu
from app.ui.theme import Theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.row_list import show_rows

_LOOKED_AT = 60
"""Rows at most that tell how wide a column is."""

FAIR = 144
"""Pixels, at most, below which no column is made before those are left out that may be."""


class _Cells(QStyledItemDelegate):
    """Writes a row that is selected in the same tones as any other."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(tone, QColor):
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, QBrush(tone))


class _View(QTableView):
    """Enter opens a row as a double click does; Tab goes on to the next control. `resized` when there is other room."""

    entered_row = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)


class Table(QStackedWidget):
    """`chosen(row)` when another row is selected (None for none), `opened(row)` by Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)
    _given = Signal()

    def __init__(self, theme: Theme, name: str, icon: str, columns: Sequence[Shown] = ()) -> None:
        super().__init__()
        self.model = RowsModel(theme, columns, self)
        self.view = _View()
        self.empty = EmptyState(theme, icon)
        self._offered: object = None
        self._wished: list[int] = []
        self._contents: list[int] = []
        self._yields: tuple[int, ...] = ()
        self._whole: tuple[int, ...] = ()
        self._grows: int | None = None
        self._last = 0
        self._fits = False
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(_Cells(view))
        view.setAccessibleName(name)
        show_rows(view)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 16)
        view.horizontalHeader().setMinimumSectionSize(48)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setStretchLastSection(True)
        view.selectionModel().currentRowChanged.connect(self._moved)
        view.doubleClicked.connect(lambda _index: self._open())
        view.entered_row.connect(self._open)
        view.resized.connect(self._fit_room)
        view.horizontalHeader().sectionResized.connect(self._note_width)
        self.addWidget(view)
        self.addWidget(self.empty)

    def offer(
        self,
        fill: Callable[[QMenu], object],
        known_by: Callable[[Any], object],
        ready: Callable[[], bool] | None = None,
    ) -> None:
        """Have a menu at the rows; `fill` and `ready` are those of `RowMenu`.

        It closes where another row comes in the place of the one it is for, told by what a row is `known_by`.
        """
        self._known_by = known_by
        self.row_menu = RowMenu(self.view, fill, ready)
        self.row_menu.menu.aboutToShow.connect(self._note_offered)
        self._given.connect(self._close_for_another)

    def _note_offered(self) -> None:
        self._offered = self._known_by(self.current)

    def _close_for_another(self) -> None:
        is_open = self.row_menu.menu.isVisible()
        if is_open and (self.current is None or self._known_by(self.current) != self._offered):
            self.row_menu.leave()

    @property
    def current(self) -> Any:
        """The row selected, or None."""
        return self.model.row(self.view.currentIndex().row())

    def take_focus(self) -> None:
        """Take the keyboard: the rows, or what stands in their place."""
        (self.view.setFocus if self.currentWidget() is self.view else self.empty.take_focus)()

    def widths(
        self,
        *pixels: int,
        last: int = 0,
        yields: tuple[int, ...] = (),
        whole: tuple[int, ...] = (),
        grows: int | None = None,
    ) -> None:
        """Give the columns their first widths; the last one takes what is left, and at least `last` where that can be.

        Where the room is too narrow for all, the others give way, but for the columns `whole`, which are as wide as their
        words; and the columns `yields` are left out, the first first. Where there is more room than for all, the column
        `grows` is made as wide as its words, as far as the last one keeps twice its least.
        """
        self._wished, self._yields, self._whole, self._grows = list(pixels), yields, whole, grows
        self._last = last
        self.view.horizontalHeader().setResizeContentsPrecision(_LOOKED_AT)
        self._fit_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Let no heading be cut: how wide they are is known once the style is."""
        super().showEvent(event)
        self._wished = [max(wish, self._least(number)) for number, wish in enumerate(self._wished)]
        self._fit_room()

    def _least(self, number: int) -> int:
        """Return the pixels that the heading of a column needs."""
        return self.view.horizontalHeader().sectionSizeHint(number)

    def _words_of(self, number: int) -> int:
        """Return the pixels that the words of a column need which is not to be cut; 0 for any other."""
        return self.view.sizeHintForColumn(number) if number in self._whole else 0

    def _fit_room(self) -> None:
        """Give every column what it wishes, or what the room allows: nobody scrolls sideways for a heading."""
        if self._contents and not self._fits and len(self._contents) == self.model.columnCount():
            self._fit_contents()
        if not self._wished or self._fits:
            return
        self._fits = True
        columns = range(len(self._wished))
        for number in columns:
            self.view.showColumn(number)  # of one that is hidden Qt does not tell what its heading needs
        least = [max(self._least(number), self._words_of(number)) for number in columns]
        last = max(self._last, self._least(len(columns)))
        room = self.view.viewport().width() - last
        left_out = set[int]()
        for number in self._yields:
            if sum(max(least[one], min(FAIR, self._wished[one])) for one in columns if one not in left_out) > room:
                left_out.add(number)
        shown = [number for number in columns if number not in left_out]
        for number in left_out:
            self.view.hideColumn(number)
        wished = [max(wish, least[number]) for number, wish in enumerate(self._wished)]
        beyond = sum(wished[number] for number in shown) - room
        spare = sum(wished[number] - least[number] for number in shown)
        for number in shown:
            wish = wished[number]
            cut = ceil((wish - least[number]) * min(beyond, spare) / spare) if beyond > 0 < spare else 0
            self.view.setColumnWidth(number, wish - cut)
        if (grown := self._grows) is not None and (left := -beyond - last) > 0:
            more = self.view.sizeHintForColumn(grown) - wished[grown]
            self.view.setColumnWidth(grown, wished[grown] + max(0, min(more, left)))
        self.view.setColumnWidth(len(columns), room + last - sum(map(self.view.columnWidth, columns)))
        self._fits = False

    def _note_width(self, number: int, _before: int, width: int) -> None:
        """Remember the width that somebody gave a column."""
        for widths in (self._wished, self._contents):
            if number < len(widths) and width and not self._fits:
                widths[number] = width
        if not self._fits and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._whole = tuple(one for one in self._whole if one != number)  # somebody wants it as it is
            self._grows = None if self._grows == number else self._grows

    def fit(self) -> None:
        """Make every column as wide as its words, up to a limit; where the room ends, those of words give way.

        What is left over goes to a last column of words. Numbers stay below their heading: beside them the room stays empty.
        """
        header = self.view.horizontalHeader()
        self._fits = True
        header.setMaximumSectionSize(360)
        header.setResizeContentsPrecision(50)
        header.setStretchLastSection(False)
        header.resizeSections(QHeaderView.ResizeMode.ResizeToContents)
        self._contents = [header.sectionSize(number) for number in range(header.count())]
        self._fits = False
        self._fit_contents()

    def _fit_contents(self) -> None:
        """Give every column what it needs, or words what the room leaves them."""
        header, contents = self.view.horizontalHeader(), self._contents
        self._fits = True
        words = [number for number in range(len(contents)) if not self.model.is_right(number)]
        room = self.view.viewport().width() - sum(contents) + sum(contents[number] for number in words)
        widths = list(contents)
        for place, number in enumerate(sorted(words, key=contents.__getitem__)):
            least = max(self._least(number), min(FAIR, contents[number]))
            widths[number] = max(least, min(contents[number], room // (len(words) - place)))
            room -= widths[number]
        header.setStretchLastSection(False)
        for number, width in enumerate(widths):
            header.resizeSection(number, width)
        header.setStretchLastSection(bool(words) and words[-1] == len(contents) - 1)
        self._fits = False

    def show_rows(self, rows: Sequence[Any], select: int = 0) -> None:
        """Show rows, or the empty state where there are none; `select` is the row to select.

        Where that is selected already the rows stay where they were scrolled to.
        """
        bar, before = self.view.verticalScrollBar(), self.view.currentIndex().row()
        scrolled = bar.value()
        self.model.give(rows)
        self.setCurrentWidget(self.view if rows else self.empty)
        if self._whole or self._grows is not None:
            self._fit_room()
        if rows:
            self.view.selectRow(min(select, len(rows) - 1))
            if select == before:
                bar.setValue(scrolled)
        self._given.emit()

    def _moved(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.chosen.emit(self.model.row(index.row()))

    def _open(self) -> None:
        if (row := self.current) is not None:
            self.opened.emit(row)
