"""Keeps what is typed: it reaches the desk within a second and never lands in another place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.ui.bench import Bench

T = TypeVar("T")
Place = int | str
"""What something is typed for: a case or a mention by its number, a card by its id."""

PAUSE_MS = 300
"""A pause in typing after which the draft is saved."""

LATEST_MS = 1000
"""While somebody types on and on, the draft is saved at least this often."""

GONE = frozenset({"desk.no_mention", "stores.customer_unknown"})
"""Problems after which nothing is tried again: what was typed belongs to somebody forgotten meanwhile."""

RETRY_MS = 5000
"""Without the desk's word that a draft is safe, the wait before the next try."""


class SaveTimers(QObject):
    """When to save what is typed: in a pause, at the latest after a while, and again where no answer came."""

    def __init__(self, parent: QObject, save: Callable[[], object], again: Callable[[], object]) -> None:
        super().__init__(parent)
        self._pause = self._timer(PAUSE_MS, save)
        self._latest = self._timer(LATEST_MS, save)
        self._retry = self._timer(RETRY_MS, again)

    def _timer(self, milliseconds: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(slot)
        return timer

    def touch(self) -> None:
        """Take in that something was typed."""
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def saving(self) -> None:
        """Wait no more for a pause: it is being saved."""
        self._pause.stop()
        self._latest.stop()

    def asked(self) -> None:
        """Wait for the desk's word, or else try again."""
        self._retry.start()

    def answered(self) -> None:
        """Try no more: all is safe."""
        self._retry.stop()


class Keeper(QObject, Generic[T]):
    """Saves by place what is typed, with `save(desk, place, typed, now)`, which returns a Problem where it failed.

    `saved(place, at)` comes only after the desk confirmed the newest of it. What the desk has not confirmed yet stays
    in `unsaved` and wins over what the desk tells, so that a slow or failed save never shows an older text. `trouble` is
    why the newest save failed.
    """

    saved = Signal(object, float)
    failed = Signal(object)

    def __init__(
        self, bench: Bench, save: Callable[[Desk, Place, T, float], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bench, self._save_typed = bench, save
        self._place: Place | None = None
        self._unsaved: dict[Place, T] = {}
        self._asked: dict[Place, T] = {}
        self._confirmed: dict[Place, tuple[int, T]] = {}
        self._written: dict[Place, T] = {}
        self.serial = 0
        self.trouble: Problem | None = None
        self._timers = SaveTimers(self, self.flush, self._save_again)

    def unsaved(self, place: Place) -> T | None:
        """Return what was typed there and is not confirmed yet."""
        return self._unsaved.get(place)

    def unkept(self) -> tuple[str, ...]:
        """Return the words typed that the desk has not got by now, its word about that being on its way or not."""
        typed = (one for place, one in self._unsaved.items() if self._written.get(place) != one)
        return tuple(words for one in typed if (words := str(getattr(one, "text", one)).strip()))

    def newest(self, place: Place, serial: int) -> T | None:
        """Return what is newer there than a reading begun at `serial`: not confirmed yet, or only confirmed since."""
        if (typed := self._unsaved.get(place)) is not None:
            return typed
        confirmed, typed = self._confirmed.get(place, (-1, None))
        return typed if confirmed > serial else None

    def switch(self, place: Place | None) -> None:
        """Go to another place; what was typed at the last one is saved first."""
        if place != self._place:
            self.flush()
            self._place = place

    def put(self, typed: T) -> None:
        """Take what now stands in the place switched to."""
        if self._place is None:
            return
        self._unsaved[self._place] = typed
        self._timers.touch()

    def discard(self, place: Place) -> None:
        """Forget what was typed there. A save under way ends before what is written next."""
        self._unsaved.pop(place, None)
        self._asked.pop(place, None)
        self._confirmed.pop(place, None)
        self._written.pop(place, None)

    def flush(self) -> None:
        """Save everything typed and not asked to be saved yet."""
        self._timers.saving()
        for place, typed in tuple(self._unsaved.items()):
            if self._asked.get(place) != typed:
                self._save(place, typed)

    def _save_again(self) -> None:
        """Save what has no answer yet: the desk refused it, was not open, or broke down over it."""
        self._asked.clear()
        self.flush()

    def _save(self, place: Place, typed: T) -> None:
        now = self._bench.now()
        self._asked[place] = typed
        self._timers.asked()

        def save(desk: Desk) -> object:
            result = self._save_typed(desk, place, typed, now)
            if not isinstance(result, Problem):
                self._written[place] = typed  # in the thread that writes: at the end nobody hears its word
            return result

        asked = self._bench.write(self, save, lambda result: self._ended(place, typed, now, result))
        if not asked:
            self._asked.pop(place, None)

    def _ended(self, place: Place, typed: T, now: float, result: object) -> None:
        self.trouble = result if isinstance(result, Problem) else None
        if isinstance(result, Problem) and result.code in GONE:
            self.discard(place)
        elif isinstance(result, Problem):
            if self._asked.get(place) == typed:
                self._asked.pop(place)
            if place in self._unsaved:
                self.failed.emit(result)
            return
        elif self._unsaved.get(place) == typed:
            self._unsaved.pop(place)
            self._asked.pop(place, None)
            self.serial += 1
            self._confirmed[place] = (self.serial, typed)
            self.saved.emit(place, now)
        if not self._unsaved:
            self._timers.answered()
