"""JSON Feed 1.0 and 1.1, through the standard library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from app.sources.feeds.entry import MOST_ENTRIES, NOBODY, Document, Entry, Link, Markup, Person

_DEEPEST = 30
"""Lists within lists, or objects, of which the innermost are left out where all together are too deep for the library."""

_MOST_DIGITS = 100
"""Digits of a whole number that is read as one: Python refuses some with thousands."""

_PARTS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Strings and brackets of a JSON text; a string that does not end goes to the end of the text."""


def read_json(text: str) -> Document | None:
    """Return the feed in a JSON text, or None where it is not JSON or not a feed. Values of a wrong type are passed over."""
    try:
        found = _loaded(text)
    except (ValueError, RecursionError):
        return None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or not isinstance(found, dict):
        return None
    entries = tuple(_entry(item) for item in items[:MOST_ENTRIES] if isinstance(item, dict))
    if "jsonfeed" not in _string(found, "version") and not any(entry.id or entry.bodies for entry in entries):
        return None
    return Document(
        title=Markup(_string(found, "title"), html=False),
        link=_string(found, "home_page_url"),
        language=_string(found, "language"),
        entries=entries,
        author=_person(found) if _names_one(found) else NOBODY,
    )


def is_json_feed(text: str) -> bool:
    """Say whether a JSON text that cannot be read would be a feed."""
    return "jsonfeed.org/version" in text.replace("\\/", "/")


def _loaded(text: str) -> object:
    try:
        return json.loads(text, parse_int=_whole)
    except RecursionError:  # one member that nobody reads, as a rule
        return json.loads(_flat(text), parse_int=_whole)


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _flat(text: str) -> str:
    """Return a JSON text with «null» in place of what is nested too deeply."""
    kept, depth, since = list[str](), 0, 0
    for part in _PARTS.finditer(text):
        if part[0] in "[{":
            depth += 1
            if depth == _DEEPEST + 1:
                kept.append(text[since : part.start()])
        elif part[0] in "]}":
            depth -= 1
            if depth == _DEEPEST:
                kept.append("null")
                since = part.end()
    return "".join(kept) + text[since:] if depth <= _DEEPEST else ""


def _entry(item: Mapping[str, object]) -> Entry:
    return Entry(
        id=_string(item, "id"),
        links=tuple(Link(address) for name in ("url", "external_url") if (address := _string(item, name))),
        title=Markup(_string(item, "title"), html=False),
        bodies=tuple(_bodies(item)),
        person=_person(item),
        signed=any(item.get(name) is not None for name in ("authors", "author")),
        dates=tuple(filter(None, (_string(item, name) for name in ("date_published", "date_modified")))),
        language=_string(item, "language"),
    )


def _bodies(item: Mapping[str, object]) -> Iterator[Markup]:
    for name, html in (("content_html", True), ("content_text", False), ("summary", False)):
        if value := _string(item, name):
            yield Markup(value, html)


def _person(item: Mapping[str, object]) -> Person:
    people = item.get("authors")
    for person in [*(people if isinstance(people, list) else ()), item.get("author")]:
        if isinstance(person, dict) and (name := _string(person, "name")):
            return Person(name=name, page=_string(person, "url"))
    return NOBODY


def _names_one(found: Mapping[str, object]) -> bool:
    people = found.get("authors")
    return not isinstance(people, list) or len(people) <= 1


def _string(found: Mapping[str, object], name: str) -> str:
    """Return a value as text; numbers too, since many write ids and dates so."""
    value = found.get(name)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
