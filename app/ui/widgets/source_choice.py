"""The list of places a watch can listen to: long, so a few letters typed find one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from app.words import _

MOST_ROWS = 16
"""Rows shown without scrolling."""


class SourceChoice(QComboBox):
    """A drop-down list in which any part of a title can be typed; what fits none goes back to the choice before."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(MOST_ROWS)
        finder = QCompleter(self.model(), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setMaxVisibleItems(MOST_ROWS)
        self.field = _Field()
        self.field.setAccessibleName(_("Where"))
        self.setLineEdit(self.field)
        self.setCompleter(finder)
        self.field.editingFinished.connect(self._settle)
        self.currentIndexChanged.connect(lambda _number: self.field.setCursorPosition(0))

    def _settle(self) -> None:
        """Take the first title that holds what is typed."""
        typed = self.field.text().strip()
        if typed and typed != self.itemText(self.currentIndex()):
            found = self.findText(typed, Qt.MatchFlag.MatchContains)
            if found >= 0:
                self.setCurrentIndex(found)
        self.setEditText(self.itemText(self.currentIndex()))


class _Field(QLineEdit):
    """Where a title is typed."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Mark the whole title at a click, so that typing replaces it."""
        super().mouseReleaseEvent(event)
        if not self.hasSelectedText():
            self.selectAll()
