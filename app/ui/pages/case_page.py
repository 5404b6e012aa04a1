"""The right column: one mention, its case, its customer's story, and the reply."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.core.customer import Channel
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.views import CaseView
from app.ui.bench import Bench, Errand
from app.ui.case_acts import CaseActs
from app.ui.case_contacts import CaseContacts
from app.ui.case_copies import CaseCopies
from app.ui.case_decisions import CaseDecisions
from app.ui.case_replies import CaseReplies
from app.ui.click_pause import ClickPause
from app.ui.drafts import DraftKeeper, place_of
from app.ui.theme import Theme
from app.ui.undo import Undo
from app.ui.widgets.case_head import CaseHead
from app.ui.widgets.contact_form import ContactForm
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.history_list import HistoryList, answered_of, others_of
from app.ui.widgets.layouts import column_in
from app.ui.widgets.measure import Measured
from app.ui.widgets.pieces import lay_out_now, section
from app.ui.widgets.plan_note import PlanNote
from app.ui.widgets.reply_box import ReplyBox
from app.ui.widgets.reply_stands import ReplyStands
from app.ui.widgets.tab_order import chain
from app.ui.widgets.unread_note import UnreadNote
from app.words import _

ANSWER_CHANNELS = {"public": Channel.POST, "private": Channel.MESSAGE, "hand_over": Channel.EMAIL}
"""How an answer for an audience is logged."""

GAP = 12
"""Pixels between the parts of the page."""

EDGE = 16
"""Pixels beside them."""

LOW = 480
"""Pixels of height below which the reply leaves more room to what it answers, and all of it to a contact being logged."""


class CasePage(QWidget):
    """`opened(mention_id)` when a mention is shown, `closed` when none is; `case_chosen` when the owner picks another in the story.

    `left_for_list` brings the keyboard to the list of mentions.
    """

    opened = Signal(int)
    closed = Signal()
    case_chosen = Signal(int)
    left_for_list = Signal()

    def __init__(self, theme: Theme, bench: Bench, undo: Undo, acts: CaseActs) -> None:
        super().__init__()
        self._bench, self._acts = bench, acts
        self._view: CaseView | None = None
        self._wanted: int | None = None
        self._errand: Errand | None = None
        self._reply_next = False
        self._pause, self._again = ClickPause(self), ClickPause(self)
        self._decisions = CaseDecisions(acts, self._again, self._meant, self)
        self._replies: tuple[SavedReply, ...] = ()
        self.drafts = DraftKeeper(bench, self)
        self.head = CaseHead(theme, bench)
        self.plan = PlanNote()
        self.history, self.others = HistoryList(), HistoryList(by_writer=True)
        self._others_title = section(_("Also in this case"))
        self.answered, self._answered_title = HistoryList(by_writer=True), section(_("In answer to"))
        self.contact = ContactForm()
        self.reply = ReplyBox()
        self.stands = ReplyStands()
        self.replies = CaseReplies(bench, undo, self.reply, self.stands, self)
        self.copies = CaseCopies(bench, self.reply, self.replies, self.drafts, self)
        self.contacts = CaseContacts(bench, undo, acts, self.contact, self)
        self.unread = UnreadNote((self.reply, self.drafts), (self.contact, self.contacts))
        self.empty = EmptyState(theme, "bell")
        self.empty.say(
            _("Nothing chosen"),
            _("Choose something in the list: its text, the customer's story and the reply appear here."),
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        upper = self._upper = Measured()
        rows = upper.rows
        rows.setContentsMargins(EDGE, GAP, EDGE, EDGE)
        rows.setSpacing(GAP)
        rows.addWidget(self.head)
        rows.addWidget(self.unread)
        rows.addWidget(self.plan)
        rows.addWidget(self.stands)
        rows.addWidget(self.contact)
        rows.addWidget(self._answered_title)
        rows.addWidget(self.answered)
        rows.addWidget(self._others_title)
        rows.addWidget(self.others)
        rows.addWidget(section(_("History")))
        rows.addWidget(self.history)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(upper)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self._scroll)
        self.splitter.addWidget(self.reply)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.splitter)
        whole = column_in(self)
        whole.addWidget(self._stack)

    def _wire(self) -> None:
        self.head.act.connect(self._pressed)
        for story in (self.answered, self.others, self.history):
            story.mention_chosen.connect(self.case_chosen.emit)
        self.contacts.logged.connect(self._logged)
        self.contacts.left_for_case.connect(self.write_reply)
        self.contact.installEventFilter(self)
        self.contacts.left_for_list.connect(self.left_for_list)
        self._acts.decided.connect(lambda _id: self._kept())
        self._acts.refused.connect(self._decisions.forget)
        self.reply.edited.connect(self._typed)
        self.reply.left.connect(self.drafts.flush)
        self.reply.copy_requested.connect(self.copy_and_open)
        self.reply.send_requested.connect(self.send)
        self.stands.open_requested.connect(self.open_post)
        self.reply.answered_requested.connect(lambda: self._pressed("answered"))
        self.reply.contact_requested.connect(self.log_contact)
        self.reply.reply_chosen.connect(self._take_reply)
        self.drafts.saved.connect(self._saved)
        self.drafts.failed.connect(self._failed)
        self._bench.shop_changed.connect(self.reload)
        self._bench.clock_read.connect(lambda: self.reply.tell_time(self._bench.now()))
        self.unread.again.connect(self.reload)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.reply.set_tight(on=self.height() < LOW)
        self.head.set_tight(on=self.height() < LOW)
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.contact and event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._fold()
        if watched is self.contact and event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            field = self.window().focusWidget()
            if field and self.contact.isAncestorOf(field):
                QTimer.singleShot(0, self, self._show_form)  # what stands above it has another height by now
        return super().eventFilter(watched, event)

    def _fold(self) -> None:
        """Put the reply away while a contact is logged where both have no room; what stands in it waits there."""
        form = self.contact
        whole = form.heightForWidth(self.width() - 2 * EDGE) + 2 * GAP
        is_low = self.height() < LOW or self.height() - self.reply.minimumHeight() < whole
        self.reply.setHidden(is_low and not form.isHidden())

    def show_reply(self) -> None:
        """Bring the reply back where a contact being logged has its room; what was typed of that waits."""
        if self.reply.isHidden():
            self.contact.hide()

    def write_reply(self) -> None:
        """Bring the keyboard to the reply."""
        self.show_reply()
        self.reply.edit.setFocus()

    @property
    def view(self) -> CaseView | None:
        """What is shown."""
        return self._view

    @property
    def mention_id(self) -> int | None:
        """The mention shown or about to be."""
        return self._wanted

    def open(self, mention_id: int, *, reply: bool = False) -> None:
        """Show a mention; what was typed for the last one is saved first. With `reply` the keyboard goes into its reply then."""
        if mention_id != self._wanted:
            self.flush()
            self._reply_next = False
        self._wanted, self._reply_next = mention_id, self._reply_next or reply
        if self._errand:
            self._errand.cancel()
        serials = (self.drafts.serial, self.contacts.serial)
        self._errand = self._bench.read(
            self, lambda desk: desk.inbox.open(mention_id), lambda view: self._show(mention_id, view, serials)
        )

    def flush(self) -> None:
        """Have the desk keep what is typed."""
        self.drafts.flush()
        self.contacts.flush()

    def reload(self) -> None:
        """Read what is shown once more; the reply stays as typed."""
        if self._wanted is not None:
            self.open(self._wanted)

    def refresh(self) -> None:
        """Show the case as it reads by now, where it reads differently: else what is marked in it would be lost."""
        if (before := self._view) is None or before.mention.id != self._wanted:
            return  # one is being opened
        mention_id, serials = before.mention.id, (self.drafts.serial, self.contacts.serial)

        def show(view: CaseView | None) -> None:
            if self._view is before and not before.reads_as(view):
                self._show(mention_id, view, serials)

        self._bench.read(self, lambda desk: desk.inbox.open(mention_id), show)

    def close_case(self) -> None:
        """Show nothing."""
        self.drafts.switch(None)
        self.contacts.close()
        self.copies.close()
        self.unread.rest()
        self._view = self._wanted = None
        self._stack.setCurrentWidget(self.empty)
        if self.empty.is_stuck:
            self.left_for_list.emit()
        self.contact.hide()  # there is nothing of it to be left by Escape
        self.closed.emit()

    def load_extras(self) -> None:
        """Read the saved replies and the ways to hand over."""
        self._bench.read(self, lambda desk: (desk.replies.saved(), desk.hand_over.targets()), self._extras)

    def _show(self, mention_id: int, view: CaseView | None, serials: tuple[int, int]) -> None:
        if mention_id != self._wanted:
            return
        if view is None:
            was_shown = self._view is not None and self._view.mention.id == mention_id
            self.close_case()
            if was_shown:
                return  # its person was forgotten, which is told already
            self._bench.announced.emit(_("This mention is not in the archive any more."))
            return
        same = self._view is not None and self._view.mention.id == view.mention.id
        self._view = view
        met = self.drafts.move(-mention_id, place_of(view))
        self.head.show_view(view)
        self.unread.show_view(view, anew=not same)
        self.plan.show_plans(view.plans, anew=not same)
        self._show_stories(view, anew=not same)
        if not same or met or (view.draft and not self.reply.said):
            self._show_draft(view, serials[0])
        else:
            self.reply.propose(view.proposals)
        self.contacts.show_view(view, serials[1])
        self.replies.show_view(view)
        self.copies.show_view(view)
        self._offer()
        chain((self._upper, self.reply))  # what was made just now stands last for the Tab key
        if not same:
            self._pause.begin()
            self._scroll.verticalScrollBar().setValue(0)
            self._stack.setCurrentWidget(self.splitter)
            self.opened.emit(mention_id)
        if self._reply_next:
            self._reply_next = False
            self.write_reply()

    def _show_stories(self, view: CaseView, *, anew: bool) -> None:
        now = self._bench.now()
        if anew:
            self.others.fold()
            self.history.fold()
        for title, story, entries in (
            (self._answered_title, self.answered, answered_of(view)),
            (self._others_title, self.others, others_of(view)),
        ):
            story.show_entries(entries, now, "")
            title.setVisible(bool(entries))
            story.setVisible(bool(entries))
        is_missing = bool(view.customer and view.customer.unread)  # which is said above
        self.history.show_entries(view.history, now, "" if is_missing else _("Nothing yet: this is the first contact."))

    def _show_draft(self, view: CaseView, serial: int) -> None:
        place = place_of(view)
        self.drafts.switch(place)
        self.reply.has_page = bool(view.mention.mention.url)
        if typed := self.drafts.newest(place, serial):
            self.reply.fill(typed.text, typed.audience, view.reply_limit)
        elif view.draft:
            self.reply.fill(view.draft.text, view.draft.audience, view.reply_limit)
            self.reply.saved_at(view.draft.saved_at, self._bench.now())
        else:
            self.reply.fill("", view.usual_audience, view.reply_limit, view.proposals)

    def _extras(self, extras: tuple[tuple[SavedReply, ...], tuple[str, ...]]) -> None:
        self._replies = extras[0]
        self.reply.offer_targets(extras[1])
        self._offer()
        self.reload()

    def _offer(self) -> None:
        view = self._view
        cause = view.cause.value if view and view.cause else ""
        self.reply.offer(self._replies, view.language if view else "", view.kind.value if view else "", cause)

    def _typed(self, text: str, audience: str) -> None:
        if self._view:
            self.drafts.typed(self._view.mention.id, text, audience, self.copies.copied_at(text, audience))

    def _saved(self, place: int, at: float) -> None:
        if self._view and place_of(self._view) == place and self.drafts.unsaved(place) is None:
            self.reply.saved_at(at, self._bench.now())

    def _failed(self, problem: Problem) -> None:
        if self._view and self.drafts.unsaved(place_of(self._view)) is not None:
            self.reply.show_saved(_("not saved yet, trying again"), "bad")
        self._bench.announced.emit(problem)

    def _take_reply(self, reply: SavedReply) -> None:
        if view := self._view:
            mention_id, audience = view.mention.id, self.reply.audience

            def take(text: str) -> None:
                if self._view and self._view.mention.id == mention_id:
                    self.reply.insert(text)

            self._bench.read(self, lambda desk: desk.replies.prepared(mention_id, reply, audience), take)

    def _pressed(self, name: str) -> None:
        """Perform what a button says, unless it is the second half of a double click and meant what was shown before."""
        if name == "open":
            self.open_post()
        elif self._pause.takes():
            self.mark_answered() if name == "answered" else self.act(name)

    def leave_buttons(self) -> None:
        """Leave the button of a decision: what the next press of it would mean is another case."""
        button = self.window().focusWidget()
        if isinstance(button, QAbstractButton) and self.isAncestorOf(button):
            self.left_for_list.emit()

    def act(self, name: str) -> None:
        """Perform a decision named as in `CaseHead.act`, or a state's name."""
        if name == "open":
            self.open_post()
            return
        self._decisions.take(name)

    def _meant(self) -> CaseView | None:
        """Return what is shown, unless another mention was chosen since, which keys pressed now mean: None until that is here."""
        view = self._view
        return view if view is not None and view.mention.id == self._wanted else None

    def _kept(self) -> None:
        self._decisions.kept()
        self.leave_buttons()

    def open_post(self, where: str = "") -> None:
        """Open the page of the mention in the browser, or another one of it."""
        if self._view:
            self.copies.open_page(where or self._view.mention.mention.url)

    def copy_and_open(self) -> None:
        """Copy the reply and open the page, once its checks pass or the owner insists."""
        if view := self._meant():
            self.copies.copy_and_open(view)

    def send(self) -> None:
        """Send the reply, where its place takes it from here."""
        if view := self._meant():
            place = place_of(view)
            self.replies.send(lambda text: self._let_go(place, text))

    def _let_go(self, place: int, text: str) -> None:
        """Empty the reply box of what has been sent; what was typed since stays."""
        self.copies.marked(place)
        typed = self.drafts.unsaved(place)
        if typed is None or typed.text == text:
            self.drafts.discard(place)
        if self._view and place_of(self._view) == place and self.reply.said == text:
            self.reply.fill("", self._view.usual_audience, self._view.reply_limit)

    def mark_answered(self) -> None:
        """Log the reply as given and close the case's clock."""
        if not (view := self._decisions.about("answered")):
            return
        mention_id, text, audience, now = view.mention.id, self.reply.said, self.reply.audience, self._bench.now()
        place = place_of(view)
        self.drafts.flush()

        def kept(_contact: object) -> None:
            self._let_go(place, text)
            self._acts.offer_undo(mention_id, _("Marked as answered."), then=lambda: self.copies.came_back(place))
            self._bench.outbox_changed.emit()
            self._acts.decided.emit(mention_id)

        channel = ANSWER_CHANNELS[audience]
        self._bench.keep(
            self,
            lambda desk: desk.replies.mark_answered(mention_id, text, channel, now),
            kept,
            self._decisions.forget,
        )

    def show_plan(self) -> None:
        """Unfold the owner's plan for this case, or fold it; where there is none, say where it is written."""
        if not (view := self._meant()):
            return
        if not view.plans:
            self._bench.announced.emit(_("There is no plan for this. Write one in Settings, under «Playbook»."))
            return
        self.plan.toggle()
        lay_out_now()
        # no further than to see the plan, and of a long one where it begins
        bar = self._scroll.verticalScrollBar()
        self._scroll.ensureWidgetVisible(self.plan, 0, GAP)
        bar.setValue(min(bar.value(), self.plan.y()))

    def log_contact(self) -> None:
        """Show the panel for a contact."""
        if self._view:
            self.contacts.begin()
            lay_out_now()
            self._show_form()

    def _show_form(self) -> None:
        self._scroll.ensureWidgetVisible(self.contact, 0, GAP)

    def _logged(self, mention_id: int) -> None:
        if self._view and self._view.mention.id == mention_id:
            self.reload()
