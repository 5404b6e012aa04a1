"""The question of a resolved case, how content its customer was in the end, and the marks that answer it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.case import CaseState
from app.core.views import CaseView
from app.ui import icons
from app.ui.case_acts import MARKS, NO_MARK, TAKE_BACK, unmarked
from app.ui.theme import Theme
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, flat_button, plain
from app.words import _

SIGN = 14
"""Pixels of the side of the sign that takes a mark back."""


class SatisfactionBar(QWidget):
    """`chosen(name)` carries the name of a choice of `MARKS`, or `NO_MARK`. Seen only while a case is resolved."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mark = NO_MARK
        self._question = plain(_("Was the customer happy in the end?"), tone="muted")
        self._marks = {name: self._segment(unmarked(_(text)), name) for text, name in MARKS}
        self._back = flat_button(unmarked(_(TAKE_BACK)), lambda: self.chosen.emit(NO_MARK))
        self._back.setIconSize(QSize(SIGN, SIGN))
        keeps_room = self._back.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)  # nothing below moves when a mark is set
        self._back.setSizePolicy(keeps_room)
        answers = FlowLayout(spacing=4)
        for part in (*self._marks.values(), self._back):
            answers.addWidget(part)
        rows = column_in(self, 4)
        rows.addWidget(self._question)
        rows.addLayout(answers)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._back.setIcon(icons.icon("close", self._theme.tones.muted, SIGN))

    def _segment(self, text: str, name: str) -> QPushButton:
        made = button(text, partial(self._press, name))
        made.setProperty("seg", "true")
        made.setCheckable(True)
        made.setAccessibleDescription(self._question.text())
        return made

    def _press(self, name: str) -> None:
        """Ask for a mark; what is shown as given waits until it is kept."""
        self._check()
        self.chosen.emit(name)

    def _check(self) -> None:
        for name, one in self._marks.items():
            one.setChecked(name == self._mark)

    def show_view(self, view: CaseView) -> None:
        """Ask of a resolved case, and show its mark."""
        self._mark = view.satisfaction.value if view.satisfaction else NO_MARK
        self._check()
        self._back.setVisible(view.satisfaction is not None)
        self.setVisible(view.state is CaseState.RESOLVED)
