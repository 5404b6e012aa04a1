"""A web page in place of a feed, and which feeds it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from app.sources.feeds.addresses import LONGEST, web_address
from app.sources.feeds.html_text import html_text, one_line

MOST = 12
"""Feeds suggested for one page: more than anybody picks from."""

_LOOKED_AT = 1_000_000
"""Characters of a page in which links are looked for."""

_TAG = re.compile(r"<(link|a|base|meta|title)(?![\w:-])([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]{1,40})\s*+=\s*+(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""")
_FEED_TYPES = frozenset(
    {
        *(
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
            "application/rdf+xml",
            "text/rss+xml",
        ),
    }
)
_LIKE_A_FEED = re.compile(
    r"(?:(?:\A|/)feeds?(?:/(?:rss2?|atom|json))?/?|(?:\A|/)(?:rss2?|atom)/?|\.rss|\.atom|\.rdf|(?:\A|/)(?:rss2?|atom|feed|index)\.(?:xml|json|rdf)"
    r"|[?&](?:feed|format|output)=(?:rss2?|atom|json|comments-rss2)|/feeds/posts/default)(?:[?#&].*)?\Z",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"""youtube\.com/channel/(UC[\w-]{10,40})|"(?:channelId|externalId)":\s?"(UC[\w-]{10,40})\"""")
_PASSWORD = re.compile(r"""<input\b[^<>]{0,500}\btype\s*=\s*["']?password""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a page: its feeds as (address, name), and whether it asks for a password."""

    feeds: tuple[tuple[str, str], ...] = ()
    asks_password: bool = False


def read_page(text: str, address: str) -> Page:
    """Return the feeds that a page links to, those it declares first; well-known ones only where the page says its maker."""
    text = text[:_LOOKED_AT]
    tags = [(match[1].lower(), match) for match in _TAG.finditer(text)]
    base, declared, linked, maker, page_title = address, list[tuple[str, str]](), list[tuple[str, str]](), "", ""
    for name, match in tags:
        if name == "title" and not page_title:
            page_title = one_line(html_text(text[match.end() : match.end() + 300].split("</", 1)[0]), 100)
            continue
        found = attributes_of(match[2])
        if name == "base":
            base = web_address(found.get("href", ""), address) or base
        elif name == "meta" and found.get("name", "").lower() == "generator":
            maker = found.get("content", "").lower()
        elif name == "link" and _declares(found):
            declared.append((found.get("href", ""), found.get("title", "")))
        elif name == "a" and _LIKE_A_FEED.search(found.get("href", "")[:LONGEST]):
            linked.append((found["href"], ""))
    known = _well_known(text, address, maker)
    return Page(_distinct((*declared, *linked, *known), base, page_title), bool(_PASSWORD.search(text)))


def attributes_of(written: str) -> dict[str, str]:
    """Return the attributes of a tag by their names in lower case, entities decoded."""
    return {
        match[1].lower(): unescape(next((part for part in match.group(2, 3, 4) if part), "")).strip()
        for match in _ATTRIBUTE.finditer(written)
    }


def _declares(found: dict[str, str]) -> bool:
    relations = found.get("rel", "").lower().split()
    kind = found.get("type", "").lower().split(";")[0].strip()
    return "feed" in relations or ("alternate" in relations and kind in _FEED_TYPES)


def _well_known(text: str, address: str, maker: str) -> Iterator[tuple[str, str]]:
    """Yield the feeds that pages of WordPress, Blogger and YouTube have without saying so."""
    if "wordpress" in maker or "/wp-content/" in text:
        yield web_address("/feed/", address), ""
        yield web_address("/comments/feed/atom/", address), ""
    if "blogger" in maker:
        yield web_address("/feeds/posts/default", address), ""
        yield web_address("/feeds/comments/default", address), ""
    if "youtube.com/" in address and (channel := _CHANNEL.search(text)):
        yield f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1] or channel[2]}", ""


def _distinct(feeds: tuple[tuple[str, str], ...], base: str, page_title: str) -> tuple[tuple[str, str], ...]:
    """Return the feeds with absolute addresses, each once, each with a name."""
    distinct: dict[str, str] = {}
    for written, name in feeds:
        address = web_address(written, base)
        if address.rstrip("/").endswith("/comments/feed") and not address.endswith("/atom/"):
            address = address.rstrip("/") + "/atom/"  # WordPress tells only there which comment is answered
        if address:
            distinct.setdefault(address, one_line(html_text(name), 100) or page_title or address)
    return tuple(list(distinct.items())[:MOST])
