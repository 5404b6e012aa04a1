"""Above what a search found among the mentions: the customers it found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.core.customer import Customer
from app.ui.bench import Bench, Errand
from app.ui.format import named
from app.ui.widgets.pieces import Elided, button
from app.words import _

NAMED = 3
"""Customers whose names are shown."""


class CustomersFound(QFrame):
    """Hidden where nothing is searched or nobody found; `show_requested(words)` brings the customers themselves."""

    show_requested = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setObjectName("listhead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bench = bench
        self._words = ""
        self._errand: Errand | None = None
        self.told = Elided(tone="muted")
        self.show_button = button(_("Show"), self._show, hint=_("Show these customers"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.show_button)
        self.hide()

    def look(self, words: str) -> None:
        """Find the customers whose name, handle, note or contacts hold all words; «» finds nobody."""
        if self._errand:
            self._errand.cancel()
        self._errand, self._words = None, words
        if words:
            self._errand = self._bench.read(self, lambda desk: desk.customers.search(words), self._tell)
        else:
            self.hide()

    def _tell(self, found: tuple[Customer, ...]) -> None:
        names = ", ".join(named(one.name) for one in found[:NAMED])
        told = _("Customers: {names} and others") if len(found) > NAMED else _("Customers: {names}")
        self.told.setText(told.format(names=names))
        self.setVisible(bool(found))

    def _show(self) -> None:
        self.show_requested.emit(self._words)
