"""Turns SIGTERM, SIGINT and SIGHUP into a Qt signal, so that the program ends in good order."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class Endings(QObject):
    """`asked` comes once; a second signal ends the process the hard way. Made and closed in the main thread.

    Python's handlers run only when Python does, and an idle event loop never does: the wake-up socket rouses it.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)  # noqa: FBT003  the library takes no names
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._roused)
        self._old_wakeup = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._old: dict[signal.Signals, object] = {}
        for name in _NAMES:
            if number := getattr(signal.Signals, name, None):
                self._old[number] = signal.signal(number, _take_note)

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        for number, handler in self._old.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # it is what signal.signal returned
        self._old.clear()
        signal.set_wakeup_fd(self._old_wakeup)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()

    def _roused(self) -> None:
        numbers = self._here.recv(64)
        if any(number in self._old for number in numbers):
            for number in self._old:
                signal.signal(number, signal.SIG_DFL)
            self.asked.emit()


def _take_note(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the byte that Python writes into the wake-up socket is what counts."""
