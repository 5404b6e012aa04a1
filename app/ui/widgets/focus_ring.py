"""A ring round a part that has the keyboard and no frame of its own: texts that can be marked, pages, empty lists."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

WIDTH, EDGE = 2, 5
"""Pixels of the line, and of it with the gap between it and the part. Inside a part the line is thin: such parts are large."""


class FocusRing(QWidget):
    """Shown round `part` while it has the keyboard, or `inside` its edge.

    It takes no room of a layout and no clicks: what stands in one line with the text stays there.
    """

    def __init__(self, part: QWidget, *, inside: bool = False) -> None:
        super().__init__(part if inside else part.parentWidget())
        self._part, self._inside = part, inside
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in {QEvent.Type.FocusIn, QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show}:
            self._surround()
        elif kind in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.hide()
        return super().eventFilter(watched, event)

    def _surround(self) -> None:
        part = self._part
        if not part.hasFocus() or not part.isVisible():
            return
        if self._inside:
            self.setGeometry(part.rect())
        elif host := part.parentWidget():
            place = part.geometry().adjusted(-EDGE, -EDGE, EDGE, EDGE)
            while not host.rect().contains(place) and (above := host.parentWidget()) and not above.isWindow():
                host.installEventFilter(self)  # it moves inside what is round it, and the part with it
                place.translate(host.pos())
                host = above
            if self.parentWidget() is not host:
                self.setParent(host)
            self.setGeometry(place)
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), 1 if self._inside else WIDTH))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
