"""The trained part: odds and shares against plain sums over the rows of words, parts, pairs and denied words."""

from __future__ import annotations

import random
from math import sqrt

import pytest
from detect.resources_folder import RESOURCES

from app.detect.hashed import denied_rows, gram_rows, pair_rows, row_of
from app.detect.lanes import Lanes
from app.detect.lexicon import Lexicons
from app.detect.linear import Features, Linear, features_of
from app.detect.pieces import Pieces, sums_of
from app.detect.weights import ZERO, Table

COLUMNS = tuple("abcdefg")
ROWS = 1 << 8
TEXT = "Paczka nie dotarła, a nikt w sklepie nie odbiera telefonu i nie oddaje pieniędzy !!"


def table(seed: int) -> Table:
    """Return rows of weights between -12.8 and 12.7, made by chance."""
    return Table(COLUMNS, random.Random(seed).randbytes(ROWS * len(COLUMNS)), 0.1)


def weights(rows: list[int], of: Table) -> list[float]:
    """Return the sum of rows in each column, divided by the root of their number."""
    count = len(of.columns)
    found = [[of.rows[(row % ROWS) * count + column] - ZERO for row in rows] for column in range(count)]
    return [of.scale * sum(column) / sqrt(max(1, len(rows))) for column in found]


@pytest.fixture
def features() -> Features:
    vocabulary = Lexicons(RESOURCES / "detect").vocabulary("pl")
    pieces = Pieces(vocabulary, Lanes(table(1)), russian=False, remembered=100)
    return features_of([pieces[piece] for piece in TEXT.split()])


def plain(features: Features, of: Table) -> list[float]:
    keys = [key for entry in features.entries for key in entry.keys]
    words = [word for entry in features.entries for word in entry.words]
    groups = (
        [row_of(key) for key in keys],
        [row for key in keys for row in gram_rows(key)],
        pair_rows(keys),
        denied_rows(keys, words),
    )
    assert all(groups)
    return [sum(column) for column in zip(*[weights(rows, of) for rows in groups], strict=True)]


def test_odds_are_sums_by_the_root_of_each_group(features: Features) -> None:
    bias = [0.5 * number for number in range(len(COLUMNS))]
    linear = Linear(Lanes(table(1)), {}, bias)
    expected = [found + more for found, more in zip(plain(features, table(1)), bias, strict=True)]
    assert linear.odds(features, sums_of(features.entries).total, {"unknown complaint": 1.0}) == pytest.approx(expected)


def test_traits_are_summed_up_by_their_own_weights(features: Features) -> None:
    lanes = Lanes(table(2))
    linear = Linear(lanes, {}, [0.0] * len(COLUMNS))
    for _once_more in range(2):
        total = features.trait_total(lanes)
        assert linear.odds(features, total, {}) == pytest.approx(plain(features, table(2)))
    assert sums_of(features.entries).total != total


def test_concepts_count_by_their_strength(features: Features) -> None:
    bare = Linear(Lanes(table(1)), {}, [0.0] * len(COLUMNS))
    named = Linear(Lanes(table(1)), {"cold complaint": [1.0] * 7, "rude complaint": [-2.0] * 7}, [0.0] * len(COLUMNS))
    before = bare.odds(features, sums_of(features.entries).total, {})
    after = named.odds(
        features, sums_of(features.entries).total, {"cold complaint": 3.0, "rude complaint": 0.5, "other why": 9.0}
    )
    assert after == pytest.approx([found + 2.0 for found in before])


def test_the_shares_of_the_pieces_sum_to_what_words_and_parts_bring(features: Features) -> None:
    against = [1.0, -1.0, 0.5, 0.0, 0.0, 0.0, 2.0]
    linear = Linear(Lanes(table(1)), {}, [0.0] * len(COLUMNS))
    keys = [key for entry in features.entries for key in entry.keys]
    both = (
        weights([row_of(key) for key in keys], table(1)),
        weights([r for k in keys for r in gram_rows(k)], table(1)),
    )
    expected = sum(factor * (one + two) for factor, one, two in zip(against, *both, strict=True))
    shares = linear.shares(features.entries, against)
    assert len(shares) == len(features.entries)
    assert sum(shares) == pytest.approx(expected)
