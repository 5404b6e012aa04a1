"""What is fitted to everything: sources and the way texts are written have weights of their own."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy", reason="training needs scipy")

from training.ceiling import GUESSED, MARKS, RECIPE, Recipe, fitted, marks_of
from training.features import Reader
from training.judging import RESOURCES
from training.labelled import Item, labelled, set_items
from training.sets import Row

QUICK = Recipe(penalty=RECIPE.penalty, prior=1.0, rounds=30)
BAD = [Row(text, "en", complaint=True, sentiment="") for text in ("rude staff", "parcel lost again", "cold soup here")]
GOOD = [Row(text, "en", complaint=False, sentiment="") for text in ("open at nine", "we met there", "two teas please")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(RESOURCES)


def _items(reader: Reader, rows: list[Row]) -> list[Item]:
    return set_items(rows * 10, reader, 1.0)


def test_log_odds_of_a_source_are_no_matter_of_its_words(reader: Reader) -> None:
    angry = [Row(row.text, "en", complaint=True, sentiment="") for row in GOOD]
    parts = (_items(reader, GOOD), _items(reader, angry), _items(reader, [*BAD, *GOOD]))
    sources = [number for part, number in zip(parts, (0, 1, 0), strict=True) for _ in part]
    asked = set_items(GOOD[:1], reader, 1.0)
    known = fitted(labelled(*parts), QUICK, sources)(asked)[0]
    unknown = fitted(labelled(*parts), QUICK, [0] * len(sources))(asked)[0]
    assert known < -1.0 < unknown


def test_how_texts_are_written_tells_where_their_words_do_not(reader: Reader) -> None:
    shouted = [Row(f"{row.text} !", "en", complaint=True, sentiment="") for row in GOOD]
    judge = fitted(labelled(_items(reader, GOOD), _items(reader, shouted)), QUICK, [0] * 60)
    plain, loud = judge(set_items([GOOD[0], shouted[0]], reader, 1.0))
    assert loud > plain


def test_marks_stand_in_the_columns_of_the_language(reader: Reader) -> None:
    example = reader.read("Паспорт забыли? Ну и сервис")
    found = marks_of([example]).toarray()[0]
    here = GUESSED.index("ru") * len(MARKS)
    assert found[here : here + len(MARKS)].any()
    assert not found[:here].any()
