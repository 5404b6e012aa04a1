"""The head of a page: its title with what can be done beside it, or below it where both have no room in one line."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.widgets.flow_layout import FlowLayout


class HeadLayout(FlowLayout):
    """A title on the left and controls at the right end. The title is never cut for the controls, nor they for it."""

    def __init__(self, title: QLabel, *controls: QWidget) -> None:
        super().__init__()
        self._title = title
        for part in (title, *controls):
            self.addWidget(part)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Place title and controls; return the height of both (pixels)."""
        controls = [item for item in self._placed[1:] if not item.isEmpty()]
        hints = [item.sizeHint() for item in controls]
        gap, title = self.spacing(), self._placed[0]
        beside = sum(hint.width() + gap for hint in hints)
        if self._title_width() + beside <= rect.width():
            tallest = max([title.heightForWidth(rect.width() - beside), *(hint.height() for hint in hints)])
            if move:
                title.setGeometry(QRect(rect.x(), rect.y(), rect.width() - beside, tallest))
                x = rect.x() + rect.width() - beside + gap
                for item, hint in zip(controls, hints, strict=True):
                    item.setGeometry(QRect(x, rect.y() + (tallest - hint.height()) // 2, hint.width(), hint.height()))
                    x += hint.width() + gap
            return tallest
        above = title.heightForWidth(rect.width())
        if move:
            title.setGeometry(QRect(rect.x(), rect.y(), rect.width(), above))
        return above + gap + self._place_lines(controls, rect.adjusted(0, above + gap, 0, 0), move=move)

    def _title_width(self) -> int:
        """Return the pixels that the title has in one line."""
        self._title.ensurePolished()
        margins = self._title.contentsMargins()
        words = self._title.fontMetrics().horizontalAdvance(self._title.text())
        return words + margins.left() + margins.right() + 2
