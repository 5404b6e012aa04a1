"""The keys of «undo» in fields: they take back what was typed there, and then what was decided."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget


class UndoKeys(QObject):
    """Leaves «undo» to the window of any field in which nothing was typed that it could take back.

    A field of Qt takes these keys for itself, be there something to take back in it or not.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusObjectChanged.connect(self._enter)

    def _enter(self, field: QObject | None) -> None:
        if isinstance(field, QLineEdit | QPlainTextEdit | QAbstractSpinBox | QComboBox):
            field.installEventFilter(self)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not _was_typed_in(field)
        ):
            event.ignore()
            return True
        return False


def _was_typed_in(field: QObject) -> bool:
    """Say whether a field could take back something typed."""
    if isinstance(field, QPlainTextEdit):
        return field.document().isUndoAvailable()
    line = field.lineEdit() if isinstance(field, QAbstractSpinBox | QComboBox) else field
    return isinstance(line, QLineEdit) and line.isUndoAvailable()
