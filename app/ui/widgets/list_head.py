"""The head of the list of mentions: which list it is, how many rows it has, and the way to add something by hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.layouts import row_in
from app.ui.widgets.pieces import Elided, button, plain
from app.words import _

_LEAST_SOUGHT = 8
"""Widths of an «M» that what is sought has at the least; it may be any length, and is cut. The name of a list is not."""

_SHORT = "+"


class ListHead(QWidget):
    """Where title and button have no room beside each other, the button is called «+»."""

    def __init__(self, add: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("listhead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.count = Elided(), plain(tone="muted", wrap=False)
        self.title.setProperty("section", "true")
        self.add = button(_("Add…"), add, hint=_("Add what was said: a call, a visit, a link, a text"))
        self._words, self._is_sought = self.add.text(), False
        row = self._row = row_in(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.title, 1)
        row.addWidget(self.count)
        row.addWidget(self.add)

    def say(self, title: str, *, sought: bool = False) -> None:
        """Name the list, or what is `sought`; how many rows it has is not known yet."""
        self._is_sought = sought
        self.title.setText(title)
        self.count.setText("")
        self._fit()

    def tell_count(self, words: str) -> None:
        """Say how many rows it has."""
        self.count.setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        """Call the button by its words where they fit beside the title, else by a sign."""
        for part in (self.title, self.count, self.add):
            part.ensurePolished()
        wanted = self.title.sizeHint().width()
        if self._is_sought:
            wanted = min(wanted, _LEAST_SOUGHT * self.title.fontMetrics().horizontalAdvance("M"))
        inner = self._row.contentsMargins()
        others = self.count.sizeHint().width() + 2 * self._row.spacing() + inner.left() + inner.right()
        before = self.add.text()
        self.add.setText(self._words)
        if wanted + others + self.add.sizeHint().width() > self.width():
            self.add.setText(_SHORT)
        if self.add.text() != before:
            self.updateGeometry()
