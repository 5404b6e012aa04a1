"""The bar on top: search everything, how the listener is, check now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.core.messages import Status
from app.ui import icons, quiet
from app.ui.format import when
from app.ui.theme import Theme
from app.ui.widgets.pieces import Elided, flat_button, plain, set_tone
from app.words import _, ngettext
from app.words.problems import why_unkept

SEARCH_MS = 200
"""Pause in typing after which a search starts."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence on the listener and the tone it is told in."""

    sentence: str
    tone: str
    dot: str = "◉"


def status_told(status: Status | None, now: float, quiet_until: float = 0.0) -> Told:
    """Return how the listener is, in a sentence, and before that until when the bell is quiet, if it is."""
    listener, silence = _listener_told(status, now), quiet.told(quiet_until, now)
    return replace(listener, sentence=f"{silence} · {listener.sentence}") if silence else listener


def _listener_told(status: Status | None, now: float) -> Told:
    if status is None:
        return Told(_("not listening: the listener is not running"), "bad", "○")
    if stopped := _stopped_told(status):
        return stopped
    if status.polling:
        return Told(
            ngettext("checking {n} watch", "checking {n} watches", status.polling).format(n=status.polling), "good"
        )
    if not status.watches:
        return Told(_("no watch is on"), "warn", "○")
    if status.failing:
        return Told(_("watches: {n} · failing: {failing}").format(n=status.watches, failing=status.failing), "warn")
    words = ngettext("listening · {n} watch", "listening · {n} watches", status.watches).format(n=status.watches)
    if status.last_heard <= 0:
        return Told(words, "good")
    return Told(_("{listening} · last heard {time}").format(listening=words, time=when(status.last_heard, now)), "good")


def _stopped_told(status: Status) -> Told | None:
    """Return what stops everything, None where nothing does."""
    if status.unkept:
        return Told(_("cannot save anything: {why}").format(why=why_unkept(status.unkept)), "bad", "○")
    if status.paused:
        return Told(_("paused until you go on or Counterbell starts again"), "warn", "○")
    return Told(_("no network: catching up when it is back"), "warn", "○") if status.offline else None


class SearchField(QLineEdit):
    """`left_for_list` is sent by Enter and Down."""

    left_for_list = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_for_list.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """`searched` carries what is searched, trimmed, «» when the search ends."""

    searched = Signal(str)
    check_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.field = SearchField()
        self.field.setPlaceholderText(_("Search everything"))
        self.field.setAccessibleName(_("Search everything"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(160)
        self.field.setMaximumWidth(420)
        self._lens = self.field.addAction(
            icons.icon("search", theme.tones.muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self._dot = plain("○", wrap=False)
        self.status = Elided(_("opening…"), "muted")
        self.status.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._check = flat_button(_("Check now"), self.check_requested.emit)
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._timer.timeout.connect(self._search)
        self._last = ""
        self.field.textChanged.connect(self._typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.field, 2)
        row.addSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self.status, 3)
        row.addWidget(self._check)
        theme.changed.connect(self._dress)
        self._dress()

    def show_status(self, told: Told) -> None:
        """Write how the listener is."""
        self._dot.setText(told.dot)
        set_tone(self._dot, told.tone)
        set_tone(self.status, "muted" if told.tone == "good" else told.tone)
        self.status.setText(told.sentence)

    def end_search(self) -> None:
        """Empty the field without a search of its own."""
        self._last = ""
        self.field.clear()

    def _typed(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._search()

    def _search(self) -> None:
        words = self.field.text().strip()
        if words != self._last:
            self._last = words
            self.searched.emit(words)

    def _dress(self) -> None:
        self._lens.setIcon(icons.icon("search", self._theme.tones.muted))
        self._check.setIcon(icons.icon("refresh", self._theme.tones.text))
