"""Learns from the owner: sparse weights over the shipped ones, made anew from all corrections whenever these change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from app.detect.hashed import BITS, row_of
from app.detect.linear import Features

AIM = 2.0
"""Log-odds on the right side that a correction strives for."""

MOST = 4.0
"""Log-odds by which one correction moves its own text at the most."""

REPLAYED = 3
"""Earlier corrections that are looked at again after each, so that the new one does not unteach them."""

SLOW = 0.07
"""What the bias moves, beside a text's own features together."""

_PAIR, _DENIED = 1 << BITS, 2 << BITS

Feature = int | str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A correction as it is learnt: the text's features, and the log-odds the shipped weights give it."""

    features: frozenset[Feature]
    odds: float
    complaint: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learnt: log-odds for features, and for any text."""

    weights: Mapping[Feature, float]
    bias: float = 0.0

    def odds(self, features: frozenset[Feature]) -> float:
        """Return what it adds to the log-odds of a complaint, to the last bit, whatever the order of the features."""
        if not features:
            return self.bias
        weights = self.weights
        return self.bias + fsum([weights[name] for name in features if name in weights]) / sqrt(len(features))


NOTHING_TAUGHT = Taught({})


def learnable(features: Features, concepts: Iterable[str], common: frozenset[int]) -> frozenset[Feature]:
    """Return the features that corrections weigh: words but the commonest, pairs, denied words and concepts."""
    keys = {key for entry in features.entries for key in entry.keys}
    found: set[Feature] = {row for key in keys if key[:1].isalnum() and (row := row_of(key)) not in common}
    found.update(_PAIR + row for row in features.pairs)
    found.update(_DENIED + row for row in features.denied)
    found.update(concepts)
    return frozenset(found)


def learn(lessons: Sequence[Lesson]) -> Taught:
    """Return what lessons, oldest first, teach; the same lessons teach the same."""
    weights: dict[Feature, float] = {}
    bias = 0.0
    for number, lesson in enumerate(lessons):
        bias += _take(lesson, weights, bias)
        for earlier in _replayed(number):
            bias += _take(lessons[earlier], weights, bias)
    return Taught(weights, bias)


def _take(lesson: Lesson, weights: dict[Feature, float], bias: float) -> float:
    """Move the weights so that a lesson comes out right, as far as one correction may; return what the bias moves."""
    if not (count := len(lesson.features)):
        return 0.0  # it would all go to the bias, that is to every other text
    side = 1.0 if lesson.complaint else -1.0
    missing = AIM - side * (lesson.odds + Taught(weights, bias).odds(lesson.features))
    if missing <= 0.0:
        return 0.0
    move = side * min(missing, MOST) / (1.0 + SLOW * SLOW)
    step = move / sqrt(count)
    for name in lesson.features:
        weights[name] = weights.get(name, 0.0) + step
    return move * SLOW * SLOW


def _replayed(number: int) -> Sequence[int]:
    """Return which of the lessons before this one are looked at again: spread evenly, other ones each time."""
    if number <= REPLAYED:
        return range(number)
    return [(number * 7 + turn * number // REPLAYED) % number for turn in range(REPLAYED)]
