"""How often words stand in complaints, compared with the language at large."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from app.detect.hashed import MASK, row_of
from app.detect.lexicon import LANGUAGES
from app.detect.wording import EVEN, STEPS
from training.features import Reader
from training.frequencies import as_lines, read_frequencies
from training.judging import RESOURCES
from training.labelled import labelled, set_items
from training.sets import Row
from training.wording import DOUBT, MOST, wording_of

BAD = [Row("the parcel was late and they will not pay", "en", complaint=True, sentiment="")]
GOOD = [Row("the lovely government", "en", complaint=False, sentiment="")]


def _steps(table: bytes, word: str) -> int:
    return table[row_of(word.encode())] - EVEN


def test_words_of_complaints_stand_above_words_of_the_language() -> None:
    reader = Reader(RESOURCES)
    table = wording_of(labelled(set_items(BAD * 500, reader, 1.0), set_items(GOOD * 500, reader, 1.0)))
    assert len(table) == MASK + 1
    assert _steps(table, "parcel") == round(STEPS * MOST)
    assert 0 < _steps(table, "the") < _steps(table, "late")
    assert _steps(table, "you") < -STEPS, "frequent in English, absent here"
    assert abs(_steps(table, "zyzzyva")) == 0, "too rare to tell"


def test_a_text_counts_its_share() -> None:
    reader = Reader(RESOURCES)
    half, whole = (wording_of(labelled(set_items(BAD * 2, reader, share))) for share in (0.5, 1.0))
    expected = read_frequencies("en")["parcel"] * 9 if "parcel" in read_frequencies("en") else 0.0
    assert _steps(half, "parcel") == pytest.approx(STEPS * log((1.0 + DOUBT) / (expected + DOUBT)), abs=1)
    assert _steps(whole, "parcel") == pytest.approx(STEPS * log((2.0 + DOUBT) / (2 * expected + DOUBT)), abs=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_frequencies_are_shares_of_a_language(language: str) -> None:
    found = read_frequencies(language)
    assert 0.7 < sum(found.values()) < 1.0
    assert min(found.values()) >= 2.9e-6
    assert all(word == word.casefold() for word in found)


def test_lines_group_words_and_leave_out_rare_ones() -> None:
    lines = as_lines({"the": 0.05, "a": 0.001, "an": 0.00100001, "rare": 1e-6, "don't": 0.01, "12": 0.1})
    assert lines == ["7.70 the", "6.00 a an"]
    assert np.isclose(10.0 ** (6.0 - 9), 0.001)
