"""Places that are suggested only where the owner has an address there in hand: Reddit and Hacker News."""

from __future__ import annotations

import re

from app.core.ports.find import InHand
from app.core.ports.source import Suggestion
from app.core.watch import WatchKind
from app.sources.find.asking import parts_of

_SUBREDDIT = re.compile(r"/r/([A-Za-z0-9_]{2,32})(?:/.*)?")


def reddit_of(hand: InHand) -> tuple[Suggestion, ...]:
    """Return the subreddit in hand, searched for the shop's name where that is known. The owner still has to agree."""
    host, path = parts_of(hand.url)
    if host != "reddit.com" and not host.endswith(".reddit.com"):
        return ()
    place = _SUBREDDIT.fullmatch(path)
    settings = {"words": hand.name, "subreddit": place[1] if place else ""}
    if not any(settings.values()):
        return ()
    name = ": ".join(part for part in (hand.name, f"r/{place[1]}" if place else "") if part)
    return (Suggestion("reddit", name, settings, kind=WatchKind.SEARCH if hand.name else WatchKind.CHANNEL),)


def hackernews_of(hand: InHand) -> tuple[Suggestion, ...]:
    """Return a search for the shop's name."""
    if parts_of(hand.url)[0] not in {"news.ycombinator.com", "hn.algolia.com"} or not hand.name:
        return ()
    words = f'"{hand.name}"' if " " in hand.name else hand.name
    return (Suggestion("hackernews", hand.name, {"words": words}, kind=WatchKind.SEARCH),)
