"""Logging a contact on a customer's card: what is typed is kept with the card, and logging it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.customer import Contact, Customer
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.click_pause import ClickPause
from app.ui.format import named
from app.ui.keeper import Keeper
from app.ui.undo import Undo
from app.ui.widgets.contact_form import ContactForm, Noted
from app.words import _


@dataclass(frozen=True, slots=True)
class Begun:
    """What stands in the form of a card; `how` is that of `ContactForm`."""

    text: str
    how: str


class CardContacts(Keeper[Begun]):
    """Stands between the contact form of the card shown and the desk. `changed` when a card's log did."""

    changed = Signal()

    def __init__(self, bench: Bench, undo: Undo, form: ContactForm, parent: QObject) -> None:
        super().__init__(
            bench,
            lambda desk, card, begun, now: desk.customers.save_begun(str(card), begun.text, begun.how, now),
            parent,
        )
        self._undo, self._form = undo, form
        self._card: Customer | None = None
        self._pause = ClickPause(self)
        form.edited.connect(lambda text, how: self.put(Begun(text, how)))
        form.noted.connect(self._log)
        bench.clock_read.connect(lambda: form.move_on(bench.now()))
        self.failed.connect(bench.announced)

    def show_card(self, card: Customer | None, serial: int = 0) -> None:
        """Show what was begun on a card; `serial` is that from before the card was read."""
        same = bool(card and self._card and card.id == self._card.id)
        self.switch(card.id if card else None)
        self._card = card
        if not same:
            self._form.clear()
        if card is None:
            return
        kept = Begun(card.begun.text, card.begun.audience) if card.begun else Begun("", "")
        begun = self.newest(card.id, serial) or kept
        if begun.text and not self._form.text:
            self._form.fill(begun.text, begun.how)

    def _log(self, noted: Noted) -> None:
        if not (card := self._card) or not self._pause.takes():
            return
        how, now = self._form.how, self._bench.now()
        self.flush()

        def log(desk: Desk) -> Contact | Problem:
            contact = desk.customers.log(card.id, noted.direction, noted.channel, noted.text, noted.at, noted.who)
            if not isinstance(contact, Problem):
                desk.customers.save_begun(card.id, "", "", now)
            return contact

        def logged(contact: Contact) -> None:
            self._let_go(card, noted.text)
            self._undo.push(
                _("Logged with «{name}».").format(name=named(card.name)),
                lambda desk: desk.customers.unlog(card.id, contact, how, now),
                then=self.changed.emit,
            )
            self.changed.emit()

        self._bench.keep(self, log, logged)

    def _let_go(self, card: Customer, text: str) -> None:
        """Empty the form of what is logged; what was typed since stays."""
        typed = self.unsaved(card.id)
        if typed is not None and typed.text.strip() != text:
            return
        self.discard(card.id)
        if self._card and self._card.id == card.id and self._form.text.strip() == text:
            self._form.leave()
            self._form.clear()
