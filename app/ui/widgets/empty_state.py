"""What stands where a list is empty: why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import Theme
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.pieces import button, plain, section, set_main

WIDEST = 560
"""Pixels: longer lines are hard to read."""

AROUND, LEAST_AROUND = 32, 8
"""Pixels around the words, and where these would be cut otherwise."""


class EmptyState(QWidget):
    """An icon, a short title, a sentence and at most one button."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._act: Callable[[], object] | None = None
        self._picture = QLabel()
        self._title, self._text = section(""), plain(tone="muted")
        self._button = button("", self._pressed)
        self._button.hide()
        self._text.setMaximumWidth(WIDEST)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
        column.setSpacing(8)
        column.addStretch(2)
        for part in (self._picture, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part, 1000)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._ring = FocusRing(self, inside=True)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def text(self) -> str:
        return f"{self._title.text()} {self._text.text()}"

    def say(
        self,
        title: str,
        text: str,
        act: str = "",
        pressed: Callable[[], object] | None = None,
        icon: str = "",
        *,
        main: bool = False,
    ) -> None:
        """Show these words; `act` names the button, which is the page's main one with `main`."""
        self._icon = icon or self._icon
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
        self._button.setText(act)
        self._button.setAccessibleName(act)
        self._button.setVisible(bool(act))
        set_main(self._button, on=main)
        self._act = pressed
        self._dress()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Do without the icon and the room around where the words would be cut."""
        for shown, around in ((True, AROUND), (False, AROUND), (False, LEAST_AROUND)):
            self._picture.setVisible(shown)
            self._column.setContentsMargins(around, around, around, around)
            if self._column.heightForWidth(self.width()) <= self.height():
                return

    def take_focus(self) -> None:
        """Take the keyboard: its button, where it has one."""
        (self if self._button.isHidden() else self._button).setFocus()

    @property
    def is_stuck(self) -> bool:
        """Say whether the keyboard is here, where a stack brings it with the page, and there is nothing to press."""
        return self.window().focusWidget() is self and self._button.isHidden()

    def _pressed(self) -> None:
        if self._act:
            self._act()

    def _dress(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(self._icon, self._theme.tones.muted, 40, ratio))
