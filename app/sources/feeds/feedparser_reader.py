"""The patient way: whatever is not well-formed, or of a dialect unknown to us, through feedparser."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from app.sources.feeds.entry import MOST_ENTRIES, NOBODY, Document, Entry, Link, Markup, Person
from app.sources.feeds.fields import is_html
from app.sources.feeds.mend import is_whole, mended
from app.sources.feeds.pace import wait_of
from app.sources.feeds.people import person_of

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
"""What feedparser is told of the answer: the encoding is settled already. The address is not told: then ids stay as they
are written and keys do not change when a feed moves; links are made absolute later, for both readers alike."""

_FALLS = (LookupError, TypeError, ValueError, AttributeError, AssertionError, ArithmeticError, RuntimeError)
"""What feedparser has been seen to raise on broken input, RecursionError being a RuntimeError and UnicodeError a
ValueError: it keeps its place in lists and dictionaries that an element out of place finds empty."""


def read_loosely(text: str, *, atom: bool, sound: bool = False) -> Document | None:
    """Return the feed in a document however broken, or None where feedparser finds none in it or falls over it.

    `sound` says that the document may be well-formed as far as the caller knows.
    """
    import feedparser  # noqa: PLC0415  costs 0.1 s and is not needed while all feeds are well-formed

    body = mended(text).encode("utf-8", "replace")
    try:
        # A file object and nothing else: text or bytes that look like an address or a path would be fetched or opened.
        result = feedparser.parse(
            io.BytesIO(body), response_headers=dict(_HEADERS), sanitize_html=False, resolve_relative_uris=False
        )
    except _FALLS:
        return None
    feed = result["feed"]
    written = _lowered(text) if atom and "xml:base" in text else None
    entries = tuple(_entry(entry, written, atom=atom) for entry in result["entries"][:MOST_ENTRIES])
    if not entries and (result["bozo"] or not feed):
        return None
    return Document(
        title=next(_markups([_detail(feed, "title")], atom=atom), Markup("")),
        link=_string(feed, "link"),
        language=_string(feed, "language"),
        wait=wait_of(_string(feed, "ttl"), _string(feed, "sy_updateperiod"), _string(feed, "sy_updatefrequency")),
        entries=entries,
        sound=sound and not result["bozo"],
        cut=not is_whole(text),
        author=_person(feed, atom=atom) if atom and len(_mappings(feed, "authors")) == 1 else NOBODY,
    )


def _lowered(text: str) -> str:
    """Return a document in which an id can be looked for as it was before feedparser made an address of it."""
    return f"{text}\n{unescape(text)}".lower()


def _entry(entry: Mapping[str, Any], written: str | None, *, atom: bool) -> Entry:
    """Return an entry; `written` is the document in lower case where ids may have been made absolute that are no addresses."""
    title = _detail(entry, "title")
    bodies = [*reversed(_mappings(entry, "content")), _detail(entry, "summary")]
    replies = (value for name, value in entry.items() if name.endswith("in-reply-to") and isinstance(value, Mapping))
    name = _string(entry, "id")
    return Entry(
        id=name,
        id_is_link=_get(entry, "guidislink") is not False and (written is None or unescape(name).lower() in written),
        links=tuple(_links(entry)),
        title=next(_markups([title], atom=atom), Markup("")),
        bodies=tuple(_markups(bodies, atom=atom)),
        person=_person(entry, atom=atom),
        signed=bool(_mappings(entry, "authors")) or _get(entry, "source") is not None,
        publisher=_string(_mapping(entry, "source"), "href"),
        dates=tuple(filter(None, (_string(entry, name) for name in ("published", "updated", "created")))),
        language=_string(entry, "language")
        or next(filter(None, (_string(one, "language") for one in (*bodies, title))), ""),
        parent=next((_string(reply, "ref") for reply in replies), ""),
        rating=_rating(entry),
    )


def _get(found: Mapping[str, Any], name: str) -> object:
    """Return what stands under a name and nothing else: feedparser's own dictionary answers for other names as well."""
    return dict.get(found, name) if isinstance(found, dict) else None


def _string(found: Mapping[str, Any], name: str) -> str:
    value = _get(found, name)
    return value.strip() if isinstance(value, str) else ""


def _mapping(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = _get(found, name)
    return value if isinstance(value, Mapping) else {}


def _mappings(found: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = _get(found, name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _detail(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return _mapping(found, f"{name}_detail") or {"value": _string(found, name), "type": "text/html"}


def _markups(details: list[Mapping[str, Any]], *, atom: bool) -> Iterator[Markup]:
    for detail in details:
        value = _string(detail, "value")
        if value and (html := is_html(_string(detail, "type"), atom=atom)) is not None:
            yield Markup(value, html)


def _links(entry: Mapping[str, Any]) -> Iterator[Link]:
    if original := _string(entry, "feedburner_origlink"):
        yield Link(original)
    for link in _mappings(entry, "links"):
        if href := _string(link, "href"):
            yield Link(href, _string(link, "rel").lower() or "alternate", _string(link, "type").lower())


def _person(entry: Mapping[str, Any], *, atom: bool) -> Person:
    people = _mappings(entry, "authors")
    if len(people) == 1 and not atom and not _string(people[0], "href"):
        return person_of(_string(entry, "author"))  # feedparser's own pattern breaks addresses with long endings
    for person in people:
        name, mail = _string(person, "name"), _string(person, "email")
        if name or mail:
            return Person(name, mail, _string(person, "href"))
    return NOBODY


def _rating(entry: Mapping[str, Any]) -> str:
    for name, value in entry.items():
        if isinstance(value, str) and (name == "rating" or name.endswith("_rating")) and "media_rating" not in entry:
            return value.strip()
    return ""
