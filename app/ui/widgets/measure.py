"""How wide what is read is set: from the end of a line longer than that the eye does not find the next one."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontMetricsF, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.stylesheet import said_size
from app.ui.widgets.layouts import row_in

LONGEST_LINE = 90
"""Characters of a line."""

_SAMPLE = "the quick brown fox jumps over the lazy dog and runs away"


def measure(font: QFont) -> int:
    """Return the pixels of the longest line of what people say, in a window with this font."""
    said = QFont(font)
    said.setPointSizeF(said_size(font))
    return round(QFontMetricsF(said).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * LONGEST_LINE)


class Measured(QWidget):
    """A column, `rows`, that stays at the left and grows no wider than the longest line, with the frame of a field around it."""

    def __init__(self, frame: int = 16) -> None:
        super().__init__()
        self._frame = frame
        self._column = QWidget()
        self.rows = QVBoxLayout(self._column)
        whole = row_in(self, 0)
        whole.addWidget(self._column, 1)
        whole.addStretch(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._narrow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._narrow()

    @property
    def widest(self) -> int:
        """Pixels of the column at the most, its margins with it."""
        margins = self.rows.contentsMargins()
        return measure(self.font()) + self._frame + margins.left() + margins.right()

    def _narrow(self) -> None:
        self._column.setMaximumWidth(self.widest)
