"""One customer: name, accounts, note, the whole story, and being forgotten."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.customer import Customer, Identity
from app.core.merging import Merged
from app.core.problems import Problem
from app.core.views import HistoryEntry
from app.ui.bench import Bench, Errand
from app.ui.card_contacts import CardContacts
from app.ui.format import named, one_line
from app.ui.keeper import Keeper
from app.ui.person_export import PersonExport
from app.ui.row_menu import add_act
from app.ui.theme import Theme
from app.ui.undo import Undo
from app.ui.widgets.contact_form import ContactForm
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.history_list import HistoryList
from app.ui.widgets.merge_box import MergeBox
from app.ui.widgets.pieces import button, in_order, lay_out_now, plain, section
from app.ui.widgets.unread_note import AGAIN_MS
from app.words import _
from app.words.problems import sentence

EDGE = 16
"""Pixels around the parts of a card."""


class CustomerCard(QStackedWidget):
    """`shown` when a card that can be read is there, `changed` when a name changed, `forgotten` when the person was."""

    shown = Signal()
    changed = Signal()
    forgotten = Signal()
    mention_chosen = Signal(int)

    def __init__(self, theme: Theme, bench: Bench, undo: Undo) -> None:
        super().__init__()
        self._bench, self._undo = bench, undo
        self._rename_next = self._wanted = ""
        self._errand: Errand | None = None
        self.customer: Customer | None = None
        self.empty = EmptyState(theme, "customers")
        self._say_none()
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(lambda: self.show_customer(self.customer))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name"))
        self.accounts = plain(tone="muted")
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("What everybody in the shop should know about this customer"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(80)
        self.history = HistoryList()
        self.contact = ContactForm()
        self.sure, self._keep = QWidget(), button(_("Keep"), self.leave_panel)
        self._asked_from: QWidget | None = None
        self.export = PersonExport(bench, self)
        self.merging = MergeBox(bench)
        self.notes: Keeper[str] = Keeper(
            bench, lambda desk, card, note, _now: desk.customers.set_note(str(card), note), self
        )
        self.contacts = CardContacts(bench, undo, self.contact, self)
        self._lay_out()
        self.note.textChanged.connect(lambda: self.notes.put(self.note.toPlainText()))
        self.notes.failed.connect(bench.announced)
        self.contacts.changed.connect(self.changed)
        self.name.editingFinished.connect(self.save_name)
        self.merging.chosen.connect(self._merge)
        self.merging.left.connect(lambda: self._give_back(self.merging))
        self.contact.left.connect(lambda: self._give_back(self.contact))
        self.history.mention_chosen.connect(self.mention_chosen.emit)

    def _lay_out(self) -> None:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        rows.setSpacing(8)
        rows.addWidget(section(_("Name")))
        rows.addWidget(self.name)
        rows.addWidget(self.accounts)
        rows.addWidget(section(_("Note")))
        rows.addWidget(self.note)
        acts = FlowLayout()
        acts.addWidget(button(_("Log a contact…"), self._log_contact))
        acts.addWidget(button(_("Merge with…"), self._begin_merging))
        acts.addWidget(
            button(_("Export…"), self._export, hint=_("Everything known about this person, in one readable file"))
        )
        acts.addWidget(button(_("Forget this person…"), self._ask_forget, grave=True))
        rows.addLayout(acts)
        self._ask_sure()
        rows.addWidget(self.sure)
        rows.addWidget(self.merging)
        rows.addWidget(self.contact)
        rows.addWidget(section(_("History")))
        rows.addWidget(self.history)
        rows.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setAccessibleName(_("Customer"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        self.addWidget(self.empty)
        self.addWidget(scroll)

    def _ask_sure(self) -> None:
        self.sure.setObjectName("card")
        rows = QVBoxLayout(self.sure)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.addWidget(
            plain(
                _(
                    "The card, its log and drafts, and this person's mentions will be deleted for good. This cannot be undone."
                ),
                "bad",
            )
        )
        acts = FlowLayout()
        for part in in_order(button(_("Forget for good"), self._forget, grave=True), self._keep):
            acts.addWidget(part)
        rows.addLayout(acts)
        self.sure.hide()

    def fill_menu(self, menu: QMenu) -> None:
        """Put into a menu what may be done with the card shown."""
        add_act(menu, _("&Log a contact…"), self._log_contact)
        add_act(menu, _("&Merge with…"), self._begin_merging)
        add_act(menu, _("&Export…"), self._export)
        menu.addSeparator()
        add_act(menu, _("&Forget this person…"), self._ask_forget)

    @property
    def wanted(self) -> str:
        """The card shown or about to be, by its id; «» for none."""
        return self._wanted

    def shows(self, customer: Customer | None) -> bool:
        """Whether the card of this customer is shown and can be read."""
        shown = self.customer
        return bool(customer and shown and shown.id == customer.id == self._wanted and not shown.unread)

    def _log_contact(self) -> None:
        self._note_keyboard()
        self.sure.hide()
        if self.currentIndex() == 1:  # saving a name as the button is pressed may take the card off the list
            self.contact.begin(self._bench.now())
            self._bring(self.contact)

    def _ask_forget(self) -> None:
        if self.currentIndex() != 1:
            return
        self._note_keyboard()
        self.merging.end()
        self.sure.show()
        self._bring(self.sure)
        self._keep.setFocus()  # a key pressed once more, or out of habit, forgets nobody

    def leave_panel(self) -> bool:
        """Close the question, the merging or the form of a contact that is open; False where none is."""
        panel = next((one for one in (self.sure, self.merging, self.contact) if not one.isHidden()), None)
        if panel is None:
            return False
        self._give_back(panel)
        if panel is self.contact:
            panel.hide()  # what was typed stays for the next time
        self.sure.hide()
        self.merging.end()
        return True

    def _note_keyboard(self) -> None:
        """Note where the keyboard is before a panel takes it."""
        part = self.window().focusWidget()
        if part and not any(panel.isAncestorOf(part) for panel in (self.sure, self.merging, self.contact)):
            self._asked_from = part

    def _give_back(self, panel: QWidget) -> None:
        """Bring the keyboard back from a panel that closes; what it came from may be gone, as a line of the story is."""
        before, part = self._asked_from, self.window().focusWidget()
        if before and part and panel.isAncestorOf(part) and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()

    def _bring(self, part: QWidget) -> None:
        """Scroll so far that what was opened is in sight, with the name where that has room: the story below may be long."""
        lay_out_now()
        if part.y() < self._scroll.verticalScrollBar().value():
            self._scroll.verticalScrollBar().setValue(0)
        self._scroll.ensureWidgetVisible(part, 0, EDGE)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no longer whether somebody is to be forgotten once the owner looks at something else."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.sure.hide()

    def show_customer(self, customer: Customer | None) -> None:
        """Show a card as it stands now, or the empty state; what was typed on the last one is saved first."""
        self.flush()
        if self._errand:
            self._errand.cancel()
        self._errand = None
        self._wanted = wanted = customer.id if customer else ""
        if self._rename_next != wanted:
            self._rename_next = ""
        if customer is None:
            self._show(None, (), (0, 0))
            return
        serials = (self.notes.serial, self.contacts.serial)
        self._errand = self._bench.read(
            self,
            lambda desk: (desk.customers.get(wanted), desk.customers.history(wanted)),
            partial(self._take, wanted, serials),
        )

    def refresh(self) -> None:
        """Read the story of the card shown once more; what is typed on the card stays as it is."""
        if self.customer is None or self.customer.unread or self.customer.id != self._wanted:
            return
        wanted = self._wanted
        self._bench.read(self, lambda desk: desk.customers.history(wanted), partial(self._take_history, wanted))

    def _take_history(self, wanted: str, history: tuple[HistoryEntry, ...]) -> None:
        if wanted == self._wanted and not self.history.shows(history):
            self._show_history(history)

    def _show_history(self, history: tuple[HistoryEntry, ...]) -> None:
        self.history.show_entries(history, self._bench.now(), _("Nothing yet."))

    def _take(
        self, wanted: str, serials: tuple[int, int], found: tuple[Customer | None, tuple[HistoryEntry, ...]]
    ) -> None:
        if wanted == self._wanted:
            self._show(*found, serials)

    def _show(self, customer: Customer | None, history: tuple[HistoryEntry, ...], serials: tuple[int, int]) -> None:
        same = bool(customer and self.customer and customer.id == self.customer.id)
        is_back = bool(same and self.customer and self.customer.unread)
        self.customer = customer
        if customer and customer.unread:
            self._show_unread(customer, customer.unread)
            return
        self._again.stop()
        self.notes.switch(customer.id if customer else None)
        self.contacts.show_card(customer, serials[1])
        if not same:
            self.sure.hide()
            self.merging.end()
            self.history.fold()
        if customer is None:
            self._say_none()
            self.setCurrentIndex(0)
            return
        self.setCurrentIndex(1)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
        if not (same and self.name.isModified()):  # what is typed there is kept when the field is left
            self.name.setText(customer.name)
        self.accounts.setText("\n".join(map(self._account, customer.identities)))
        self.accounts.setVisible(bool(customer.identities))
        newest = self.notes.newest(customer.id, serials[0])
        self._show_note(customer.note if newest is None else newest)
        self._show_history(history)
        if self._rename_next == customer.id:
            self._rename_next = ""
            if self.isVisible():  # somebody may have gone on to another page meanwhile
                self.name.setFocus()
                self.name.selectAll()
        self.shown.emit()
        if is_back:  # the list says still that it cannot be read
            self.changed.emit()

    def _say_none(self) -> None:
        self.empty.say(_("No card chosen"), _("Choose a customer in the list to see the whole story."))

    def _show_unread(self, customer: Customer, why: Problem) -> None:
        """Show why a card cannot be read now instead of its fields, which would be empty, and try again by itself."""
        self.notes.switch(None)
        self.contacts.show_card(None)
        self.name.setText(customer.name)  # what it held is the name of another one
        self.empty.say(one_line(customer.name), sentence(why))
        self.setCurrentIndex(0)
        self._again.start()

    def _show_note(self, note: str) -> None:
        if note != self.note.toPlainText():
            self.note.blockSignals(True)  # noqa: FBT003  Qt's own signature
            self.note.setPlainText(note)
            self.note.blockSignals(False)  # noqa: FBT003  Qt's own signature

    def _account(self, one: Identity) -> str:
        words = _("{place}: known by name only") if one.by_name_only else _("{place}: {handle}")
        return words.format(place=one_line(self._bench.place_title(one.place)), handle=one_line(one.handle))

    def rename_next(self, customer_id: str) -> None:
        """Bring the keyboard to the name of this card once it is shown, unless another one is asked for before."""
        self._rename_next = customer_id

    def flush(self) -> None:
        """Have the desk keep the note and the contact as typed."""
        self.notes.flush()
        self.contacts.flush()

    def save_name(self) -> None:
        """Have the desk keep the name as typed."""
        name = self.name.text().strip()
        if self.customer and name and name != self.customer.name:
            customer_id = self.customer.id
            self.name.setModified(False)

            def refused() -> None:
                if self._wanted == customer_id and self.name.text().strip() == name:
                    self.name.setModified(True)  # it is kept when the field is left once more

            self._bench.keep(
                self, lambda desk: desk.customers.rename(customer_id, name), lambda _kept: self.changed.emit(), refused
            )

    def _export(self) -> None:
        if self.customer:
            self.flush()
            self.export.ask(self.customer)

    def _begin_merging(self) -> None:
        if self.customer:
            self._note_keyboard()
            self.sure.hide()
            self.flush()
            self.merging.begin(self.customer)
            self._bring(self.merging)

    def _merge(self, other: Customer) -> None:
        if not self.customer:
            return
        self.flush()
        customer = self.customer

        def kept(done: Merged) -> None:
            self._give_back(self.merging)
            self.merging.end()
            words = _("Cards merged: {name}.").format(name=named(done.now.name))
            self._undo.push(words, lambda desk: desk.customers.part(done))
            self._bench.changed.emit()

        self._bench.keep(self, lambda desk: desk.customers.merge(customer.id, other.id), kept)

    def _forget(self) -> None:
        if not self.customer:
            return
        customer_id, name = self.customer.id, one_line(self.customer.name)
        for keeper in (self.notes, self.contacts):
            keeper.discard(customer_id)

        def forgotten(_none: None) -> None:
            if self._wanted == customer_id:
                self._wanted = ""
            self._bench.announced.emit(_("Everything about {name} is gone.").format(name=name))
            self.forgotten.emit()
            self._bench.changed.emit()

        self._bench.keep(self, lambda desk: desk.customers.forget(customer_id), forgotten)
