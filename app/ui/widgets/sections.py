"""The way to the parts of a long page: a list beside it, or one field above it where the window is narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QListWidget, QScrollArea, QWidget

from app.ui.widgets.pieces import lay_out_now
from app.words import _

LEAST_PAGE = 560
"""Pixels that the page keeps beside the list; where there are fewer, the field stands above it."""

MOST_PAGE, WIDEST = 760, 232
"""Pixels beyond which the page has no use for more, and those of the list at most while the page has fewer."""

EDGE = 16
"""Pixels around both."""

FRAME = 4
"""Pixels that the list has above and below its rows."""

ABOVE = 8
"""Pixels seen above the title of a part that was gone to."""


_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class _Names(QListWidget):
    """By Enter, the right arrow or Tab the keyboard goes on into the part marked: `enter` brings it there, or says that it cannot."""

    def __init__(self, parent: QWidget, enter: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._enter = enter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {*_ENTER, Qt.Key.Key_Right}:
            self._enter()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  Qt's own signature
        return (forward and self._enter()) or super().focusNextPrevChild(forward)


class _Choice(QComboBox):
    """The same in a field; in its open list Enter only chooses."""

    def __init__(self, parent: QWidget, enter: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._enter = enter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._enter()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  Qt's own signature
        return (forward and self._enter()) or super().focusNextPrevChild(forward)


class Sections(QObject):
    """Belongs to an area that scrolls. What is marked goes along as the page is scrolled by other means.

    Made before the fields of the page, it stands before them for the Tab key.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._parts: list[tuple[QWidget, QWidget]] = []
        self._goes = False
        self.list, self.choice = _Names(area, self._enter), _Choice(area, self._enter)
        self.list.setObjectName("sections")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self.list, self.choice):
            part.setAccessibleName(_("Parts of this page"))
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemClicked.connect(lambda item: self._chosen(self.list.row(item)))
        self.choice.activated.connect(self._chosen)
        area.verticalScrollBar().valueChanged.connect(lambda _value: self._mark())
        area.installEventFilter(self)

    def name(self, parts: Sequence[tuple[QWidget, QWidget, str]]) -> None:
        """Take the parts of the page: the label of each title, what stands below it, and what it is called."""
        self._parts = [(title, part) for title, part, _name in parts]
        names = [name for _title, _part, name in parts]
        self.list.addItems(names)
        self.choice.addItems(names)
        for row, name in enumerate(names):
            self.list.item(row).setToolTip(name)
        self._show_marked(0)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Put the list into the left margin of the area, or the field above it."""
        area, names = self._area, self.list
        wide = min(max(WIDEST, area.width() - EDGE - MOST_PAGE), names.sizeHintForColumn(0) + 2 * EDGE)
        beside = area.width() >= wide + EDGE + LEAST_PAGE
        had, goes_on = (self.choice, names) if beside else (names, self.choice)
        has_keyboard = had.hasFocus()
        goes_on.show()
        if has_keyboard:
            goes_on.setFocus()
        had.hide()
        high = self.choice.sizeHint().height()
        if beside:
            rows = names.sizeHintForRow(0) * names.count() + 2 * FRAME
            names.setGeometry(EDGE, EDGE, wide, min(rows, area.height() - 2 * EDGE))
            area.setViewportMargins(wide + EDGE, 0, 0, 0)
        else:
            self.choice.setGeometry(EDGE, EDGE // 2, area.width() - 2 * EDGE, high)
            area.setViewportMargins(0, high + EDGE, 0, 0)

    def _tops(self) -> list[int]:
        """Return how far the page is to be scrolled for each part (pixels)."""
        page = self._area.widget()
        return [title.mapTo(page, QPoint()).y() - ABOVE for title, _part in self._parts] if page else []

    def _chosen(self, row: int) -> None:
        """Scroll to a part that somebody chose."""
        if self._goes or row < 0:
            return
        lay_out_now()
        self._goes = True
        self._area.verticalScrollBar().setValue(self._tops()[row] if row else 0)
        self._goes = False
        self._show_marked(row)

    def _mark(self) -> None:
        """Mark the part that is on top, or the last one at the end of the page."""
        if self._goes or not self._parts:
            return
        bar = self._area.verticalScrollBar()
        row = sum(top <= bar.value() + ABOVE for top in self._tops()) - 1
        self._show_marked(len(self._parts) - 1 if bar.value() == bar.maximum() > 0 else max(0, row))

    def _show_marked(self, row: int) -> None:
        goes, self._goes = self._goes, True
        self.list.setCurrentRow(row)
        self.choice.setCurrentIndex(row)
        self._goes = goes

    def _enter(self) -> bool:
        """Bring the keyboard to the first field of the part marked, or, where none takes it, to the next one; False where there is none."""
        row = max(0, self.list.currentRow())
        self._chosen(row)
        for _title, part in self._parts[row:]:
            for field in part.findChildren(QWidget):
                if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isEnabled() and field.isVisible():
                    field.setFocus(Qt.FocusReason.TabFocusReason)
                    return True
        return False
