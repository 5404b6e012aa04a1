"""Looks for a newer version where the owner lets it, once a day at most, and tells of it in words; it fetches no program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.release import Release, is_due
from app.ui.background import Background

Look = Callable[[], Release | Problem | None]

FIRST_MS = 120_000
"""How long after the start the first look may come: a start has better things to do."""
HOUR_MS = 3_600_000
LOOKED, SKIPPED = "updates/looked_at", "updates/skipped"


class UpdateCheck(QObject):
    """`found(release)` for one the owner did not skip; `told(result)` what every look by hand brought.

    `look` is None where this copy was built without an address to look at.
    """

    found = Signal(object)
    told = Signal(object)

    def __init__(
        self, look: Look | None, background: Background, settings: QSettings, now: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._look, self._background, self._settings, self._now = look, background, settings, now
        self._desk: Desk | None = None
        self._looking = False
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._first.timeout.connect(self.mind)
        self._hours = QTimer(self, interval=HOUR_MS)
        self._hours.timeout.connect(self.mind)

    @property
    def can_look(self) -> bool:
        """False where this copy was built without an address to look at."""
        return self._look is not None

    def attach(self, desk: Desk) -> None:
        """Take the desk: from now on it is known whether the owner allows it."""
        self._desk = desk
        if self._look:
            self._first.start()
            self._hours.start()

    def detach(self) -> None:
        """Look no more."""
        self._desk = None
        self._first.stop()
        self._hours.stop()

    def mind(self) -> None:
        """Look where that is allowed and due."""
        desk = self._desk
        if desk is None or self._looking or not is_due(self.looked_at(), self._now()):
            return

        def allowed() -> bool:
            known = desk.settings.get()
            return known.updates and known.first_run_done

        self._background.run(allowed, lambda yes: self._begin(by_hand=False) if yes else None, owner=self)

    def look_now(self) -> None:
        """Look because the owner asks, however long ago the last look was."""
        self._begin(by_hand=True)

    def skip(self, version: str) -> None:
        """Tell of a version no more."""
        self._settings.setValue(SKIPPED, version)

    def looked_at(self) -> float:
        """Return when it was last looked, in Unix seconds, 0.0 for never."""
        try:
            return float(str(self._settings.value(LOOKED, "0")))
        except ValueError:
            return 0.0

    def _begin(self, *, by_hand: bool) -> None:
        if self._look is None or self._looking:
            return
        self._looking = True
        self._background.run(self._look, lambda result: self._ended(result, by_hand=by_hand), owner=self, lane="slow")

    def _ended(self, result: Release | Problem | None, *, by_hand: bool) -> None:
        """Count a look that reached the makers; one that did not is made again in an hour."""
        self._looking = False
        if not isinstance(result, Problem) or result.code.startswith("updates."):
            self._settings.setValue(LOOKED, repr(self._now()))
        if isinstance(result, Release) and (by_hand or result.version != self._settings.value(SKIPPED, "")):
            self.found.emit(result)
        if by_hand or (isinstance(result, Problem) and result.code.startswith("updates.")):
            self.told.emit(result)
