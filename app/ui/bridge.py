"""The one door from other threads into the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Bridge(QObject):
    """Carries what other threads post to the GUI thread, in the order posted, as queued events.

    A callable is called there; any other value is emitted as `came`. Made and closed in the GUI thread.
    """

    came = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, what: object) -> bool:
        """Hand something over, from any thread; returns False once the door is closed."""
        if not self._open:
            return False
        try:
            self._posted.emit(what)
        except RuntimeError:  # Qt deleted the door between the check and the emit: the program is ending
            return False
        return True

    def close(self) -> None:
        """Deliver nothing more, not even what was posted already."""
        self._open = False

    @Slot(object)
    def _deliver(self, what: object) -> None:
        if not self._open:
            return
        if callable(what):
            what()
        else:
            self.came.emit(what)
