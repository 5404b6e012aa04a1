"""Blanks out what says nothing about the shop: quoted replies, clauses about a competitor, and the shop's own name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.text import fold
from app.detect.quotes import blank, without_quotes

_CLAUSE = re.compile(
    r"(?<=[.!?…;])\s+|\n+|,\s+(?=(?:but|while|whereas|unlike|ale|a|za to|natomiast|но|а|зато|в отличие)\b)",
    re.IGNORECASE,
)
_ARTICLE = 1_500
"""Characters from which a text that names the shop is taken for an article, of which only the sentences nearby count."""

FARTHEST = 200_000
"""Characters of a text within which sentences about the shop are looked for."""

_PIECE = re.compile(r"\S+")
_AFTER_NAME = re.compile(r"\s{0,2}[:–—-](?=\s)")
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"https?://\S+|www\.\S+|(?<![\w.@-])[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,10}/\S*", re.IGNORECASE)

_SHORTEST_STEM = 4
_ENDING = 4


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns that find names in folded texts; None where none is known.

    `shop` finds all that the shop is called, `sure` its own names and `wanted` those that may be other words as well.
    """

    shop: re.Pattern[str] | None = None
    competitors: re.Pattern[str] | None = None
    sure: re.Pattern[str] | None = None
    wanted: re.Pattern[str] | None = None


def names_of(shop: Sequence[str], competitors: Sequence[str], wanted: Sequence[str] = ()) -> Names:
    """Return what finds these names, inflected ones («Lumary», «Lumarze») among them."""
    return Names(_pattern((*shop, *wanted)), _pattern(competitors), _pattern(shop), _pattern(wanted))


def reached(judged: str, names: Names, longest: int) -> str:
    """Return as much of a text as is looked at: `longest` characters, or `FARTHEST` where they name the shop."""
    if len(judged) <= longest:
        return judged
    named = names.shop is not None and names.shop.search(fold(judged[:FARTHEST]))
    return judged[: FARTHEST if named else longest]


def own_words(judged: str, names: Names, *, said: int = 0, longest: int = FARTHEST, wanted_too: bool = True) -> str:
    """Return the text with blanks in place of what does not count, so that positions stay.

    `said` is where the text begins, behind its title. At most `longest` characters count, the rest is cut off. Names that
    may be other words as well are left standing unless `wanted_too`.
    """
    judged = without_quotes(judged, said)
    if names.competitors is not None and names.competitors.search(fold(judged)):
        judged = _without_others(judged, names.shop, names.competitors)
    if names.shop is not None and len(judged) > _ARTICLE:
        judged = _nearby(judged, names.shop)
    if (named := names.shop if wanted_too else names.sure) is not None:
        judged = _without_name(judged, named)
    return judged if len(judged) <= longest else _cut(judged, longest)


def without_links(judged: str) -> str:
    """Return the text with blanks in place of addresses of the web, equally long.

    In what everybody writes they tell shared news from what somebody says; to the shop itself people send pictures with them.
    """
    return _LINK.sub(lambda found: blank(found[0]), judged) if "/" in judged or "www." in judged.lower() else judged


def _without_others(text: str, shop: re.Pattern[str] | None, competitors: re.Pattern[str]) -> str:
    """Blank the clauses in which a competitor was named last; one that names both stays."""
    parts = []
    theirs = False
    for start, end in _clauses(text):
        clause = text[start:end]
        folded = fold(clause)
        if shop is not None and shop.search(folded):
            theirs = False
        elif competitors.search(folded):
            theirs = True
        parts.append(blank(clause) if theirs else clause)
    return "".join(parts)


def _without_name(text: str, shop: re.Pattern[str]) -> str:
    """Blank the shop's name: rare words with capital letters, they would make each mention of it look like news."""
    parts: list[str] = []
    done = 0
    for found in shop.finditer(fold(text)):
        mark = _AFTER_NAME.match(text, found.end())
        end = mark.end() if mark else found.end()
        parts += (text[done : found.start()], blank(text[found.start() : end]))
        done = end
    without = "".join((*parts, text[done:]))
    return without if _LETTER.search(without) else text


def _nearby(text: str, shop: re.Pattern[str]) -> str:
    """Keep the clauses that name the shop, those beside them, and the first; all where none names it."""
    clauses = _clauses(text)
    named = {number for number, (start, end) in enumerate(clauses) if shop.search(fold(text[start:end]))}
    if not named:
        return text
    kept = {0} | {beside for number in named for beside in (number - 1, number, number + 1)}
    return "".join(
        text[start:end] if number in kept else blank(text[start:end]) for number, (start, end) in enumerate(clauses)
    )


def _cut(text: str, longest: int) -> str:
    """Return a text up to where so many characters of it are not blank, counting one blank between pieces."""
    left = longest
    for found in _PIECE.finditer(text):
        left -= len(found[0]) + 1
        if left < 0:
            return text[: found.end() + left + 1]
    return text


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *[found.end() for found in _CLAUSE.finditer(text)], len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    parts = [part for name in names if (part := _name(fold(name).split()))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _name(words: Sequence[str]) -> str:
    return r"[\s-]+".join(_word(word) for word in words)


def _word(word: str) -> str:
    stem = word[:-1] if len(word) > _SHORTEST_STEM and word[-1] in "aeiouyаеиоуыяь" else word
    return rf"{re.escape(stem)}\w{{0,{_ENDING}}}" if len(stem) >= _SHORTEST_STEM else re.escape(word)
