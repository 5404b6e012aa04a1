"""Keeps a double click from deciding twice: its second half would fall on what the first one brought."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication


class ClickPause(QObject):
    """The time after a decision, or after another thing to decide about came, in which no click decides."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)

    @property
    def is_on(self) -> bool:
        """True while clicks are left alone."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Leave clicks alone for as long as the second half of a double click may take."""
        self._timer.start(QApplication.doubleClickInterval())

    def takes(self) -> bool:
        """Tell whether a click that came now decides; what comes right after it then does not."""
        if self.is_on:
            return False
        self.begin()
        return True
