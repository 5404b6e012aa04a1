"""The menu of a row: by the right mouse button, the Menu key or Shift+F10."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

PATIENCE_MS = 1_000
"""How long a menu waits for what it is for: later it would open over something else that is being done."""

INDENT = 24
"""Pixels from the left end of a row to the menu that a key opened below it."""


class RowMenu(QObject):
    """Opens a menu at the row of a view; `fill` puts into it what may be done with the row that is current, or nothing.

    Where `ready` says that what the row stands for is not here yet, the menu waits for `go_on`, unless another row was chosen
    or the keyboard went elsewhere; after a while it waits no more.
    """

    def __init__(
        self, view: QTableView, fill: Callable[[QMenu], object], ready: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(view)
        self._view, self._fill, self._ready = view, fill, ready
        self._waits: tuple[int, QPoint] | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        self.menu = QMenu(view)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress}:
            self._give_up()
        if not isinstance(event, QContextMenuEvent):
            return super().eventFilter(watched, event)
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        at = event.pos() if by_mouse else self._below()
        index = self._view.indexAt(at) if by_mouse else self._view.currentIndex()
        if index.isValid():
            self._view.setCurrentIndex(index)
            self._waits = index.row(), self._view.viewport().mapToGlobal(at)
            self._patience.start()
            self.go_on()
        event.accept()
        return True

    def go_on(self) -> None:
        """Open the menu that waits, if what its row stands for is here."""
        if self._waits is None or (self._ready and not self._ready()):
            return
        (row, at), self._waits = self._waits, None
        empty(self.menu)
        if row == self._view.currentIndex().row() and self._view.isVisible():
            self._fill(self.menu)
        if not self.menu.isEmpty():
            self.menu.popup(at)

    def _give_up(self) -> None:
        self._patience.stop()
        self._waits = None

    def leave(self) -> None:
        """Close the menu: what its row stands for is not there any more."""
        self._waits = None
        self.menu.hide()

    def _below(self) -> QPoint:
        """Return the place under the row that is current, which is brought on screen."""
        view, index = self._view, self._view.currentIndex()
        view.scrollTo(index)
        return QPoint(INDENT, view.rowViewportPosition(index.row()) + view.rowHeight(index.row()))


def add_act(menu: QMenu, words: str, act: Callable[[], object], keys: str = "") -> None:
    """Add an entry that is called by `words` and shows the keys that do the same in its row."""
    entry = menu.addAction(words)
    entry.setShortcut(QKeySequence(keys))
    entry.setShortcutVisibleInContextMenu(True)
    entry.triggered.connect(lambda _on=False: act())


def empty(menu: QMenu) -> None:
    """Take every entry out of a menu. Its own `clear` would leave Python without those that other menus have as well."""
    for entry in menu.actions():
        menu.removeAction(entry)
        if entry.parent() is menu:
            entry.deleteLater()


class MenuKeys(QShortcut):
    """Shift+F10 opens the menu of whatever has the keyboard, as the Menu key does: Qt leaves it out on Linux."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(QKeySequence("Shift+F10"), window)
        self.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self.setAutoRepeat(False)
        self.activated.connect(_ask_for_menu)


def _ask_for_menu() -> None:
    if (part := QApplication.focusWidget()) is not None:
        caret = part.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        at = caret.center() if isinstance(caret, QRect) else part.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, part.mapToGlobal(at))
        QApplication.sendEvent(part, event)
