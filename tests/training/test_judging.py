from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.core.verdict import Kind
from app.detect.balance import Balance
from training.features import Reader
from training.judging import (
    RESOURCES,
    Recipe,
    detector_with,
    fold_of,
    judges,
    scores_of,
    weights_of,
)
from training.labelled import Item, labelled, own_items, set_items
from training.sets import Row
from training.texts import Text

QUICK = Recipe(penalty=0.5, prior=0.0, balance=Balance(lexicon=0.0, post_lexicon=0.0), bits=12, rounds=30)
BAD = [Row(f"the blorft {word} zenk wumpled", "en", complaint=True, sentiment="") for word in ("a", "b", "c", "d")]
GOOD = [Row(f"the glimmo {word} farn sibbled", "en", complaint=False, sentiment="") for word in ("a", "b", "c", "d")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(RESOURCES)


def _items(reader: Reader) -> list[Item]:
    return set_items([*BAD, *GOOD] * 10, reader, 1.0)


def test_weights_judge_by_what_they_were_fitted_to(reader: Reader) -> None:
    with detector_with(weights_of(labelled(_items(reader)), QUICK)) as detector:
        scores, right = scores_of(detector, [*BAD, *GOOD])
        assert detector.problems() == ()
    assert right.tolist() == [True] * 4 + [False] * 4
    assert scores[right].min() > 0.8
    assert scores[~right].max() < 0.2


def test_same_data_same_bytes(reader: Reader) -> None:
    assert weights_of(labelled(_items(reader)), QUICK) == weights_of(labelled(_items(reader)), QUICK)


def test_a_file_is_thrown_away(reader: Reader) -> None:
    with detector_with(weights_of(labelled(_items(reader)), QUICK)) as detector:
        folder = Path(detector._folder)
        assert folder.is_dir()
    assert not folder.exists()


def test_texts_written_to_mislead_count_less(reader: Reader) -> None:
    texts = [Text("en", "bakery", block, Kind.PRAISE, "lovely buns") for block in ("en/a-bakery/0", "en/c-shops/0")]
    shares = [share for _, _, share in own_items(texts, reader, 0.5)]
    assert shares[0] < shares[1] == 0.5


def test_about_three_tenths_judge_and_folds_are_alike() -> None:
    texts = [f"text {number}" for number in range(4000)]
    assert np.mean([judges(text) for text in texts]) == pytest.approx(0.3, abs=0.03)
    counts = np.bincount([fold_of(text, 10) for text in texts])
    assert len(counts) == 10
    assert counts.min() > 300
