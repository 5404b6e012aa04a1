"""The playbook in the settings: a list of situations, and beside it what to do in the one chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.playbook import ANY_OTHER, CRISIS, DANGER, MANY, SITUATIONS
from app.core.preferences import Preferences
from app.ui import labels
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import plain
from app.words import _

SITUATION = int(Qt.ItemDataRole.UserRole)

BESIDE = 56
"""Pixels of a line of the list that are not its name: edges, and the scroll bar that large letters bring."""


class PlaybookFields(QWidget):
    """`changed` with every letter typed. A situation with a plan stands in bold letters."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plans: dict[str, str] = {}
        self.list = QListWidget()
        self.list.setObjectName("card")
        self.list.setAccessibleName(_("Situations"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name in SITUATIONS:
            item = QListWidgetItem(labels.situation(name))
            item.setData(SITUATION, name)
            self.list.addItem(item)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(_("One step per line. Empty plans are not shown."))
        self.when = plain(tone="muted")
        self._lay_out()
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.text.textChanged.connect(self._take)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.addWidget(self.text, 1)
        right.addWidget(self.when)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.list, 1)
        columns.addLayout(right, 2)
        rows = column_in(self, 8)
        rows.addWidget(
            plain(_("What to do in each situation. The case of a complaint shows the plan that fits."), "muted")
        )
        rows.addLayout(columns)
        bold = QFont(self.list.font())
        bold.setBold(True)
        widest = max(QFontMetrics(bold).horizontalAdvance(labels.situation(name)) for name in SITUATIONS)
        self.list.setMinimumSize(widest + BESIDE, 352)

    @property
    def situation(self) -> str:
        return str(self.list.currentItem().data(SITUATION))

    def show_preferences(self, known: Preferences) -> None:
        self._plans = dict(known.plans)
        self._show()
        for number in range(self.list.count()):
            self._mark(self.list.item(number))

    def typed(self, known: Preferences) -> Preferences:
        return replace(known, plans={name: text.strip() for name, text in self._plans.items() if text.strip()})

    def _show(self) -> None:
        kept = self._plans.get(self.situation, "")
        if self.text.toPlainText().strip() != kept.strip():
            self.text.setPlainText(kept)
        self.text.setAccessibleName(_("What to do: {situation}").format(situation=labels.situation(self.situation)))
        told = {
            CRISIS: _("Shown first, in every complaint, once {n} or more people have complained within 24 hours."),
            DANGER: _("For when somebody could come to harm. Used before the plan for what the complaint is about."),
            ANY_OTHER: _("Used when there is no plan for what the complaint is about."),
        }.get(self.situation, _("Used for complaints about this."))
        self.when.setText(told.format(n=MANY))

    def _take(self) -> None:
        if self.text.toPlainText() != self._plans.get(self.situation, ""):
            self._plans[self.situation] = self.text.toPlainText()
            self._mark(self.list.currentItem())
            self.changed.emit()

    def _mark(self, item: QListWidgetItem) -> None:
        is_written = bool(self._plans.get(item.data(SITUATION), "").strip())
        font = item.font()
        font.setBold(is_written)
        item.setFont(font)
        told = _("{situation}, with a plan").format(situation=item.text()) if is_written else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
