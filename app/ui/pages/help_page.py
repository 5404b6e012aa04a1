"""Help: a short guide, every action with its keys, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFontDatabase, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.problems import Problem, reason_of
from app.ui.bench import Bench
from app.ui.widgets.guide_topics import GuideTopics
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, headline, plain
from app.words import _
from app.words.guide import topics

MARGIN, GAP = 16, 48
"""Pixels around the page, and between the guide and the keys beside it."""

_ENDS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
"""Keys for which a scrolled area has no ear of its own; it hears those of pages and lines."""


class HelpPage(QScrollArea):
    """The guide, and beside it (in a narrow window below it) the keys, drawn from the actions of the menus."""

    def __init__(
        self,
        actions: Iterable[QAction],
        bench: Bench,
        licences: Path | None = None,
        version: str = "",
        folder: Path | None = None,
    ) -> None:
        """`licences` is the file with those of all parts inside, where there is one; `folder` holds the profile."""
        super().__init__()
        self._bench, self._licences = bench, licences
        self.guide = GuideTopics(topics(str(folder) if folder else ""))
        self.lines: list[str] = []
        self.version = plain(_("Version {version}").format(version=version))
        self.show_licences = button(_("Licences of the parts inside"), self._unfold)
        self.text = self._licence_text()
        self._head = headline(_("Keyboard"))
        self._beside = self._side(actions, version)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, 32)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.addWidget(self.guide)
        self._parts.addWidget(self._beside)
        rows.addLayout(self._parts)
        rows.addWidget(self.text)
        rows.addStretch(1)
        self.setAccessibleName(_("Help"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(page)

    def _side(self, actions: Iterable[QAction], version: str) -> QWidget:
        side = QWidget()
        rows = column_in(side, 12)
        rows.addWidget(self._head)
        rows.addLayout(self._keys(actions))
        rows.addSpacing(8)
        rows.addWidget(headline(_("About Counterbell")))
        rows.addWidget(
            plain(
                _(
                    "The bell on the shop counter, for what is said about the shop where you are not looking. It listens to your watches and to nothing else; all it knows stays on this computer. Free software under the GPL, version 3 or later."
                ),
                "muted",
            )
        )
        rows.addWidget(self.version)
        rows.addWidget(self.show_licences, 0, Qt.AlignmentFlag.AlignLeft)
        self.version.setVisible(bool(version))  # in the layout by now: before, it would be a window of its own
        self.show_licences.setVisible(bool(self._licences and self._licences.is_file()))
        rows.addStretch(1)
        return side

    def _licence_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setMinimumHeight(360)
        text.setAccessibleName(_("Licences of the parts inside"))
        text.setTabChangesFocus(True)
        text.hide()
        return text

    def _keys(self, actions: Iterable[QAction]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, action in enumerate(action for action in actions if not action.shortcut().isEmpty()):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            name = action.toolTip()
            self.lines.append(f"{keys} {name}")
            grid.addWidget(plain(keys, "muted", wrap=False), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(plain(name), number, 1)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, which has nothing else to do here than to scroll."""
        super().showEvent(event)
        self._set_out()
        if not event.spontaneous():
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if end := _ENDS.get(event.key()):
            self.verticalScrollBar().triggerAction(end)
        else:
            super().keyPressEvent(event)

    def _set_out(self) -> None:
        """Give the guide lines of a readable length, and the keys a column of their own where there is room for it."""
        room = self.viewport().width() - 2 * MARGIN
        read = min(self.guide.measure, room)
        is_wide = room >= read * 1.6 + GAP
        beside = min(read, room - read - GAP) if is_wide else read
        used = read + GAP + beside if is_wide else read
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(GAP if is_wide else 32)
        self._parts.setContentsMargins(0, 0, room - used, 0)
        self._head.setMinimumHeight(self.guide.field.sizeHint().height())
        self.guide.fit(read)
        self._beside.setFixedWidth(beside)

    def _unfold(self) -> None:
        """Show the licences, read when they are first asked for; or fold them away again."""
        if (path := self._licences) and not self.text.toPlainText():
            if self._bench.read(self, lambda _desk: _read(path), self._show_licences) is None:
                self._show_licences(_read(path))  # no desk is open, and no thread for this; the file is small
        else:
            self.text.setVisible(self.text.isHidden())

    def _show_licences(self, read: str | Problem) -> None:
        if isinstance(read, Problem):
            self._bench.announced.emit(read)
        else:
            self.text.setPlainText(read)
            self.text.show()


def _read(path: Path) -> str | Problem:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return Problem("ui.licences_not_read", {"reason": reason_of(error)})
