"""Blanks out what is no text: pasted logs, rows of numbers and made-up words, of which not one means anything here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from app.detect.pieces import Entry
from app.detect.quotes import blank

LONGEST_UNKNOWN = 60
"""Pieces in a row of which no word is known, as no text has them: the longest run in 177,000 texts has 41."""

_UNKNOWN = bytes(LONGEST_UNKNOWN)
_STEP = 20
"""Of a run as long as that every 20th piece is looked at first."""

_PIECE = re.compile(r"\S+")


def without_filler(text: str, entries: Sequence[Entry]) -> str:
    """Return a text of these pieces with blanks in place of runs that say nothing, so that positions stay."""
    if _UNKNOWN[::_STEP] not in bytes([entry.means for entry in entries[::_STEP]]):
        return text
    means = bytes([entry.means for entry in entries])
    if _UNKNOWN not in means:
        return text
    parts: list[str] = []
    done = 0
    for is_known, run in groupby(zip(_PIECE.finditer(text), means, strict=False), lambda piece: piece[1]):
        found = list(run)
        if not is_known and len(found) >= LONGEST_UNKNOWN:
            start, end = found[0][0].start(), found[-1][0].end()
            parts += (text[done:start], blank(text[start:end]))
            done = end
    return "".join((*parts, text[done:]))
