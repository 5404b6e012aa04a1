"""A page in hand that has no feed: the lists on it that could be watched."""

from __future__ import annotations

from app.core.ports.find import FindSteps, InHand
from app.core.ports.source import Suggestion
from app.core.watch import WatchKind
from app.sources.feeds.page_links import read_page as links_of
from app.sources.feeds.sniff import Kind, look
from app.sources.find.asking import page_request, parts_of, text_of
from app.sources.find.sites import MOST_LISTS
from app.sources.pages.lists import lists_on
from app.sources.pages.tree import read_tree

_OTHERS = frozenset({"youtube.com", "t.me", "bsky.app", "apps.apple.com", "reddit.com", "news.ycombinator.com"})
"""Hosts whose pages other sources read better."""


def find_lists(hand: InHand) -> FindSteps:
    """Suggest the likeliest lists on a page that names no feed."""
    if not hand.url or parts_of(hand.url)[0] in _OTHERS:
        return ()
    response = yield page_request(hand.url)
    text = text_of(response)
    if not text or look(text).kind is not Kind.PAGE or links_of(text, response.url).feeds:
        return ()
    return tuple(
        Suggestion(
            "web_page",
            one.examples[0] if one.examples else one.selector,
            {"url": response.url, "selector": one.selector},
            kind=WatchKind.CHANNEL,
            count=one.count,
            examples=one.examples,
        )
        for one in lists_on(read_tree(text))[:MOST_LISTS]
    )
