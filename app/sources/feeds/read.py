"""An answer of the network to what it holds: mentions, or the reason why there are none."""

from __future__ import annotations

import re

from app.core.mention import Mention
from app.core.ports.net import Response
from app.core.ports.source import Poll, Reading, Suggestion
from app.core.problems import Problem
from app.core.watch import MOST_AT_FIRST
from app.sources.feeds.addresses import host_of
from app.sources.feeds.charset import decode, mended_letters
from app.sources.feeds.entry import Document
from app.sources.feeds.feedparser_reader import read_loosely
from app.sources.feeds.html_text import html_text, one_line
from app.sources.feeds.json_feed import is_json_feed, read_json
from app.sources.feeds.left_out import with_left_out, without_left_out
from app.sources.feeds.mention_of import LONGEST_TITLE, mentions_of
from app.sources.feeds.own_author import signed_by_feed, with_hands
from app.sources.feeds.pace import asked_before, with_wait
from app.sources.feeds.page_links import read_page
from app.sources.feeds.read_before import marks_in, pieces_of, stands_alone, with_marks
from app.sources.feeds.sniff import Kind, is_binary, look
from app.sources.feeds.xml_reader import read_xml

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)
"""The Accept header of a request for a feed: web pages as well, since they name their feeds."""

_ATOM_ROOT = re.compile(r"<(?:\w{1,40}:)?feed[\s>/]", re.IGNORECASE)


def read_feed(response: Response, poll: Poll, *, source: str, place: str, signs: bool = False) -> Reading:
    """Return what a poll of a feed brought: not again what the last one brought that still reads the same.

    `place` tells this feed from all others (see Source.place). The first poll takes the newest hundred; the others count as
    read, and are told only when their authors edit them. With `signs` the feed's own author is believed (see `own_author`).
    """
    before = marks_in(poll.bookmark)
    document, marks = _read(response.body, response.headers.get("content-type", ""), before)
    if isinstance(document, Problem):
        return _without_feed(document, response, poll, source)
    mentions = mentions_of(document, source=source, place=place, address=response.url, now=poll.now)
    if not (mentions or document.sound):
        return _without_feed(Problem("sources.broken_feed"), response, poll, source)
    title = html_text(mended_letters(document.title.value)) if document.title.value else ""
    bookmark = with_wait(with_marks(poll.bookmark, marks), document.wait)
    if poll.first:
        told = newest(mentions, MOST_AT_FIRST)
        bookmark = with_left_out(bookmark, mentions, told)
    else:
        told, bookmark = without_left_out(mentions, bookmark)
    if signs:
        bookmark = with_hands(bookmark, document, response.url)
        told = signed_by_feed(told, bookmark, document)
    return Reading(
        mentions=told,
        bookmark=bookmark,
        wait=document.wait,
        title=one_line(title, LONGEST_TITLE),
        cut=document.cut,
    )


def unchanged(poll: Poll) -> Reading:
    """Return the reading of a feed that did not change: nothing new, and what it asked for holds on."""
    return Reading(bookmark=poll.bookmark, wait=asked_before(poll.bookmark))


def read_document(body: bytes, content_type: str = "") -> Document | Problem:
    """Return the feed that a body holds, or a Problem without arguments: empty, binary, page, nothing or broken."""
    return _read(body, content_type, frozenset())[0]


def _read(body: bytes, content_type: str, before: frozenset[str]) -> tuple[Document | Problem, tuple[str, ...]]:
    """Return the feed that a body holds, where possible without the entries read `before`, and the marks of all."""
    if is_binary(body):
        return Problem("sources.not_text"), ()
    found = look(decode(body, content_type))
    document: Document | None = None
    match found.kind:
        case Kind.EMPTY:
            return Problem("sources.empty_answer"), ()
        case Kind.JSON:
            return read_json(found.text) or _without_json_feed(found.text), ()
        case Kind.FEED:
            document, marks = _read_new(found.text, before)
            if document:
                return document, marks
        case Kind.PAGE:
            return Problem("sources.page_not_feed"), ()
        case Kind.OTHER:
            return Problem("sources.nothing_feed"), ()
    atom = bool((root := re.search(r"<[A-Za-z]", found.text)) and _ATOM_ROOT.match(found.text, root.start()))
    document = read_loosely(found.text, atom=atom, sound=found.kind is Kind.MESSY)
    return document or Problem("sources.broken_feed"), ()


def _without_json_feed(text: str) -> Problem:
    return Problem("sources.broken_feed" if is_json_feed(text) else "sources.nothing_feed")


def _read_new(text: str, before: frozenset[str]) -> tuple[Document | None, tuple[str, ...]]:
    """Return a well-formed feed without the entries read before, if these can be told, and the marks of all entries."""
    pieces = pieces_of(text)
    if known := pieces.of(before):
        document = read_xml(pieces.without(before))
        told_apart = document is not None and len(document.entries) == len(pieces.entries) - len(known)
        if document and told_apart and stands_alone(document, "".join(known)):
            return document, pieces.marks
    document = read_xml(text)
    told_apart = document is not None and len(document.entries) == len(pieces.entries)
    return document, pieces.marks if told_apart else ()


def newest(mentions: tuple[Mention, ...], most: int) -> tuple[Mention, ...]:
    """Return the newest mentions in the order given; those without a date count as the oldest."""
    if len(mentions) <= most:
        return mentions
    by_age = sorted(range(len(mentions)), key=lambda index: -(mentions[index].published or 0.0))
    return tuple(mentions[index] for index in sorted(by_age[:most]))


def _without_feed(problem: Problem, response: Response, poll: Poll, source: str) -> Reading:
    """Say what stands at the address instead of a feed, and which feeds a page there leads to."""
    host = host_of(response.url) or response.url
    if problem.code != "sources.page_not_feed":
        return Reading(bookmark=poll.bookmark, problem=Problem(problem.code, {"host": host}))
    page = read_page(decode(response.body, response.headers.get("content-type", "")), response.url)
    suggestions = tuple(Suggestion(source, name, {"url": address}) for address, name in page.feeds)
    code = problem.code if suggestions else "sources.login_page" if page.asks_password else "sources.nothing_feed"
    return Reading(bookmark=poll.bookmark, problem=Problem(code, {"host": host}), suggestions=suggestions)
