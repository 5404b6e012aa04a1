"""Blanks out what says nothing about the shop: quoted replies, clauses about a competitor, and the shop's own name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.text import fold

_QUOTED = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_HEAD = re.compile(
    r"^(?=.{6,200}$).*(?:\bwrote:|\bnapisał(?:a|\(a\))?:|\bpisze:|\bпишет:|\bнаписал(?:а|\(а\))?:)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^[ \t]*(?:-{3,}\s*(?:original message|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|"
    r"пересылаемое сообщение).*|_{10,}[ \t]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<=[.!?…;])\s+|\n+|,\s+(?=(?:but|while|whereas|unlike|ale|a|za to|natomiast|но|а|зато|в отличие)\b)",
    re.IGNORECASE,
)
_ARTICLE = 1_500
"""Characters from which a text that names the shop is taken for an article, of which only the sentences nearby count."""

_AFTER_NAME = re.compile(r"\s{0,2}[:–—-](?=\s)")
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"https?://\S+|www\.\S+|(?<![\w.@-])[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,10}/\S*", re.IGNORECASE)

_SHORTEST_STEM = 4
_ENDING = 4


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns that find the shop and its competitors in folded texts; None where no name is known."""

    shop: re.Pattern[str] | None = None
    competitors: re.Pattern[str] | None = None


def names_of(shop: Sequence[str], competitors: Sequence[str]) -> Names:
    """Return what finds these names, inflected ones («Lumary», «Lumarze») among them."""
    return Names(_pattern(shop), _pattern(competitors))


def own_words(judged: str, names: Names) -> str:
    """Return the text with blanks in place of what does not count, equally long, so that positions stay."""
    if ">" in judged or ":" in judged or "---" in judged or "____" in judged:
        judged = _without_quotes(judged)
    if names.competitors is not None and names.competitors.search(fold(judged)):
        judged = _without_others(judged, names.shop, names.competitors)
    if names.shop is not None and len(judged) > _ARTICLE:
        judged = _nearby(judged, names.shop)
    if names.shop is not None:
        judged = _without_name(judged, names.shop)
    return judged


def without_links(judged: str) -> str:
    """Return the text with blanks in place of addresses of the web, equally long.

    In what everybody writes they tell shared news from what somebody says; to the shop itself people send pictures with them.
    """
    return _LINK.sub(lambda found: _blank(found[0]), judged) if "/" in judged or "www." in judged.lower() else judged


def _without_quotes(text: str) -> str:
    lined = "---" in text or "____" in text
    if lined and (original := _ORIGINAL.search(text)) and text[: original.start()].strip():
        text = text[: original.start()] + _blank(text[original.start() :])
    if ">" not in text and "&gt;" not in text:
        return text
    without = _QUOTED.sub(lambda found: _blank(found[0]), text)
    if without != text:
        without = _HEAD.sub(lambda found: _blank(found[0]), without)
    return without if without.strip() else text


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
        parts.append(_blank(clause) if theirs else clause)
    return "".join(parts)


def _without_name(text: str, shop: re.Pattern[str]) -> str:
    """Blank the shop's name: rare words with capital letters, they would make each mention of it look like news."""
    without = text
    for found in shop.finditer(fold(text)):
        begin, end = found.span()
        if mark := _AFTER_NAME.match(text, end):
            end = mark.end()
        without = without[:begin] + _blank(without[begin:end]) + without[end:]
    return without if _LETTER.search(without) else text


def _nearby(text: str, shop: re.Pattern[str]) -> str:
    """Keep the clauses that name the shop, those beside them, and the first; all where none names it."""
    clauses = _clauses(text)
    named = {number for number, (start, end) in enumerate(clauses) if shop.search(fold(text[start:end]))}
    if not named:
        return text
    kept = {0} | {beside for number in named for beside in (number - 1, number, number + 1)}
    return "".join(
        text[start:end] if number in kept else _blank(text[start:end]) for number, (start, end) in enumerate(clauses)
    )


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *[found.end() for found in _CLAUSE.finditer(text)], len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _blank(text: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in text)


def _pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    parts = [part for name in names if (part := _name(fold(name).split()))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _name(words: Sequence[str]) -> str:
    return r"[\s-]+".join(_word(word) for word in words)


def _word(word: str) -> str:
    stem = word[:-1] if len(word) > _SHORTEST_STEM and word[-1] in "aeiouyаеиоуыяь" else word
    return rf"{re.escape(stem)}\w{{0,{_ENDING}}}" if len(stem) >= _SHORTEST_STEM else re.escape(word)
