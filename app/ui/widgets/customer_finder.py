"""Offers customers under a field while their name is typed."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from app.core.customer import Customer
from app.ui.bench import Bench, Errand
from app.ui.format import one_line, when
from app.words import _

PAUSE_MS = 250
MOST = 8
"""Customers offered at a time."""


class CustomerFinder(QCompleter):
    """Looks a little after each key and shows what it found below the field; `chosen(customer)` when one is taken.

    `offered` has them by the line they are shown with. The customer whose id is `without` is not among them.
    """

    chosen = Signal(object)

    def __init__(self, field: QLineEdit, bench: Bench) -> None:
        super().__init__(field)
        self._field, self._bench = field, bench
        self.offered: dict[str, Customer] = {}
        self.without = ""
        self._errand: Errand | None = None
        self._lines = QStringListModel(self)
        self.setModel(self._lines)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.activated.connect(self.choose, Qt.ConnectionType.QueuedConnection)  # the field takes the line first
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(lambda: self.look(field.text()))
        field.textEdited.connect(lambda _text: self._soon.start())
        field.setCompleter(self)

    def look(self, words: str) -> None:
        """Find customers by two letters or more of a name, a handle or a contact."""
        self.rest()
        wanted, without = words.strip(), self.without
        if len(wanted) > 1:
            self._errand = self._bench.read(
                self,
                lambda desk: [one for one in desk.customers.search(wanted) if one.id != without][:MOST],
                self._offer,
            )

    def rest(self) -> None:
        """Look for nobody any more."""
        self._soon.stop()
        if self._errand:
            self._errand.cancel()
        self._errand = None

    def choose(self, line: str) -> None:
        """Take one of those offered, by its line."""
        if customer := self.offered.get(line):
            self.rest()
            self.chosen.emit(customer)

    def _offer(self, found: list[Customer]) -> None:
        self.offered = {}
        for one in found:
            line = self._line(one)
            while line in self.offered:  # of two customers that look alike each can be chosen
                line += " ·"
            self.offered[line] = one
        self._lines.setStringList(list(self.offered))
        if found and self._field.hasFocus():
            self.complete()

    def _line(self, customer: Customer) -> str:
        handles = [one.handle for one in customer.identities if not one.by_name_only]
        newest = max((contact.at for contact in customer.contacts), default=customer.created)
        last = _("cannot be read") if customer.unread else when(newest, self._bench.now())
        return " · ".join(one_line(part) for part in (customer.name, *handles[:2], last))
