"""The reply box: for whom, saved replies, the text, its checks, and what is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton

from app.core.reply import BLANK, Check, blanks, check_draft, fill
from app.core.views import Way
from app.ui import labels
from app.ui.format import exactly, number, tip, utf16
from app.ui.widgets.checks_line import ChecksLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.hand_over_row import HandOverRow
from app.ui.widgets.measure import Measured
from app.ui.widgets.pieces import button, plain, set_main, set_tone
from app.ui.widgets.reply_edit import MOST, ReplyEdit
from app.ui.widgets.saved_menu import SavedMenu
from app.words import N_, _
from app.words.problems import sentence

NO_WAY = "outbox.no_way"
"""Said of a place that takes no replies from here at all: nothing the owner could mend."""

HAND_OVER = "hand_over"
AUDIENCES = (("public", N_("Public")), ("private", N_("Private")), (HAND_OVER, N_("Hand over")))
"""For whom a reply is, and what people call it."""


BESIDE = 12
"""Pixels between what is told of the draft in one line."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A reply that was copied to be pasted where it is given: the text, for whom, and when (Unix seconds)."""

    text: str
    audience: str
    at: float


class ReplyBox(Measured):
    """Tells what is wished; it neither saves nor sends. `edited(text, audience)` comes for changes of the owner only.

    What is proposed stands in the field and is no reply yet: the owner makes it one by changing it, or by copying it.
    Of what was copied the main act is to mark it as answered, as long as it stands there as it was copied.
    """

    edited = Signal(str, str)
    left = Signal()
    copy_requested = Signal()
    send_requested = Signal()
    answered_requested = Signal()
    contact_requested = Signal()
    hand_over_requested = Signal(str, str)
    reply_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reply")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._limit: int | None = None
        self._way: Way | None = None
        self._filling = False
        self._told, self._ours, self._refused = ("", "public"), "", ""
        self._proposals: Mapping[str, str] = {}
        self._untouched, self._taken, self._keeps_place = True, False, True
        self.edit = ReplyEdit()
        self.edit.setAccessibleName(_("Your reply"))
        self.edit.setPlaceholderText(_("Write the reply here, or take a saved one. It is saved while you type."))
        self.edit.setMinimumHeight(56)
        self._group = QButtonGroup(self)
        self._audiences = {name: self._audience(_(title)) for name, title in AUDIENCES}
        self._audiences["public"].setChecked(True)
        self._saved = SavedMenu(self, lambda: bool(self._proposed(self.audience)) and not self.is_proposal)
        self.saved_menu, self.offer = self._saved.button, self._saved.offer
        self._safe_since: float | None = None
        self._count, self._mark = plain(tone="muted", wrap=False), plain(tone="muted", wrap=False)
        self._mark.setAccessibleName(_("State of the draft"))
        self._checks, self._note = ChecksLine(), plain()
        self._copied: Copied | None = None
        self._copied_told = ""
        self._send = button(_("Send"), self.send_requested.emit, main=True)
        self.has_page = True
        self._copy = button(_("Copy and open the post"), self._go, main=True)
        self._answered = button(_("Mark as answered"), self.answered_requested.emit)
        self._contact = button(_("Log a contact…"), self.contact_requested.emit)
        self._passing = HandOverRow()
        self.offer_targets = self._passing.offer
        self._lay_out()
        self._wire()
        self._changed()

    def _wire(self) -> None:
        self.edit.textChanged.connect(self._changed)
        self.edit.left.connect(self.left.emit)
        self.edit.copied.connect(self.take_proposal)
        self.edit.refused.connect(self._refuse_long)
        self._saved.chosen.connect(self.reply_chosen)
        self._saved.proposal_chosen.connect(self.propose_again)
        self._group.buttonClicked.connect(lambda _button: self._changed())

    def _audience(self, title: str) -> QPushButton:
        made = button(title)
        made.setProperty("seg", "true")
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    def _lay_out(self) -> None:
        rows = self.rows
        top = FlowLayout()
        for part in (*self._audiences.values(), self.saved_menu):
            top.addWidget(part)
        rows.addLayout(top)
        rows.addWidget(self._passing)
        rows.addWidget(self.edit, 1)
        told = QHBoxLayout()
        told.setSpacing(BESIDE)
        told.addWidget(self._checks, 1)
        told.addWidget(self._note, 1)
        told.addWidget(self._mark)
        told.addWidget(self._count)
        rows.addLayout(told)
        acts = FlowLayout()
        for part in (self._send, self._copy, self._answered, self._contact):
            acts.addWidget(part)
        rows.addLayout(acts)
        self.set_tight(on=False)

    def set_tight(self, *, on: bool) -> None:
        """Take less room in a low window; what stands in the menu too is left to the menu."""
        edge, gap = (8, 6) if on else (12, 8)
        self.rows.setContentsMargins(16, edge, 16, edge)
        self.rows.setSpacing(gap)
        self._contact.setVisible(not on)

    def event(self, event: QEvent) -> bool:
        """Keep room for all lines that the buttons need at this width: a splitter does not ask for it."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and self.layout():
            self._place_mark()
            self.setMinimumHeight(self.rows.totalMinimumHeightForWidth(min(self.width(), self.widest)))
        return handled

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.edit.toPlainText()

    @property
    def audience(self) -> str:
        """For whom: «public», «private» or «hand_over»."""
        return next((name for name, one in self._audiences.items() if one.isChecked()), "public")

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks of what stands in the box; what only the customer reads is not public."""
        in_private = self.can_send and self._way is not None and self._way.in_private
        return check_draft(self.text, "private" if in_private else self.audience, self._limit, self._ours)

    @property
    def can_send(self) -> bool:
        """True where what stands here can be sent for the audience chosen."""
        if self._way is None or self._way.problem is not None:
            return False
        return self.audience == "public" or (self.audience == "private" and self._way.in_private)

    @property
    def is_proposal(self) -> bool:
        """True while what stands in the box is proposed, and not the owner's."""
        return self._untouched and bool(self.text)

    @property
    def said(self) -> str:
        """What the owner says: the text, without one that is only proposed."""
        return "" if self.is_proposal else self.text

    def fill(self, text: str, audience: str, limit: int | None, proposals: Mapping[str, str] | None = None) -> None:
        """Show a draft, or where it is empty what is proposed for its audience; nothing is `edited` by that."""
        self._limit = self._way.limit if self._way is not None and self._way.limit is not None else limit
        self._untouched, self._taken = not text, False
        self._proposals = proposals or {}
        self._write(text or self._proposed(audience), audience)

    def propose(self, proposals: Mapping[str, str]) -> None:
        """Take what is proposed now; it is shown unless there is something of the owner's."""
        self._proposals = proposals
        if self._untouched and self.text != self._proposed(self.audience):
            self._write(self._proposed(self.audience), self.audience)

    def take_proposal(self) -> None:
        """Make a proposal the owner's own."""
        if self.is_proposal:
            self._take()

    def _take(self) -> None:
        self._untouched, self._taken = False, True
        self._changed()
        self.show_saved("")
        self.edited.emit(*self._told)

    def _proposed(self, audience: str) -> str:
        return _with_names(self._proposals.get(audience, ""))

    def _write(self, text: str, audience: str) -> None:
        self._filling = True
        self._audiences.get(audience, self._audiences["public"]).setChecked(True)
        if self.edit.toPlainText() != text:
            self.edit.setPlainText(text)
            self._place_caret()
        self._keeps_place = False
        self.show_saved("")
        self._changed()
        self._filling, self._keeps_place = False, True

    def _place_caret(self) -> None:
        """Have the owner go on at the end of what stands there; of a proposal before the shop's signature."""
        cursor = self.edit.textCursor()
        cursor.setPosition(utf16(self.text, _end_of(self.text, self._ours if self._untouched else "")))
        self.edit.setTextCursor(cursor)
        if self._untouched:
            self.edit.verticalScrollBar().setValue(0)  # it is to be read from its beginning

    def set_way(self, way: Way | None, limit: int | None) -> None:
        """Take whether a reply can be sent from here (None while that is not known), and how long one may be there.

        `limit` counts where the way says nothing; the text stays.
        """
        self._way = way
        self._limit = way.limit if way is not None and way.limit is not None else limit
        self._offer_sending()
        self._show_limits()

    def set_ours(self, text: str) -> None:
        """Take the text whose addresses and numbers may stand in public, the shop's own: its name, and below it its signature."""
        self._ours = text
        if self.is_proposal and not self.edit.hasFocus():
            self._place_caret()
        self._show_limits()

    def insert(self, text: str) -> None:
        """Put a prepared reply at the cursor, on a line of its own, or in place of a proposal, and go to its first blank.

        Blanks still open are called in it as people call them, in the language of the program.
        The owner can undo it in the field.
        """
        before, self._taken = self.text, True
        self._insert(text)
        if self.text == before:  # it is the very one that was proposed
            self._take()

    def _insert(self, text: str) -> None:
        cursor = self.edit.textCursor()
        if self.is_proposal:
            self._untouched = False
            cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(_gap(cursor) + _with_names(text))
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()
        self.next_blank(from_start=True)

    def next_blank(self, *, from_start: bool = False) -> bool:
        """Select the next blank after the cursor, or else the first; False where there is none."""
        text = self.text
        units = text.encode("utf-16-le", errors="surrogatepass")
        place = 0 if from_start else len(units[: self.edit.textCursor().position() * 2].decode("utf-16-le", "replace"))
        found = BLANK.search(text, place) or BLANK.search(text)
        if not found:
            return False
        cursor = self.edit.textCursor()
        cursor.setPosition(utf16(text, found.start()))
        cursor.setPosition(utf16(text, found.end()), QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()
        return True

    def show_saved(self, words: str, tone: str = "muted") -> None:
        """Write whether the draft is safe. That has its place also while it says nothing: else the checks would jump."""
        self._safe_since = None
        self._mark.setText(words)
        if tone == "muted":
            usual = _("saved {time}").format(time="00:00")
            width = self._mark.fontMetrics().horizontalAdvance(max(words, usual, key=len)) + 2
            self._mark.setMinimumWidth(max(width, self._mark.minimumWidth() if self._keeps_place else 0))
        self._mark.setToolTip("")
        set_tone(self._mark, tone)
        self._show_note()

    def saved_at(self, at: float, now: float) -> None:
        """Write that the draft has been safe since then (both Unix seconds); of what is proposed nothing is kept."""
        if not self.is_proposal:
            self.show_saved(_("saved {time}").format(time=exactly(at, now)))
            self._safe_since = at

    def tell_time(self, now: float) -> None:
        """Say since when the draft has been safe as it reads by now (Unix seconds), where that stands there."""
        if self._safe_since is not None:
            self.saved_at(self._safe_since, now)

    def propose_again(self) -> None:
        """Put what is proposed back: into an empty box as it was, else at the cursor. The owner can undo it in the field."""
        self._insert(self._proposals.get(self.audience, ""))

    def show_doubt(self, doubt: str, *, sending: bool = False) -> None:
        """Ask for a second press of «Copy», or of «Send»: `doubt` says why; «» goes back."""
        self._copy.setText(_("Copy anyway") if doubt and not sending else self._copy_words())
        self._copy.setAccessibleName(self._copy.text())
        self._send.setText(_("Send anyway") if doubt and sending else _("Send"))
        self._send.setAccessibleName(self._send.text())

    def refuse(self, why: str) -> None:
        """Say below the field why nothing was done, until the text changes; «» takes that back."""
        self._refused = why
        self._show_note()

    def _refuse_long(self, length: int) -> None:
        """Say why nothing was pasted."""
        most, over = number(MOST), number(length)
        self.refuse(_("Too long to paste: {n} characters; a reply has room for {most}.").format(n=over, most=most))

    @property
    def note(self) -> str:
        """What is said below the field instead of the checks, «» where these stand there."""
        return "" if self._note.isHidden() else self._note.text()

    def show_copied(self, copied: Copied | None, now: float) -> None:
        """Take what was copied of this case and not marked as answered yet; when is told as by now (Unix seconds)."""
        self._copied = copied
        if copied:
            words = _("Copied {time} · not marked as answered yet")
            self._copied_told = words.format(time=exactly(copied.at, now))
        self._offer_sending()
        self._show_note()

    @property
    def _is_copied(self) -> bool:
        """True while what was copied stands there as it was."""
        copied = self._copied
        return copied is not None and (copied.text, copied.audience) == (self.said.strip(), self.audience)

    def _show_note(self) -> None:
        """Say why something was refused, or else that the reply was copied; the checks give way to it."""
        words = self._refused or (self._copied_told if self._is_copied else "")
        self._note.setText(words)
        self._note.setAccessibleName(words)
        set_tone(self._note, "bad" if self._refused else "muted")
        self._note.setVisible(bool(words))
        self._checks.setVisible(not words)
        self._place_mark()

    def _place_mark(self) -> None:
        """Have the mark give way to a note, and to failed checks that it would cut; that a draft is unsafe is never hidden."""
        edges = self.rows.contentsMargins()
        others = edges.left() + edges.right() + self._mark.minimumWidth() + self._count.sizeHint().width() + 2 * BESIDE
        fits = self._checks.failed_width <= min(self.width(), self.widest) - others
        is_shown = self._note.isHidden() and (fits or self.is_proposal)
        self._mark.setVisible(is_shown or self._mark.property("tone") == "bad")

    def _offer_sending(self) -> None:
        """Offer «Send» where it works. One button is the main act: to send, to copy, or, once copied, to mark as answered."""
        self._send.setVisible(self.can_send)
        why = self._way.problem if self._way else None
        self._copy.setToolTip(tip(sentence(why)) if why and why.code != NO_WAY else "")
        copied = self._is_copied
        set_main(self._answered, on=copied)
        set_main(self._send, on=not copied)
        set_main(self._copy, on=not copied and not self.can_send)

    def _copy_words(self) -> str:
        if self.audience == HAND_OVER:
            return _("Hand over by mail")
        return _("Copy and open the post") if self.has_page else _("Copy the reply")

    def _go(self) -> None:
        if self.audience == HAND_OVER:
            self.hand_over_requested.emit(self._passing.target, self._passing.address)
        else:
            self.copy_requested.emit()

    def _changed(self) -> None:
        told, now = self._told, (self.text, self.audience)
        if not self._filling and self._untouched and told != now:
            if told[0] == now[0]:
                self._write(self._proposed(self.audience), self.audience)  # the owner chose for whom, and wrote nothing
                return
            self._untouched = False
        elif not self._filling and told[0] != now[0] and not self._taken and now[0]:
            self._untouched = now[0] == self._proposed(self.audience)  # it was had back as it stood there
        self._passing.setVisible(self.audience == HAND_OVER)
        if told != now:
            self._refused = ""
        self._offer_sending()
        self.show_doubt("")
        self._show_limits()
        self._show_proposal()
        self._show_note()
        self._told = now
        if not self._filling and told != now:
            if not self.is_proposal:
                self.show_saved("")
            self.edited.emit(self.said, self.audience)

    def _show_proposal(self) -> None:
        """Tell a proposal from what the owner wrote."""
        if self.is_proposal:
            self.show_saved(_("proposed"))
            self._mark.setToolTip(
                tip(
                    _(
                        "From a saved reply. It becomes yours once you change, copy or send it; until then nothing is kept."
                    )
                )
            )
        if self.edit.property("proposal") is not self.is_proposal:
            self.edit.setProperty("proposal", self.is_proposal)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)

    def _show_limits(self) -> None:
        self._checks.show_checks(self.checks)
        length = len(self.text)
        self._count.setText(
            (number(length) if length else "")
            if self._limit is None
            else _("{n} / {limit}").format(n=number(length), limit=number(self._limit))
        )
        set_tone(self._count, "bad" if self._limit is not None and length > self._limit else "muted")
        self._place_mark()


def _with_names(text: str) -> str:
    """Return a reply with the blanks still open called as people call them, in the language of the program."""
    return fill(text, {name: f"{{{called}}}" for name in blanks(text) if (called := labels.blank(name)) != name})


def _end_of(text: str, ours: str) -> int:
    """Return where a reply goes on: before the shop's signature (below the first line of `ours`) where it ends with that."""
    signature, body = ours.partition("\n")[2].strip(), text.rstrip()
    before = body.removesuffix(signature)
    is_signed = bool(signature) and before != body and before.endswith("\n") and bool(before.strip())
    return len(before.rstrip()) if is_signed else len(text)


def _gap(cursor: QTextCursor) -> str:
    """Return what has a reply at the cursor begin on a line of its own, an empty line after what was written before."""
    before = QTextCursor(cursor.document())
    before.setPosition(cursor.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
    if before.atBlockStart():
        return ""
    return "\n\n" if before.selectedText().strip() else "\n"
