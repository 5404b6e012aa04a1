"""To whom a case is handed over: the way, and the address."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.ui import labels
from app.ui.widgets.layouts import row_in
from app.ui.widgets.pieces import section
from app.words import _


class HandOverRow(QWidget):
    """A line of the reply box, seen while the reply is to hand the case over."""

    def __init__(self) -> None:
        super().__init__()
        self.way, self.field = QComboBox(), QLineEdit()
        self.way.setAccessibleName(_("Hand over to"))
        self.field.setAccessibleName(_("Address to hand over to"))
        self.field.setPlaceholderText(_("Address to hand over to"))
        row = row_in(self)
        row.addWidget(section(_("Hand over to")))
        row.addWidget(self.way)
        row.addWidget(self.field, 1)

    @property
    def target(self) -> str:
        """The name of the way chosen, «» where there is none."""
        return str(self.way.currentData() or "")

    @property
    def address(self) -> str:
        """The address typed."""
        return self.field.text().strip()

    def offer(self, targets: Sequence[str]) -> None:
        """Fill the list of ways by their names."""
        self.way.clear()
        for target in targets:
            self.way.addItem(labels.heading(target), target)
