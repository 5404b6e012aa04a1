"""«Merge with…»: the other card of the same person is chosen, and it is said what will happen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.core.customer import Customer
from app.ui.bench import Bench
from app.ui.click_pause import ClickPause
from app.ui.widgets.customer_finder import CustomerFinder
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import button, in_order, plain
from app.words import _, ngettext


class MergeBox(QWidget):
    """Hidden until `begin`; `chosen(card)` carries the other card once the owner says to merge it, `left` comes if not."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._other: Customer | None = None
        self._pause = ClickPause(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Name, handle or words of a contact"))
        self.field.setAccessibleName(_("The other card of this person"))
        self.field.setClearButtonEnabled(True)
        self.finder = CustomerFinder(self.field, bench)
        self.finder.chosen.connect(self._take)
        self.field.textEdited.connect(lambda _text: self._take(None))
        self.told = plain(tone="muted")
        self.merge = button(_("Merge"), self._merge, main=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(8)
        rows.addWidget(self.field)
        rows.addWidget(self.told)
        acts = FlowLayout()
        for part in in_order(self.merge, button(_("Cancel"), self._leave)):
            acts.addWidget(part)
        rows.addLayout(acts)
        self.hide()

    def begin(self, card: Customer) -> None:
        """Show the box for a card; other cards of that name are offered at once."""
        self.finder.without = card.id
        self.field.clear()
        self._take(None)
        self.show()
        self.field.setFocus()
        self.finder.look(card.name)

    def end(self) -> None:
        """Hide the box; nothing is merged."""
        self.finder.rest()
        self._take(None)
        self.hide()

    def _leave(self) -> None:
        self.left.emit()  # while it is known whether the keyboard is in here
        self.end()

    def _take(self, other: Customer | None) -> None:
        self._other = other
        self.merge.setEnabled(other is not None)
        if other:
            words = _(
                "Everything on the other card moves to this one: {what}. The other card is removed; Undo brings it back."
            )
            self.told.setText(words.format(what=_what(other)))
        else:
            self.told.setText(_("Choose the other card of the same person."))

    def _merge(self) -> None:
        if (other := self._other) and self._pause.takes():
            self.chosen.emit(other)


def _what(card: Customer) -> str:
    """Return what a card holds: «2 accounts, 5 contacts, 1 draft, note, mentions»."""
    counted = (
        (len(card.identities), ngettext("{n} account", "{n} accounts", len(card.identities))),
        (len(card.contacts), ngettext("{n} contact", "{n} contacts", len(card.contacts))),
        (len(card.drafts), ngettext("{n} draft", "{n} drafts", len(card.drafts))),
    )
    parts = [words.format(n=n) for n, words in counted if n]
    return ", ".join((*parts, *((_("note"),) if card.note else ()), _("mentions")))
