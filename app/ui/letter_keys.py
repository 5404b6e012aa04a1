"""Keys that are single letters leave alone where a letter chooses: a list of choices."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

_PLAIN = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier}


class LetterKeys(QObject):
    """Keeps letters for the field that has the keyboard where Qt would give them to a shortcut first.

    Fields for text take their letters by themselves. A list of choices goes by letter to an entry, and does not.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusObjectChanged.connect(self._enter)

    def _enter(self, field: QObject | None) -> None:
        if isinstance(field, QComboBox):
            field.installEventFilter(self)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() in _PLAIN
            and event.text().isprintable()
            and event.text()
        ):
            event.accept()
            return True
        return super().eventFilter(field, event)
