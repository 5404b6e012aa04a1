"""The field in which a reply is written."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

MOST = 20_000
"""Characters up to which something is put into a reply at once: no place takes more, and each key looks at all of it."""


class ReplyEdit(QPlainTextEdit):
    """A text field that says when the keyboard leaves it, and when text of it is copied; Tab goes on to the next control.

    `refused(length)` comes where what was pasted or dropped would make the text longer than `MOST`: nothing is put in then.
    """

    left = Signal()
    copied = Signal()
    refused = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setProperty("said", "true")
        QGuiApplication.clipboard().dataChanged.connect(self._clipboard_changed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        length = len(source.text())
        after = self.document().characterCount() - 1 - len(self.textCursor().selectedText()) + length
        if length > 1 and after > MOST:
            self.refused.emit(after)
        else:
            super().insertFromMimeData(source)

    def _clipboard_changed(self) -> None:
        """Look whether it was from here; on X11 what is only selected goes another way, and is not copied."""
        chosen = self.textCursor().selection().toPlainText()
        if chosen and self.hasFocus() and QGuiApplication.clipboard().text() == chosen:
            self.copied.emit()
