"""The quiet line on top: what happened, with Undo where it can be taken back; never in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import Theme
from app.ui.widgets.pieces import button, flat_button, plain
from app.words import _

STAYS_MS = 12_000
"""How long the news of a decision stays; a problem stays until it is dismissed."""


class Banner(QWidget):
    """One sentence at a time, the newest."""

    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._label = plain()
        self._undo = button(_("Undo"), self.undo_requested.emit)
        self._close = flat_button(_("Dismiss"), self.hide)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
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
        self.show()

    def end_undo(self, sentence: str) -> None:
        """Offer no Undo any more for a decision that cannot be taken back now."""
        if self.text == sentence:
            self._undo.hide()

    def _dress(self) -> None:
        self._close.setIcon(icons.icon("close", self._theme.tones.muted))
