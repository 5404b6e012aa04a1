"""Who said it: a name and an account, or one of the customers known."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.core.customer import Customer
from app.ui.bench import Bench
from app.ui.format import named, one_line
from app.ui.widgets.customer_finder import CustomerFinder
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import plain
from app.words import _


class WhoField(QWidget):
    """Offers customers while a name is typed; one that is chosen stays chosen until the name is changed.

    `changed` when name, account or customer did.
    """

    changed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._customer: Customer | None = None
        self.author, self.account = QLineEdit(), QLineEdit()
        self.author.setPlaceholderText(_("Who said it"))
        self.account.setPlaceholderText(_("Phone, mail or account"))
        for field in (self.author, self.account):
            field.setAccessibleName(field.placeholderText())
        self._known = plain(tone="good")
        self.finder = CustomerFinder(self.author, bench)
        self.finder.chosen.connect(self._choose)
        self.author.textEdited.connect(self._typed)
        for field in (self.author, self.account):
            field.textChanged.connect(lambda _text: self.changed.emit())
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.author, 1)
        beside.addWidget(self.account, 1)
        rows = column_in(self, 4)
        rows.addLayout(beside)
        rows.addWidget(self._known)
        self._tell()

    @property
    def name(self) -> str:
        return self.author.text().strip()

    @property
    def handle(self) -> str:
        return self.account.text().strip()

    @property
    def customer_id(self) -> str:
        """The customer chosen, «» for none."""
        return self._customer.id if self._customer else ""

    def clear(self) -> None:
        """Forget what was typed and chosen."""
        self.finder.rest()
        self.author.clear()
        self.account.clear()
        self._customer = None
        self._tell()

    def show_who(self, name: str, handle: str, customer: Customer | None) -> None:
        """Fill in who it was; a customer counts as chosen."""
        self.finder.rest()
        self._customer = customer
        self.author.setText(one_line(customer.name) if customer else name)
        self.account.setText(handle)
        self._tell()

    def _choose(self, customer: Customer) -> None:
        self._customer = customer
        self.author.setText(one_line(customer.name))
        self._tell()
        self.changed.emit()

    def _typed(self, _text: str) -> None:
        if self._customer is not None:
            self._customer = None
            self._tell()

    def _tell(self) -> None:
        self._known.setVisible(self._customer is not None)
        self._known.setText(
            _("Goes to the card of {name}.").format(name=named(self._customer.name)) if self._customer else ""
        )
