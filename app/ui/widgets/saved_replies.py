"""The editor of saved replies: a list, and beside it the one chosen."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.verdict import Cause, Kind
from app.ui import labels
from app.ui.bench import Bench
from app.ui.click_pause import ClickPause
from app.ui.undo import Undo
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import button, plain
from app.ui.widgets.reply_box import AUDIENCES, HAND_OVER
from app.words import _

SAVE_MS = 500
"""Pause in typing after which a saved reply is kept."""

REPLY = int(Qt.ItemDataRole.UserRole)


class SavedReplies(QWidget):
    """Keeps what is typed by itself; `changed` after each change the desk has kept, `switched` when proposing is turned on or off."""

    changed = Signal()
    switched = Signal()

    def __init__(self, bench: Bench, undo: Undo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._undo = bench, undo
        self._current: SavedReply | None = None
        self._pause = ClickPause(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Saved replies"))
        self.list.setObjectName("card")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.language, self.kind, self.cause, self.audience = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self._choices = (self.language, self.kind, self.cause, self.audience)
        self.text.setPlaceholderText(
            _("Blanks stand in braces: {name}, {shop}, {town}, {signature}, {order}, {answer}, {when}")
        )
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
        self.proposing = QCheckBox(_("The one that fits best waits in the reply box of a case"))
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._fill_choices()
        self._lay_out()
        self._wire()

    def _fill_choices(self) -> None:
        self.language.addItem(_("Any language"), "")
        for code in labels.LANGUAGES:
            self.language.addItem(labels.language(code), code)
        self.kind.addItem(_("For anything"), "")
        for kind in Kind:
            self.kind.addItem(labels.kind(kind), kind.value)
        self.cause.addItem(_("Whatever it is about"), "")
        for cause in (one for one in Cause if one is not Cause.OTHER):
            self.cause.addItem(labels.cause(cause), cause.value)
        self.audience.addItem(_("For any reader"), "")
        for name, title in AUDIENCES:
            if name != HAND_OVER:
                self.audience.addItem(_(title), name)

    def _wire(self) -> None:
        self._timer.timeout.connect(self.flush)
        self.list.currentItemChanged.connect(self._chosen)
        self.name.textEdited.connect(lambda _text: self._timer.start())
        self.text.textChanged.connect(self._timer.start)
        for choice in self._choices:
            choice.activated.connect(lambda _number: self._timer.start())
        self.kind.activated.connect(lambda _number: self._enable())
        self.proposing.toggled.connect(lambda _on: self.switched.emit())

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        acts = QHBoxLayout()
        acts.addWidget(button(_("Add"), self.add))
        acts.addWidget(button(_("Remove"), self._remove_pressed, grave=True))
        acts.addStretch(1)
        self.list.setMinimumHeight(180)
        left.addWidget(self.list, 1)
        left.addLayout(acts)
        choices = FlowLayout()
        for choice in self._choices:
            choices.addWidget(choice)
        right.addWidget(self.name)
        right.addLayout(choices)
        right.addWidget(self.text, 1)
        right.addWidget(plain(_("Kept while you type."), "muted"))
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(left, 1)
        columns.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.proposing)
        whole.addWidget(
            plain(
                _("It is only proposed: nothing is sent, kept or logged unless you change, copy or send it."), "muted"
            )
        )
        whole.addLayout(columns)
        self._enable()

    def load(self) -> None:
        """Read the saved replies."""
        self._bench.read(self, lambda desk: desk.replies.saved(), self._take)

    def flush(self) -> None:
        """Keep what is typed."""
        self._timer.stop()
        if (now := self._typed()) and now != self._current and now.name and now.text.strip():
            self._current = now
            if item := self._item(now.id):
                item.setText(now.name)
                item.setData(REPLY, now)
            self._bench.keep(self, lambda desk: desk.replies.put_saved(now), lambda _kept: self.changed.emit())

    def add(self) -> None:
        """Begin another one; it is kept once it has a name and a text."""
        self.flush()
        self._add(SavedReply(uuid4().hex[:12], _("New reply"), ""))
        self.list.setCurrentRow(self.list.count() - 1)
        self.name.setFocus()
        self.name.selectAll()

    def _remove_pressed(self) -> None:
        if self._pause.takes():
            self.remove()

    def remove(self) -> None:
        """Remove the one chosen; it can be taken back."""
        if not (gone := self._current):
            return
        self._timer.stop()

        def ended(result: object) -> None:
            if isinstance(result, Problem):
                self._bench.announced.emit(result)
                return
            self._undo.push(
                _("Removed the saved reply «{name}».").format(name=gone.name), lambda desk: desk.replies.put_saved(gone)
            )
            if item := self._item(gone.id):
                self.list.takeItem(self.list.row(item))
            self.changed.emit()

        self._bench.write(self, lambda desk: desk.replies.remove_saved(gone.id), ended)

    def _take(self, replies: tuple[SavedReply, ...]) -> None:
        wanted = self._current.id if self._current else ""
        self.list.clear()
        for reply in replies:
            self._add(reply)
        place = next((number for number, one in enumerate(replies) if one.id == wanted), 0)
        self.list.setCurrentRow(place if replies else -1)
        self._enable()

    def _add(self, reply: SavedReply) -> None:
        item = QListWidgetItem(reply.name)
        item.setData(REPLY, reply)
        self.list.addItem(item)

    def _item(self, reply_id: str) -> QListWidgetItem | None:
        items = (self.list.item(place) for place in range(self.list.count()))
        return next((item for item in items if item.data(REPLY).id == reply_id), None)

    def _typed(self) -> SavedReply | None:
        if not self._current:
            return None
        return replace(
            self._current,
            name=self.name.text().strip(),
            text=self.text.toPlainText(),
            language=str(self.language.currentData() or ""),
            kind=str(self.kind.currentData() or ""),
            cause=str(self.cause.currentData() or "") if self._is_complaint else "",
            audience=str(self.audience.currentData() or ""),
        )

    @property
    def _is_complaint(self) -> bool:
        return bool(self.kind.currentData() == Kind.COMPLAINT.value)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        self.flush()
        self._current = item.data(REPLY) if item else None
        reply = self._current or SavedReply("", "", "")
        self.name.setText(reply.name)
        self.text.setPlainText(reply.text)
        self.language.setCurrentIndex(max(0, self.language.findData(reply.language)))
        self.kind.setCurrentIndex(max(0, self.kind.findData(reply.kind)))
        self.cause.setCurrentIndex(max(0, self.cause.findData(reply.cause)))
        self.audience.setCurrentIndex(max(0, self.audience.findData(reply.audience)))
        self._timer.stop()
        self._enable()

    def _enable(self) -> None:
        for part in (self.name, self.text, *self._choices):
            part.setEnabled(self._current is not None)
        self.cause.setVisible(self._is_complaint)
