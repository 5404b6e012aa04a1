"""«Merge with…»: the other card of the same person is chosen, and it is said what will happen."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from app.core.customer import Customer
from app.ui.bench import Bench
from app.ui.format import date, one_line
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext

PAUSE_MS = 250
MOST = 8
"""Cards offered at a time."""


class MergeBox(QWidget):
    """Hidden until `begin`; `chosen(card)` carries the other card once the owner says to merge it."""

    chosen = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._bench = bench
        self._card: Customer | None = None
        self._other: Customer | None = None
        self._offered: dict[str, Customer] = {}
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Name, handle or words of a contact"))
        self.field.setAccessibleName(_("The other card of this person"))
        self.field.setClearButtonEnabled(True)
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self.choose)
        self.field.setCompleter(completer)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        self.told = plain(tone="muted")
        self.merge = button(_("Merge"), self._merge, main=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(8)
        rows.addWidget(self.field)
        rows.addWidget(self.told)
        acts = FlowLayout()
        acts.addWidget(self.merge)
        acts.addWidget(button(_("Cancel"), self.end))
        rows.addLayout(acts)
        self.hide()

    def begin(self, card: Customer) -> None:
        """Show the box for a card; other cards of that name are offered at once."""
        self._card = card
        self.field.clear()
        self._take(None)
        self.show()
        self.field.setFocus()
        self._ask()

    def end(self) -> None:
        """Hide the box; nothing is merged."""
        self._soon.stop()
        self._card = None
        self._take(None)
        self.hide()

    def choose(self, line: str) -> None:
        """Take one of the cards offered, by its line."""
        if other := self._offered.get(line):
            self.field.setText(line)
            self._take(other)

    def _typed(self, _text: str) -> None:
        self._take(None)
        self._soon.start()

    def _ask(self) -> None:
        card = self._card
        words = self.field.text().strip() or (card.name if card else "")
        if card and words:
            self._bench.read(
                self,
                lambda desk: [one for one in desk.customers.search(words) if one.id != card.id][:MOST],
                self._offer,
            )

    def _offer(self, found: list[Customer]) -> None:
        if self._card is None or self._other is not None:
            return
        self._offered = {}
        for one in found:
            line = self._line(one)
            while line in self._offered:  # of two cards that look alike each can be chosen
                line += " ·"
            self._offered[line] = one
        self._model.setStringList(list(self._offered))
        if found and self.field.hasFocus():
            self.field.completer().complete()

    def _line(self, one: Customer) -> str:
        handles = [each.handle for each in one.identities if not each.by_name_only]
        newest = max((contact.at for contact in one.contacts), default=one.created)
        return " · ".join(one_line(part) for part in (one.name, *handles[:2], date(newest, self._bench.now())))

    def _take(self, other: Customer | None) -> None:
        self._other = other
        self.merge.setEnabled(other is not None)
        if other:
            words = _(
                "Everything on the other card comes to this one: {what}. The other card ends; Undo brings it back."
            )
            self.told.setText(words.format(what=_what(other)))
        else:
            self.told.setText(_("Choose the other card of the same person."))

    def _merge(self) -> None:
        if other := self._other:
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
