"""What of a feed was read before: a feed that changed is mostly what it was, and only what differs is read again.

A feed's text is taken apart into its entries as they are written, each known by a hash that is kept in the bookmark.
What is cut out of the text was a whole entry when it was last read, so what is left is read as it would be beside it.
As many entries must have been read as there are pieces: a beginning of an entry in a comment is a piece too many.
Where that is not so, or where entries hang together (see `stands_alone`), everything is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple

from app.sources.feeds.dates import is_ambiguous
from app.sources.feeds.entry import Document

NAME = "read"
"""Where the bookmark keeps the hashes."""

MOST = 1_000
"""Entries that are remembered; feeds with more are rare and are read whole."""

_START = re.compile(r"<(item|entry)(?=[\s>/])")
_STARTS = {name: re.compile(rf"<{name}(?=[\s>/])") for name in ("item", "entry")}
_HARD = re.compile(r"[&<>\"'\s]+")
"""Where an id may be written in several ways."""


class Pieces(NamedTuple):
    """A feed's text: what stands before the entries, each entry as written and its hash, what stands behind them."""

    head: str = ""
    entries: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    tail: str = ""

    def without(self, before: frozenset[str]) -> str:
        """Return the text without the entries whose hashes these are."""
        new = [entry for entry, mark in zip(self.entries, self.marks, strict=True) if mark not in before]
        return "".join((self.head, *new, self.tail))

    def of(self, before: frozenset[str]) -> tuple[str, ...]:
        """Return the entries whose hashes these are."""
        return tuple(entry for entry, mark in zip(self.entries, self.marks, strict=True) if mark in before)


def pieces_of(text: str) -> Pieces:
    """Return a feed's pieces; none where there are too many entries or anything stands between them."""
    first = _START.search(text)
    if first is None:
        return Pieces()
    end = f"</{first[1]}>"
    starts = [match.start() for match in _STARTS[first[1]].finditer(text, first.start())]
    if len(starts) > MOST:
        return Pieces()
    entries: list[str] = []
    stop = 0
    for start, limit in zip(starts, [*starts[1:], len(text)], strict=True):
        stop = text.rfind(end, start, limit) + len(end)
        if stop < start or (limit < len(text) and not (stop == limit or text[stop:limit].isspace())):
            return Pieces()
        entries.append(text[start:stop])
    marks = tuple(blake2b(e.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() for e in entries)
    return Pieces(text[: starts[0]], tuple(entries), marks, text[stop:])


def marks_in(bookmark: Mapping[str, str]) -> frozenset[str]:
    """Return the hashes of the entries read last time."""
    return frozenset(bookmark.get(NAME, "").split())


def with_marks(bookmark: Mapping[str, str], marks: tuple[str, ...]) -> dict[str, str]:
    """Return a bookmark with the hashes of the entries read now, without any where there are none."""
    rest = {name: value for name, value in bookmark.items() if name != NAME}
    return {**rest, NAME: " ".join(marks)} if marks else rest


def stands_alone(document: Document, cut_out: str) -> bool:
    """Say whether the entries of a document are read as they would be beside those cut out.

    They are not where an id may be that of another entry as well, is missing, or where one answers another; nor where
    only the dates of others tell a day from a month, or only their lack of authors that the feed's own wrote all.
    """
    return all(
        entry.id
        and entry.id.isascii()
        and (entry.signed or not document.author.name)
        and not entry.parent
        and not any(map(is_ambiguous, entry.dates))
        and not all(part in cut_out for part in _HARD.split(entry.id))
        for entry in document.entries
    )
