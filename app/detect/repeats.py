"""Blanks out what is said over and over: shouting «cheats!» ten times is one complaint, not a text of another kind."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_FEWEST = 4
"""Pieces of a text from which it is looked for repeats at all."""

_MOST_SAID = 3
"""Times that the pieces of a text stand in it on the average from which it repeats itself; an article does 2.5 times."""

_KEPT = 2
"""Times a sentence or a piece is left where it stands more often."""

_SENTENCE = re.compile(r"(?<=[.!?…\n])\s+")
_LETTER = re.compile(r"[^\W\d_]")
_PIECE = re.compile(r"\S+")


def without_repeats(own: str) -> str:
    """Return a text that `repeats`, with blanks in place of what it repeats beyond `_KEPT` times, so that positions stay."""
    if not _LETTER.search(own):
        return own
    begins = [0, *[found.end() for found in _SENTENCE.finditer(own)], len(own)]
    without = _without(own, list(pairwise(begins)))
    if repeats(without.split()):
        without = _without(without, [found.span() for found in _PIECE.finditer(without)])
    return without


def repeats(pieces: list[str]) -> bool:
    """Say whether a text of these pieces says the same over and over."""
    return len(pieces) >= _FEWEST and _MOST_SAID * len(set(pieces)) <= len(pieces)


def _without(text: str, parts: list[tuple[int, int]]) -> str:
    said: Counter[str] = Counter()
    left: list[str] = []
    reached = 0
    for start, end in parts:
        part = text[start:end]
        said[key := part.strip()] += 1
        kept = not key or said[key] <= _KEPT
        left += (text[reached:start], part if kept else " " * len(part))
        reached = end
    return "".join((*left, text[reached:])).rstrip()
