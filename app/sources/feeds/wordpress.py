"""WordPress: addresses of its comments, and comments as its interface for programs gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from app.core.mention import Mention
from app.sources.apis.values import MOST_ROWS, id_at, json_of, text_at
from app.sources.feeds.addresses import host_of, web_address
from app.sources.feeds.dates import unix_time
from app.sources.feeds.html_text import html_text, one_line

PER_PAGE = 100
"""Comments of one page; WordPress gives no more."""

_FEED_PATH = re.compile(r"(?:/comments)?/feed(?:/(?:atom|rss2?|rdf))?/?\Z", re.IGNORECASE)
_MACHINE_ROOM = re.compile(r"/(?:wp-json|wp-admin|wp-login\.php|wp-comments-post\.php|xmlrpc\.php)(?:/.*)?\Z")
_COMMENT = re.compile(r"#comment-\d{1,18}\Z")
_IN_REPLY = re.compile(r"(?:In reply to|W odpowiedzi (?:do|na)|В ответ на|У відповідь (?:до|на)) [^\n]{1,200}\.\n")
_LONGEST_NAME = 200


def comments_feed(address: str) -> str:
    """Return the address of the Atom feed of comments, of a whole site or below one post, from any address there.

    WordPress answers this form at every address, and leads on to the pretty one where it has that (its own tests of
    canonical addresses say so).
    """
    parts = urlsplit(address)
    path = _MACHINE_ROOM.sub("/", _FEED_PATH.sub("/", parts.path)) or "/"
    try:
        kept = [(name, value) for name, value in parse_qsl(parts.query, max_num_fields=30) if name != "feed"]
    except ValueError:  # more parameters than any page of WordPress has
        kept = []
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode([*kept, ("feed", "comments-atom")]), ""))


def later_comments(feed: str, after: float, page: int) -> str:
    """Return the address of a page of the comments written after a moment (Unix seconds), the oldest first."""
    parts = urlsplit(feed)
    asked = {
        "rest_route": "/wp/v2/comments",
        "after": datetime.fromtimestamp(after, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "order": "asc",
        "orderby": "date_gmt",
        "per_page": str(PER_PAGE),
        "page": str(page),
    }
    path = _FEED_PATH.sub("/", parts.path) or "/"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(asked), ""))


def rest_root(address: str) -> str:
    """Return the address at which WordPress is asked through its interface, from that of a feed or of an answer."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, _FEED_PATH.sub("/", parts.path) or "/", "", ""))


@dataclass(frozen=True, slots=True)
class Where:
    """Where comments stand: `home` begins their ids, `page` is the one post they have to stand below, «» for any."""

    source: str
    home: str
    page: str = ""

    def those_here(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return the comments that stand below the one post, all where any may be meant."""
        return tuple(mention for mention in mentions if self.page in {"", _page(mention.url)})


def where_of(feed: str, shown: Iterable[Mention], source: str) -> Where:
    """Return where the comments of a feed stand, as those that it shows tell."""
    base = rest_root(feed)
    known = tuple(shown)
    home = next((key.partition("?p=")[0] for key in (mention.key for mention in known) if "?p=" in key), base)
    below_one = bool(known) and all(_page(mention.url) == _page(base) for mention in known)
    return Where(source, home, _page(base) if below_one else "")


def rest_comments(body: bytes, where: Where, now: float) -> tuple[Mention, ...]:
    """Return the comments of one page of WordPress' interface, known by the ids that its feed gives them."""
    rows = json_of(body)
    found = (_comment(row, where, now) for row in (rows if isinstance(rows, list) else [])[:MOST_ROWS])
    return tuple(mention for mention in found if mention)


def _page(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/")


def _comment(row: object, where: Where, now: float) -> Mention | None:
    number, post, above = id_at(row, "id"), id_at(row, "post"), id_at(row, "parent")
    if not (number.isdecimal() and post.isdecimal()) or text_at(row, "status") not in {"", "approved"}:
        return None
    written = text_at(row, "date_gmt")
    url = web_address(text_at(row, "link"), where.home)
    return Mention(
        source=where.source,
        key=f"{where.home}?p={post}#comment-{number}",
        url=url,
        text=html_text(text_at(row, "content", "rendered")),
        author=one_line(html_text(text_at(row, "author_name")), _LONGEST_NAME),
        handle=web_address(text_at(row, "author_url")),
        site=host_of(url) or host_of(where.home),
        published=unix_time(f"{written}Z", now) if written else None,
        parent=f"{where.home}?p={post}#comment-{above}" if above.isdecimal() and above != "0" else "",
    )


def tied(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return comments whose thread is the first comment above them: below one post many customers write.

    The line «In reply to …» that WordPress puts before an answer goes.
    """
    known = {mention.key: mention for mention in mentions}
    return tuple(_tied(mention, known) for mention in known.values())


def _tied(mention: Mention, known: Mapping[str, Mention]) -> Mention:
    if not _COMMENT.search(mention.parent):
        return replace(mention, parent="", thread="")
    top, passed = mention.parent, {mention.key}
    while top in known and top not in passed and _COMMENT.search(known[top].parent):
        passed.add(top)
        top = known[top].parent
    return replace(mention, thread=top, text=_IN_REPLY.sub("", mention.text, count=1))
