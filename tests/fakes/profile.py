"""A profile with real stores in a temporary folder, a web without a network, and a clock that can be set."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from fakes.empty_archive import MADE_AT, put_empty_archive
from fakes.pages import NoSecrets, PageSource, PageSources, WordDetector
from fakes.web import PATIENCE, Web

from app.core.messages import FromListener
from app.core.ports.archive import Heard, Stored
from app.core.ports.desk_archive import DeskArchive
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.listen.engine import Listener
from app.listen.parts import Parts
from app.listen.stems import SnowballStemmer
from app.stores.archive.connections import Connections
from app.stores.archive.listener import SqliteListenerArchive
from app.stores.archive.open import Archive, open_archive
from app.stores.by_hand import WaitingEntries
from app.stores.fetched import FetchedAnswers
from app.stores.shop_file import TinyShopFile


class Clock:
    """The time of day, put forward or back by `shift` seconds."""

    def __init__(self) -> None:
        self.shift = 0.0

    def __call__(self) -> float:
        return time.time() + self.shift


class UnluckyArchive(SqliteListenerArchive):
    """The real archive, but for what a test makes fail: `problem` is returned or `error` raised in place of storing.

    The first `lucky` transactions go well all the same.
    """

    problem: Problem | None = None
    error: Exception | None = None
    due_problem: Problem | None = None
    transactions = 0
    lucky = 0

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self.due_kept = threading.Event()

    def set_due(self, due: Sequence[tuple[int, float | None]]) -> None:
        if self.due_problem:
            raise ProblemError(self.due_problem)
        super().set_due(due)
        self.due_kept.set()

    def transaction(self, work: Callable[[], Sequence[Heard]]) -> list[Stored] | Problem:
        self.transactions += 1
        if self.transactions <= self.lucky:
            return super().transaction(work)
        if self.error:
            raise self.error
        return self.problem or super().transaction(work)


class UnluckyShop(TinyShopFile):
    """The real shop file, but that every change fails while `problem` is set."""

    problem: Problem | None = None

    def _change(self, change: Callable[..., None]) -> Problem | None:
        return self.problem or super()._change(change)

    def change_authors(self, change: Callable[[str], str]) -> Problem | None:
        return self.problem or super().change_authors(change)


class Ears:
    """Takes what a listener says."""

    def __init__(self) -> None:
        self.heard: list[FromListener] = []
        self._news = threading.Condition()

    def __call__(self, message: FromListener) -> None:
        with self._news:
            self.heard.append(message)
            self._news.notify_all()

    def of(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.heard if isinstance(message, kind)]

    def expect(self, kind: type, times: int = 1, **values: object) -> None:
        """Wait for so many messages of a kind with these values."""

        def enough() -> bool:
            fit = [m for m in self.of(kind) if all(getattr(m, name) == value for name, value in values.items())]
            return len(fit) >= times

        with self._news:
            assert self._news.wait_for(enough, PATIENCE), f"heard only {self.heard}"


@dataclass
class Profile:
    """One shop for a test."""

    folder: Path
    archive: Archive
    listener_archive: UnluckyArchive
    desk_archive: DeskArchive
    shop: UnluckyShop
    web: Web = field(default_factory=Web)
    source: PageSource = field(default_factory=PageSource)
    secrets: NoSecrets = field(default_factory=NoSecrets)
    clock: Clock = field(default_factory=Clock)
    detector: WordDetector = field(default_factory=WordDetector)

    def __post_init__(self) -> None:
        self.waiting = WaitingEntries(self.folder / "by-hand", self.clock)
        self.fetched = FetchedAnswers(self.folder / "just-fetched", self.clock)

    @property
    def parts(self) -> Parts:
        return Parts(
            shop=self.shop,
            archive=self.listener_archive,
            net=self.web,
            sources=PageSources(self.source),
            detector=self.detector,
            secrets=self.secrets,
            stemmer=SnowballStemmer(),
            zone=UTC,
            clock=self.clock,
            outbox=self.archive.outbox(),
            by_hand=self.waiting,
            fetched=self.fetched,
        )

    def watch(self, watch_id: str, page: str | None = None, **more: object) -> Watch:
        """Keep a watch on a page of its own host, one hour between polls unless told otherwise."""
        url = f"https://{watch_id}.example/feed"
        values = {"name": watch_id.title(), "source": "page", "settings": {"url": url}, **more}
        watch = Watch(watch_id, **values)  # type: ignore[arg-type]
        assert self.shop.put_watch(watch) is None
        if page is not None:
            self.web.pages[watch.settings["url"]] = page
        return watch

    @contextmanager
    def listening(self, beat: float = 60.0) -> Iterator[tuple[Listener, Ears]]:
        """Run a listener on this profile."""
        self.web.closed.clear()
        ears = Ears()
        listener = Listener(self.parts, ears, beat=beat)
        try:
            listener.start()
            yield listener, ears
        finally:
            listener.stop()


@contextmanager
def profile_in(folder: Path) -> Iterator[Profile]:
    """Open a profile in a folder."""
    put_empty_archive(folder / "archive.sqlite")
    opened = open_archive(folder / "archive.sqlite", folder / "backups", MADE_AT)
    assert not isinstance(opened, Problem)
    archive, _told = opened
    listener_archive = UnluckyArchive(archive._heard)
    try:
        yield Profile(
            folder, archive, listener_archive, archive.desk(), UnluckyShop(folder / "shop.json", folder / "b")
        )
    finally:
        archive.close()
