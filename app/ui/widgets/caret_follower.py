"""Keeps in sight where one types: a page scrolls after the caret, and after the keyboard that comes to a field."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea

AROUND = 24
"""Pixels seen above and below the caret."""


class CaretFollower(QObject):
    """Belongs to an area that scrolls.

    Nothing moves under the pointer: neither while a mouse button is down, nor where the caret is what and where it was,
    as when the window comes back or its fields are laid out anew.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._seen: tuple[int, object] = (0, None)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._follow)

    def _follow(self) -> None:
        inside, field = self._area.widget(), QApplication.focusWidget()
        if inside is None or field is None:  # another program has the keyboard
            return
        if not inside.isAncestorOf(field):
            self._seen = 0, None
            return
        at = id(field), field.inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition)
        held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if at != self._seen and not held:
            self._area.ensureWidgetVisible(field, 0, AROUND)
        self._seen = at
