"""The trained part: sums the weights of a text's words, parts of words, pairs and denied words for each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from app.detect.hashed import PAIRED, denied_rows, pair_rows, row_of
from app.detect.lanes import Lanes
from app.detect.pieces import Entry
from app.detect.vocabulary import Word

_MOST_TOLD = 20_000
"""Sums of which it is remembered what they tell."""


@dataclass(slots=True)
class Features:
    """What is looked up for one text: the entries of its pieces, and the rows of its pairs and denied words."""

    entries: list[Entry]
    pairs: list[int]
    denied: list[int]

    def words(self) -> list[int]:
        """Return the rows of the words."""
        return [row_of(key) for entry in self.entries for key in entry.keys]


def features_of(entries: list[Entry]) -> Features:
    """Return the features of a text."""
    keys: list[bytes] = []
    words: list[Word | None] = []
    for entry in entries:
        keys += entry.keys
        words += entry.words
        if len(keys) >= PAIRED:
            break
    del keys[PAIRED:], words[PAIRED:]
    return Features(entries, pair_rows(keys), denied_rows(keys, words))


class Linear:
    """The weights of `lanes` applied to texts. Thread-safe."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes
        self._told: dict[int, tuple[float, float]] = {}

    def sums(self, features: Features) -> list[float]:
        """Return what a text brings to each column: each group of features by the root of its size."""
        lanes = self._lanes
        words, grams = lanes.parted(sum([entry.total for entry in features.entries]))
        return lanes.weights((words, grams, lanes.total(features.pairs), lanes.total(features.denied)))

    def shares(self, features: Features, against: Sequence[float]) -> list[float]:
        """Return what the words of each piece bring to the sum of the columns, each times its factor in `against`."""
        totals = [entry.total for entry in features.entries]
        words, grams = [1.0 / sqrt(max(1, self._lanes.count(part))) for part in self._lanes.parted(sum(totals))]
        shares = [self._share(total, against) for total in totals]
        return [words * word + grams * gram for word, gram in shares]

    def _share(self, total: int, against: Sequence[float]) -> tuple[float, float]:
        told = self._told
        if (known := told.get(total)) is None:
            if len(told) >= _MOST_TOLD:
                told.clear()
            words, grams = self._lanes.parted(total)
            known = told[total] = self._lanes.weighed(words, against), self._lanes.weighed(grams, against)
        return known
