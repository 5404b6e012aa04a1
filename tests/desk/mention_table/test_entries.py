"""From the cells of a row to what is entered by hand."""

from __future__ import annotations

from datetime import UTC

import pytest

from app.core.by_hand import Entry
from app.core.mention import ArchivedMention, Mention
from app.core.verdict import Kind, Verdict
from app.desk.mention_table.entries import Reader
from app.desk.mention_table.headings import meanings
from app.desk.mention_table.shape import Shape
from app.desk.mention_table.written import lines_of

NOW = 1_800_000_000.0


def read(names: str, *cells: str) -> Entry:
    """Return the row of a table with these headings."""
    headings = tuple(names.split())
    entry = Reader(Shape("", ";", 0, headings, meanings(headings), 0), UTC, NOW).read(cells)
    assert entry is not None
    return entry


@pytest.mark.parametrize(
    ("cells", "handle"),
    [
        (("600100200", "anna@kawa.example"), "600100200"),
        (("", "anna@kawa.example"), "anna@kawa.example"),
        (("600100200", ""), "600100200"),
    ],
)
def test_of_two_columns_for_an_account_the_first_that_is_filled_counts(cells: tuple[str, str], handle: str) -> None:
    assert read("text phone email", "Awful", *cells).handle == handle


@pytest.mark.parametrize(
    ("cell", "stars"),
    [
        ("4,5", 4.5), ("8/10", 4.0), ("2 z 5", 2.0), ("★★☆☆☆", 2.0), ("5 stars", 5.0), ("7", None), ("0", None), ("x", None),
        ("3/0", None),
    ],
)  # fmt: skip
def test_a_rating_is_brought_to_five(cell: str, stars: float | None) -> None:
    assert read("text stars", "Awful", cell).stars == stars


@pytest.mark.parametrize(("stars", "cell"), [(4.5, "4.5"), (1.0, "1"), (None, "")])
def test_half_a_star_is_written_and_read_again(stars: float | None, cell: str) -> None:
    mention = Mention("rss", "k", text="=1+1", stars=stars)
    heard = ArchivedMention(1, "w", mention, Verdict(Kind.NEUTRAL, 0.1), NOW)
    head, row = lines_of(lambda after, _limit: () if after else (heard,))
    names, cells = head.strip().split(","), row.strip().split(",")
    written = dict(zip(names, cells, strict=True))
    assert (written["stars"], written["text"]) == (cell, "'=1+1")
    again = read(" ".join(names), *cells)
    assert (again.stars, again.text) == (stars, "=1+1")
