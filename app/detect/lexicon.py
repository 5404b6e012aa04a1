"""The words of the three languages, read from `resources/detect` when a text first needs them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from app.core.problems import Problem
from app.detect.concepts import Lexicon, read_lexicon, telling_words
from app.detect.tokens import plain, russian_key
from app.detect.vocabulary import Vocabulary

LANGUAGES = ("en", "pl", "ru")

_SHARED = "shared"


class Lexicons:
    """The lexicon files of a folder. Each is read at the first text in its language; thread-safe.

    A file that cannot be read leaves its language without words and is told by `problems`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._texts: dict[str, str] = {}
        self._read: dict[str, Lexicon] = {}
        self._vocabularies: dict[str, Vocabulary] = {}
        self._telling: dict[str, frozenset[str]] | None = None

    def telling(self) -> dict[str, frozenset[str]]:
        """Return the commonest words of each language."""
        if self._telling is None:
            with self._lock:
                self._telling = {name: telling_words(self._text(name), _key(name)) for name in LANGUAGES}
        return self._telling

    def vocabulary(self, language: str) -> Vocabulary:
        """Return the vocabulary of a language; that of all of them together for «»."""
        if (known := self._vocabularies.get(language)) is not None:
            return known
        with self._lock:
            if language not in self._vocabularies:
                names = (language,) if language else LANGUAGES
                entries = [(self._lexicon(name), russian_key if name == "ru" else None) for name in names]
                self._vocabularies[language] = Vocabulary(entries, self._lexicon(_SHARED))
            return self._vocabularies[language]

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with any of the files: «detect.no_lexicon», «detect.bad_lexicon_line»."""
        with self._lock:
            return tuple(problem for name in (*LANGUAGES, _SHARED) for problem in self._lexicon(name).problems)

    def _lexicon(self, name: str) -> Lexicon:
        if name not in self._read:
            text = self._text(name)
            lexicon = read_lexicon(text, f"{name}.txt", _key(name))
            if not text:
                lexicon.problems.append(Problem("detect.no_lexicon", {"file": f"{name}.txt"}))
            self._read[name] = lexicon
        return self._read[name]

    def _text(self, name: str) -> str:
        if name not in self._texts:
            try:
                self._texts[name] = (self._folder / f"{name}.txt").read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                self._texts[name] = ""
        return self._texts[name]


def _key(name: str) -> Callable[[str], str]:
    return (lambda line: russian_key(plain(line))) if name == "ru" else plain
