"""Reports on paper: pages of A4 on which everything stands, and nothing from outside is markup."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QPainter
from pytestqt.qtbot import QtBot

from app.ui.report_paper import MARGINS, Paper, Sheet, pdf

SHEET = Sheet("Title", "Note", ("Place", "Complaints"), (False, True), (("x.example", "4"), ("y.example", "12")))


class Pen:
    """Takes down what is written: the text, from where to where (dots), and on which page."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: list[tuple[int, str, float, float, float]] = []
        draw = QPainter.drawText

        def noted(painter: QPainter, box: object, flags: int, text: str) -> object:
            wide = painter.fontMetrics().horizontalAdvance(text)
            begin = box.right() - wide if flags & 2 else box.left()  # type: ignore[attr-defined]
            self.words.append((self.page, text, begin, begin + wide, box.bottom()))  # type: ignore[attr-defined]
            return draw(painter, box, flags, text)  # type: ignore[call-overload]

        monkeypatch.setattr(QPainter, "drawText", noted)

    @property
    def page(self) -> int:
        return 1 + sum(text.startswith("Page ") for _page, text, *_box in self.words)

    def on(self, page: int) -> list[str]:
        return [text for number, text, *_box in self.words if number == page]

    def box(self, words: str) -> tuple[float, float]:
        return next((begin, end) for _page, text, begin, end, _foot in self.words if text == words)


@pytest.fixture
def pen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Pen:
    return Pen(monkeypatch)


def paper(*sheets: Sheet, shop: str = "Żabka", family: str = "") -> Paper:
    return Paper(
        shop, "Last 30 days: 1 – 30 March 2026", "Made on 30 March 2026, 14:02", family or QFont().family(), sheets
    )


def pages_of(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", content))


def test_a_page_of_a4_says_whose_it_is_what_it_tells_and_when_it_was_made(pen: Pen) -> None:
    content = pdf(paper(SHEET))
    assert content.startswith(b"%PDF-")
    assert b"/MediaBox [0 0 595" in content
    assert pen.on(1) == [
        *("Żabka", "Title", "Last 30 days: 1 – 30 March 2026", "Note", "Place", "Complaints"),
        *("x.example", "4", "y.example", "12", "Made on 30 March 2026, 14:02", "Page 1 of 1"),
    ]


def test_numbers_stand_below_the_end_of_their_heading(pen: Pen) -> None:
    pdf(paper(SHEET))
    ends = {pen.box(words)[1] for words in ("Complaints", "4", "12")}
    assert max(ends) - min(ends) < 10
    assert pen.box("x.example")[0] == pen.box("Place")[0] == pen.box("Title")[0]


def test_the_head_of_a_table_is_repeated_on_each_page_and_no_row_is_lost(pen: Pen) -> None:
    rows = tuple((f"place {number}", str(number)) for number in range(200))
    content = pdf(paper(replace(SHEET, rows=rows, total=("Together", "19900"))))
    pages = pages_of(content)
    assert pages > 3
    for page in range(1, pages + 1):
        assert {"Place", "Complaints", f"Page {page} of {pages}"} <= set(pen.on(page))
    assert "Żabka · Title · Last 30 days: 1 – 30 March 2026" in pen.on(2)
    written = [text for _page, text, *_box in pen.words]
    assert [text for text in written if text.startswith("place ")] == [row[0] for row in rows]
    assert "Together" in pen.on(pages)


def test_nothing_stands_beyond_the_margins(pen: Pen) -> None:
    wide = tuple(f"Удовлетворённость{number}" for number in range(9))
    host = "a" * 300 + ".example"
    pdf(
        paper(
            Sheet("Long " * 60, "Note " * 90, ("Place", *wide), (False, *([True] * 9)), ((host, *["1 000 000"] * 9),))
        )
    )
    room = (210 - MARGINS[0] - MARGINS[2]) / 25.4 * 1200
    foot = (297 - MARGINS[1] - MARGINS[3]) / 25.4 * 1200
    assert all(begin >= -1 and end <= room + 1 and low <= foot + 1 for _page, _text, begin, end, low in pen.words)


def test_words_are_broken_between_words_and_hosts_at_their_hyphens(pen: Pen) -> None:
    names = "Piekarnia Złoty Kłos, Пекарня «Колос», a very long list of watches that goes on in the next line"
    pdf(paper(Sheet("T", "", ("Place", "Watches"), (False, False), (("one-two-" * 12 + "three", names),))))
    parts = [text for _page, text, *_box in pen.words]
    assert set(" ".join(parts).split()) >= set(names.split())
    host = [part for part in parts if part.startswith(("one-", "two-", "three"))]
    assert "".join(host) == "one-two-" * 12 + "three"
    assert len(host) > 1


def test_a_cell_that_never_ends_leaves_the_page_whole(pen: Pen) -> None:
    assert pages_of(pdf(paper(replace(SHEET, rows=(("word " * 5000, "1"), ("last", "2")))))) == 1
    assert "last" in pen.on(1)
    assert any(text.endswith("…") for text in pen.on(1))


def test_what_looks_like_markup_is_written_letter_by_letter(pen: Pen) -> None:
    evil = '<img src="https://evil.example/x.png"><b>&amp;</b>'
    content = pdf(paper(replace(SHEET, rows=((evil, "1"),)), shop=evil))
    assert "".join(text for text in pen.on(1) if text != "Title").replace(" ", "").count(evil.replace(" ", "")) == 2
    assert b"/Subtype /Image" not in content
    assert b"/URI" not in content


def test_emoji_and_arabic_names_are_broken_where_they_are(pen: Pen) -> None:
    name = "😀 مخبز السنبلة الذهبية " * 20
    pdf(paper(replace(SHEET, rows=((name.strip(), "1"),))))
    cell = [text for text in pen.on(1) if "😀" in text or "السنبلة" in text or "الذهبية" in text]
    assert " ".join(cell).split() == name.split()


def test_polish_russian_and_arabic_letters_are_in_the_file(qtbot: QtBot) -> None:
    content = pdf(paper(replace(SHEET, rows=(("Żółć Ёж مخبز", "1"),))))
    maps = b"".join(one for one in _unpacked(content) if b"beginbfrange" in one)
    told = {chr(int(code, 16)) for code in re.findall(rb"<([0-9A-F]{4})>", maps)}
    assert set("ŻółćЁж") <= told
    assert {"م", "\ufee3"} & told  # the letter, or the form it has at the beginning of a word


def _unpacked(content: bytes) -> list[bytes]:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    return [zlib.decompressobj().decompress(one) if one[:1] == b"\x78" else one for one in streams]


def test_each_report_begins_on_a_page_of_its_own_and_an_empty_one_says_so(pen: Pen) -> None:
    assert pages_of(pdf(paper(SHEET, replace(SHEET, title="Other", rows=())))) == 2
    assert "Other" in pen.on(2)
    assert "Nothing in this period." in pen.on(2)


def test_a_shop_without_a_name_leaves_no_gap(pen: Pen) -> None:
    pdf(paper(SHEET, shop=""))
    assert pen.on(1)[0] == "Title"
