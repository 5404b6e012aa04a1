"""A field for a secret that is a whole file, such as a private key: pasted or chosen, never shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.core.problems import Problem, reason_of
from app.ui.file_dialog import ask_to_open
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext
from app.words.problems import sentence

MOST_BYTES = 65_536
"""No key is longer; whoever chooses a larger file has chosen the wrong one."""

_LINES = 3


class _Box(QPlainTextEdit):
    """Takes what is pasted or dropped and hands it on; shows dots in its place."""

    brought = Signal(str)
    chosen = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.chosen.emit(files[0])
        elif source.hasText():
            self.brought.emit(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasUrls()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take in pasting and clearing; letters say nothing here, a key is not typed."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.brought.emit("")
        else:
            event.ignore()


class SecretText(QWidget):
    """`changed` when a text was taken in or cleared."""

    changed = Signal()

    def __init__(self, *, kept: bool) -> None:
        super().__init__()
        self._value = ""
        self.box = _Box()
        self.box.setTabChangesFocus(True)
        self.box.setUndoRedoEnabled(False)  # what was pasted is not to be had back
        self.box.setPlaceholderText(
            _("Kept in the system's keyring; paste or choose a file to replace it")
            if kept
            else _("Paste the whole text here, or choose the file")
        )
        margins = self.box.contentsMargins()
        self.box.setFixedHeight(
            _LINES * self.box.fontMetrics().lineSpacing()
            + margins.top()
            + margins.bottom()
            + 2 * round(self.box.document().documentMargin())
        )
        self.choose_button = button(_("Choose the file…"), self._choose)
        self._wrong = plain(tone="bad")
        self._wrong.hide()
        rows = column_in(self, 8)
        rows.addWidget(self.box)
        rows.addWidget(self._wrong)
        acts = FlowLayout()
        acts.addWidget(self.choose_button)
        rows.addLayout(acts)
        self.setFocusProxy(self.box)
        self.box.brought.connect(self.set_value)
        self.box.chosen.connect(self.take_file)

    def setAccessibleName(self, name: str) -> None:
        """Name the box for screen readers as well."""
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    def value(self) -> str:
        """Return the text taken in, «» for none."""
        return self._value

    def set_value(self, text: str) -> None:
        """Take in a text; dots and its length are all that is seen of it."""
        self._value = text.strip()
        self._wrong.hide()
        count = len(self._value)
        dots = "•" * 24
        words = ngettext("{n} character", "{n} characters", count).format(n=count)
        self.box.setPlainText(f"{dots}\n{words}" if self._value else "")
        self.changed.emit()

    def take_file(self, name: str) -> None:
        """Take in what a file holds, or say why it cannot be."""
        try:
            with Path(name).open("rb") as opened:
                text = opened.read(MOST_BYTES + 1).decode("utf-8-sig")
        except OSError as error:
            reason = reason_of(error)
            self._refuse(Problem("ui.file_not_read", {"file": Path(name).name, "reason": reason}))
            return
        except UnicodeDecodeError:
            text = ""
        if not text.strip() or len(text) > MOST_BYTES:
            self._refuse(Problem("ui.no_key_file", {"file": Path(name).name}))
            return
        self.set_value(text)

    def _choose(self) -> None:
        kinds = (_("Keys and key files (*.p8 *.pem *.key *.json)"),)
        ask_to_open(self, _("Choose the file…"), kinds, lambda path: self.take_file(str(path)))

    def _refuse(self, problem: Problem) -> None:
        self._wrong.setText(sentence(problem))
        self._wrong.show()
