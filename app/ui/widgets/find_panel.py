"""The panel in which places are found: one field, what it leads to, and the way on to the full form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.bench import Bench
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.found_list import FoundList
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, headline, in_order, plain, set_main
from app.words import _


class FindPanel(QWidget):
    """`added(watches)` when some were kept, `by_hand(watch or None)` for the full form, `left` to close the panel."""

    added = Signal(object)
    by_hand = Signal(object)
    left = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("web address, @handle or name and town"))
        self.field.setAccessibleName(_("What you have in hand"))
        self.field.setClearButtonEnabled(True)
        self.own = QCheckBox(_("Our own pages and accounts"))
        self.own.setChecked(True)
        self.find_button = button(_("Find for me"), self.look, main=True)
        self.found = FoundList(bench)
        self._wrong = plain(tone="bad")
        self._wrong.hide()
        self._lay_out()
        self.field.returnPressed.connect(self.look)
        self.field.textChanged.connect(lambda _text: self._forget_other())
        self.own.toggled.connect(lambda _on: self._forget_other())
        self.found.changed.connect(self._settle)
        self.found.added.connect(self.added)
        self.found.by_hand.connect(self.by_hand)

    def _lay_out(self) -> None:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        acts = FlowLayout()
        by_hand = button(_("Add by hand"), lambda: self.by_hand.emit(None))
        for part in in_order(self.find_button, by_hand, button(_("Cancel"), self.leave)):
            acts.addWidget(part)
        rows.addWidget(headline(_("Find places")))
        rows.addWidget(
            plain(
                _("Type what you have: your web page, an account, or the name of the shop, a comma and its town."),
                "muted",
            )
        )
        fields: tuple[QWidget, ...] = (self.field, self.own, self._wrong)
        for field in fields:
            rows.addWidget(field)
        rows.addLayout(acts)
        rows.addWidget(self.found)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(_("Find places"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        whole = column_in(self)
        whole.addWidget(scroll)
        self.setMinimumWidth(320)
        self.setFocusProxy(self.field)

    def take_focus(self) -> None:
        self.field.setFocus()

    def begin(self) -> None:
        """Show the panel as new; what was typed last stays, ready to be typed over."""
        self.found.clear()
        self._wrong.hide()
        self.field.setFocus()
        self.field.selectAll()

    def look(self) -> None:
        """Look what could be listened to."""
        asked = self.found.look([self.field.text()], own=self.own.isChecked())
        self._wrong.setText("" if asked else _("Write a web address, an @handle or the name of the shop."))
        self._wrong.setVisible(not asked)

    def _forget_other(self) -> None:
        """Offer nothing that was found for other words than those in the field."""
        self.found.forget_other([self.field.text()], own=self.own.isChecked())

    def _settle(self) -> None:
        """Leave one main button, that of the next step."""
        set_main(self.find_button, on=self.found.add_button.isHidden())

    def leave(self) -> None:
        """Close the panel; a search under way is given up."""
        self.found.clear()
        self.left.emit()
