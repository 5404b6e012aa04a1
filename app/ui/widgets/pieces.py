"""Small ready-made controls: buttons, labels and rows that look the same everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QWidget,
)

from app.ui.format import apart, tip


class PushButton(QPushButton):
    """A push button that Enter presses as the space bar does, on every desktop and in every dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)


class IconButton(QToolButton):
    """A button of an icon only that Enter presses as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)


def _pressed_by_enter(pressed: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button if this is Enter, once however long it is held down; False for any other key."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or held != Qt.KeyboardModifier.NoModifier:
        return False
    if not event.isAutoRepeat():
        pressed.click()
    return True


def button(
    text: str, pressed: Callable[[], object] | None = None, *, main: bool = False, grave: bool = False, hint: str = ""
) -> QPushButton:
    """Return a push button; `main` is the one act of a page, `grave` one that takes something away."""
    made = PushButton(text)
    made.setProperty("main", main)
    made.setProperty("grave", grave)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    if hint:
        made.setToolTip(hint)
    if pressed:
        made.clicked.connect(lambda _on=False: pressed())
    return made


_LEAVES_FIRST = {QDialogButtonBox.ButtonLayout.MacLayout.value, QDialogButtonBox.ButtonLayout.GnomeLayout.value}


def in_order(act: QPushButton, *others: QPushButton) -> tuple[QPushButton, ...]:
    """Return the button of an act and those beside it, the way out last, in the order that dialogs of this desktop have."""
    layout = act.style().styleHint(QStyle.StyleHint.SH_DialogButtonLayout, None, act)
    return (*others, act) if layout in _LEAVES_FIRST else (act, *others)


def drop_button(text: str, hint: str = "") -> QPushButton:
    """Return a button that opens a menu."""
    made = button(text, hint=hint)
    made.setProperty("drop", "true")
    return made


def flat_button(name: str, pressed: Callable[[], object]) -> QToolButton:
    """Return a button of an icon only, known by its name to screen readers and as a tip."""
    made = IconButton()
    made.setProperty("flat", "true")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setIconSize(QSize(18, 18))
    made.clicked.connect(lambda _on=False: pressed())
    return made


def plain(text: str = "", tone: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label of plain text, whatever it holds."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    return made


def headline(text: str) -> QLabel:
    """Return the title of a page."""
    made = plain(text)
    made.setProperty("title", "true")
    return made


def section(text: str) -> QLabel:
    """Return the title of a part of a page."""
    made = plain(text)
    made.setProperty("section", "true")
    return made


def set_tone(label: QWidget, tone: str, name: str = "tone") -> None:
    """Give a label another tone at once."""
    if label.property(name) != tone:
        label.setProperty(name, tone)
        label.style().unpolish(label)
        label.style().polish(label)


def set_main(pressed: QPushButton, *, on: bool) -> None:
    """Make a button the one main act of what is shown, or one beside it."""
    if bool(pressed.property("main")) != on:
        pressed.setProperty("main", on)
        pressed.style().unpolish(pressed)
        pressed.style().polish(pressed)


def link_button(text: str, pressed: Callable[[], object] | None = None) -> QPushButton:
    """Return a button that looks like a link: a way beside the main one."""
    made = button(text, pressed)
    made.setProperty("link", "true")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def line() -> QFrame:
    """Return a thin line across."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made


class Elided(QLabel):
    """A label on one line that ends in «…» where the room ends; the whole text is its tip."""

    def __init__(self, text: str = "", tone: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(tip(text))
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(2, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.contentsRect().adjusted(1, 0, 0, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        side = (
            Qt.AlignmentFlag.AlignRight
            if self.alignment() & Qt.AlignmentFlag.AlignRight
            else Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute), apart(shown))
        painter.end()


def lay_out_now() -> None:
    """Give every widget the place it is to have, layouts inside layouts too: scrolling to one needs it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
