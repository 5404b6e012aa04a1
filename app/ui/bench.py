"""The bench every page works at: the one way to the desk, off the GUI thread, and what pages tell each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.core.ports.desk import Desk
from app.core.ports.source import Source, Sources
from app.core.problems import Problem, ProblemError
from app.ui.last_folder import LastFolder
from app.words import _, language
from app.words.names import hand_source_name

T = TypeVar("T")


class Errand(Protocol):
    """Work under way; once cancelled, nobody hears of its result. Long work may look whether it is."""

    @property
    def cancelled(self) -> bool: ...
    def cancel(self) -> None: ...


class Background(Protocol):
    """Runs work off the GUI thread and brings the result back to it, unless the owner is gone by then."""

    def run(
        self, work: Callable[[], T], done: Callable[[T], object] | None = None, *, owner: QObject, lane: str = "read"
    ) -> Errand: ...


class Bench(QObject):
    """`announced` carries a Problem or a sentence; `changed` says that cases changed; `shop_changed` that the shop did.

    `outbox_changed` says that a reply was written off, taken back or decided about.
    `files` is where the owner chose a file last. `clock_read` says that what is on screen tells its times by another moment.
    `corrections_changed` says that something was learnt or unlearnt apart from any case, `sources_named` that names of
    sources came in that were asked for.
    """

    announced = Signal(object)
    changed = Signal()
    shop_changed = Signal()
    corrections_changed = Signal()
    outbox_changed = Signal()
    sources_named = Signal()
    clock_read = Signal()

    def __init__(self, background: Background, now: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now, self.files = now, LastFolder()
        self._shown_at = now()
        self._sources: Sources | None = None
        self._all: Sequence[Source] = ()
        self._titles: dict[str, str] = {}
        self._background = background
        self._desk: Desk | None = None

    def shown_at(self) -> float:
        """Return the moment (Unix seconds) by which rows and the case tell what is left: one for all, so that they agree."""
        return self._shown_at

    def read_clock(self) -> None:
        """Have all of them tell it by this very moment."""
        self._shown_at = self.now()
        self.clock_read.emit()

    @property
    def is_open(self) -> bool:
        """True once there is a desk."""
        return self._desk is not None

    def open(self, desk: Desk, sources: Sources | None) -> None:
        """Take the desk, opened meanwhile."""
        self._desk, self._sources = desk, sources
        self._titles = {source.id: source.title for source in sources.known()} if sources else {}

    def read(self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T], None]) -> Errand | None:
        """Ask the desk something; `done` gets the answer on the GUI thread. None where no desk is open yet."""
        return self._run(owner, work, done, "read")

    def ask_slowly(self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T], None]) -> Errand | None:
        """Ask the desk something that waits for a network; no list waits behind it."""
        return self._run(owner, work, done, "slow")

    def write(
        self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T | Problem], None] | None = None
    ) -> bool:
        """Have the desk keep something, in the order asked; False where no desk is open yet.

        A Problem that keeps the desk from it goes to `done` as well.
        """
        if done is None:
            return self._run(owner, work, None, "write") is not None
        return self._run(owner, _told(work), done, "write") is not None

    def keep(
        self,
        owner: QObject,
        work: Callable[[Desk], T | Problem],
        done: Callable[[T], object] | None = None,
        refused: Callable[[], object] = lambda: None,
        *,
        slowly: bool = False,
    ) -> bool:
        """Write, or with `slowly` ask slowly; a Problem is announced and `refused` called, all else goes to `done`."""

        def ended(result: T | Problem) -> None:
            if isinstance(result, Problem):
                self.announced.emit(result)
                refused()
            elif done:
                done(result)

        return self._run(owner, _told(work), ended, "slow" if slowly else "write") is not None

    def source_title(self, source_id: str) -> str:
        """Return what people call a source, in the language spoken.

        One that nothing was asked of yet goes by its id at first, until `sources_named`.
        """
        if by_hand := hand_source_name(source_id):
            return by_hand
        if source_id not in self._titles and self._sources:
            self._titles[source_id] = source_id
            self.with_source(self, source_id, lambda source: self._name(source_id, source))
        return _(self._titles.get(source_id, source_id))

    def place_title(self, place: str) -> str:
        """Return what people call a place: a site by its host, and a source where there is no site."""
        return place if "." in place else self.source_title(place)

    def _name(self, source_id: str, source: Source | None) -> None:
        if source:
            self._titles[source_id] = source.title
            self.sources_named.emit()

    def with_source(self, owner: QObject, source_id: str, done: Callable[[Source | None], object]) -> None:
        """Bring one source: it may have to be loaded first."""
        if sources := self._sources:
            self._run(owner, lambda _desk: sources.get(source_id), done, "read")

    def with_page(self, owner: QObject, name: str, done: Callable[[str], object]) -> None:
        """Bring a help page of a source as Markdown, in the language spoken if there is one; «» where there is none."""
        if sources := self._sources:
            spoken = language()
            self._run(owner, lambda _desk: sources.page(name, spoken), done, "read")

    def with_sources(self, owner: QObject, done: Callable[[Sequence[Source]], object]) -> None:
        """Bring all sources, the commonest first: at once where they are loaded, else as soon as they are."""
        sources = self._sources
        if self._all or sources is None:
            done(self._all)
            return

        def came(found: tuple[Source, ...]) -> None:
            self._all = found
            self._titles |= {source.id: source.title for source in found}
            done(found)

        self._run(owner, lambda _desk: sources.all(), came, "read")

    def _run(
        self, owner: QObject, work: Callable[[Desk], T], done: Callable[[T], object] | None, lane: str
    ) -> Errand | None:
        desk = self._desk
        if desk is None:
            return None
        return self._background.run(lambda: work(desk), done, owner=owner, lane=lane)


class Newest:
    """Asks the desk one thing again and again: readings may overtake each other, and only the newest is answered."""

    def __init__(self, bench: Bench, owner: QObject) -> None:
        self._bench, self._owner = bench, owner
        self._errand: Errand | None = None

    def read(self, work: Callable[[Desk], T], done: Callable[[T], None]) -> None:
        """Ask; the answer to an earlier question is not awaited any more."""
        if self._errand:
            self._errand.cancel()
        self._errand = self._bench.read(self._owner, work, done)


def _told(work: Callable[[Desk], T]) -> Callable[[Desk], T | Problem]:
    """Have work that meets a Problem return it: who waits for an answer gets one."""

    def told(desk: Desk) -> T | Problem:
        try:
            return work(desk)
        except ProblemError as error:
            return error.problem

    return told
