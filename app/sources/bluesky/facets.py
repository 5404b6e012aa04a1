"""What is a link, a name or a tag in a post: Bluesky wants it said beside the text, by places in its UTF-8 bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST = 20
MOST_NAMES = 5
"""Accounts of one reply that are looked up: one request each."""

_LINK = re.compile(r"https?://[^\s<>\"«»„”]{3,2000}", re.IGNORECASE)
_NAME = re.compile(
    r"(?<![\w@.-])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)", re.IGNORECASE
)
_TAG = re.compile(r"(?<!\S)#(\w{1,64})(?!\w)")
_TRAILING = ".,;:!?'…"

Facet = dict[str, object]


def names_in(text: str) -> tuple[str, ...]:
    """Return the accounts a text names, each once, in lower case."""
    inside = [match.span() for match in _LINK.finditer(text)]
    found = (match[1].lower() for match in _NAME.finditer(text) if not _within(match.start(), inside))
    return tuple(dict.fromkeys(found))[:MOST_NAMES]


def facets_of(text: str, dids: Mapping[str, str]) -> list[Facet]:
    """Return the links, tags and those names of a text whose account is known (`dids`, by the name in lower case)."""
    found: list[tuple[int, int, Facet]] = []
    for match in _LINK.finditer(text):
        link = _bare(match[0])
        found.append((match.start(), match.start() + len(link), _feature("link", uri=link)))
    links = [(start, end) for start, end, _ in found]
    found += [
        (*match.span(), _feature("mention", did=did))
        for match in _NAME.finditer(text)
        if (did := dids.get(match[1].lower())) and not _within(match.start(), links)
    ]
    found += [
        (*match.span(), _feature("tag", tag=match[1]))
        for match in _TAG.finditer(text)
        if not match[1].isdigit() and not _within(match.start(), links)
    ]
    found.sort(key=lambda one: one[:2])
    return [{"index": _bytes(text, start, end), "features": [feature]} for start, end, feature in found[:MOST]]


def _feature(kind: str, **what: str) -> Facet:
    return {"$type": f"app.bsky.richtext.facet#{kind}", **what}


def _bare(link: str) -> str:
    """Return a link without the punctuation of the sentence it stands in."""
    while True:
        shorter = link.rstrip(_TRAILING)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == link:
            return link
        link = shorter


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _bytes(text: str, start: int, end: int) -> Mapping[str, int]:
    first = len(text[:start].encode())
    return {"byteStart": first, "byteEnd": first + len(text[start:end].encode())}
