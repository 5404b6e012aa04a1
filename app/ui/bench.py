"""The bench every page works at: the one way to the desk, off the GUI thread, and what pages tell each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.core.ports.desk import Desk
from app.core.ports.source import Source
from app.core.problems import Problem
from app.words import _

T = TypeVar("T")


class Errand(Protocol):
    """Work under way; once cancelled, nobody hears of its result."""

    def cancel(self) -> None: ...


class Background(Protocol):
    """Runs work off the GUI thread and brings the result back to it, unless the owner is gone by then."""

    def run(
        self, work: Callable[[], T], done: Callable[[T], None] | None = None, *, owner: QObject, lane: str = "read"
    ) -> Errand: ...


class Bench(QObject):
    """`announced` carries a Problem or a sentence; `changed` says that cases changed; `shop_changed` that the shop did.

    `corrections_changed` says that something was learnt or unlearnt apart from any case.
    """

    announced = Signal(object)
    changed = Signal()
    shop_changed = Signal()
    corrections_changed = Signal()

    def __init__(self, background: Background, now: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = now
        self.sources: Sequence[Source] = ()
        self._background = background
        self._desk: Desk | None = None

    @property
    def is_open(self) -> bool:
        """True once there is a desk."""
        return self._desk is not None

    def open(self, desk: Desk, sources: Sequence[Source]) -> None:
        """Take the desk, opened meanwhile."""
        self._desk, self.sources = desk, tuple(sources)

    def read(self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T], None]) -> Errand | None:
        """Ask the desk something; `done` gets the answer on the GUI thread. None where no desk is open yet."""
        return self._run(owner, work, done, "read")

    def ask_slowly(self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T], None]) -> Errand | None:
        """Ask the desk something that waits for a network; no list waits behind it."""
        return self._run(owner, work, done, "slow")

    def write(self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T], None] | None = None) -> bool:
        """Have the desk keep something, in the order asked; False where no desk is open yet."""
        return self._run(owner, work, done, "write") is not None

    def keep(
        self, owner: QObject, work: Callable[[Desk], object], done: Callable[[object], None] | None = None
    ) -> bool:
        """Write; a Problem that comes back is announced, anything else goes to `done`."""

        def ended(result: object) -> None:
            if isinstance(result, Problem):
                self.announced.emit(result)
            elif done:
                done(result)

        return self.write(owner, work, ended)

    def source_title(self, source_id: str) -> str:
        """Return what people call a source, in the language spoken."""
        return next((_(source.title) for source in self.sources if source.id == source_id), source_id)

    def _run(
        self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T], None] | None, lane: str
    ) -> Errand | None:
        desk = self._desk
        if desk is None:
            return None
        return self._background.run(lambda: work(desk), done, owner=owner, lane=lane)
