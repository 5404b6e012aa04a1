"""Has Python look for garbage on the GUI thread only: a widget that dies in another thread takes the program with it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 3000
"""How often it is asked whether there is enough garbage to look for; the answer costs some microseconds."""

SETTLED_MS = 15_000
"""After so long everything that stays for good is there: modules, the window, the first folders."""


class GarbageCollector(QObject):
    """Does on the GUI thread what Python does in whichever thread happens to allocate.

    Objects of Qt are often parts of reference cycles, and one of them ended in a worker's thread while the event loop
    visits it is a crash. `start` and `stop` on the GUI thread.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._passes_over = False

    def start(self) -> None:
        """Take over from Python."""
        gc.disable()
        self._timer.start()
        QTimer.singleShot(SETTLED_MS, self, self._settle)

    def stop(self) -> None:
        """Leave it to Python again; what others pass over is left alone, unless it passed over more itself."""
        self._timer.stop()
        if self._passes_over:
            gc.unfreeze()
            self._passes_over = False
        gc.enable()

    def _settle(self) -> None:
        """Pass over what lives now: later looks take a fraction of the time, and none is felt while typing.

        What is garbage among it stays: it is little, and to look for it once would hold the window up for a tenth of a second.
        """
        if self._timer.isActive():
            gc.freeze()
            self._passes_over = True

    def _collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds."""
        for generation, (count, enough) in reversed([*enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))]):
            if count > enough:
                gc.collect(generation)
                return
