"""The field in which a reply is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit


class ReplyEdit(QPlainTextEdit):
    """A text field that says when the keyboard leaves it, and when text of it is copied; Tab goes on to the next control."""

    left = Signal()
    copied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setProperty("said", "true")
        QGuiApplication.clipboard().dataChanged.connect(self._clipboard_changed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _clipboard_changed(self) -> None:
        """Look whether it was from here; on X11 what is only selected goes another way, and is not copied."""
        chosen = self.textCursor().selection().toPlainText()
        if chosen and self.hasFocus() and QGuiApplication.clipboard().text() == chosen:
            self.copied.emit()
