"""A line that says why a case's card cannot be read now, and keeps its drafts from being written over unseen."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.core.views import CaseView
from app.ui.drafts import DraftKeeper, place_of
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import plain
from app.words.problems import sentence

AGAIN_MS = 3_000
"""How long after a case was shown without its card it is read again."""


class UnreadNote(QWidget):
    """Hidden where the card can be read. `again` when it is time to look whether it can.

    `fields` are where drafts are typed, each with who keeps them: what the card holds of them is not seen, so that nothing
    is typed there until it is. Where something was typed before, that goes on.
    """

    again = Signal()

    def __init__(self, *fields: tuple[QWidget, DraftKeeper]) -> None:
        super().__init__()
        self._fields = fields
        self.text = plain(tone="bad")
        rows = column_in(self)
        rows.addWidget(self.text)
        self._timer = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._timer.timeout.connect(self.again)
        self.hide()

    def show_view(self, view: CaseView, *, anew: bool) -> None:
        """Show how it is with the card of a case; `anew` where another case was shown before."""
        unread = view.customer.unread if view.customer else None
        self.text.setText(sentence(unread) if unread else "")
        self.setVisible(unread is not None)
        for field, keeper in self._fields:
            if unread is None:
                field.setEnabled(True)
            elif anew:
                field.setEnabled(keeper.unsaved(place_of(view)) is not None)
        if unread:
            self._timer.start()
        else:
            self._timer.stop()

    def rest(self) -> None:
        """Look no more: no case is shown."""
        self._timer.stop()
