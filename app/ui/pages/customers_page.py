"""Customers: the list, and the card with the whole story."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from app.core.customer import Customer, Identity
from app.core.ports.desk import Desk
from app.ui.bench import Bench, Newest
from app.ui.format import one_line, when
from app.ui.models.rows_model import Shown
from app.ui.theme import Theme
from app.ui.undo import Undo
from app.ui.widgets.customer_card import CustomerCard
from app.ui.widgets.head_layout import HeadLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, headline
from app.ui.widgets.table import Table
from app.words import _

_LEAST_LIST, _LEAST_CARD = 260, 320
"""Pixels that the list and the card always have: the buttons of the card fit, and the list gives way in a small window."""


def newest(customer: Customer) -> float:
    """Return when the last contact with a customer was, or when the card was made."""
    return max((contact.at for contact in customer.contacts), default=customer.created)


class CustomersPage(QWidget):
    """`mention_chosen(id)` when a mention of the story is opened; `forgotten` when a person was."""

    mention_chosen = Signal(int)
    forgotten = Signal()

    def __init__(self, theme: Theme, bench: Bench, undo: Undo) -> None:
        super().__init__()
        self._bench = bench
        self._wanted = ""
        self._reading = Newest(bench, self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Name, handle or words of a contact"))
        self.field.setAccessibleName(_("Search customers"))
        self.field.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True, interval=200)
        self._timer.timeout.connect(self.load)
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.field.returnPressed.connect(self._to_list)
        self.table = Table(theme, _("Customers"), "customers", self._columns())
        self.table.widths(160, 80, last=96, yields=(1,), whole=(1,))
        self.card = CustomerCard(theme, bench, undo)
        self.card.mention_chosen.connect(self.mention_chosen.emit)
        self.card.changed.connect(self.load)
        self.card.forgotten.connect(self._gone)
        self.table.chosen.connect(self._chosen)
        self.table.offer(self.card.fill_menu, lambda one: one.id, lambda: self.card.shows(self.table.current))
        self.card.shown.connect(self.table.row_menu.go_on)
        self.splitter = QSplitter()
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addLayout(HeadLayout(headline(_("Customers")), button(_("New card"), self.add_card)))
        rows.addWidget(self.field)
        rows.addWidget(self.table, 1)
        self.splitter.setOrientation(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        rows.addStrut(_LEAST_LIST - 32)  # no minimum width: that would count instead of what the buttons need
        self.card.setMinimumWidth(_LEAST_CARD)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([420, 620])
        whole = column_in(self)
        whole.addWidget(self.splitter)

    def _columns(self) -> tuple[Shown, ...]:
        return (
            Shown(_("Name"), lambda one: one_line(one.name)),
            Shown(_("Last"), self._last, lambda _one: "muted"),
            Shown(_("Where"), self._places, lambda one: "bad" if one.unread else "muted"),
        )

    def _last(self, one: Customer) -> str:
        return "" if one.unread else when(newest(one), self._bench.now())

    def _places(self, one: Customer) -> str:
        return _("cannot be read") if one.unread else ", ".join(dict.fromkeys(map(self._place, one.identities)))

    def _place(self, identity: Identity) -> str:
        return one_line(self._bench.place_title(identity.place))

    def take_focus(self) -> None:
        self.field.setFocus()

    def load(self) -> None:
        """Read the customers that the search finds."""
        words = self.field.text().strip()
        wanted = self._wanted

        def found(desk: Desk) -> tuple[Customer, ...]:
            """Return those found, the one wanted among them, however many there are."""
            customers = desk.customers.search(words)
            more = None if not wanted or any(one.id == wanted for one in customers) else desk.customers.get(wanted)
            return (*customers, more) if more else customers

        self._reading.read(found, partial(self._take, words))

    def refresh(self) -> None:
        """Read the story of the card shown once more: something new was heard."""
        self.card.refresh()

    def show_customer(self, customer_id: str) -> None:
        """Show the card of a customer, selected in the list."""
        self._wanted = customer_id
        self.field.clear()
        self._timer.stop()
        self.load()

    def search(self, words: str) -> None:
        """Show the customers that a search finds, the keyboard in their list."""
        self.field.setText(words)
        self._timer.stop()
        self.load()
        self._to_list()

    def add_card(self) -> None:
        """Make a card for somebody known by phone or from the shop only."""
        now, name = self._bench.now(), self.field.text().strip() or _("New customer")

        def made(customer: Customer) -> None:
            self.show_customer(customer.id)
            self.card.rename_next(customer.id)

        self._bench.keep(self, lambda desk: desk.customers.create(name, now), made)

    def flush(self) -> None:
        """Save what is typed on the card."""
        self.card.save_name()
        self.card.flush()

    def _take(self, words: str, customers: tuple[Customer, ...]) -> None:
        if words != self.field.text().strip():
            return
        if words:
            self.table.empty.say(
                _("Nobody found"),
                _("No card contains these words. Make one for somebody who calls or comes in."),
                _("New card"),
                self.add_card,
            )
        else:
            self.table.empty.say(
                _("No customers yet"),
                _("A card is made with the first reply or contact. You can make one for a caller, too."),
                _("New card"),
                self.add_card,
            )
        wanted = self._wanted or self.card.wanted
        self._wanted = ""
        place = next((number for number, one in enumerate(customers) if one.id == wanted), 0)
        self.table.show_rows(customers, place)
        if not customers:
            self.card.show_customer(None)

    def _chosen(self, customer: Customer | None) -> None:
        if customer:
            self.card.show_customer(customer)

    def _to_list(self) -> None:
        self.table.view.setFocus()

    def _gone(self) -> None:
        if not self.card.wanted:  # else somebody else was chosen meanwhile
            self.card.show_customer(None)
        if self.card.empty.is_stuck:
            self.table.take_focus()
        self.load()
        self.forgotten.emit()
