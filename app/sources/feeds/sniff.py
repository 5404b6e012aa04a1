"""What an answer is, by its first characters: a feed, a web page, JSON, something else, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_BINARY = (
    *(
        b"%PDF-",
        b"PK\x03\x04",
        b"\x89PNG",
        b"GIF8",
        b"\xff\xd8\xff",
        b"RIFF",
        b"\x1f\x8b",
        b"BM",
        b"\x7fELF",
        b"MZ\x90",
    ),
    *(b"Rar!", b"7z\xbc\xaf", b"ID3", b"OggS", b"\x00\x00\x01\x00", b"\xd0\xcf\x11\xe0"),
)
_CONTROL = bytes((*range(9), *range(14, 32)))
_SPACE = re.compile(r"[\s\ufeff\x00]*")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_LATER_FEED = re.compile(r"<\?xml\b|<rss[\s>]|<feed[\s>]|<(?:\w{1,20}:)?RDF[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s{1,20}html|html|head|body)\b", re.IGNORECASE)
_LOOKED_AT = 100_000
"""Characters in which a feed may begin after something else (warnings of a script, an advertisement)."""


class Kind(StrEnum):
    """What an answer is. `FEED` has a feed's root; `MESSY` holds one, but something stands before it or is not XML."""

    FEED = "feed"
    MESSY = "messy"
    JSON = "json"
    PAGE = "page"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """What an answer is, and its text from where that begins, without an XML declaration."""

    kind: Kind
    text: str = ""


def is_binary(body: bytes) -> bool:
    """Return whether a body is a picture, an archive and so on, by its first bytes, or full of control characters."""
    if body.startswith(_BINARY):
        return True
    start = body[:1_000]
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")):
        return False
    return len(start) - len(start.translate(None, _CONTROL)) > len(start) // 10


def look(text: str) -> Found:
    """Return what a text is. Comments and declarations before the root are passed over, a DOCTYPE is not."""
    start = _end_of_space(text, 0)
    if start == len(text):
        return Found(Kind.EMPTY)
    if text[start] in "{[":
        return Found(Kind.JSON, text[start:])
    position = _root_position(text, start)
    if position is not None and (root := _ROOT.match(text, position)) and root[1].lower() in _FEED_ROOTS:
        return Found(Kind.FEED, text[position:])
    later, page = _LATER_FEED.search(text, start, start + _LOOKED_AT), _PAGE.search(text, 0, start + _LOOKED_AT)
    if later and not (page and page.start() < later.start()) and _feed_follows(text, later.start()):
        return Found(Kind.MESSY, text[later.start() :])
    return Found(Kind.PAGE if page else Kind.OTHER, text)


def _end_of_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _root_position(text: str, position: int) -> int | None:
    """Return where the root element begins; None where a DOCTYPE, something unclosed or plain text stands before it."""
    while True:
        position = _end_of_space(text, position)
        if text.startswith("<?", position):
            end = text.find("?>", position)
        elif text.startswith("<!--", position):
            end = text.find("-->", position)
            end += end >= 0
        else:
            return position if _ROOT.match(text, position) else None
        if end < 0:
            return None
        position = end + 2


def _feed_follows(text: str, position: int) -> bool:
    """Return whether the first real element from here on is a feed's (and not some other XML's)."""
    root = _ROOT.search(text, position)
    return root is not None and root[1].lower() in _FEED_ROOTS
