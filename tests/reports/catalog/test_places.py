"""Where people write about us: expected table."""

from __future__ import annotations

from app.reports.catalog.places import table
from app.reports.told import Told

TOLD = [
    Told("w1", "forum.example", "complaint", 100.0, 110.0, None),
    Told("w2", "forum.example", "complaint", 100.0, 110.0, 200.0),
    Told("gone", "forum.example", "neutral", 100.0, 110.0, None),
    Told("w1", "blog.example", "praise", 100.0, 110.0, None),
    Told("w1", "aa.example", "lead", 100.0, 110.0, None),
    Told("w1", "forum.example", "question", 100.0, 110.0, None),
]


def test_places() -> None:
    result = table(TOLD, {"w1": "Żabka", "w2": "Forum"})
    assert [column.id for column in result.columns] == [
        "place",
        "all",
        "complaints",
        "questions",
        "praise",
        "leads",
        "neutral",
        "watches",
    ]
    assert result.rows == (
        ("forum.example", 4, 2, 1, 0, 0, 1, "Forum, Żabka"),
        ("aa.example", 1, 0, 0, 0, 1, 0, "Żabka"),
        ("blog.example", 1, 0, 0, 1, 0, 0, "Żabka"),
    )
    assert result.total == ("", 6, 2, 1, 1, 1, 1, "")
    assert table((), {}).total == ()
