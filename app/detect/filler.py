"""Blanks out what is no text: pasted logs, rows of numbers and made-up words, of which not one means anything here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from app.detect.pieces import Entry
from app.detect.quotes import blank

LONGEST_UNKNOWN = 60
"""Pieces in a row of which no word is known, as no text has them: the longest run in 177,000 texts has 41."""

_PIECE = re.compile(r"\S+")


def without_filler(text: str, entries: Sequence[Entry]) -> str:
    """Return a text of these pieces with blanks in place of runs that say nothing, so that positions stay."""
    if len(entries) < LONGEST_UNKNOWN:
        return text
    parts: list[str] = []
    done = 0
    pieces = zip(_PIECE.finditer(text), entries, strict=False)
    for means, run in groupby(pieces, lambda piece: _means(piece[0][0], piece[1])):
        found = list(run)
        if not means and len(found) >= LONGEST_UNKNOWN:
            start, end = found[0][0].start(), found[-1][0].end()
            parts += (text[done:start], blank(text[start:end]))
            done = end
    return "".join((*parts, text[done:]))


def _means(piece: str, entry: Entry) -> bool:
    """Say whether a piece has a word that the lexicon knows, if only as a part of its phrases; any number is such a part."""
    return not piece.isdigit() and any(word is not None and not word.sign for word in entry.known.words)
