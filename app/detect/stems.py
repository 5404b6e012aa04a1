"""Finds the stems of a lexicon that a word begins with, looking only at lengths that a stem of its letters has."""

from __future__ import annotations

from app.detect.concepts import Lexicon

SHORTEST = 2
LONGEST = 16
"""Letters of a stem; others are never found."""


class Stems:
    """The stems of a lexicon, those of its phrases among them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._stems = lexicon.stems.keys() | lexicon.phrase_stems
        self._lengths: dict[str, list[int]] = {}
        heads = {(stem[:SHORTEST], len(stem)) for stem in self._stems if SHORTEST <= len(stem) <= LONGEST}
        for head, length in sorted(heads, reverse=True):
            self._lengths.setdefault(head, []).append(length)

    def of(self, word: str) -> list[str]:
        """Return the stems that a word begins with, the longest first."""
        found = []
        for length in self._lengths.get(word[:SHORTEST], ()):
            if length <= len(word) and (stem := word[:length]) in self._stems:
                found.append(stem)  # noqa: PERF401  nearly always nothing is found; a comprehension is slower
        return found
