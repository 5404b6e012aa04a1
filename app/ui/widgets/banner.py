"""The quiet line in the corner: what happened, with Undo where it can be taken back; it moves nothing when it comes and goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import Theme
from app.ui.widgets.pieces import button, flat_button, plain
from app.words import _

STAYS_MS = 12_000
"""How long the news of a decision stays; a problem stays until it is dismissed."""

WIDEST, SHARE = 580, 0.48
"""Pixels of the line's width where there is room, and the share of a narrow window that it takes: the reply stays free."""

MARGIN = 12
"""Pixels between line and corner."""


class Banner(QWidget):
    """One sentence at a time, the newest. It lies over the lower left corner of the widget given to `float_over`."""

    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("corner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._label = plain()
        self._undo = button(_("Undo"), self.undo_requested.emit)
        self._close = flat_button(_("Dismiss"), self.hide)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self.hide)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()

    def tell(self, sentence: str, *, undo: bool = False, stays: bool = False) -> None:
        """Show a sentence."""
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self._undo.setVisible(undo)
        self._timer.stop()
        if not stays:
            self._timer.start()
        self._settle()
        self.show()

    def float_over(self, below: QWidget) -> None:
        """Lie over the lower left corner of a widget from now on."""
        self.setParent(below)
        self.hide()
        below.installEventFilter(self)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() is QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def end_undo(self, sentence: str) -> None:
        """Offer no Undo any more for a decision that cannot be taken back now."""
        if self.text == sentence:
            self._undo.hide()

    def _settle(self) -> None:
        """Take the place in the corner, as high as the sentence needs."""
        if (below := self.parentWidget()) is None:
            return
        width = min(WIDEST, round(SHARE * below.width()))
        height = max(self._row.sizeHint().height(), self._row.heightForWidth(width))
        self.setGeometry(MARGIN, below.height() - height - MARGIN, width, height)
        self.raise_()

    def _dress(self) -> None:
        self._close.setIcon(icons.icon("close", self._theme.tones.muted))
