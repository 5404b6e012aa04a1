"""Tables as spreadsheets and review sites write them: understood, counted, never half taken in."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.by_hand import Where
from app.core.mention_table import Preview, Wishes
from app.core.problems import Problem
from app.desk.mention_table.entries import bare, guarded
from app.desk.mention_table.letters import encoding_of
from app.desk.mention_table.read import preview, table_in

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp()

POLISH = "Tekst;Autor;Data;Ocena;Źródło;Telefon\nZupa była zimna, źle!;Łukasz Żak;5.03.2026;2/5;Allegro;600 100 200\n"
RUSSIAN = "Отзыв\tИмя\tДата\tОценка\nУжасный сервис, никто не отвечает\tАнна\t5 марта 2026 г.\t1 из 5\n"


def go_on(_done: int, _total: int) -> bool:
    return True


def look(path: Path, wishes: Wishes | None = None) -> Preview:
    table = table_in(path, wishes or Wishes(), UTC, NOW, go_on)
    assert not isinstance(table, Problem), table
    found = preview(table, go_on)
    assert isinstance(found, Preview), found
    return found


def looked(tmp_path: Path, text: str, encoding: str = "utf-8", **wishes: object) -> Preview:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    return look(path, Wishes(**wishes))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250"])
def test_a_polish_table_is_understood_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    found = looked(tmp_path, POLISH, encoding)
    (row,) = found.rows
    assert (found.delimiter, found.count, found.left_out_count) == (";", 1, 0)
    assert (row.text, row.author, row.handle) == ("Zupa była zimna, źle!", "Łukasz Żak", "600 100 200")
    assert (row.stars, row.place, row.where) == (2.0, "Allegro", Where.OTHER)
    assert row.at == datetime(2026, 3, 5, 12, tzinfo=UTC).timestamp()
    assert [one.means for one in found.headings] == ["text", "author", "date", "stars", "place", "handle"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_a_russian_table_is_understood_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    (row,) = looked(tmp_path, RUSSIAN, encoding).rows
    assert (row.text, row.author, row.stars) == ("Ужасный сервис, никто не отвечает", "Анна", 1.0)


def test_an_english_table_with_a_title_above_excels_mark_quotes_and_line_breaks(tmp_path: Path) -> None:
    text = 'sep=,\r\nReviews of March\r\n\r\nReview,Reviewer,Link,Star rating,Strange\r\n"Cold, and\r\nlate","J. ""Jo"" Doe",shop.example/r/1,4,x\r\n'
    found = looked(tmp_path, text)
    (row,) = found.rows
    assert (row.text, row.author, row.url, row.stars) == (
        "Cold, and\r\nlate",
        'J. "Jo" Doe',
        "https://shop.example/r/1",
        4.0,
    )
    assert [one.name for one in found.headings if not one.means] == ["Strange"]


@pytest.mark.parametrize(
    ("rows", "torn"),
    [
        ('Good,Anna\n"Bad soup,Jan\nCold,Ola\n', (3,)),
        ('"Bad soup,Jan\nCold,Ola\n"Nice",Ewa\n', (2,)),
        ('"Cold, and\nlate, too",Jan\n"He said ""no"",\nthen",Ola\n', ()),
        ('5" cake,Jan\nGood,Ola\n', ()),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_told_with_its_line(
    tmp_path: Path, rows: str, torn: tuple[int, ...]
) -> None:
    assert looked(tmp_path, f"text,author\n{rows}").torn == torn
    assert looked(tmp_path, f"sep=,\ntext,author\n{rows}").torn == tuple(line + 1 for line in torn)


def test_rows_left_out_are_counted_with_line_and_reason(tmp_path: Path) -> None:
    text = "text,author,date\nGood,Anna,2026-03-01\n,Jan,2026-03-01\n\nGood,Anna,2026-03-01\nGood,Anna,2026-03-02\nx,,soon\nOld,,2020-01-01\nAhead,,2031-01-01\n"
    found = looked(tmp_path, text)
    assert [(one.line, one.why) for one in found.left_out] == [(3, "empty"), (5, "twin")]
    assert (found.count, found.left_out_count, found.old, found.undated, found.unclear) == (5, 2, 1, 2, 2)
    assert [row.history for row in found.rows] == [False, False, False, True, False]
    assert looked(tmp_path, text, open_old=True).old == 0


def test_dates_that_can_be_read_in_two_ways_are_asked_about_unless_another_row_settles_them(tmp_path: Path) -> None:
    assert looked(tmp_path, "text,date\na,03/05/2026\n").asks_day_first
    settled = looked(tmp_path, "text,date\na,03/02/2026\nb,02/25/2026\n")
    assert not settled.asks_day_first
    assert settled.rows[0].at == datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()
    told = looked(tmp_path, "text,date\na,03/02/2026\n", day_first=False)
    assert told.rows[0].at == settled.rows[0].at


def test_where_it_was_said_is_known_by_its_word_or_by_what_the_owner_says(tmp_path: Path) -> None:
    rows = looked(tmp_path, "tekst,źródło\na,Telefon\nb,w sklepie\nc,list\nd,Google\ne,\n", place="Ceneo").rows
    assert [(row.where, row.place) for row in rows] == [
        (Where.PHONE, ""), (Where.SHOP, ""), (Where.LETTER, ""), (Where.OTHER, "Google"), (Where.OTHER, "Ceneo"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "desk.table_strange"),
        (b"a,b\n1,2\n", "desk.table_strange"),
        (b"# Notes\n\nWords, comments, and more of them\n", "desk.table_strange"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "desk.table_strange"),
        (b'text,author\nGood,Anna\n"Never closed,Jan\nx,y\nz,w\nq,r\n', "desk.table_broken"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    table = table_in(path, Wishes(), UTC, NOW, go_on)
    result = table if isinstance(table, Problem) else preview(table, go_on)
    assert isinstance(result, Problem)
    assert result.code == code


def test_a_file_that_is_missing_or_an_encoding_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    for wishes, code in ((Wishes(), "desk.table_unread"), (Wishes(encoding="klingon"), "desk.table_encoding")):
        told = table_in(path, wishes, UTC, NOW, go_on)
        assert isinstance(told, Problem)
        assert told.code == code
        path.write_text("text\na\n", encoding="utf-8")


def test_reading_stops_when_nobody_waits_any_more(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("text\n" + "".join(f"row {n}\n" for n in range(2_000)), encoding="utf-8")
    asked: list[tuple[int, int]] = []

    def impatient(done: int, total: int) -> bool:
        asked.append((done, total))
        return len(asked) < 3

    table = table_in(path, Wishes(), UTC, NOW, go_on)
    assert not isinstance(table, Problem)
    assert preview(table, impatient) == Problem("desk.stopped")
    assert asked == sorted(asked)
    assert {total for _done, total in asked} == {2_002}


@given(st.text(max_size=40))
def test_a_guarded_cell_is_no_formula_and_comes_back_as_it_was(cell: str) -> None:
    assert bare(guarded(cell)) == cell
    assert guarded(cell)[:1] not in {"=", "+", "-", "@"}


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_read_or_told(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(b"text,date,url,stars\n" + raw)
        table = table_in(path, Wishes(encoding=encoding_of(raw)), UTC, NOW, go_on)
        found = table if isinstance(table, Problem) else preview(table, go_on)
        assert isinstance(found, Preview) or found.code in {"desk.table_broken", "desk.table_strange"}


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("4,5", 4.5),
        ("★★☆☆☆", 2.0),
        ("8/10", 4.0),
        ("3 z 5", 3.0),
        ("5 stars", 5.0),
        ("0", None),
        ("7", None),
        ("x", None),
    ],
)
def test_stars_are_read_on_any_scale_that_is_named(tmp_path: Path, text: str, stars: float | None) -> None:
    (row,) = looked(tmp_path, f'tekst;ocena\na;"{text}"\n').rows
    assert row.stars == stars
