"""Keeps the mouse wheel from changing fields that one scrolls past."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget


class _Unmoved(QObject):
    """Lets the wheel go on to what scrolls, also from the field that has the focus: it slides under the pointer too."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def guard_wheel(page: QWidget) -> None:
    """Make the wheel scroll a page over its fields, as they are now, and never change them."""
    guard = _Unmoved(page)
    for kind in (QAbstractSpinBox, QComboBox, QSlider):
        for field in page.findChildren(kind):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(guard)
