"""How far the words of a text are those of complaints more than those of a language at large."""

from __future__ import annotations

STEPS = 40
"""Steps of the table of wording to one natural logarithm: a byte tells of -3.2 to 3.2."""

EVEN = 128
"""The byte of a word that is as frequent in complaints as everywhere."""

_HELD_BACK = 5
"""Words that count as even in every text: few words prove little."""


def wording_of(steps: int, words: int) -> float:
    """Return the mean of how much more frequent a text's words are in complaints, as a logarithm; `steps` is their sum."""
    return steps / (STEPS * (words + _HELD_BACK))
