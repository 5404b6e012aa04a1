"""Bands, and the threshold that the owner's labels ask for."""

from __future__ import annotations

import pytest

from app.core.bands import (
    LEAST_RING_AT,
    MOST_RING_AT,
    RING_AT,
    Band,
    band_of,
    digest_at,
    suggested_ring_at,
)

GOOD_FROM_60 = [(0.5 + n / 500, n >= 50) for n in range(245)]


def test_a_probability_has_its_band() -> None:
    assert [band_of(score) for score in (0.0, 0.49, 0.51, 0.7499, 0.75, 1.0)] == [
        Band.SILENT,
        Band.SILENT,
        Band.DIGEST,
        Band.DIGEST,
        Band.RING,
        Band.RING,
    ]
    assert band_of(0.6, 0.6) is Band.RING


@pytest.mark.parametrize("ring_at", [0.0, 0.3, 0.5, RING_AT, 0.97, 1.0])
def test_the_digest_lies_below_the_bell(ring_at: float) -> None:
    assert 0.0 <= digest_at(ring_at) <= ring_at
    assert band_of(ring_at, ring_at) is Band.RING


def test_without_labels_the_bell_stays_where_it_was_shipped() -> None:
    assert suggested_ring_at([], RING_AT) == RING_AT


def test_false_rings_push_it_up_and_right_ones_pull_it_down() -> None:
    assert suggested_ring_at([(0.85, False)] * 30 + [(0.95, True)] * 30, RING_AT) > 0.8
    assert suggested_ring_at(GOOD_FROM_60, RING_AT) < 0.7
    assert suggested_ring_at([(0.99, False)] * 200, RING_AT) == MOST_RING_AT
    assert suggested_ring_at([(0.99, True)] * 2000, RING_AT) == LEAST_RING_AT


def test_a_few_labels_do_not_throw_it_about() -> None:
    assert suggested_ring_at([(0.85, False)], RING_AT) <= 0.88
    assert suggested_ring_at([(0.8, True)] * 3, RING_AT) >= 0.7


def test_it_stays_where_the_better_one_lies_close_by() -> None:
    best = suggested_ring_at(GOOD_FROM_60, RING_AT)
    assert suggested_ring_at(GOOD_FROM_60, best + 0.02) == best + 0.02
    assert suggested_ring_at(GOOD_FROM_60, best - 0.02) == best - 0.02
    assert suggested_ring_at(GOOD_FROM_60, best + 0.05) == best
