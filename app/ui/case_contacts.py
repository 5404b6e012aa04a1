"""Logging a contact in a case: what is typed in the form is kept like a reply's draft, and logging it can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.customer import Contact
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.views import CaseView
from app.ui.bench import Bench
from app.ui.case_acts import CaseActs
from app.ui.click_pause import ClickPause
from app.ui.drafts import DraftKeeper, place_of
from app.ui.format import one_line
from app.ui.undo import Undo
from app.ui.widgets.contact_form import ContactForm, Noted
from app.words import _


class CaseContacts(DraftKeeper):
    """Stands between the contact form and the desk. `logged(mention_id)` when a case has one contact more.

    `left_for_case` and `left_for_list` bring the keyboard back to where it was before the form.
    """

    logged = Signal(int)
    left_for_case = Signal()
    left_for_list = Signal()

    def __init__(self, bench: Bench, undo: Undo, acts: CaseActs, form: ContactForm, page: QWidget) -> None:
        super().__init__(bench, page, contacts=True)
        self._undo, self._acts, self._form, self._page = undo, acts, form, page
        self._view: CaseView | None = None
        self._pause = ClickPause(self)
        self._from_case = True
        form.edited.connect(self._edited)
        form.noted.connect(self._log)
        bench.clock_read.connect(lambda: form.move_on(bench.now()))
        form.left.connect(self._give_back)
        self.failed.connect(bench.announced)

    def show_view(self, view: CaseView, serial: int) -> None:
        """Show what was begun for a case; `serial` is that from before the case was read."""
        same = self._view is not None and self._view.mention.id == view.mention.id
        was_here = self._has_keyboard(self._form)
        self._view = view
        met = self.move(-view.mention.id, place_of(view))
        self.switch(place_of(view))
        if not same:
            self._from_case = True
        if not same or met:
            self._form.clear()
        begun = self.newest(place_of(view), serial) or view.begun
        if begun and begun.text and not self._form.text:
            self._form.fill(begun.text, begun.audience)
        if was_here and self._form.isHidden():
            self.left_for_list.emit()  # Qt finds the keyboard no other place where the window is not the active one

    def close(self) -> None:
        """Show no case any more."""
        self.switch(None)
        self._view = None

    def begin(self) -> None:
        """Show the form."""
        if not self._has_keyboard(self._form):
            self._from_case = self._has_keyboard(self._page)
        self._form.begin(self._bench.now())

    def _has_keyboard(self, part: QWidget) -> bool:
        field = self._page.window().focusWidget()
        return field is not None and part.isAncestorOf(field)

    def _give_back(self) -> None:
        """Bring the keyboard back from the form; where it is elsewhere by now, or the case is gone, not into the case."""
        field = self._page.window().focusWidget()
        if field is None or self._form.isAncestorOf(field):
            (self.left_for_case if self._from_case and self._view else self.left_for_list).emit()

    def _edited(self, text: str, how: str) -> None:
        if self._view:
            self.typed(self._view.mention.id, text, how)

    def _log(self, noted: Noted) -> None:
        if not (view := self._view) or not self._pause.takes():
            return
        mention_id, how, now = view.mention.id, self._form.how, self._bench.now()
        self.flush()

        def log(desk: Desk) -> Contact | Problem:
            args = (mention_id, noted.direction, noted.channel, noted.text, noted.at, noted.who)
            contact = desk.customers.log_for(*args)
            if not isinstance(contact, Problem):
                desk.replies.save_draft(mention_id, "", "", now, contact=True)
            return contact

        def logged(contact: Contact) -> None:
            self._let_go(view, noted.text)
            name = one_line(view.mention.mention.author) or _("the customer")
            self._undo.push(
                _("Logged with «{name}».").format(name=name),
                lambda desk: desk.replies.unlog(contact, how, now),
                then=lambda: self._acts.taken_back.emit(mention_id),
            )
            self.logged.emit(mention_id)

        self._bench.keep(self, log, logged)

    def _let_go(self, view: CaseView, text: str) -> None:
        """Empty the form of what is logged; what was typed since stays."""
        typed = self.unsaved(place_of(view))
        if typed is not None and typed.text.strip() != text:
            return
        self.discard(place_of(view))
        if self._view and self._view.mention.id == view.mention.id and self._form.text.strip() == text:
            if self._has_keyboard(self._form):
                self._give_back()
            self._form.clear()
