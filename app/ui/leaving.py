"""Quitting while something typed could not be kept: the window comes up and asks."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMessageBox

from app.ui.background import Background
from app.ui.entry_keeper import EntryKeeper
from app.ui.keeper import Keeper
from app.ui.raising import raise_window
from app.words import _
from app.words.problems import sentence

if TYPE_CHECKING:
    from app.ui.window import MainWindow

SLOW_MS = 5000
"""How long the writes are waited for before it is asked."""

AGAIN_MS = 2000
"""While it is asked, what was typed is tried to be kept this often."""


def unkept(window: QMainWindow) -> tuple[str, ...]:
    """Return the words typed anywhere in a window, or in one beside it, that are not kept by now."""
    return tuple(dict.fromkeys(chain.from_iterable(keeper.unkept() for keeper in _keepers(window))))


def _keepers(window: QMainWindow) -> tuple[Keeper[Any] | EntryKeeper, ...]:
    return (*window.findChildren(Keeper), *window.findChildren(EntryKeeper))


class Leaving(QObject):
    """Takes a person's wish to quit. `free` when nothing keeps them: all that is typed is kept, or they go without it."""

    free = Signal()

    def __init__(self, window: MainWindow, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._background = window, background
        self._box: QMessageBox | None = None
        self._waiting = False
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._decide)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._try_again)

    def ask(self) -> None:
        """Let go at once where nothing waits to be kept, else when the writes are done; ask where they did not help."""
        if self._box is not None:
            raise_window(self._window)
            return
        self._window.flush()
        if not unkept(self._window):
            self.free.emit()
        elif not self._waiting:
            self._waiting = True
            self._slow.start()
            self._background.run(lambda: None, lambda _done: self._decide(), owner=self, lane="write")

    def _decide(self) -> None:
        if not self._waiting:
            return  # the writes took too long, and it was decided without them
        self._waiting = False
        self._slow.stop()
        if unkept(self._window):
            self._show()
        else:
            self.free.emit()

    def _show(self) -> None:
        raise_window(self._window)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Counterbell"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(_("What you typed is not saved yet."))
        box.setInformativeText(self._why())
        box.setStyleSheet("QLabel#qt_msgbox_label { font-weight: 600; }")
        copy = box.addButton(_("Copy the text and quit"), QMessageBox.ButtonRole.DestructiveRole)
        copy.clicked.connect(self._copy)
        stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(self._close)
        self._box = box
        self._again.start()
        box.open()

    def _why(self) -> str:
        problems = (keeper.trouble for keeper in _keepers(self._window) if keeper.unkept())
        why = next((sentence(problem) for problem in problems if problem), "")
        goes_on = _("Counterbell tries again every few seconds and quits once it is saved.")
        return f"{why}\n\n{goes_on}".strip()

    def _try_again(self) -> None:
        self._window.flush()
        if not unkept(self._window):
            self._close()
            self.free.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(unkept(self._window)))
        self._close()
        self.free.emit()

    def _close(self) -> None:
        self._again.stop()
        if (box := self._box) is not None:
            self._box = None
            box.hide()
            box.deleteLater()
