"""The words of a search as owners type them, and the countries a search can be made in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from app.core.ports.source import msgid
from app.core.problems import Problem

LONGEST = 400
"""Characters of a search; longer ones are cut by search engines without a word."""

_QUOTES = str.maketrans("„”“‟«»″", '"""""""')
_OPERATOR = re.compile(r'["|()]|(?:\A|\s)[-+]\S|\b[a-z]{3,10}:\S|\s(?:OR|AND|NOT)\s')
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


class Edition(NamedTuple):
    """Where and in which language is searched: ISO codes of both, «en» and «US»."""

    language: str
    country: str

    @property
    def locale(self) -> str:
        """Return the language as browsers write it."""
        return f"{self.language}-{self.country}"


EDITIONS: dict[str, Edition] = {
    msgid("Poland (Polish)"): Edition("pl", "PL"),
    msgid("Russia (Russian)"): Edition("ru", "RU"),
    msgid("Ukraine (Russian)"): Edition("ru", "UA"),
    msgid("United Kingdom (English)"): Edition("en", "GB"),
    msgid("Ireland (English)"): Edition("en", "IE"),
    msgid("United States (English)"): Edition("en", "US"),
    msgid("Canada (English)"): Edition("en", "CA"),
    msgid("Australia (English)"): Edition("en", "AU"),
}
"""By the name that stands in the list and in the watch's settings."""

_NAMES = {
    "pl": "Poland (Polish)",
    "ru": "Russia (Russian)",
    "en": "United States (English)",
    **{edition.locale.lower(): name for name, edition in EDITIONS.items()},
    **{name.lower(): name for name in EDITIONS},
}


def tidy_words(typed: str) -> str:
    """Return a search on one line with plain quotation marks."""
    return " ".join(typed.translate(_QUOTES).split())


def tidy_edition(typed: str) -> str:
    """Return the name of an edition; «pl», «en-GB» and the like will do. What is unknown comes back as typed."""
    return _NAMES.get(typed.strip().lower(), typed.strip())


def words_problem(typed: str, edition: str) -> Problem | None:
    """Return what is wrong with a search or its edition as typed, or None."""
    words = tidy_words(typed)
    if not any(char.isalnum() for char in words):
        return Problem("sources.no_words")
    if len(words) > LONGEST:
        return Problem("sources.long_words", {"most": LONGEST})
    if words.count('"') % 2:
        return Problem("sources.open_quote")
    return (
        Problem("sources.no_edition", {"name": edition}) if edition and tidy_edition(edition) not in EDITIONS else None
    )


def phrase(words: str) -> str:
    """Return what is searched for: words as one phrase, unless quotes or operators in them say how they are meant."""
    words = tidy_words(words)
    return words if " " not in words or _OPERATOR.search(words) else f'"{words}"'


def edition_of(name: str, language: str, words: str) -> Edition:
    """Return the edition chosen; where none is, that of the watch's language, or of the letters of the words."""
    guess = language or ("ru" if _CYRILLIC.search(words) else "pl" if re.search("[ąćęłńśźż]", words.lower()) else "en")
    return EDITIONS.get(tidy_edition(name)) or EDITIONS[_NAMES.get(guess, "United States (English)")]


def tidy_search(settings: Mapping[str, str]) -> Mapping[str, str]:
    """Return the settings of a news search as they are kept."""
    kept = {name: value.strip() for name, value in settings.items()}
    return {**kept, "words": tidy_words(kept.get("words", "")), "edition": tidy_edition(kept.get("edition", ""))}


def place_of_search(host: str, settings: Mapping[str, str]) -> str:
    """Return host, country and words, in which letter case makes no difference."""
    edition = EDITIONS.get(tidy_edition(settings.get("edition", "")))
    return f"{host}/{edition.locale if edition else ''}?{phrase(settings.get('words', '')).lower()}"
