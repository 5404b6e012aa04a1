"""Turns texts into a sparse matrix with the very features that the program looks up when it judges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from app.core.verdict import Severity
from app.detect.balance import Style, is_name, strange_share
from app.detect.detector import STARRED, LearningDetector
from app.detect.hashed import MASK, gram_rows, row_of
from app.detect.linear import features_of
from training.fit import Bools, Floats

HASHED = 2.0
"""What a group of hashed features weighs in all, and"""

CONCEPT = 0.25
"""what a concept does for a unit of its strength: the more, the less its weight is held back in fitting."""

_FEWEST = 2
"""Texts that a feature must stand in to get a weight."""

USUAL = 3
"""Complaints that a word must stand in to be one that complaints use."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text as it is fitted: rows of each group, concepts, what the lexicon says of it, and its signs and links.

    `names` are those rows of words that stand in pieces written as names.
    """

    language: str
    style: Style
    groups: tuple[tuple[int, ...], ...]
    names: tuple[int, ...]
    concepts: dict[str, float]
    odds: float
    severity: Severity
    stars: float | None
    exclaims: int
    asks: int
    links: int


class Reader:
    """Reads texts with the lexicons of `resources`."""

    def __init__(self, resources: Path) -> None:
        self._detector = LearningDetector(resources)

    def read(self, text: str, title: str = "", stars: float | None = None) -> Example:
        found = self._detector.read(text, title=title, stars=stars)
        features = features_of(found.entries)
        grams = chain.from_iterable(gram_rows(key) for entry in found.entries for key in entry.keys)
        groups = (tuple(features.words()), tuple(grams), tuple(features.pairs), tuple(features.denied))
        names = tuple(
            row_of(key)
            for piece, entry in zip(found.pieces, found.entries, strict=True)
            if is_name(piece)
            for key in entry.keys
        )
        decision = found.decision
        reading = found.reading
        return Example(
            found.language,
            found.style,
            groups,
            names,
            dict(found.concepts),
            decision.odds,
            decision.severity,
            stars,
            reading.exclaims,
            reading.asks,
            reading.links,
        )


class Space:
    """The columns of the matrix: rows of the weight table met often enough, then concepts."""

    def __init__(self, examples: Sequence[Example], *, bits: int) -> None:
        self.bits = bits
        self._mask = (1 << bits) - 1
        count = np.zeros(1 << bits, dtype=np.int32)
        names: dict[str, int] = {}
        for example in examples:
            count[list({row & self._mask for group in example.groups for row in group})] += 1
            for name in example.concepts:
                names[name] = names.get(name, 0) + 1
        self.rows = np.flatnonzero(count >= _FEWEST)
        self._place = np.full(1 << bits, -1, dtype=np.int64)
        self._place[self.rows] = np.arange(len(self.rows))
        self.concepts = sorted(name for name, often in names.items() if often >= _FEWEST)
        self._concept = {name: len(self.rows) + number for number, name in enumerate(self.concepts)}
        self.size = len(self.rows) + len(self.concepts)

    def matrix(self, examples: Iterable[Example]) -> csr_matrix:
        """Return a row for each example."""
        starts, columns, values = [0], [], []
        for example in examples:
            groups = [group for group in example.groups if group]
            for group in groups:
                places = self._place[np.fromiter(group, dtype=np.int64, count=len(group)) & self._mask]
                known = places[places >= 0]
                columns.append(known)
                values.append(np.full(len(known), HASHED / sqrt(len(group))))
            named = [
                (self._concept[name], strength) for name, strength in example.concepts.items() if name in self._concept
            ]
            columns.append(np.array([place for place, _ in named], dtype=np.int64))
            values.append(np.array([CONCEPT * strength for _, strength in named]))
            starts.append(starts[-1] + sum(len(part) for part in columns[len(columns) - 1 - len(groups) :]))
        return csr_matrix(
            (np.concatenate(values), np.concatenate(columns), np.array(starts)), shape=(len(starts) - 1, self.size)
        )


def usual_rows(examples: Sequence[Example], complaints: Bools) -> Bools:
    """Return for each row of the weight table whether it is that of a word of at least `USUAL` complaints."""
    count = np.zeros(MASK + 1, dtype=np.int32)
    for example, complaint in zip(examples, complaints, strict=True):
        if complaint:
            count[list(set(example.groups[0]))] += 1
    return np.asarray(count >= USUAL, dtype=np.bool_)


def style_among(example: Example, usual: Bools) -> Style:
    """Return the style of a text where these are the rows of words that complaints use."""
    strange = _strange(example.groups[0], usual) - _strange(example.names, usual)
    return example.style._replace(strange=strange_share(strange, example.style.words))


def _strange(rows: Sequence[int], usual: Bools) -> int:
    return int((~usual[list(rows)]).sum()) if rows else 0


def given(examples: Sequence[Example], prior: float, classes: int) -> Floats:
    """Return the log-odds that stand fast: the lexicon's for a complaint, in the first column, and stars for praise."""
    found = np.zeros((len(examples), classes))
    found[:, 0] = [prior * example.odds for example in examples]
    found[:, 2] = [STARRED if example.stars is not None and example.stars > 3.75 else 0.0 for example in examples]
    return found
