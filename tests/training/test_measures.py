from __future__ import annotations

import math
import random

import numpy as np
import pytest

from training.measures import (
    area,
    calibration_error,
    cut_at,
    f1_of_each,
    right_between,
    score_for_alarms,
    score_for_precision,
    share_equal,
)

SCORES = np.array([0.9, 0.8, 0.5, 0.4, 0.1])
RIGHT = np.array([True, False, True, True, False])


def test_a_cut_counts_what_reaches_it() -> None:
    cut = cut_at(SCORES, RIGHT, 0.5)
    assert cut.precision == pytest.approx(2 / 3)
    assert cut.recall == pytest.approx(2 / 3)
    assert cut.f1 == pytest.approx(2 / 3)
    assert cut.macro_f1 == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert cut.false_alarms == pytest.approx(1 / 2)


def test_a_cut_of_news_has_false_alarms_but_no_recall() -> None:
    cut = cut_at(SCORES, np.zeros(5, dtype=bool), 0.75)
    assert cut.false_alarms == pytest.approx(2 / 5)
    assert math.isnan(cut.recall)
    assert cut.precision == 0.0


def test_nothing_taken_has_no_precision() -> None:
    cut = cut_at(SCORES, RIGHT, 0.95)
    assert math.isnan(cut.precision)
    assert cut.recall == 0.0


def test_area_is_the_share_of_pairs_in_order_ties_counting_half() -> None:
    drawn = random.Random(5)
    scores = [drawn.randrange(6) / 5 for _ in range(60)]
    right = [drawn.random() < 0.4 for _ in range(60)]
    pairs = [
        (a, b) for a, x in zip(scores, right, strict=True) if x for b, y in zip(scores, right, strict=True) if not y
    ]
    expected = sum((a > b) + 0.5 * (a == b) for a, b in pairs) / len(pairs)
    assert area(np.array(scores), np.array(right)) == pytest.approx(expected)


def test_area_of_one_kind_alone_is_none() -> None:
    assert math.isnan(area(SCORES, np.ones(5, dtype=bool)))


def test_calibration_error_is_nought_where_scores_hold() -> None:
    scores = np.repeat([0.25, 0.75], 100)
    right = np.array(([True] * 25 + [False] * 75) + ([True] * 75 + [False] * 25))
    assert calibration_error(scores, right) == pytest.approx(0.0)
    assert calibration_error(scores, ~right) == pytest.approx(0.5)


def test_calibration_error_weighs_bins_by_their_texts() -> None:
    assert calibration_error(np.array([1.0, 0.0, 0.0, 0.0]), np.zeros(4, dtype=bool)) == pytest.approx(0.25)


def test_right_between_takes_one_into_the_last_stretch() -> None:
    scores, right = np.array([0.9, 0.95, 1.0, 0.89]), np.array([True, True, False, False])
    assert right_between(scores, right, 0.9, 1.0) == (3, pytest.approx(2 / 3))
    assert right_between(scores, right, 0.8, 0.9) == (1, 0.0)
    assert math.isnan(right_between(scores, right, 0.0, 0.1)[1])


def test_f1_of_each_class() -> None:
    assert f1_of_each("aab", "abb", "ab") == [pytest.approx(2 / 3), pytest.approx(2 / 3)]
    assert math.isnan(f1_of_each("aab", "abb", "c")[0])


def test_share_equal() -> None:
    assert share_equal([1, 2, 3], [1, 2, 4]) == pytest.approx(2 / 3)
    assert math.isnan(share_equal([], []))


def test_score_for_precision_is_the_lowest_that_will_do() -> None:
    assert score_for_precision(SCORES, RIGHT, 0.7) == (0.4, 1.0)
    assert score_for_precision(SCORES, RIGHT, 0.9) == (0.9, pytest.approx(1 / 3))


def test_score_for_precision_does_not_part_equal_scores() -> None:
    found = score_for_precision(np.array([0.8, 0.8, 0.1]), np.array([True, False, True]), 0.9)
    assert all(map(math.isnan, found))


def test_score_for_alarms_is_exceeded_by_at_most_the_share() -> None:
    scores = np.arange(100) / 100
    assert (scores > score_for_alarms(scores, 0.05)).mean() <= 0.05
    assert (scores >= score_for_alarms(scores, 0.05)).mean() > 0.05
