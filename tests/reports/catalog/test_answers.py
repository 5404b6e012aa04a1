"""How we answer: expected table."""

from __future__ import annotations

import pytest

from app.reports.catalog.answers import table
from app.reports.told import Told

TOLD = [
    Told("w1", "forum.example", "complaint", 100.0, 110.0, 160.0),
    Told("w1", "forum.example", "complaint", 100.0, 400.0, 500.0),
    Told("w1", "forum.example", "complaint", 100.0, None, 120.0),
    Told("w1", "forum.example", "complaint", 100.0, 110.0, None),
    Told("w1", "forum.example", "praise", 100.0, 110.0, 111.0),
    Told("w1", "shop.example", "complaint", 100.0, 110.0, 90.0),
    Told("w1", "blog.example", "complaint", 100.0, 110.0, None),
    Told("w1", "calm.example", "question", 100.0, 110.0, 120.0),
]


def test_answers() -> None:
    assert table(TOLD, {}).rows == (
        ("forum.example", 4, 3, 75.0, 60.0, 75.0),
        ("blog.example", 1, 0, 0.0, None, None),
        ("shop.example", 1, 1, 100.0, 0.0, 0.0),
    )


def test_a_further_word_of_a_matter_answered_before_is_no_answer_at_once() -> None:
    again = [Told("w1", "x.example", "complaint", 500.0, 510.0, 160.0, begins=False)] * 3
    assert table([Told("w1", "x.example", "complaint", 100.0, 110.0, 160.0), *again], {}).rows == (
        ("x.example", 1, 1, 100.0, 60.0, 50.0),
    )


def test_the_total_is_reckoned_of_all_answers_and_not_of_the_rows() -> None:
    assert table(TOLD, {}).total == ("", 6, 4, pytest.approx(66.667, abs=0.001), 40.0, 50.0)
    assert table((), {}).total == ()


def test_both_clocks_are_in_seconds() -> None:
    assert [column.unit for column in table((), {}).columns] == ["", "count", "count", "percent", "seconds", "seconds"]
