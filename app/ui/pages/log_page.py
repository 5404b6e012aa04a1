"""The contact log: the newest contacts with all customers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.core.customer import Contact, Customer
from app.core.text import fold
from app.ui import labels
from app.ui.bench import Bench, Newest
from app.ui.format import exactly, one_line
from app.ui.models.rows_model import Shown
from app.ui.row_menu import add_act
from app.ui.theme import Theme
from app.ui.widgets.pieces import headline
from app.ui.widgets.table import Table
from app.words import _

Row = tuple[Customer, Contact]


class LogPage(QWidget):
    """`customer_chosen(id)` when a row is opened."""

    customer_chosen = Signal(str)

    def __init__(self, theme: Theme, bench: Bench) -> None:
        super().__init__()
        self._bench, self._reading = bench, Newest(bench, self)
        self._rows: tuple[Row, ...] = ()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Show only contacts with these words"))
        self.filter.setAccessibleName(_("Show only contacts with these words"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._show())
        self.table = Table(theme, _("Contact log"), "log", self._columns())
        self.table.widths(120, 168, 128, 128, last=168, yields=(3, 2), whole=(0, 2, 3))
        self.table.opened.connect(lambda row: self.customer_chosen.emit(row[0].id))
        self.table.offer(self._fill_menu, lambda row: row[0].id)
        head = QHBoxLayout()
        head.addWidget(headline(_("Contact log")), 1)
        head.addWidget(self.filter, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addLayout(head)
        rows.addWidget(self.table, 1)

    def _columns(self) -> tuple[Shown, ...]:
        return (
            Shown(_("When"), lambda row: exactly(row[1].at, self._bench.now()), lambda _row: "muted"),
            Shown(_("Customer"), lambda row: one_line(row[0].name)),
            Shown(_("Direction"), lambda row: "" if row[0].unread else labels.direction(row[1].direction)),
            Shown(_("Channel"), lambda row: "" if row[0].unread else labels.channel(row[1].channel)),
            Shown(_("What was said"), self._said, lambda row: "bad" if row[0].unread else ""),
        )

    def _fill_menu(self, menu: QMenu) -> None:
        customer: Customer = self.table.current[0]
        add_act(menu, _("&Open the card"), lambda: self.customer_chosen.emit(customer.id), "Enter")

    def _said(self, row: Row) -> str:
        return _("cannot be read") if row[0].unread else one_line(row[1].text)[:300]

    def take_focus(self) -> None:
        self.table.take_focus()

    def load(self) -> None:
        """Read the newest contacts."""
        self._reading.read(lambda desk: desk.customers.contacts(), self._take)

    def _take(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        words = fold(self.filter.text()).split()
        shown = [row for row in self._rows if all(word in fold(f"{row[0].name} {row[1].text}") for word in words)]
        if words:
            self.table.empty.say(_("Nothing found"), _("No contact contains these words."))
        else:
            self.table.empty.say(
                _("No contacts yet"),
                _("Answers are logged automatically. Log a call or a visit with «Log a contact…» beside a case."),
            )
        current = self.table.current
        keys = [_known_by(row) for row in shown]
        same = keys.index(_known_by(current)) if current and _known_by(current) in keys else 0
        self.table.show_rows(shown, same)


def _known_by(row: Row) -> tuple[str, str]:
    """Return what a row is known by, however often it is read."""
    return row[0].id, row[1].id
