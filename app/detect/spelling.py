"""Brings mistyped words to those that were meant, so that a complaint is heard however it is spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from app.detect.balance import is_name
from app.detect.tokens import cut, plain
from app.detect.weights import has_bit

BITS = 20
"""Bits of the file of right words, as a power of two: one bit in twenty to fifty is set, and so many mistakes pass for right."""

SHORTEST = 5
"""Letters of a word that is looked at: shorter ones have too many neighbours."""

_LONGEST = 24
_MOST = 8
"""Unknown words of a text beyond which it is not mistyped but of another trade or tongue."""

_REMEMBERED = 20_000
"""Pieces of text remembered before all are forgotten."""

_LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "pl": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
}
_NOT = {"pl": "nie", "ru": "не"}
_LEAST_DENIED = 4
"""Letters of a word that is told from a «not» written together with it."""

_DOUBLED = re.compile(r"(.)\1")
_ENDS = re.compile(r"[.!?…:][\"'»”)]*$")


class Spelling:
    """The words of a language, from two files of a folder, made by `make train`; without them nothing is mended.

    `<language>.txt` has the words that are meant, the most used first; `<language>.bits` a bit for each word that is
    right as it stands, see `row_of`. Thread-safe: a lost race is a second look-up.
    """

    def __init__(self, folder: Path, language: str) -> None:
        try:
            words = (folder / f"{language}.txt").read_text("utf-8").split()
            self._right = (folder / f"{language}.bits").read_bytes()
        except OSError:
            words, self._right = [], b""
        self._letters = _LETTERS.get(language, "")
        self._not = _NOT.get(language, "")
        self._meant: dict[str, tuple[int, str]] = {}
        for rank, word in enumerate(words):
            self._meant.setdefault(single(word), (rank, word))
        self._known: dict[str, str] = {}

    def mended(self, pieces: Sequence[str]) -> Mapping[str, str]:
        """Return what is meant by those of the pieces of a text that hold a mistyped word.

        Of as many words as they do, and one more for each «not» that is written together with its word: «niepolecam».

        Names are left alone: words with a capital letter that does not begin a sentence.
        """
        if not self._meant:
            return {}
        unknown = [(piece, token) for piece, token in _words(pieces) if not self._is_right(token)]
        if not unknown or len({token for _, token in unknown}) > _MOST:
            return {}
        found: dict[str, str] = {}
        for piece, token in unknown:
            if (meant := self._known_or_found(token)) != token:
                found[piece] = found.get(piece, piece).replace(token, meant.upper() if token.isupper() else meant)
        return found

    def strangers(self, pieces: Sequence[str]) -> int:
        """Return how many words of a text are not known to be right."""
        return sum(not self._is_right(token) for _, token in _words(pieces))

    def near(self, word: str) -> str:
        """Return the most used other word that a plain one may be meant for, «» for none: a letter, or doubled ones, apart."""
        short = single(word)
        if (same := self._meant.get(short)) is not None and same[1] != word:
            return same[1]
        return min((known for form in self._neighbours(short) if (known := self._meant.get(form))), default=(0, ""))[1]

    def _is_right(self, token: str) -> bool:
        return has_bit(self._right, row_of(plain(token)))

    def _known_or_found(self, token: str) -> str:
        if (known := self._known.get(token)) is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            word = plain(token)
            known = self._known[token] = self._parted(word) or self.near(word) or token
        return known

    def _parted(self, word: str) -> str:
        """Return a plain word that has «not» before a right one with the blank between them, «» for others."""
        rest = word.removeprefix(self._not)
        is_denied = len(word) > len(rest) >= _LEAST_DENIED and self._is_right(rest)
        return f"{self._not} {rest}" if is_denied else ""

    def _neighbours(self, word: str) -> Iterator[str]:
        """Yield what is one letter less, more or other, or has two exchanged."""
        for place in range(len(word) + 1):
            before, after = word[:place], word[place:]
            for letter in self._letters:
                yield f"{before}{letter}{after}"
            if after:
                yield before + after[1:]
                for letter in self._letters:
                    yield f"{before}{letter}{after[1:]}"
                if len(after) > 1:
                    yield f"{before}{after[1]}{after[0]}{after[2:]}"


def row_of(word: str) -> int:
    """Return the place of a plain word among the bits of right ones."""
    return crc32(word.encode()) & ((1 << BITS) - 1)


def single(word: str) -> str:
    """Return a word with doubled letters written once: which are doubled is what people know least."""
    return _DOUBLED.sub(r"\1", word)


def _words(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that are looked at, each after the piece in which it stands."""
    begins = True
    for piece in pieces:
        if begins or not is_name(piece):
            for token in cut(piece):
                if SHORTEST <= len(token) <= _LONGEST and token.isalpha():
                    yield piece, token
        begins = _ENDS.search(piece) is not None
