"""Help: every action with its keys, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontDatabase, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QGridLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.pieces import button, headline, plain
from app.words import _

_ENDS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
"""Keys for which a scrolled area has no ear of its own; it hears those of pages and lines."""


class HelpPage(QScrollArea):
    """A plain page drawn from the actions of the menus, so that it cannot be wrong about them."""

    def __init__(
        self,
        actions: Iterable[QAction],
        licences: Path | None = None,
        version: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`licences` is the file with those of all parts inside; a copy that was not packaged has none."""
        super().__init__(parent)
        self._licences = licences
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
        if version:
            self.version = plain(_("Version {version}").format(version=version))
            rows.addWidget(self.version)
        self.show_licences = button(_("Licences of the parts inside"), self._unfold)
        self.show_licences.setVisible(bool(licences and licences.is_file()))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setMinimumHeight(360)
        self.text.setAccessibleName(_("Licences of the parts inside"))
        self.text.setTabChangesFocus(True)
        self.text.hide()
        rows.addWidget(self.show_licences, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.text)
        rows.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(page)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, which has nothing else to do here than to scroll."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if end := _ENDS.get(event.key()):
            self.verticalScrollBar().triggerAction(end)
        else:
            super().keyPressEvent(event)

    def _unfold(self) -> None:
        """Show the licences, read when they are first asked for; or fold them away again."""
        if self._licences and not self.text.toPlainText():
            self.text.setPlainText(self._licences.read_text(encoding="utf-8", errors="replace"))
        self.text.setVisible(self.text.isHidden())
