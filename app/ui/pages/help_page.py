"""Help: every action with its keys, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.pieces import headline, plain
from app.words import _


class HelpPage(QScrollArea):
    """A plain page drawn from the actions of the menus, so that it cannot be wrong about them."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addWidget(headline(_("Keyboard")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.lines: list[str] = []
        for number, action in enumerate(action for action in actions if not action.shortcut().isEmpty()):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            name = action.toolTip()
            self.lines.append(f"{keys} {name}")
            grid.addWidget(plain(keys, "muted", wrap=False), number, 0)
            grid.addWidget(plain(name), number, 1)
        rows.addLayout(grid)
        rows.addWidget(headline(_("About Counterbell")))
        rows.addWidget(
            plain(
                _(
                    "The bell on the shop counter, for what is said about the shop where you are not looking. It listens to your watches and to nothing else; all it knows stays on this computer. Free software under the GPL, version 3 or later."
                ),
                "muted",
            )
        )
        rows.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(page)
