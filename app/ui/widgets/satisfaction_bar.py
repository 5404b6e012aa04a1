"""The question of a resolved case, how content its customer was in the end, and the marks that answer it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.case import CaseState
from app.core.views import CaseView
from app.ui.case_acts import MARKS, NO_MARK, TAKE_BACK
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import button, flat_button, plain
from app.words import _


class SatisfactionBar(QWidget):
    """`chosen(name)` carries the name of a choice of `MARKS`, or `NO_MARK`. Seen only while a case is resolved."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = NO_MARK
        self._question = plain(_("Resolved. Was the customer content in the end?"), tone="muted")
        self._marks = {name: self._segment(_(text), name) for text, name in MARKS}
        self._back = flat_button(_(TAKE_BACK), lambda: self.chosen.emit(NO_MARK))
        self._back.setText(_(TAKE_BACK))
        self._back.setToolTip("")
        answers = FlowLayout()
        for part in (*self._marks.values(), self._back):
            answers.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self._question)
        rows.addLayout(answers)

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
