"""Remembers the pieces of text met: what each means to the lexicon, and the sums of its rows of weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.detect.balance import is_name
from app.detect.hashed import gram_rows, key_of, row_of
from app.detect.lanes import Lanes
from app.detect.tokens import cut, token_of
from app.detect.vocabulary import NOTHING, Piece, Vocabulary, Word
from app.detect.weights import has_bit
from app.detect.wording import EVEN

REMEMBERED = 20_000
"""Pieces remembered before those not met since as many others came are forgotten: twice as many at the most, some 11 MB."""

REMEMBERED_IN_A_RUSH = 100_000
"""The same in a process that judges much and then ends: words met again and again are half of its work."""

_LONGEST_PIECE = 80

_STRANGE, _WORDING = 16, 24
"""Bits for the strange keys of a text, and for the steps of its wording up and down: a text has 6,000 keys at the most."""

_TOTAL = _STRANGE + 2 * _WORDING


class Sums(NamedTuple):
    """What pieces come to: see `sums_of`."""

    strange: int
    wording: int
    total: int


@dataclass(slots=True, eq=False)
class Entry:
    """A piece of text: what is known of it, and the keys under which its tokens have weights.

    `words` is what is known of the token of each key, `sum` what they come to as one number, see `Sums`. `traits` is a sum
    of rows as its `total` is, of the weights of traits: below nought until a complaint asks for it, and `share` what words
    and parts speak for a complaint, None until reasons are asked for. `means` is whether the lexicon knows a word of it, if
    only as a part of its phrases; numbers, of which any is such a part, mean nothing.
    """

    known: Piece
    keys: tuple[bytes, ...]
    words: tuple[Word | None, ...]
    sum: int
    traits: int = -1
    share: tuple[float, float] | None = None
    means: bool = False


def sums_of(entries: Iterable[Entry]) -> Sums:
    """Return what pieces come to, all in one pass.

    `strange` counts the keys that complaints do not use, those of pieces written as names left out; `wording` sums up how
    much more frequent the words are in complaints, in steps; `total` is the sum of the rows of the words joined with that of
    the rows of their parts, nought where there are no weights.
    """
    found = sum([entry.sum for entry in entries])
    up, down = found >> _STRANGE & (1 << _WORDING) - 1, found >> _STRANGE + _WORDING & (1 << _WORDING) - 1
    return Sums(_strange(found), up - down, found >> _TOTAL)


def _packed(strange: int, wording: int, total: int) -> int:
    up, down = max(0, wording), max(0, -wording)
    return strange | up << _STRANGE | down << _STRANGE + _WORDING | total << _TOTAL


def _strange(packed: int) -> int:
    return packed & (1 << _STRANGE) - 1


def word_total(lanes: Lanes, key: bytes) -> int:
    """Return the row of a word joined with the sum of the rows of its parts."""
    return lanes.joined(lanes.total((row_of(key),)), lanes.total(gram_rows(key)))


class Pieces(dict[str, Entry]):
    """Pieces of text and what is known of them. Thread-safe: a lost race is a second look-up.

    Whole pieces are kept, «parcel,» beside «parcel»: cutting a text at blanks is five times faster than at words.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        lanes: Lanes | None,
        usual: bytes = b"",
        wording: bytes = b"",
        *,
        russian: bool,
        remembered: int,
    ) -> None:
        """Take the weights of words, None where there are none, and `usual` and `wording` of a weights file.

        `russian` is whether all words are Russian; `remembered` is one of the figures above.
        """
        super().__init__()
        self._vocabulary = vocabulary
        self._lanes = lanes
        self._usual = usual
        self._wording = wording
        self._russian = russian
        self._remembered = remembered
        self._older: dict[str, Entry] = {}

    def __missing__(self, piece: str) -> Entry:
        if (entry := self._older.get(piece)) is None:
            tokens = cut(piece)
            entry = self._single(piece) if tokens == [piece] else self._joined(piece, tokens)
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= self._remembered:
                self._older = self.copy()
                self.clear()
            self[piece] = entry
        return entry

    def _single(self, text: str) -> Entry:
        token = token_of(text)
        word = self._vocabulary.word(token)
        known = NOTHING if word is None else self._vocabulary.piece((word,))
        means = word is not None and not word.sign and not text.isdigit()
        if not (key := key_of(token, russian=self._russian)):
            return Entry(known, (), (), 0, means=means)
        if (lanes := self._lanes) is None:
            return Entry(known, (key,), known.words, 0, means=means)
        row = row_of(key)
        wording = self._wording[row] - EVEN if self._wording and key[:1].isalpha() else 0
        strange = 0 if has_bit(self._usual, row) or is_name(text) else 1
        packed = _packed(strange, wording, word_total(lanes, key))
        return Entry(known, (key,), known.words, packed, means=means)

    def _joined(self, piece: str, tokens: list[str]) -> Entry:
        parts = [self[token] for token in tokens]
        if len(parts) == 1:
            return parts[0]
        known = self._vocabulary.piece(tuple([part.known.words[0] for part in parts]))
        keys = tuple([key for part in parts for key in part.keys])
        words = known.words if len(keys) == len(parts) else tuple([word for part in parts for word in part.words])
        packed = sum([part.sum for part in parts])
        if is_name(piece):
            packed -= _strange(packed)
        means = any(word is not None and not word.sign for word in known.words)
        return Entry(known, keys, words, packed, means=means)
