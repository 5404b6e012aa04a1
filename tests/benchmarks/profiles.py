"""Profiles for benchmarks: watches on the corpus server, and an archive with many mentions."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks import corpus

from app.bootstrap.stores import open_stores
from app.core.identity import prints_of
from app.core.mention import Mention
from app.core.ports.archive import Heard, ListenerArchive, NewMention
from app.core.problems import Problem
from app.core.verdict import Kind, Verdict
from app.core.watch import Watch, WatchState
from app.stores.shop_file import TinyShopFile


def address(number: int, port: int) -> str:
    """Return where the corpus server serves a feed."""
    return f"http://{corpus.host(number)}:{port}/{number}.xml"


def with_watches(folder: Path, port: int, feeds: int, interval: int = 300) -> Path:
    """Return a profile that listens to so many feeds of the corpus server."""
    (folder / "backups").mkdir(parents=True, exist_ok=True)
    shop = TinyShopFile(folder / "shop.json", folder / "backups")
    for number in range(feeds):
        settings = {"url": address(number, port)}
        watch = Watch(f"w{number}", f"Feed {number}", "feed", settings=settings, allow_private=True, interval=interval)
        shop.put_watch(watch)
    return folder


def with_mentions(folder: Path, count: int) -> Path:
    """Return a profile whose archive holds so many mentions, a fifth of them open complaints."""
    stores = open_stores(folder)
    assert not isinstance(stores, Problem)
    archive = stores.archive.listener()
    now = time.time()
    for begin in range(0, count, 1000):
        new = [_mention(number, now) for number in range(begin, min(begin + 1000, count))]
        _keep(archive, Heard("w", False, WatchState("w", heard_at=now), now, now, tuple(new)))
    archive.close()
    stores.archive.close()
    return folder


def _keep(archive: ListenerArchive, heard: Heard) -> None:
    archive.transaction(lambda: (heard,))


def _mention(number: int, now: float) -> NewMention:
    mention = Mention(
        "feed", f"k{number}", f"https://s.example/{number}", f"Wpis {number}",
        f"Zamówienie {number} nie dotarło na czas i nikt nie odbiera telefonu. " * 6,
        f"Klient {number % 900}", site="s.example", published=now - number * 60,
    )  # fmt: skip
    complaint = number % 5 == 0
    verdict = Verdict(Kind.COMPLAINT if complaint else Kind.NEUTRAL, 0.9 if complaint else 0.1)
    return NewMention(
        mention, prints_of(mention), verdict, opens_case=complaint, due_at=now + 3600 if complaint else None
    )
