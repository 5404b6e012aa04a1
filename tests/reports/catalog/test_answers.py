"""How we answer: expected table."""

from __future__ import annotations

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


def test_both_clocks_are_in_seconds() -> None:
    assert [column.unit for column in table((), {}).columns] == ["", "count", "count", "percent", "seconds", "seconds"]
