"""Keeps what is typed under «Add…» while it is typed, as drafts of replies are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.core.customer import Customer
from app.core.ports.by_hand import EntryDraft, Kept
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.keeper import SaveTimers
from app.ui.pictures import image_of
from app.words import _


@dataclass(frozen=True, slots=True)
class Left:
    """What was left unfinished: the entry, its picture to be shown, and the customer chosen."""

    draft: EntryDraft
    image: QImage | None
    customer: Customer | None


def left(desk: Desk) -> Left | Problem | None:
    """Return what was left unfinished at the desk."""
    draft = desk.by_hand.draft()
    return unpacked(desk, draft) if isinstance(draft, EntryDraft) else draft


def unpacked(desk: Desk, draft: EntryDraft) -> Left:
    """Return a draft with its picture unpacked and its customer looked up."""
    customer = desk.customers.get(draft.customer_id) if draft.customer_id else None
    return Left(draft, image_of(draft.picture), customer)


def added(desk: Desk, draft: EntryDraft) -> Kept | Problem:
    """Have an entry kept; then it is no draft any more."""
    result = desk.by_hand.add(draft.entry, draft.picture, draft.customer_id)
    if isinstance(result, Kept) and result.mention_id is None:
        desk.by_hand.put_draft(None)
    return result


def _words(draft: EntryDraft) -> str:
    """Return what is typed into an entry as one text: link, who, title, text, and that there is a picture."""
    entry = draft.entry
    picture = _("A picture belongs to this; it could not be saved.") if draft.picture else ""
    parts = (entry.url, entry.author, entry.handle, entry.title, entry.text, picture)
    return "\n".join(part.strip() for part in parts if part.strip())


class EntryKeeper(QObject):
    """Saves what `typed` returns, None for nothing, within a second of each `touch`; tries again where that failed.

    Until `begin` nothing is saved: what was typed before is still being read. `failed` carries the Problem, `trouble` is
    that of the newest save.
    """

    failed = Signal(object)

    def __init__(self, bench: Bench, typed: Callable[[], EntryDraft | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._typed = bench, typed
        self._begun, self._changed = False, False
        self._newest = self._written = 0
        self.trouble: Problem | None = None
        self._timers = SaveTimers(self, self.flush, self._save_again)

    def begin(self) -> None:
        """Save from now on, and soon what changed already."""
        self._begun = True
        if self._changed:
            self.touch()

    def touch(self) -> None:
        """Take in that something changed."""
        self._changed = True
        if self._begun:
            self._timers.touch()

    def unkept(self) -> tuple[str, ...]:
        """Return the words typed that the desk has not got by now, its word about that being on its way or not."""
        draft = self._typed() if self._changed or self._newest != self._written else None
        words = _words(draft) if draft else ""
        return (words,) if words else ()

    def flush(self) -> None:
        """Save what changed and is not asked to be saved yet."""
        self._timers.saving()
        if self._begun and self._changed:
            self._save()

    def _save_again(self) -> None:
        """Save once more: the desk refused, was not open, or broke down over it."""
        self._changed = True
        self.flush()

    def _save(self) -> None:
        draft = self._typed()
        self._changed = False
        self._newest += 1
        number = self._newest
        self._timers.asked()

        def save(desk: Desk) -> Problem | None:
            problem = desk.by_hand.put_draft(draft)
            if problem is None:
                self._written = number  # in the thread that writes: at the end nobody hears its word
            return problem

        self._bench.write(self, save, lambda result: self._ended(number, result))

    def _ended(self, number: int, problem: Problem | None) -> None:
        if number != self._newest:
            return
        self.trouble = problem
        if problem:
            self._changed = True
            self.failed.emit(problem)
        else:
            self._timers.answered()
