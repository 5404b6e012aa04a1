"""How content customers were, by cause: expected table."""

from __future__ import annotations

from datetime import date

from app.reports.catalog.satisfaction_by_cause import table_of_resolved
from app.reports.resolved import Resolved

DAY = date(2026, 3, 2)
CASES = [
    Resolved("w1", "forum.example", "complaint", "", DAY, "content"),
    Resolved("w1", "forum.example", "complaint", "other", DAY, None),
    Resolved("gone", "forum.example", "complaint", "money", DAY, "so_so"),
    Resolved("w1", "blog.example", "complaint", "delivery", DAY, "content"),
    Resolved("w1", "blog.example", "praise", "delivery", DAY, "content"),
    Resolved("w1", "blog.example", "complaint", "delivery", DAY, None),
    Resolved("w1", "blog.example", "complaint", "delivery", DAY, "not_content"),
]


def test_satisfaction_by_cause() -> None:
    assert table_of_resolved(CASES, {}).rows == (
        ("delivery", 3, 50.0, 1, 0, 1, 1),
        ("other", 2, 100.0, 1, 0, 0, 1),
        ("money", 1, 0.0, 0, 1, 0, 0),
    )
