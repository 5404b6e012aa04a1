"""What was told before: a place that shows its newest again and again is told only what is new or reads differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from app.core.mention import Mention
from app.core.watch import MOST_AT_FIRST
from app.sources.feeds.read import newest

NAME = "told"
"""Where the bookmark keeps the marks: what a mention is and how it reads, sixteen letters each."""

MOST = 600
"""Mentions remembered; what is older is at worst told again, and the archive knows it."""

_KEY = 10


class Told:
    """The mentions told in earlier polls, and those of this one. `keys` says which are known however they read."""

    def __init__(self, bookmark: Mapping[str, str]) -> None:
        self._before = tuple(bookmark.get(NAME, "").split())
        self._marks = frozenset(self._before)
        self._keys = frozenset(mark[:_KEY] for mark in self._before)
        self._now: dict[str, Mention] = {}

    def knows(self, mention: Mention) -> bool:
        """Say whether a mention was told before this poll, however it read then."""
        return _mark(mention)[:_KEY] in self._keys

    def add(self, mentions: Iterable[Mention]) -> None:
        """Take over what a page holds."""
        for mention in mentions:
            self._now.setdefault(mention.key, mention)

    def fresh(self, *, first: bool) -> tuple[Mention, ...]:
        """Return what this poll has to tell: at the first one the newest hundred, later whatever reads differently."""
        found = tuple(mention for mention in self._now.values() if _mark(mention) not in self._marks)
        return newest(found, MOST_AT_FIRST) if first else found

    def marks(self) -> str:
        """Return what the bookmark is to keep."""
        now = [_mark(mention) for mention in self._now.values()]
        keys = {mark[:_KEY] for mark in now}
        kept = [*now, *(mark for mark in self._before if mark[:_KEY] not in keys)]
        return " ".join(kept[:MOST])


def _mark(mention: Mention) -> str:
    reads = f"{mention.title}\n{mention.text}\n{mention.stars}"
    return _hash(mention.key, _KEY // 2) + _hash(reads, 3)


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()
