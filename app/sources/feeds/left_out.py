"""What the first poll of a long feed left out: it is old, and no news at any later poll.

It is kept apart from what was read before (see `read_before`), since that is known by how it is written in well-formed RSS
and Atom only, and is read once more where entries hang together.

An entry is known again by its id or link, one without by its words, author and date. Numbers, dates and notes («12 likes»)
are no words (see `core.edits`). One that its author rewrites or adds more than a label to is told, or from which stars were
taken; where that is so of more than a few at one poll, the place has changed them, and none is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from zlib import crc32

from app.core.edits import telling_words
from app.core.identity import name_of
from app.core.mention import Mention
from app.core.ports.source import LASTING

NAME = f"{LASTING}left"
"""Where the bookmark keeps the marks, 24 letters each; a document has at most MOST_ENTRIES, so there are no more."""

EDITED = 2
"""Entries left out that their authors edit between two polls; where more read otherwise, the place has changed them."""

FEWEST_WORDS = 3
"""Words by which an edited entry is longer or shorter: fewer are a counter («1 vote», «2 votes») or a label, unless they are
a sentence («EDIT: it broke!»)."""

FEWEST_OTHERS = 5
"""Words that went or came in an entry that was rewritten: of a label in place of another it is four."""

_NAMED = 10
"""Letters of a mark that say which entry it is; it is followed by what it says, as figures of these many letters."""
_STARS, _WORDS, _ENDS, _WHICH = 1, 3, 2, 8
"""How many stars, words and ends of sentences there are, and a bit for each of 32 kinds of words: set where there are an odd
number of these, so that of two texts about as many bits differ as words."""
_END = re.compile(r"[^\W\d_][.!?…]")
_FORMERLY = 12
"""Letters of the marks of older versions: of key and exact words together."""
_ENOUGH = 40
"""Letters: a shorter text without an id may differ from another by a number alone («Order 12 has not come»)."""


def without_left_out(
    mentions: tuple[Mention, ...], bookmark: Mapping[str, str]
) -> tuple[tuple[Mention, ...], dict[str, str]]:
    """Return the mentions of a later poll without those that the first one left out, and the bookmark as it is then."""
    kept = bookmark.get(NAME, "").split()
    if not kept:
        return mentions, dict(bookmark)
    now = dict(zip(kept, kept, strict=True))
    left = {mark[:_NAMED]: mark for mark in kept if len(mark) != _FORMERLY}
    told: list[Mention] = []
    edited: dict[str, Mention] = {}
    for mention in mentions:
        mark, former = _mark(mention), _former_mark(mention)
        if former in now:
            now[former] = mark
        elif (before := left.get(mark[:_NAMED])) is None:
            told.append(mention)
        elif _is_edit(before, mark):
            now[before] = mark
            edited[before] = mention
        elif len(before) < len(mark):
            now[before] = mark
    if len(edited) <= EDITED:
        told += edited.values()
        now = {mark: as_it_is for mark, as_it_is in now.items() if mark not in edited}
    wanted = frozenset(told)
    return tuple(one for one in mentions if one in wanted), {**bookmark, NAME: " ".join(now.values())}


def with_left_out(
    bookmark: Mapping[str, str], mentions: tuple[Mention, ...], told: tuple[Mention, ...]
) -> dict[str, str]:
    """Return the bookmark of a first poll that told some of its mentions; what an earlier first one left out counts no more."""
    rest = {name: value for name, value in bookmark.items() if name != NAME}
    if len(told) == len(mentions):
        return rest
    known = {_mark(mention) for mention in told}
    left = dict.fromkeys(mark for mention in mentions if (mark := _mark(mention)) not in known)
    return {**rest, NAME: " ".join(left)}


def _mark(mention: Mention) -> str:
    """Return how a mention is known again, and how much it says."""
    said = f"{mention.title} {mention.text}"
    words = telling_words(said)
    stars = 0 if mention.stars is None else round(mention.stars)
    which = 0
    for word in words:
        which ^= 1 << crc32(word.encode("utf-8", "replace")) % (4 * _WHICH)
    figures = ((stars, _STARS), (len(words), _WORDS), (len(_END.findall(said)), _ENDS), (which, _WHICH))
    says = (f"{min(figure, 16**letters - 1):0{letters}x}" for figure, letters in figures)
    return _hash(_named(mention, words), _NAMED) + "".join(says)


def _named(mention: Mention, words: frozenset[str]) -> str:
    if not mention.key.startswith("hash:"):
        return mention.key
    said = " ".join(sorted(words))
    return f"{said if len(said) >= _ENOUGH else mention.key}\n{name_of(mention.author)}\n{mention.published}"


def _is_edit(before: str, mark: str) -> bool:
    """Say whether a mark tells of stars taken, of words or a sentence added or taken away, or of others than before."""
    stars_before, words_before, ends_before, which_before = _figures(before + mark[len(before) :])
    stars, words, ends, which = _figures(mark)
    if 0 < stars < stars_before or abs(words - words_before) >= FEWEST_WORDS:
        return True
    return (words > words_before and ends > ends_before) or (which ^ which_before).bit_count() >= FEWEST_OTHERS


def _figures(mark: str) -> list[int]:
    """Return how many stars, words and ends of sentences a mark tells of, and the bits of its words."""
    figures, at = list[int](), _NAMED
    for letters in (_STARS, _WORDS, _ENDS, _WHICH):
        figures.append(int(mark[at : at + letters], 16))
        at += letters
    return figures


def _former_mark(mention: Mention) -> str:
    when = mention.published if mention.key.startswith("hash:") else ""
    reads = f"{mention.key}\n{mention.author}\n{mention.title}\n{mention.text}\n{mention.stars}{when}"
    return _hash(reads, _FORMERLY)


def _hash(text: str, letters: int) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=letters // 2).hexdigest()
