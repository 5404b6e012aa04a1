"""The quiet line in the corner: what happened, with Undo where it can be taken back.

It moves no button when it comes and goes: what it would cover ends above it meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import Theme
from app.ui.widgets.pieces import button, flat_button, plain
from app.words import _
from app.words.quotes import nested

STAYS_MS = 12_000
"""How long the news of a decision stays; a problem stays until it is dismissed."""

WIDEST, SHARE = 580, 0.48
"""Pixels of the line's width where there is room, and the share of a narrow window that it takes: the reply stays free."""

MARGIN = 12
"""Pixels between line and corner."""

GAP = 4
"""Pixels between line and the edges of the part it keeps to, of which there is little enough."""


class Banner(QWidget):
    """One sentence at a time, the newest. It lies over the lower left corner of the widget given to `float_over`.

    What it was told for good comes back after any other sentence, until it is dismissed itself.
    Where it has to `keep_to` a narrow part of that, its buttons stand below the sentence. What it has to `spare` gets an
    empty margin where it lies.
    """

    undo_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("corner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._label = plain()
        self._undo = button(_("Undo"), self.undo_requested.emit)
        self._close = flat_button(_("Dismiss"), self._dismiss)
        self._said = self._for_good = ""
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self._give_way)
        self._part: QWidget | None = None
        self._beside: QWidget | None = None
        self._page: QWidget | None = None
        self._spared: tuple[QWidget, ...] = ()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setSpacing(8)
        acts = QHBoxLayout()
        acts.addWidget(self._undo)
        acts.addStretch(1)
        acts.addWidget(self._close)
        self._row.addWidget(self._label, 1)
        self._row.addLayout(acts)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    def tell(self, sentence: str, *, undo: bool = False, stays: bool = False) -> None:
        self._said = sentence
        self._label.setText(nested(sentence))
        self.setAccessibleName(self.text)
        self._undo.setVisible(undo)
        self._timer.stop()
        if not stays:
            self._timer.start()
        self._settle()
        self.show()

    def tell_for_good(self, sentences: Sequence[str]) -> None:
        """Show sentences together, one below the other, until they are dismissed."""
        self._for_good = "\n".join(sentences)
        self.tell(self._for_good, stays=True)

    def withdraw(self, sentence: str) -> None:
        """Show a sentence no longer that does not hold any more."""
        if self._said == sentence:
            self._give_way()

    def _dismiss(self) -> None:
        if self._said == self._for_good:
            self._for_good = ""
        self._give_way()

    def _give_way(self) -> None:
        if self._for_good and self._said != self._for_good:
            self.tell(self._for_good, stays=True)
        else:
            self.hide()

    def float_over(self, below: QWidget) -> None:
        """Lie over the lower left corner of a widget from now on."""
        self.setParent(below)
        self.hide()
        below.installEventFilter(self)
        self._settle()

    def leave_free(self, beside: QWidget) -> None:
        """Cover nothing of this widget, which lies on the right, while it is seen."""
        self._beside = beside
        beside.installEventFilter(self)

    def spare(self, *parts: QWidget) -> None:
        """Cover nothing of these parts: while the line is seen, what they hold ends above it."""
        self._spared = parts
        for part in parts:
            part.installEventFilter(self)

    def keep_to(self, part: QWidget | None, page: QWidget) -> None:
        """Lie over this part only, as long as the sentence fits into half of its height; over the whole again for None.

        A longer sentence lies over the page beside it as well, which is spared then.
        """
        self._page = page if part is not None else None
        if part is None:
            page.setContentsMargins(0, 0, 0, 0)
        if part is not self._part:
            if self._part is not None:
                self._part.removeEventFilter(self)
            self._part = part
            if part is not None:
                part.installEventFilter(self)
            self._settle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure once more: what was never seen before gets its style, and with it its true size, only now."""
        super().showEvent(event)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in {QEvent.Type.Resize, QEvent.Type.Move}
        if moved and watched in {self.parent(), self._part, self._beside, *self._spared}:
            self._settle()
        return super().eventFilter(watched, event)

    def end_undo(self, sentence: str) -> None:
        """Offer no Undo any more for a decision that cannot be taken back now."""
        if self._said == sentence:
            self._undo.hide()

    def _settle(self) -> None:
        """Take the place in the corner, as high as the sentence needs."""
        if (below := self.parentWidget()) is None:
            return
        place = self._place_in(self._part, below) if self._part else None
        if place is None or place.height() > below.height() // 2:
            width = min(WIDEST, round(SHARE * below.width()))
            if self._beside and self._beside.isVisible():
                width = min(width, self._beside.mapTo(below, QPoint(0, 0)).x() - 2 * MARGIN)
            height = self._height(width, QBoxLayout.Direction.LeftToRight)
            place = QRect(MARGIN, below.height() - height - MARGIN, width, height)
        self.setGeometry(place)
        self.raise_()
        self._make_room()

    def _make_room(self) -> None:
        """Have what is spared end above the line, or where it ended before."""
        below = self.parentWidget()
        for part in (*self._spared, *((self._page,) if self._page else ())):
            place = QRect(part.mapTo(below, QPoint(0, 0)), part.size()) if below else QRect()
            is_covered = not self.isHidden() and place.intersects(self.geometry())
            part.setContentsMargins(0, 0, 0, place.bottom() + 1 - self.y() + GAP if is_covered else 0)

    def _place_in(self, part: QWidget, below: QWidget) -> QRect:
        width = part.width() - 2 * GAP
        height = self._height(width, QBoxLayout.Direction.TopToBottom)
        left = part.mapTo(below, QPoint(0, 0)).x() + GAP
        return QRect(left, below.height() - height - MARGIN, width, height)

    def _height(self, width: int, direction: QBoxLayout.Direction) -> int:
        """Let sentence and buttons stand beside or below each other, and return how high that is."""
        self._row.setDirection(direction)
        beside = direction is QBoxLayout.Direction.LeftToRight
        self._row.setContentsMargins(*((16, 6, 8, 6) if beside else (12, 8, 8, 8)))
        return max(self._row.sizeHint().height() if beside else 0, self._row.heightForWidth(width))

    def _dress(self) -> None:
        self._close.setIcon(icons.icon("close", self._theme.tones.muted))
