"""The trained part: sums the weights of a text's words, parts of words, pairs, denied words and concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import mul

from app.detect.hashed import PAIRED, denied_rows, pair_rows, row_of
from app.detect.lanes import Lanes
from app.detect.pieces import Entry, sums_of, word_total
from app.detect.vocabulary import Word


@dataclass(slots=True)
class Features:
    """What is looked up for one text: the entries of its pieces, and the rows of its pairs and denied words."""

    entries: list[Entry]
    pairs: list[int]
    denied: list[int]

    def words(self) -> list[int]:
        return [row_of(key) for entry in self.entries for key in entry.keys]

    def trait_total(self, lanes: Lanes) -> int:
        """Return what its words and their parts bring to traits, whose weights are `lanes`; see `Sums.total`."""
        for entry in self.entries:
            if entry.traits < 0:
                entry.traits = sum([word_total(lanes, key) for key in entry.keys])
        return sum([entry.traits for entry in self.entries])


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
    """The weights of `lanes` applied to texts, those of concepts and a bias for each column beside them. Thread-safe."""

    def __init__(self, lanes: Lanes, concepts: Mapping[str, Sequence[float]], bias: Sequence[float]) -> None:
        self.lanes = lanes
        self._concepts = concepts
        self._bias = bias

    def odds(self, features: Features, total: int, concepts: Mapping[str, float]) -> list[float]:
        """Return what a text comes to in each column: each group of features counts by the root of its size.

        `total` is what its words and their parts bring, `concepts` how strongly each concept stands in it.
        """
        lanes = self.lanes
        words, grams = lanes.parted(total)
        sums = lanes.weights((words, grams, lanes.total(features.pairs), lanes.total(features.denied)))
        odds = [found + bias for found, bias in zip(sums, self._bias, strict=True)]
        if names := [name for name in concepts if name in self._concepts]:
            strong = [concepts[name] for name in names]
            columns = zip(*[self._concepts[name] for name in names], strict=True)
            odds = [so_far + sum(map(mul, strong, column)) for so_far, column in zip(odds, columns, strict=True)]
        return odds

    def shares(self, entries: Sequence[Entry], against: Sequence[float]) -> list[float]:
        """Return what the words of each piece bring to the sum of the columns, each times its factor in `against`.

        The factors are the same at every call: what they make of a piece stays with it.
        """
        parts = self.lanes.parted(sums_of(entries).total)
        words, grams = [1.0 / sqrt(max(1, self.lanes.count(part))) for part in parts]
        shares = [entry.share or self._share(entry, against) for entry in entries]
        return [words * word + grams * gram for word, gram in shares]

    def _share(self, entry: Entry, against: Sequence[float]) -> tuple[float, float]:
        words, grams = self.lanes.parted(sums_of((entry,)).total)
        entry.share = self.lanes.weighed(words, against), self.lanes.weighed(grams, against)
        return entry.share
