"""Measures of judgements, pure: scores are probabilities of a complaint (0 to 1), `right` says which texts are one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from training.fit import Bools, Floats


@dataclass(frozen=True, slots=True)
class Cut:
    """What texts from one score on come to. All are shares; a share of nothing is nan."""

    precision: float
    recall: float
    f1: float
    macro_f1: float
    false_alarms: float
    """Share of the texts that are no complaints and were taken for one."""


def cut_at(scores: Floats, right: Bools, at: float) -> Cut:
    """Return what taking every text from score `at` on for a complaint comes to."""
    taken = scores >= at
    hits, false = int((taken & right).sum()), int((taken & ~right).sum())
    missed, left = int((~taken & right).sum()), int((~taken & ~right).sum())
    f1, other = _share(2 * hits, 2 * hits + false + missed), _share(2 * left, 2 * left + false + missed)
    return Cut(
        _share(hits, hits + false), _share(hits, hits + missed), f1, (f1 + other) / 2, _share(false, false + left)
    )


def area(scores: Floats, right: Bools) -> float:
    """Return the area under the ROC curve: how often a complaint scores above another text, ties counting half.

    Nan where there are no complaints, or nothing else. Any numbers do as scores.
    """
    complaints = int(right.sum())
    others = len(right) - complaints
    if not complaints or not others:
        return float("nan")
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[right].sum() - complaints * (complaints + 1) / 2) / (complaints * others))


def calibration_error(scores: Floats, right: Bools, bins: int = 10) -> float:
    """Return how far score and share of complaints lie apart, on average over texts put into equally wide bins."""
    if not len(scores):
        return float("nan")
    places = np.minimum((scores * bins).astype(int), bins - 1)
    apart = [abs(scores[here].sum() - right[here].sum()) for number in range(bins) if (here := places == number).any()]
    return float(sum(apart) / len(scores))


def right_between(scores: Floats, right: Bools, low: float, high: float) -> tuple[int, float]:
    """Return how many texts score in [`low`, `high`), 1 falling into what ends with 1, and the share of complaints."""
    here = (scores >= low) & ((scores < high) | (high >= 1.0))
    count = int(here.sum())
    return count, _share(int((here & right).sum()), count)


def score_for_precision(scores: Floats, right: Bools, precision: float) -> tuple[float, float]:
    """Return the lowest score from which on at least `precision` are complaints, and the recall there; nan for none."""
    order = np.argsort(-scores, kind="stable")
    falling, hits = scores[order], np.cumsum(right[order])
    last = np.append(falling[1:] != falling[:-1], True)
    enough = np.flatnonzero(last & (hits >= precision * np.arange(1, len(hits) + 1)))
    if not len(enough) or not hits[enough[-1]]:
        return float("nan"), float("nan")
    return float(falling[enough[-1]]), float(hits[enough[-1]] / right.sum())


def score_for_alarms(scores: Floats, share: float) -> float:
    """Return the score that at most this share of texts exceeds."""
    return float(np.sort(scores)[::-1][int(share * len(scores))])


def f1_of_each(found: Sequence[Hashable], true: Sequence[Hashable], classes: Sequence[Hashable]) -> list[float]:
    """Return the F1 of each class; nan where a class neither stands nor was found. The mean of them is macro-F1."""
    pairs = list(zip(found, true, strict=True))
    return [
        _share(2 * sum(one == other == name for one, other in pairs), sum((a == name) + (b == name) for a, b in pairs))
        for name in classes
    ]


def share_equal(found: Sequence[Hashable], true: Sequence[Hashable]) -> float:
    """Return the share of places at which the two agree; nan where there are none."""
    return _share(sum(one == other for one, other in zip(found, true, strict=True)), len(true))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
