"""The bar on top: search everything, how the listener is, check now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from app.core.messages import Status
from app.ui import icons, quiet
from app.ui.format import tip, when
from app.ui.theme import Theme
from app.ui.widgets.pieces import PushButton, flat_button, plain, set_tone
from app.words import _, ngettext
from app.words.problems import why_unkept

SEARCH_MS = 200
"""Pause in typing after which a search starts."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence on the listener, the tone it is told in, and what there is to say besides where the sentence is pointed at."""

    sentence: str
    tone: str
    dot: str = "◉"
    more: str = ""


def status_told(status: Status | None, now: float, quiet_until: float = 0.0, kept: int = 0) -> Told:
    """Return how the listener is, in a sentence, and before that until when the bell is quiet, if it is.

    `kept` counts the watches that the shop has, paused ones too.
    """
    listener, silence = _listener_told(status, now, kept), quiet.told(quiet_until, now)
    return replace(listener, sentence=f"{silence} · {listener.sentence}") if silence else listener


def _listener_told(status: Status | None, now: float, kept: int) -> Told:
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
    words, tone = _watches_told(status, kept), "good"
    if status.failing:
        failing = ngettext("{n} failing", "{n} failing", status.failing).format(n=status.failing)
        words, tone = f"{words} · {failing}", "warn"
    if status.last_heard <= 0:
        return Told(words, tone)
    return Told(_("{listening} · last heard {time}").format(listening=words, time=when(status.last_heard, now)), tone)


def _watches_told(status: Status, kept: int) -> str:
    """Return how many watches are on, and of how many where some are paused; «listening» only where none fails."""
    some, count = status.watches < kept, max(status.watches, kept)
    if status.failing:
        words = (
            ngettext("{n} of {all} watch", "{n} of {all} watches", count)
            if some
            else ngettext("{n} watch", "{n} watches", count)
        )
    else:
        words = (
            ngettext("listening · {n} of {all} watch", "listening · {n} of {all} watches", count)
            if some
            else ngettext("listening · {n} watch", "listening · {n} watches", count)
        )
    return words.format(n=status.watches, all=kept)


def _stopped_told(status: Status) -> Told | None:
    """Return what stops everything, None where nothing does."""
    if status.unkept:
        return Told(_("cannot save anything: {why}").format(why=why_unkept(status.unkept)), "bad", "○")
    if status.paused:
        more = _("Paused until you go on or Counterbell starts again")
        return Told(_("paused: nothing is heard"), "warn", "○", more)
    return Told(_("no network: catching up when it is back"), "warn", "○") if status.offline else None


class SearchField(QLineEdit):
    """`left_for_list` is sent by Enter and Down."""

    left_for_list = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_for_list.emit()
        else:
            super().keyPressEvent(event)


class StatusButton(PushButton):
    """How the listener is, and the way to what it listens to; a sentence too long for the room ends in «…».

    The button is as wide as its words, so that nothing beside them can be pressed.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("status", "true")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tell(text)

    def tell(self, text: str, more: str = "") -> None:
        """Show a sentence; what is said besides stands in the tip, with where a press leads."""
        self.setText(text)
        self.setToolTip(tip("\n".join(part for part in (text, more, _("Shows the watches")) if part)))
        self.setAccessibleName(text)
        self.setAccessibleDescription(" ".join(part for part in (more, _("Shows the watches")) if part))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()


class TopBar(QWidget):
    """`searched` carries what is searched, trimmed, «» when the search ends; `watches_requested` by a press on the status."""

    searched = Signal(str)
    check_requested = Signal()
    watches_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
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
        self.status = StatusButton(_("opening…"))
        self.status.clicked.connect(lambda _on=False: self.watches_requested.emit())
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
        row.addWidget(self.status)
        row.addStretch(1)
        row.addWidget(self._check)
        theme.changed.connect(self._dress)
        self._dress()

    def show_status(self, told: Told) -> None:
        """Write how the listener is."""
        self._dot.setText(told.dot)
        set_tone(self._dot, told.tone)
        set_tone(self.status, "muted" if told.tone == "good" else told.tone)
        self.status.tell(told.sentence, told.more)

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
