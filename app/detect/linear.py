"""The trained part: sums the weights of a text's words, parts of words, pairs and denied words for each column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import sqrt
from operator import itemgetter
from typing import NamedTuple

from app.detect.hashed import Key, gram_rows, joint_rows, keys_of
from app.detect.lanes import Lanes
from app.detect.vocabulary import LARGEST, Vocabulary

_LONGEST_PIECE = 80
_keys, _words, _grams = itemgetter(0), itemgetter(1), itemgetter(2)


class Entry(NamedTuple):
    """A piece's keys, the sum of its words' rows, and that of the rows of their parts."""

    keys: tuple[Key, ...]
    words: int
    grams: int


class Features(NamedTuple):
    """What is looked up for one text: the entries of its pieces, and the rows of its pairs and denied words."""

    entries: list[Entry]
    pairs: list[int]
    denied: list[int]

    def words(self) -> list[int]:
        """Return the rows of the words."""
        return [key.row for entry in self.entries for key in entry.keys]


class Linear(dict[str, Entry]):
    """The weights of `lanes` applied to texts cut at blanks; remembers the pieces met. Thread-safe like `Vocabulary`."""

    def __init__(self, lanes: Lanes, vocabulary: Vocabulary, *, russian: bool) -> None:
        super().__init__()
        self._lanes = lanes
        self._vocabulary = vocabulary
        self._russian = russian
        self._told: dict[int, float] = {}

    def __missing__(self, piece: str) -> Entry:
        keys = keys_of(piece, self._vocabulary, russian=self._russian)
        total = self._lanes.total
        entry = Entry(keys, total([key.row for key in keys]), total([row for key in keys for row in gram_rows(key)]))
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= LARGEST:
                self.clear()
            self[piece] = entry
        return entry

    def features(self, pieces: Iterable[str]) -> Features:
        """Return the features of a text."""
        entries = list(map(self.__getitem__, pieces))
        return Features(entries, *joint_rows(chain.from_iterable(map(_keys, entries))))

    def sums(self, features: Features) -> list[float]:
        """Return what a text brings to each column: each group of features by the root of its size."""
        entries, total = features.entries, self._lanes.total
        words, grams = sum(map(_words, entries)), sum(map(_grams, entries))
        return self._lanes.weights((words, grams, total(features.pairs), total(features.denied)))

    def shares(self, features: Features, against: Sequence[float]) -> list[float]:
        """Return what the words of each piece bring to the sum of the columns, each times its factor in `against`."""
        entries, count = features.entries, self._lanes.count
        words = 1.0 / sqrt(max(1, count(sum(map(_words, entries)))))
        grams = 1.0 / sqrt(max(1, count(sum(map(_grams, entries)))))
        share = self._share
        return [words * share(entry.words, against) + grams * share(entry.grams, against) for entry in entries]

    def _share(self, total: int, against: Sequence[float]) -> float:
        told = self._told
        if (known := told.get(total)) is None:
            if len(told) >= LARGEST:
                told.clear()
            known = told[total] = self._lanes.weighed(total, against)
        return known
