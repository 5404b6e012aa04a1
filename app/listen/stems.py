"""The Snowball stemmers behind the port: Polish and English for Latin words, Russian for Cyrillic ones."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Protocol

from app.core.text import fold

_REMEMBERED = 20_000
"""Words whose stems are kept: some five megabytes."""

_CYRILLIC = re.compile("[а-яё]")
_LATIN = re.compile("[a-z]")


class _Snowball(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  the library's name


class SnowballStemmer:
    """Thread-safe. The library is loaded at the first word; stems are folded like the words they come from."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stemmers: dict[str, _Snowball] = {}
        self._known: dict[str, frozenset[str]] = {}

    def stems(self, word: str) -> frozenset[str]:
        """Return the stems a word may have in the languages we speak, itself among them, all folded."""
        word = fold(word)
        found = self._known.get(word)
        if found is None:
            found = self._cut(word)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = found
        return found

    def _cut(self, word: str) -> frozenset[str]:
        if _CYRILLIC.search(word):
            languages: Sequence[str] = ("russian",)
        elif _LATIN.search(word):
            languages = ("polish", "english")
        else:
            return frozenset((word,))
        with self._lock:
            stems = [fold(self._stemmer(language).stemWord(word)) for language in languages]
        return frozenset((word, *filter(None, stems)))

    def _stemmer(self, language: str) -> _Snowball:
        if language not in self._stemmers:
            from snowballstemmer import stemmer  # noqa: PLC0415  start-up time: most watches never need one

            self._stemmers[language] = stemmer(language)
        return self._stemmers[language]
