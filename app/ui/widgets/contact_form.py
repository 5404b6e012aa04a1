"""The panel in which a contact is logged: a call, a visit, a mail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.customer import Channel, Direction
from app.ui import labels
from app.ui.format import locale
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import button, plain, section
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
    """Shown where it is needed, hidden again when saved or left; `noted` carries what was filled in."""

    noted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._direction, self._channel = QComboBox(), QComboBox()
        for way in Direction:
            self._direction.addItem(labels.direction(way), way)
        for channel in labels.CHANNELS:
            self._channel.addItem(labels.channel(channel), channel)
        self._at = QDateTimeEdit()
        self._at.setLocale(locale())
        self._at.setDisplayFormat("dd.MM.yyyy HH:mm")
        self._at.setCalendarPopup(True)
        self._who = QLineEdit()
        self._who.setPlaceholderText(_("Who of us"))
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
            (self._who, _("Who of us")),
            (self._text, _("What was said or agreed")),
        ):
            part.setAccessibleName(name)
        self._text.textChanged.connect(lambda: self._save.setEnabled(bool(self._text.toPlainText().strip())))
        self._lay_out()
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
        ends.addWidget(self._save)
        ends.addWidget(button(_("Cancel"), self.leave))
        ends.addWidget(plain(_("Stays on this computer."), "muted", wrap=False))
        rows.addLayout(ends)

    @property
    def text(self) -> str:
        """What was typed and is not saved."""
        return self._text.toPlainText()

    def begin(self, now: float, text: str = "") -> None:
        """Show the panel, with a text begun before."""
        if self.isHidden():
            self._at.setDateTime(QDateTime.fromSecsSinceEpoch(int(now)))
        if text:
            self._text.setPlainText(text)
        self._save.setEnabled(bool(self._text.toPlainText().strip()))
        self.show()
        if not text:
            self._text.setFocus()  # «a call from the customer, now» is filled in already

    def leave(self) -> None:
        """Hide the panel; what was typed stays for the next time."""
        self.hide()
        self.left.emit()

    def clear(self) -> None:
        """Forget what was typed."""
        self._text.clear()
        self.hide()

    def _done(self) -> None:
        text = self._text.toPlainText().strip()
        if text:
            self.noted.emit(
                Noted(
                    Direction(self._direction.currentData()),
                    Channel(self._channel.currentData()),
                    text,
                    float(self._at.dateTime().toSecsSinceEpoch()),
                    self._who.text().strip(),
                )
            )


def _saves(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and held == Qt.KeyboardModifier.ControlModifier
