"""Keeps what is typed: a draft reaches the desk within a second and never lands in another case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.customer import Draft
from app.core.problems import Problem
from app.core.views import CaseView
from app.ui.bench import Bench

PAUSE_MS = 300
"""A pause in typing after which the draft is saved."""

LATEST_MS = 1000
"""While somebody types on and on, the draft is saved at least this often."""

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


def place_of(view: CaseView) -> int:
    """Return the number under which a draft is kept: the case's, or minus the mention's where there is none."""
    return view.case_id if view.case_id is not None else -view.mention.id


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the reply box of one mention, or in its contact form, where `audience` tells how it went."""

    mention_id: int
    text: str
    audience: str


class DraftKeeper(QObject):
    """Saves drafts by place: a case, or a mention without one; of replies, or with `contacts` of contacts to be logged.

    `saved(place, at)` comes only after the desk confirmed the newest text. What the desk has not confirmed yet stays
    in `unsaved` and wins over what the desk tells, so that a slow or failed save never shows an older text.
    """

    saved = Signal(object, float)
    failed = Signal(object)

    def __init__(self, bench: Bench, parent: QObject | None = None, *, contacts: bool = False) -> None:
        super().__init__(parent)
        self._bench, self._contacts = bench, contacts
        self._place: int | None = None
        self._unsaved: dict[int, Typed] = {}
        self._asked: dict[int, Typed] = {}
        self._confirmed: dict[int, tuple[int, Typed]] = {}
        self.serial = 0
        self._timers = SaveTimers(self, self.flush, self._save_again)

    @property
    def is_clean(self) -> bool:
        """True where the desk has confirmed everything typed."""
        return not self._unsaved

    def unsaved(self, place: int) -> Typed | None:
        """Return what was typed there and is not confirmed yet."""
        return self._unsaved.get(place)

    def newest(self, place: int, serial: int) -> Typed | None:
        """Return what is newer there than a reading begun at `serial`: not confirmed yet, or only confirmed since."""
        confirmed, typed = self._confirmed.get(place, (-1, None))
        return self._unsaved.get(place) or (typed if confirmed > serial else None)

    def switch(self, place: int | None) -> None:
        """Go to another case; what was typed for the last one is saved first."""
        if place != self._place:
            self.flush()
            self._place = place

    def typed(self, mention_id: int, text: str, audience: str) -> None:
        """Take a change in the reply box of the place switched to."""
        if self._place is None:
            return
        self._unsaved[self._place] = Typed(mention_id, text, audience)
        self._timers.touch()

    def move(self, before: int, place: int) -> None:
        """Take what is not confirmed yet along to the case that its mention has got; it is saved there."""
        if before == place:
            return
        if self._place == before:
            self._place = place
        self._asked.pop(before, None)
        if typed := self._unsaved.pop(before, None):
            self._unsaved.setdefault(place, typed)
            self.flush()

    def discard(self, place: int) -> None:
        """Forget what was typed there: it has been sent. A save under way ends before what is written next."""
        for kept in (self._unsaved, self._asked, self._confirmed):
            kept.pop(place, None)

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

    def _save(self, place: int, typed: Typed) -> None:
        now = self._bench.now()
        self._asked[place] = typed
        self._timers.asked()
        asked = self._bench.write(
            self,
            lambda desk: desk.replies.save_draft(
                typed.mention_id, typed.text, typed.audience, now, contact=self._contacts
            ),
            lambda result: self._ended(place, typed, result),
        )
        if not asked:
            self._asked.pop(place, None)

    def _ended(self, place: int, typed: Typed, result: Draft | Problem) -> None:
        if isinstance(result, Problem):
            if self._asked.get(place) == typed:
                self._asked.pop(place)
            if place in self._unsaved:
                self.failed.emit(result)
            return
        if self._unsaved.get(place) == typed:
            self._unsaved.pop(place)
            self._asked.pop(place, None)
            self.serial += 1
            self._confirmed[place] = (self.serial, typed)
            self.saved.emit(place, result.saved_at)
        if not self._unsaved:
            self._timers.answered()
