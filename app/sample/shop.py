"""What the sample shop is made of: its watches, and feeds that grow while the program runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from app.core.watch import Watch, WatchKind

INTERVAL = 20
"""Seconds between polls of the sample shop's places: short, so that the bell can be seen at work."""
PACE = 45.0
"""Seconds that pass for a «minute» after the start in the sample shop's feeds: its complaints come faster than life."""


@dataclass(frozen=True, slots=True)
class SampleShop:
    """`feeds` maps a feed's id to its title and items; `started` is when this run began (Unix seconds)."""

    watches: tuple[Mapping[str, Any], ...]
    feeds: Mapping[str, Mapping[str, Any]]
    preferences: Mapping[str, str]
    started: float

    def feed(self, feed_id: str, now: float) -> str | None:
        """Return a feed as RSS with what has been published by now, newest first, or None for an unknown one."""
        feed = self.feeds.get(feed_id)
        if feed is None:
            return None
        items = [(self._moment(item), number, item) for number, item in enumerate(feed["items"])]
        past = sorted((entry for entry in items if entry[0] <= now), reverse=True, key=lambda entry: entry[0])
        body = "".join(_item(feed_id, number, item, moment) for moment, number, item in past)
        head = f"<title>{escape(feed['title'])}</title><link>https://{feed_id}.rogalik.example/</link>"
        return (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<channel>{head}{body}</channel></rss>"
        )

    def _moment(self, item: Mapping[str, Any]) -> float:
        minutes = float(item["minutes"])
        return self.started + (minutes * 60.0 if minutes < 0 else minutes * PACE)


def _item(feed_id: str, number: int, item: Mapping[str, Any], moment: float) -> str:
    link = f"https://{feed_id}.rogalik.example/wpis/{number + 1}"
    return (
        f"<item><guid isPermaLink='false'>{feed_id}-{number + 1}</guid><link>{link}</link>"
        f"<title>{escape(item['title'])}</title><dc:creator>{escape(item['author'])}</dc:creator>"
        f"<pubDate>{formatdate(int(moment), usegmt=True)}</pubDate>"
        f"<description>{escape(item['text'])}</description></item>"
    )


def load(resources: Path, started: float) -> SampleShop:
    """Return the sample shop of this installation, begun at `started`."""
    raw = json.loads((resources / "sample_shop" / "shop.json").read_text(encoding="utf-8"))
    return SampleShop(tuple(raw["watches"]), raw["feeds"], raw["preferences"], started)


def watches(shop: SampleShop, address: str) -> tuple[Watch, ...]:
    """Return the sample shop's watches, listening to its feeds at `address`."""
    return tuple(_watch(one, address, shop.started) for one in shop.watches)


def _watch(one: Mapping[str, Any], address: str, created: float) -> Watch:
    return Watch(
        id=f"sample-{one['feed']}",
        name=one["name"],
        source="feed",
        kind=WatchKind(one.get("kind", "channel")),
        settings={"url": f"{address}/{one['feed']}.xml"},
        own=one["own"],
        interval=INTERVAL,
        required=tuple(one.get("required", ())),
        language=one["language"],
        allow_private=True,
        created=created,
    )
