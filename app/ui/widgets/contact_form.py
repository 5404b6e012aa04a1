"""The panel in which a contact is logged: a call, a visit, a mail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.customer import Channel, Direction
from app.ui import labels
from app.ui.format import FIELD_MOMENT, locale
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import button, in_order, plain, section
from app.words import _


@dataclass(frozen=True, slots=True)
class Noted:
    """A contact as filled in; `at` is Unix seconds."""

    direction: Direction
    channel: Channel
    text: str
    at: float
    who: str


class ContactForm(QWidget):
    """Shown where it is needed, hidden again when saved or left; `noted` carries what was filled in.

    `edited(text, how)` comes for changes of the owner only, once there is a text; `how` is what `fill` takes.
    """

    noted = Signal(object)
    edited = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._direction, self._channel = QComboBox(), QComboBox()
        for way in Direction:
            self._direction.addItem(labels.direction(way), way)
        for channel in labels.CHANNELS:
            self._channel.addItem(labels.channel(channel), channel)
        self._at = QDateTimeEdit()
        self._at.setLocale(locale())
        self._at.setDisplayFormat(FIELD_MOMENT)
        self._at.setCalendarPopup(True)
        self._who = QLineEdit()
        self._who.setPlaceholderText(_("Which of us"))
        self._text = QPlainTextEdit()
        self._text.setPlaceholderText(_("What was said or agreed"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(72)
        keys = QKeySequence("Ctrl+Enter").toString(QKeySequence.SequenceFormat.NativeText)
        self._save = button(_("Save contact"), self._done, main=True, hint=keys)
        for part, name in (
            (self._direction, _("Direction")),
            (self._channel, _("Channel")),
            (self._at, _("When")),
            (self._who, _("Which of us")),
            (self._text, _("What was said or agreed")),
        ):
            part.setAccessibleName(name)
        self._filling, self._own_time, self._told = False, False, ("", "")
        self._lay_out()
        self._text.textChanged.connect(self._changed)
        self._who.textChanged.connect(self._changed)
        self._at.dateTimeChanged.connect(self._choose_time)
        for choice in (self._direction, self._channel):
            choice.currentIndexChanged.connect(self._changed)
        self._changed()
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Claim Ctrl+Enter while the panel has the keyboard: it saves here, and copies the reply elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _saves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _saves(event):
            self._done()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(section(_("Log a contact")))
        flow = FlowLayout()
        for part in (self._direction, self._channel, self._at, self._who):
            flow.addWidget(part)
        rows.addLayout(flow)
        rows.addWidget(self._text)
        ends = FlowLayout()
        for end in in_order(self._save, button(_("Cancel"), self.leave)):
            ends.addWidget(end)
        ends.addWidget(plain(_("Stays on this computer."), "muted", wrap=False))
        rows.addLayout(ends)

    @property
    def text(self) -> str:
        """What was typed and is not saved."""
        return self._text.toPlainText()

    @property
    def how(self) -> str:
        """How the contact went: direction, channel, Unix seconds, and who of us had it, with a blank between them."""
        noted = self._noted()
        return f"{noted.direction} {noted.channel} {noted.at:.0f} {noted.who}"

    def begin(self, now: float) -> None:
        """Show the panel, with what was begun before."""
        if self.isHidden() and not self.text:
            self._own_time = False
        self.move_on(now)
        self.show()
        self._text.setFocus()  # «a call from the customer, now» is filled in already

    def move_on(self, now: float) -> None:
        """Let a time nobody chose be now until something is typed: the panel may stay open for hours."""
        if not (self.text or self._own_time or self._at.hasFocus()):  # in there it may be about to be changed
            with QSignalBlocker(self._at):
                self._at.setDateTime(QDateTime.fromSecsSinceEpoch(int(now)))

    def fill(self, text: str, how: str) -> None:
        """Show a contact begun before, or nothing for «»; nothing is `edited` by that."""
        self._filling = True
        if self.text != text:
            self._text.setPlainText(text)
        if text:
            self._set_how(how)
        self._own_time = bool(text)
        self._changed()
        self._filling = False
        self.setVisible(bool(text))

    def leave(self) -> None:
        """Hide the panel; what was typed stays for the next time."""
        self.left.emit()  # while it is known whether the keyboard is in here
        self.hide()

    def clear(self) -> None:
        """Forget what was typed."""
        self.fill("", "")

    def _set_how(self, how: str) -> None:
        direction, channel, at, who = (*how.split(" ", 3), "", "", "", "")[:4]
        for choice, name in ((self._direction, direction), (self._channel, channel)):
            choice.setCurrentIndex(max(0, choice.findData(name)))
        if at.isdecimal():
            self._at.setDateTime(QDateTime.fromSecsSinceEpoch(int(at)))
        self._who.setText(who)

    def _choose_time(self) -> None:
        self._own_time = True
        self._changed()

    def _changed(self) -> None:
        text = self.text
        self._save.setEnabled(bool(text.strip()))
        told, self._told = self._told, (text, self.how if text else "")
        if not self._filling and told != self._told:
            self.edited.emit(*self._told)

    def _noted(self) -> Noted:
        return Noted(
            Direction(self._direction.currentData()),
            Channel(self._channel.currentData()),
            self.text.strip(),
            float(self._at.dateTime().toSecsSinceEpoch()),
            self._who.text().strip(),
        )

    def _done(self) -> None:
        if self.text.strip():
            self.noted.emit(self._noted())


def _saves(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and held == Qt.KeyboardModifier.ControlModifier
