"""Bands: what follows from how sure the detector is: ring now, tell of it in the digest, or stay silent."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

RING_AT = 0.75
"""The level (see `Verdict.level`) from which a complaint rings unless the owner moved the slider."""

DIGEST_SHARE = 1 / 3
"""Where the digest begins, as a share of the odds at which it rings."""

FEWEST_LABELS = 50
"""Corrections from which on the bell's threshold follows the owner's labels."""

RIGHT_RINGS = 0.9
"""Share of rings that are to be complaints."""

LEAST_RING_AT, MOST_RING_AT = 0.5, 0.97

_BELIEF = 20.0
"""Labels that our belief before any label weighs as much as: that from `RING_AT` on `RIGHT_RINGS` are complaints."""

_STEADY = 0.03
"""A threshold is left where it is unless another one is better by so much."""


class Band(StrEnum):
    """What the bell does."""

    RING = "ring"
    DIGEST = "digest"
    SILENT = "silent"


def digest_at(ring_at: float) -> float:
    """Return the level from which a mention comes into the digest, given the one from which it rings."""
    odds = DIGEST_SHARE * ring_at / max(1e-9, 1.0 - ring_at)
    return odds / (1.0 + odds)


def band_of(level: float, ring_at: float = RING_AT) -> Band:
    """Return the band of a level. `ring_at` is between 0 and 1."""
    if level >= ring_at:
        return Band.RING
    return Band.DIGEST if level >= digest_at(ring_at) else Band.SILENT


def suggested_ring_at(labels: Sequence[tuple[float, bool]], present: float) -> float:
    """Return the least level from which at least `RIGHT_RINGS` of the labelled texts are complaints.

    A label is a text's level and whether it was a complaint. `present` is the threshold in force: it stays where
    the better one lies close by.
    """
    steps = range(round(LEAST_RING_AT * 100), round(MOST_RING_AT * 100) + 1)
    wanted = next((step / 100 for step in steps if _is_right(labels, step / 100)), MOST_RING_AT)
    return present if abs(wanted - present) < _STEADY - 1e-9 else wanted


def _is_right(labels: Sequence[tuple[float, bool]], ring_at: float) -> bool:
    above = [is_complaint for score, is_complaint in labels if score >= ring_at]
    believed = 1.0 - (1.0 - RIGHT_RINGS) * (1.0 - ring_at) / (1.0 - RING_AT)
    return sum(above) + _BELIEF * believed >= RIGHT_RINGS * (len(above) + _BELIEF) - 1e-9
