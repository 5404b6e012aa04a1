"""The setting «words»: what a search looks for, with one language of quotation marks."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.problems import Problem

LONGEST_WORDS = 200
"""Characters of a search; places refuse longer ones, and no shop has such a name."""

_QUOTES = str.maketrans("„”“«»‟", '""""""')


def tidy_words(settings: Mapping[str, str]) -> dict[str, str]:
    """Return settings trimmed; `words` on one line with plain quotation marks."""
    kept = {name: value.strip() for name, value in settings.items()}
    kept["words"] = " ".join(kept.get("words", "").translate(_QUOTES).split())
    return kept


def words_problem(settings: Mapping[str, str]) -> Problem | None:
    """Return that there is nothing to look for, or too much, or None."""
    words = tidy_words(settings)["words"]
    if not any(char.isalnum() for char in words):
        return Problem("sources.no_words")
    return Problem("sources.long_words", {"most": LONGEST_WORDS}) if len(words) > LONGEST_WORDS else None
