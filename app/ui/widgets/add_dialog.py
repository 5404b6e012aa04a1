"""The window in which something is entered by hand: a call, a visit, a link, a text, a picture with its words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextCursor,
)
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.by_hand import Entry, Where, link_beside, link_of
from app.core.mention import ArchivedMention
from app.core.ports.by_hand import EntryDraft, Kept
from app.core.problems import Problem
from app.core.verdict import Verdict, judged_text
from app.ui.bench import Bench, Errand
from app.ui.entry_keeper import EntryKeeper, Left, added, left, unpacked
from app.ui.format import FIELD_MOMENT, locale, named, one_line, shortened, stars
from app.ui.pictures import Ready, ready
from app.ui.widgets.case_head import verdict_told
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.kept_picture import PictureLabel
from app.ui.widgets.layouts import row_in
from app.ui.widgets.paste_text import PasteText, can_take
from app.ui.widgets.pieces import button, in_order, line, plain, set_tone
from app.ui.widgets.who_field import WhoField
from app.words import _
from app.words.names import where_name
from app.words.problems import sentence

PAUSE_MS = 400
"""Pause in typing after which the detector is asked."""
THUMB = 120
FRAME = 40
"""Pixels that the desktop draws above the window."""

MINUTE = 60
"""Seconds; the time is shown to the minute."""


class AddDialog(QDialog):
    """Stays open beside the window; what was typed stays in it, and on the disk, until it is added or cleared.

    `kept(Kept, EntryDraft)` when the desk has it, `cleared(EntryDraft)` when it was thrown away, `known(mention_id)` to open what was
    heard already, `table_given(path)` when a table is dropped on it.
    """

    kept = Signal(object, object)
    cleared = Signal(object)
    known = Signal(int)
    table_given = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._picture = b""
        self._heard: int | None = None
        self._again, self._asked_for_draft = False, False
        self._asked: Errand | None = None
        self._own_time, self._own_place, self._was_empty = False, False, True
        self.keeper = EntryKeeper(bench, lambda: self.draft, self)
        self.text, self.link = PasteText(), QLineEdit()
        self.where, self.stars = QComboBox(), QComboBox()
        self.at = QDateTimeEdit()
        self.who = WhoField(bench)
        self.verdict, self.told = plain(tone="muted"), plain(tone="bad")
        self.heard = QWidget()
        self.picture = QWidget()
        self._label = PictureLabel(THUMB)
        self.add = button(_("Add"), self.submit, main=True, hint=_keys())
        self.clear_button = button(
            _("Clear"), self.clear, hint=_("Clears all fields; Undo in the window brings it all back")
        )
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._fill()
        self._lay_out()
        self._wire()
        self._clear()

    def _fill(self) -> None:
        self.setWindowTitle(_("Add what was said"))
        self.setAcceptDrops(True)
        for where in Where:
            self.where.addItem(where_name(where), where)
        self.stars.addItem(_("no stars"), None)
        for number in range(1, 6):
            self.stars.addItem(stars(number), float(number))
        self.at.setLocale(locale())
        self.at.setDisplayFormat(FIELD_MOMENT)
        self.at.setCalendarPopup(True)
        self.text.setPlaceholderText(_("What was said or written. Paste a text, a link or a picture, or drop it here."))
        self.link.setPlaceholderText(_("Link, if there is one; nothing is fetched from there"))
        self.link.setClearButtonEnabled(True)
        for part, name in (
            (self.text, _("What was said or written")),
            (self.link, _("Link")),
            (self.where, _("Where it was said")),
            (self.at, _("When")),
            (self.stars, _("Stars")),
        ):
            part.setAccessibleName(name)

    def _lay_out(self) -> None:
        self._words = plain("")
        self._open_heard = button(_("Open it"), self._show_heard)
        self._take_again = button(_("Add it all the same"), self._insist)
        beside = row_in(self.heard)
        beside.addWidget(self._words, 1)
        beside.addWidget(self._open_heard)
        beside.addWidget(self._take_again)
        image = row_in(self.picture)
        image.addWidget(self._label, 1)
        hint = QVBoxLayout()
        hint.addWidget(plain(_("Counterbell does not read pictures: type or paste the words in it above."), "muted"))
        hint.addWidget(button(_("Remove the picture"), self._drop_picture), 0, Qt.AlignmentFlag.AlignLeft)
        hint.addStretch(1)
        image.addLayout(hint, 2)
        facts = FlowLayout()
        for part in (self.where, self.at, self.stars):
            facts.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addWidget(self.text, 1)
        rows.addWidget(self.picture)
        rows.addWidget(self.link)
        rows.addWidget(self.heard)
        rows.addLayout(facts)
        rows.addWidget(self.who)
        rows.addWidget(line())
        rows.addWidget(self.verdict)
        rows.addWidget(self.told)
        rows.addLayout(self._ends())
        self.heard.hide()
        self.text.setMinimumHeight(112)
        self.resize(560, 440)

    def event(self, event: QEvent) -> bool:
        """Be high enough for all lines that the fields need at this width: Qt asks a window for its width alone."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and (rows := self.layout()):
            room = self.screen().availableSize().height() - FRAME
            self.setMinimumHeight(min(rows.totalMinimumHeightForWidth(self.width()), room))
        return handled

    def _ends(self) -> QHBoxLayout:
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(plain(_("Stays on this computer."), "muted"), 1)
        ends.addWidget(self.clear_button)
        for part in in_order(self.add, button(_("Cancel"), self.reject)):
            ends.addWidget(part)
        return ends

    def _wire(self) -> None:
        self.text.linked.connect(self.take_link)
        self.text.pictured.connect(self.take_picture)
        self.text.table_given.connect(self.table_given)
        self.text.textChanged.connect(self._changed)
        self.stars.currentIndexChanged.connect(lambda _place: self._changed())
        self.link.textChanged.connect(self._link_changed)
        self.at.dateTimeChanged.connect(lambda _when: self._choose_time())
        self.where.activated.connect(lambda _place: self._choose_place())
        self.who.changed.connect(self._touch)
        self.keeper.failed.connect(lambda problem: self._say(sentence(problem)))
        self._soon.timeout.connect(self._ask)
        self._bench.clock_read.connect(self._move_on)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit)

    @property
    def is_empty(self) -> bool:
        """True while there is nothing to lose."""
        return not (self._has_words or self._picture or self.who.name or self.who.handle)

    @property
    def _has_words(self) -> bool:
        return bool(self.text.toPlainText().strip() or self.link.text().strip())

    @property
    def draft(self) -> EntryDraft | None:
        """What is filled in, to be kept until it is added; None for nothing. It has no time while the owner chose none."""
        if self.is_empty:
            return None
        entry = self.entry if self._own_time else replace(self.entry, at=None)
        return EntryDraft(entry, self.who.customer_id, self._picture)

    @property
    def entry(self) -> Entry:
        """What is filled in; the time is the one shown, to the second if that is the minute it is by now."""
        shown, now = float(self.at.dateTime().toSecsSinceEpoch()), self._bench.now()
        return Entry(
            "",
            Where(self.where.currentData()),
            text=self.text.toPlainText(),
            url=self.link.text().strip(),
            author=self.who.name,
            handle=self.who.handle,
            at=shown if shown // MINUTE < now // MINUTE else now,
            stars=self.stars.currentData(),
            again=self._again,
        )

    def begin(self) -> None:
        """Show the window, filled as it was left, be it by an earlier run of the program; a time nobody chose is now."""
        if self.is_empty:
            self._clear()
        if not self._own_time:
            self._show_now()
        if not self._asked_for_draft:
            self._asked_for_draft = True
            self._bench.read(self, left, self._take_left)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def hold(self, draft: EntryDraft) -> None:
        """Fill in what was cleared or added, beside what was typed since."""
        self._bench.read(self, lambda desk: unpacked(desk, draft), self._take_left)

    def _take_left(self, found: Left | Problem | None) -> None:
        if isinstance(found, Problem):
            self._bench.announced.emit(found)
        elif found:
            self._take_up(found)
        self.keeper.begin()

    def _take_up(self, found: Left) -> None:
        """Fill in what was typed before; nothing that was typed since is lost."""
        entry, typed = found.draft.entry, self.text.toPlainText()
        other = entry.url if self.link.text().strip() not in {"", entry.url} else ""
        if self.is_empty:
            self.where.setCurrentIndex(self.where.findData(entry.where))
            self.stars.setCurrentIndex(max(0, self.stars.findData(entry.stars)))
            self._own_place = True
            if entry.at is not None:
                self.at.setDateTime(QDateTime.fromSecsSinceEpoch(int(entry.at)))
                self._own_time = True
        self.text.setPlainText("\n".join(part for part in (entry.text, other, typed) if part))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        if not other:
            self.link.setText(entry.url)
        if not (self.who.name or self.who.handle):
            self.who.show_who(entry.author, entry.handle, found.customer)
        if found.image is not None and not self._picture:
            self._take_small((found.draft.picture, found.image))

    def take_link(self, link: str, text: str = "") -> None:
        """Put a link into its field, and the words that `text` has beside it into theirs; a second link stays a text."""
        if self.link.text().strip():
            self.text.insertPlainText(text or link)
            return
        if words := link_beside(text)[1]:
            self.text.insertPlainText(words)
        self.link.setText(link)
        if not self._own_place:
            self.where.setCurrentIndex(self.where.findData(Where.WEB))

    def take_picture(self, given: bytes | QImage | Path) -> None:
        """Make a picture ready, off the GUI thread, and show it."""
        self._say("")
        self._bench.read(self, lambda _desk: ready(given), self._take_small)

    def _take_small(self, found: Ready | Problem) -> None:
        if isinstance(found, Problem):
            self._say(sentence(found))
            return
        self._picture, image = found
        self._label.show_image(image)
        self.picture.show()
        self._changed()

    def _drop_picture(self) -> None:
        self._picture = b""
        self._label.show_image(QImage())
        self.picture.hide()
        self._changed()

    def submit(self) -> None:
        """Have the desk keep what is filled in."""
        if not self.add.isEnabled():
            return
        draft = EntryDraft(self.entry, self.who.customer_id, self._picture)
        self.add.setEnabled(False)
        if not self._bench.write(self, lambda desk: added(desk, draft), partial(self._ended, draft)):
            self._changed()

    def _ended(self, draft: EntryDraft, result: Kept | Problem) -> None:
        self._changed()
        if isinstance(result, Problem):
            self._say(sentence(result))
        elif result.mention_id is not None:
            self._link_changed(self.link.text())
        else:
            self._clear()
            self.hide()
            self.kept.emit(result, draft)

    def clear(self) -> None:
        """Throw away what is filled in."""
        draft = self.draft
        self._clear()
        self.keeper.flush()
        self.text.setFocus()
        if draft:
            self.cleared.emit(draft)

    def _clear(self) -> None:
        self.text.clear()
        self.link.clear()
        self.who.clear()
        self.stars.setCurrentIndex(0)
        if self.where.currentData() == Where.WEB:  # set by a link; else the next one is likely said in the same place
            self.where.setCurrentIndex(0)
        self._show_now()
        self._own_place = False
        self._drop_picture()
        self._say("")

    def _changed(self) -> None:
        self.add.setEnabled((self._has_words or bool(self._picture)) and (self._heard is None or self._again))
        self._say("")
        self._soon.start()
        self._touch()

    def _touch(self) -> None:
        self._move_on(begins=self._was_empty and not self.is_empty)
        self._was_empty = self.is_empty
        self.clear_button.setVisible(not self.is_empty)
        self.keeper.touch()

    def _choose_time(self) -> None:
        self._own_time = True
        self._touch()

    def _show_now(self) -> None:
        """Let the time be that of the clock, and nobody's choice."""
        with QSignalBlocker(self.at):
            self.at.setDateTime(QDateTime.fromSecsSinceEpoch(int(self._bench.now())))
        self._own_time = False

    def _move_on(self, *, begins: bool = False) -> None:
        """Let a time nobody chose be now until something is filled in; it stays that of the first letter from then on."""
        waits = self.is_empty and not self.at.hasFocus()  # in there it may be about to be changed
        if (begins or waits) and not self._own_time:
            self._show_now()

    def _choose_place(self) -> None:
        self._own_place = True
        self._touch()

    def _ask(self) -> None:
        """Ask what the detector says of it so far."""
        entry = self.entry
        if self._asked:
            self._asked.cancel()
        if not entry.text.strip():
            self.verdict.setText("")
            return
        self._asked = self._bench.read(self, lambda desk: desk.by_hand.verdict(entry), partial(self._judged, entry))

    def _judged(self, entry: Entry, verdict: Verdict) -> None:
        unheard = replace(verdict, lean=0.0)  # no bell rings for it
        text = judged_text(entry.title, entry.text.strip())
        self.verdict.setText(verdict_told(unheard, verdict.kind, text, entry.stars))

    def _link_changed(self, typed: str) -> None:
        self._heard, self._again = None, False
        self.heard.hide()
        self._changed()
        link = typed.strip()
        if link_of(link) or link_of(f"https://{link}"):
            self._bench.read(self, lambda desk: desk.by_hand.heard(link), partial(self._recognised, typed))

    def _recognised(self, typed: str, found: ArchivedMention | None) -> None:
        if found is None or typed != self.link.text():
            return
        self._heard = found.id
        mention = found.mention
        words = shortened(one_line(mention.text or mention.title), 90)
        who = named(mention.author) or _("somebody")
        self._words.setText(_("Heard already. {who}: {words}").format(who=who, words=words))
        set_tone(self._words, "warn")
        self.heard.show()
        self._changed()

    def _show_heard(self) -> None:
        if self._heard is not None:
            self.known.emit(self._heard)

    def _insist(self) -> None:
        """Take another thing that stands at the same address, such as a second comment on a page."""
        self._again = True
        self.heard.hide()
        self._changed()

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.text.take(QGuiApplication.clipboard().mimeData())
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.text.take(event.mimeData())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()
        self.keeper.flush()


def _keys() -> str:
    return QKeySequence("Ctrl+Enter").toString(QKeySequence.SequenceFormat.NativeText)
