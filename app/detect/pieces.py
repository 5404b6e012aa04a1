"""Remembers the pieces of text met: what each means to the lexicon, and the sums of its rows of weights."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(slots=True, eq=False)
class Entry:
    """A piece of text: what is known of it, and the keys under which its tokens have weights.

    `words` is what is known of the token of each key, `total` the sum of the tokens' rows joined with that of the rows
    of their parts, nought where there are no weights. `strange` counts the keys that complaints do not use, where the
    piece is not written as a name; `wording`
    sums up how much more frequent the words are in complaints, in steps. `traits` is a sum as `total` is, of the weights
    of traits: below nought until a complaint asks for it, and `share` what words and parts speak for a complaint, None until reasons
    are asked for. `means` is whether the lexicon knows a word of it, if only as a part
    of its phrases; numbers, of which any is such a part, mean nothing.
    """

    known: Piece
    keys: tuple[bytes, ...]
    words: tuple[Word | None, ...]
    total: int
    strange: int = 0
    wording: int = 0
    traits: int = -1
    share: tuple[float, float] | None = None
    means: bool = False


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
        lanes, row = self._lanes, row_of(key)
        total = 0 if lanes is None else word_total(lanes, key)
        wording = self._wording[row] - EVEN if self._wording and key[:1].isalpha() else 0
        strange = 0 if has_bit(self._usual, row) or is_name(text) else 1
        return Entry(known, (key,), known.words, total, strange, wording, means=means)

    def _joined(self, piece: str, tokens: list[str]) -> Entry:
        parts = [self[token] for token in tokens]
        if len(parts) == 1:
            return parts[0]
        known = self._vocabulary.piece(tuple([part.known.words[0] for part in parts]))
        keys = tuple([key for part in parts for key in part.keys])
        words = known.words if len(keys) == len(parts) else tuple([word for part in parts for word in part.words])
        strange = sum([part.strange for part in parts])
        return Entry(
            known,
            keys,
            words,
            sum([part.total for part in parts]),
            0 if strange and is_name(piece) else strange,
            sum([part.wording for part in parts]),
            means=any(word is not None and not word.sign for word in known.words),
        )
