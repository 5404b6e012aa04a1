"""How content customers were, by place: expected table."""

from __future__ import annotations

from datetime import date

from app.reports.catalog.satisfaction_by_place import table_of_resolved
from app.reports.resolved import Resolved

DAY = date(2026, 3, 2)
CASES = [
    Resolved("w1", "forum.example", "complaint", "money", DAY, "content"),
    Resolved("w1", "forum.example", "question", "", DAY, None),
    Resolved("gone", "forum.example", "complaint", "money", DAY, "so_so"),
    Resolved("w1", "forum.example", "complaint", "", DAY, "content"),
    Resolved("w1", "forum.example", "complaint", "", DAY, "not_content"),
    Resolved("w2", "phone", "complaint", "delivery", DAY, None),
    Resolved("w2", "blog.example", "complaint", "delivery", DAY, "not_content"),
]


def test_satisfaction_by_place() -> None:
    assert table_of_resolved(CASES, {"w1": "Forum"}).rows == (
        ("forum.example", 5, 50.0, 2, 1, 1, 1),
        ("blog.example", 1, 0.0, 0, 0, 1, 0),
        ("phone", 1, None, 0, 0, 0, 1),
    )


def test_the_total_has_the_share_among_all_that_are_marked() -> None:
    assert table_of_resolved(CASES, {}).total == ("", 7, 40.0, 2, 1, 2, 2)
    assert table_of_resolved((), {}).total == ()


def test_the_share_stands_before_its_parts() -> None:
    columns = table_of_resolved((), {}).columns
    assert [column.id for column in columns] == [
        *("place", "resolved", "share_content", "content", "so_so", "not_content", "not_marked"),
    ]
    assert [column.unit for column in columns] == ["", "count", "percent", "count", "count", "count", "count"]
