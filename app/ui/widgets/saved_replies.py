"""The editor of saved replies: a list, and beside it the one chosen."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.reply import SavedReply
from app.core.verdict import Cause, Kind
from app.ui import labels
from app.ui.bench import Bench
from app.ui.click_pause import ClickPause
from app.ui.undo import Undo
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, plain
from app.ui.widgets.reply_box import AUDIENCES, HAND_OVER
from app.ui.widgets.reply_list import REPLY, ReplyList
from app.ui.widgets.top_bar import SearchField
from app.words import _

SAVE_MS = 500
"""Pause in typing after which a saved reply is kept."""

FIELDS = ("name", "text", "language", "kind", "cause", "audience")
"""What of a saved reply is edited."""


class SavedReplies(QWidget):
    """Keeps what is typed by itself; `changed` after each change the desk has kept, `switched` when proposing is turned on or off.

    `typed` when something is to be kept soon, `refused` where it was not.
    """

    changed = Signal()
    typed = Signal()
    refused = Signal()
    switched = Signal()

    def __init__(self, bench: Bench, undo: Undo) -> None:
        super().__init__()
        self._bench, self._undo = bench, undo
        self._current: SavedReply | None = None
        self._pause = ClickPause(self)
        self._shown = SavedReply("", "", "")
        self.list = ReplyList()
        self.search, self.spoken = SearchField(), QComboBox()
        self.search.setPlaceholderText(_("Find a saved reply"))
        self.search.setAccessibleName(_("Find a saved reply"))
        self.search.setClearButtonEnabled(True)
        self.spoken.setAccessibleName(_("Replies in this language"))
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.language, self.kind, self.cause, self.audience = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self._choices = (self.language, self.kind, self.cause, self.audience)
        self.text.setPlaceholderText(_("What you answer, with blanks in braces"))
        self.text.setTabChangesFocus(True)
        self.name.setPlaceholderText(_("Name in the menu"))
        for part, name in (
            (self.name, _("Name in the menu")),
            (self.language, _("Language")),
            (self.kind, _("For what")),
            (self.cause, _("What the complaint is about")),
            (self.audience, _("For whom")),
            (self.text, _("Text of the reply")),
        ):
            part.setAccessibleName(name)
        self.proposing = QCheckBox(_("Propose the best fit in the reply box of a case"))
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._fill_choices()
        self._lay_out()
        self._wire()

    def _fill_choices(self) -> None:
        self.spoken.addItem(_("All languages"), "")
        for code in labels.LANGUAGES:
            self.spoken.addItem(labels.language(code), code)
        self.language.addItem(_("Any language"), "")
        for code in labels.LANGUAGES:
            self.language.addItem(labels.language(code), code)
        self.kind.addItem(_("For anything"), "")
        for kind in Kind:
            self.kind.addItem(labels.kind(kind), kind.value)
        self.cause.addItem(_("Any subject"), "")
        for cause in (one for one in Cause if one is not Cause.OTHER):
            self.cause.addItem(labels.cause(cause), cause.value)
        self.audience.addItem(_("For any reader"), "")
        for name, title in AUDIENCES:
            if name != HAND_OVER:
                self.audience.addItem(_(title), name)

    def _wire(self) -> None:
        self._timer.timeout.connect(self.flush)
        self.list.currentItemChanged.connect(self._chosen)
        self.name.textEdited.connect(lambda _text: self._later())
        self.text.textChanged.connect(self._later)
        for choice in self._choices:
            choice.activated.connect(lambda _number: self._later())
        self.kind.activated.connect(lambda _number: self._enable())
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.left_for_list.connect(self.list.setFocus)
        self.spoken.activated.connect(lambda _number: self._find())
        self.proposing.toggled.connect(lambda _on: self.switched.emit())

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        acts = QHBoxLayout()
        acts.addWidget(button(_("Add"), self.add))
        acts.addWidget(button(_("Remove"), self._remove_pressed, grave=True))
        acts.addStretch(1)
        self.list.setMinimumHeight(320)
        left.addWidget(self.list, 1)
        left.addLayout(acts)
        choices = FlowLayout()
        for choice in self._choices:
            choices.addWidget(choice)
        right.addWidget(self.name)
        right.addLayout(choices)
        right.addWidget(self.text, 1)
        right.addWidget(plain(_("Saved as you type."), "muted"))
        right.addWidget(plain(blanks_told(), "muted"))
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(left, 2)
        columns.addLayout(right, 3)
        whole = column_in(self, 8)
        whole.addWidget(self.proposing)
        whole.addWidget(
            plain(
                _("It is only proposed: nothing is sent, kept or logged unless you change, copy or send it."), "muted"
            )
        )
        finding = QHBoxLayout()
        finding.setSpacing(8)
        finding.addWidget(self.search, 1)
        finding.addWidget(self.spoken)
        whole.addLayout(finding)
        whole.addLayout(columns)
        self._enable()

    def load(self) -> None:
        self._bench.read(self, lambda desk: desk.replies.saved(), self._take)

    def _later(self) -> None:
        self._timer.start()
        if self._typed() != self._current:
            self.typed.emit()

    def flush(self) -> None:
        self._timer.stop()
        before = self._current, self._shown
        if (now := self._typed()) and now != self._current and now.name and now.text.strip():
            self._current, self._shown = now, self._read()
            self.list.put(now)

            def refused() -> None:
                if self._current is now:  # it is tried again with the next change
                    self._current, self._shown = before
                self.refused.emit()

            self._bench.keep(self, lambda desk: desk.replies.put_saved(now), lambda _kept: self.changed.emit(), refused)

    def add(self) -> None:
        """Begin another one, in the language looked at; it is kept once it has a name and a text."""
        self.flush()
        self.search.clear()
        self.list.add(SavedReply(uuid4().hex[:12], _("New reply"), "", str(self.spoken.currentData() or "")))
        self.name.setFocus()
        self.name.selectAll()

    def _find(self) -> None:
        self.list.leave(self.search.text(), str(self.spoken.currentData() or ""))

    def _remove_pressed(self) -> None:
        if self._pause.takes():
            self.remove()

    def remove(self) -> None:
        """Remove the one chosen; it can be taken back."""
        if not (gone := self._current):
            return
        self._timer.stop()

        def removed(_none: None) -> None:
            self._undo.push(
                _("Removed the saved reply «{name}».").format(name=gone.name), lambda desk: desk.replies.put_saved(gone)
            )
            self.list.remove(gone.id)
            self.changed.emit()

        self._bench.keep(self, lambda desk: desk.replies.remove_saved(gone.id), removed)

    def _take(self, replies: tuple[SavedReply, ...]) -> None:
        self.list.show_replies(replies, self._current.id if self._current else "")
        self._enable()

    def _read(self) -> SavedReply:
        return SavedReply(
            "",
            self.name.text().strip(),
            self.text.toPlainText(),
            *(str(choice.currentData() or "") for choice in self._choices),
        )

    def _typed(self) -> SavedReply | None:
        """Return the reply as it is now: what the owner did not change stays as it came, whatever the fields make of it."""
        if not self._current:
            return None
        now = self._read()
        changed = {name: value for name in FIELDS if (value := getattr(now, name)) != getattr(self._shown, name)}
        if "kind" in changed and not self._is_complaint:
            changed["cause"] = ""
        return replace(self._current, **changed)

    @property
    def _is_complaint(self) -> bool:
        return bool(self.kind.currentData() == Kind.COMPLAINT.value)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        reply, before = item.data(REPLY) if item else None, self._current
        self.flush()
        if reply and before and reply.id == before.id and (reply == before or self._current != before):
            return  # it stands there already, or was typed on since it was read
        self._current = reply
        reply = reply or SavedReply("", "", "")
        self.name.setText(reply.name)
        self.text.setPlainText(reply.text)
        for choice, value in zip(self._choices, (reply.language, reply.kind, reply.cause, reply.audience), strict=True):
            _show(choice, value)
        self._shown = self._read()
        self._timer.stop()
        self._enable()

    def _enable(self) -> None:
        for part in (self.name, self.text, *self._choices):
            part.setEnabled(self._current is not None)
        self.cause.setVisible(self._is_complaint)


_BLANKS = ("name", "full name", "shop", "town", "signature", "order", "answer", "when")


def blanks_told() -> str:
    """Return what each blank gives, for whoever writes a saved reply."""
    names = {name: f"{{{labels.blank(name)}}}" for name in _BLANKS}
    return "\n".join(
        words.format(**names)
        for words in (
            _(
                "{name} is how the customer is addressed after a greeting: «Pani Anno», «Анна Сергеевна», «Emily». It is left out when the first name is not certain, as with «anna_k» or «J. Nowak»."
            ),
            _("{full name} is the name as it is written. {shop}, {town} and {signature} are those of your shop."),
            _("{order}, {answer}, {when} and any other blank are left for you to fill in."),
        )
    )


def _show(choice: QComboBox, value: str) -> None:
    """Choose a value; one that is not offered, written into the file by hand, is offered from now on."""
    if choice.findData(value) < 0:
        known = next((labels.cause(one) for one in Cause if one.value == value), value)
        choice.addItem(known, value)
    choice.setCurrentIndex(choice.findData(value))
