"""A field below its name and above its hint, the three close together, so that it is seen which belong to each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import plain

CLOSE = 4
APART = 12
"""Pixels between a field and its name, and between one field and the next."""


class Labelled(QWidget):
    """A name, a field and a hint, one below the other; hidden and shown as one."""

    def __init__(self, name: str, field: QWidget, hint: str = "") -> None:
        super().__init__()
        field.setAccessibleName(name)
        title = QLabel(name)
        title.setBuddy(field)
        self._rows = column_in(self, CLOSE)
        self._rows.addWidget(title)
        self._rows.addWidget(field)
        if hint:
            self._rows.addWidget(plain(hint, "muted"))

    def event(self, event: QEvent) -> bool:
        """Keep room for every line of the hint at this width."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.setMinimumHeight(max(0, self._rows.totalMinimumHeightForWidth(self.width())))
            # made higher before it was ever laid out, the layout stays as it was
            if self._rows.geometry() != self.contentsRect():
                self._rows.setGeometry(self.contentsRect())
        return handled
