"""A list of rows all as high as each other, however many there are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
)

_ENDS: dict[int, int] = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


def show_rows(view: QTableView) -> None:
    """Have a view show rows to choose one of: no frame, no grid, no cells of their own; Tab goes on to the next control."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()


class RowList(QTableView):
    """A list that J and K walk through; Enter and Right leave it for the case. `looked` follows each scrolling.

    It is a table of one column: Qt's list view asks for every row before it shows the first, which takes long with
    a hundred thousand of them.
    """

    left_for_case = Signal()
    looked = Signal()

    def __init__(self) -> None:
        super().__init__()
        show_rows(self)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.looked.emit())

    def setItemDelegate(self, delegate: QAbstractItemDelegate) -> None:
        super().setItemDelegate(delegate)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        place, before = self.visualRect(self.currentIndex()), event.oldSize().height()
        super().resizeEvent(event)
        if place.top() >= 0 and before > place.bottom() >= event.size().height():
            self.scrollTo(self.currentIndex())  # what was seen whole stays so in a lower list
        self.looked.emit()

    def _measure(self) -> None:
        option = QStyleOptionViewItem()
        option.font = self.font()
        self.verticalHeader().setDefaultSectionSize(self.itemDelegate().sizeHint(option, QModelIndex()).height())

    @property
    def row_height(self) -> int:
        """Pixels."""
        return self.verticalHeader().defaultSectionSize()

    @property
    def shown(self) -> range:
        """The rows on screen, also those cut off."""
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height()) // self.row_height
        return range(top // self.row_height, min(last + 1, self.model().rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.model().rowCount()
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in {Qt.Key.Key_J, Qt.Key.Key_K}:
                self.step(1 if event.key() == Qt.Key.Key_J else -1)
                return
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right}:
                self.left_for_case.emit()
                return
        if rows and (end := _ENDS.get(event.key())) is not None:
            self.go(end % rows)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _typed: str) -> None:
        """Look for no row by its first letters: all begin with their kind, and most have not come yet."""

    def step(self, by: int) -> None:
        """Go some rows on, or back."""
        rows = self.model().rowCount()
        if rows:
            self.go(min(max(0, self.currentIndex().row() + by), rows - 1))

    def go(self, row: int) -> None:
        self.setCurrentIndex(self.model().index(row, 0))

    def is_seen(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether a row is on screen, at least in part."""
        return index.isValid() and index.row() in self.shown
