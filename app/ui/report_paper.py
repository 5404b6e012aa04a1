"""Reports on paper: pages of A4 as a PDF, painted line by line. Nothing outside is taken for markup: there is none.

It is slow work with thousands of rows, for any thread but the GUI's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)

from app.words import _

DOTS = 1200
"""Dots of an inch, in which everything is measured here."""

MM = DOTS / 25.4
POINT = DOTS / 72

MARGINS = (18.0, 16.0, 18.0, 14.0)
"""Millimetres left, above, right and below; the line at the foot stands within them."""

FOOT = 9 * MM
GAP = 3.2 * MM
"""Between two columns."""

WORDS = (56 * MM, 44 * MM, 34 * MM, 26 * MM)
"""The widest word of a text that is not broken: the first, or the widest with which all columns fit."""

MOST_LINES = 12
"""Of one cell: no row is ever higher than a page."""

ROW_AIR = 1.1 * MM
"""Above and below the words of a row."""

SIZES = (9.5, 9.0, 8.5, 8.0)
SMALLER = (7.5, 7.0, 6.5, 6.0)
"""Points of the table's letters: the largest with which all columns fit. A long word is broken before they are very small."""

INK, GREY, RULE, LINE = QColor("#000000"), QColor("#555555"), QColor("#777777"), QColor("#d8d8d8")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it is read. `right` says which columns hold numbers; `rows`, and `total` if any, have a text for each column."""

    title: str
    note: str
    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: Sequence[tuple[str, ...]]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: each sheet begins on a page of its own. `shop` is «» where it has no name."""

    shop: str
    period: str
    made: str
    family: str
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class _Words:
    """A text broken into lines of one width: the lines and how high all are, in dots."""

    lines: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[_Words, ...]
    height: float
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """A part of a sheet that fits on one page; only the first of a sheet bears its whole title."""

    plan: _Plan
    rows: tuple[_Row, ...]
    is_first: bool


def pdf(paper: Paper) -> bytes:
    """Return the file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setCreator(_("Counterbell"))
    writer.setTitle(" · ".join(part for part in (paper.sheets[0].title, paper.shop) if part))
    margins = QMarginsF(*MARGINS)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, _MILLIMETRE)
    )
    room = QRectF(0, 0, writer.width(), writer.height() - FOOT)
    pages = [page for sheet in paper.sheets for page in _Plan(paper, sheet, writer, room).pages()]
    painter = QPainter(writer)
    for number, page in enumerate(pages, 1):
        if number > 1:
            writer.newPage()
        page.plan.paint(painter, page)
        page.plan.paint_foot(painter, number, len(pages))
    painter.end()
    buffer.close()
    return bytes(content.data())


_PIECES = re.compile(r"[^\s-]+-?")
_MILLIMETRE = QPageLayout.Unit.Millimeter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


class _Letters:
    """A font with what is known of its letters on this paper."""

    def __init__(self, family: str, size: float, writer: QPdfWriter, *, bold: bool = False) -> None:
        self.font = QFont(family)
        self.font.setPointSizeF(size)
        self.font.setBold(bold)
        self._writer = writer
        self.metrics = QFontMetricsF(self.font, writer)
        self.high = self.metrics.height()
        self._widths: dict[str, float] = {}

    def width(self, text: str) -> float:
        """Return how wide a text is on one line."""
        if text not in self._widths:
            self._widths[text] = self.metrics.horizontalAdvance(text)
        return self._widths[text]

    def least(self, text: str) -> float:
        """Return how wide the widest word of a text is; behind a hyphen a line may end as well."""
        return max(map(self.width, _PIECES.findall(text)), default=0.0)

    def halved(self, text: str) -> float:
        """Return how wide a text is on two lines."""
        words = text.split(" ")
        halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
        return min((max(map(self.width, two)) for two in halves), default=self.width(text))

    def broken(self, text: str, room: float) -> _Words:
        """Return a text in lines of this width: broken between words, and within one only where it is wider by itself."""
        if self.width(text) <= room:
            return _Words((text,), self.high)
        layout = QTextLayout(text, self.font, self._writer)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        units = text.encode("utf-16-le")  # Qt counts in these, two bytes each
        layout.beginLayout()
        lines: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            if len(lines) == MOST_LINES:
                lines[-1] += "…"
                break
            lines.append(
                units[2 * line.textStart() : 2 * (line.textStart() + line.textLength())].decode("utf-16-le").strip()
            )
        layout.endLayout()
        return _Words(tuple(lines), self.high * len(lines))


class _Plan:
    """One sheet: how wide its columns are, which rows go on which page, and the painting of a page."""

    def __init__(self, paper: Paper, sheet: Sheet, writer: QPdfWriter, room: QRectF) -> None:
        self._paper, self._sheet, self._writer, self._room = paper, sheet, writer, room
        self._above = self._letters(10.0)
        self._title = self._letters(17.0, bold=True)
        self._small = self._letters(8.5)
        self._for_columns = room.width() - GAP * (len(sheet.heads) - 1)
        for self._longest, size in (*product(WORDS, SIZES), *product(WORDS, SMALLER)):
            self._plain, self._bold = self._letters(size), self._letters(size, bold=True)
            if self._least_of_all() <= self._for_columns:
                break
        self._widths = self._shared()
        self._head = self._row(sheet.heads, self._bold)

    def _letters(self, size: float, *, bold: bool = False) -> _Letters:
        return _Letters(self._paper.family, size, self._writer, bold=bold)

    def _least_of_all(self) -> float:
        return sum(self._least(number) for number in range(len(self._sheet.heads)))

    def _widest(self, number: int, width: Callable[[_Letters, str], float]) -> float:
        """Return what the widest cell of a column needs."""
        texts = {row[number] for row in self._sheet.rows}
        widest = max((width(self._plain, text) for text in texts), default=0.0)
        return max(widest, width(self._bold, self._sheet.total[number]) if self._sheet.total else 0.0)

    def _least(self, number: int) -> float:
        """Return the width below which a column would cut a number, a word of its head, or a word of no great length."""
        head = self._bold.least(self._sheet.heads[number])
        if self._sheet.right[number]:
            return max(head, self._widest(number, _Letters.width))
        return max(head, min(self._longest, self._widest(number, _Letters.least)))

    def _wished(self, number: int) -> float:
        """Return the width at which no cell of a column goes on in a second line, and its head not in a third."""
        longest = self._widest(number, _Letters.width)
        return max(longest, self._least(number), self._bold.halved(self._sheet.heads[number]))

    def _shared(self) -> list[float]:
        """Return the widths of the columns: what each needs, and of what is left as much as it wishes, numbers first."""
        columns = range(len(self._sheet.heads))
        widths = [self._least(number) for number in columns]
        wishes = [self._wished(number) - widths[number] for number in columns]
        if (needed := sum(widths)) > self._for_columns:  # more columns than any letters fit into
            return [width * self._for_columns / needed for width in widths]
        for is_right in (True, False):
            served = [number for number in columns if self._sheet.right[number] is is_right]
            left = self._for_columns - sum(widths)
            wished = sum(wishes[number] for number in served)
            for number in served:
                widths[number] += wishes[number] * min(1.0, left / wished) if wished else 0.0
        return widths

    def _row(self, texts: Sequence[str], letters: _Letters) -> _Row:
        """Return a row as high as its highest cell."""
        cells = tuple(letters.broken(text, width) for text, width in zip(texts, self._widths, strict=True))
        return _Row(cells, max(cell.height for cell in cells) + 2 * ROW_AIR, letters is self._bold)

    def pages(self) -> list[_Page]:
        """Return the pages of the sheet, at least one."""
        pages: list[_Page] = []
        rows: list[_Row] = []
        left = self._room.height() - self._top(first=True)
        for row in self._all_rows():
            if rows and row.height > left:
                pages.append(_Page(self, tuple(rows), not pages))
                rows, left = [], self._room.height() - self._top(first=False)
            rows.append(row)
            left -= row.height
        return [*pages, _Page(self, tuple(rows), not pages)]

    def _all_rows(self) -> Iterator[_Row]:
        for texts in self._sheet.rows:
            yield self._row(texts, self._plain)
        if self._sheet.total:
            yield self._row(self._sheet.total, self._bold)

    def _lines_above(self, *, first: bool) -> list[tuple[str, _Letters, QColor, float]]:
        """Return what stands above the table: the words, how they are written, and the room below them."""
        paper, sheet = self._paper, self._sheet
        if not first:
            short = " · ".join(part for part in (paper.shop, sheet.title, paper.period) if part)
            return [(short, self._small, GREY, 3 * MM)]
        lines = [
            (paper.shop, self._above, GREY, 1.5 * MM),
            (sheet.title, self._title, INK, 1.5 * MM),
            (paper.period, self._above, INK, 1.5 * MM),
            (sheet.note, self._small, GREY, 4 * MM),
        ]
        return [line for line in lines if line[0]]

    def _top(self, *, first: bool) -> float:
        """Return how much of a page stands above the first row."""
        lines = self._lines_above(first=first)
        above = sum(letters.broken(text, self._room.width()).height + below for text, letters, _ink, below in lines)
        return above + self._head.height

    def paint(self, painter: QPainter, page: _Page) -> None:
        """Paint all of a page but its foot."""
        y = 0.0
        for text, letters, ink, below in self._lines_above(first=page.is_first):
            words = letters.broken(text, self._room.width())
            self._paint_words(painter, words, letters, ink, QRectF(0, y, self._room.width(), words.height), _LEFT)
            y += words.height + below
        y = self._paint_row(painter, self._head, y, RULE)
        for row in page.rows:
            y = self._paint_row(painter, row, y, LINE)
        if not self._sheet.rows:
            nothing = self._plain.broken(_("Nothing in this period."), self._room.width())
            place = QRectF(0, y + 2 * MM, self._room.width(), nothing.height)
            self._paint_words(painter, nothing, self._plain, GREY, place, _LEFT)

    def _paint_row(self, painter: QPainter, row: _Row, y: float, rule: QColor) -> float:
        """Paint a row and the line below it; return where the next one begins. The words of a head stand at its foot."""
        x, end = 0.0, y + row.height
        letters = self._bold if row.is_bold else self._plain
        for number, (cell, width) in enumerate(zip(row.cells, self._widths, strict=True)):
            top = end - ROW_AIR - cell.height if row is self._head else y + ROW_AIR
            side = _RIGHT if self._sheet.right[number] else _LEFT
            self._paint_words(painter, cell, letters, INK, QRectF(x, top, width, cell.height), side)
            x += width + GAP
        painter.setPen(QPen(rule, 0.6 * POINT))
        painter.drawLine(0, round(end), round(x - GAP), round(end))
        return end

    @staticmethod
    def _paint_words(
        painter: QPainter, words: _Words, letters: _Letters, ink: QColor, place: QRectF, side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(letters.font)
        painter.setPen(ink)
        for number, line in enumerate(words.lines):
            box = QRectF(place.x(), place.y() + number * letters.high, place.width(), letters.high)
            # an address is read from the left whatever its letters are
            turns = Qt.TextFlag.TextForceLeftToRight if " " not in line else Qt.TextFlag.TextDontClip
            painter.drawText(box, int(side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip | turns), line)

    def paint_foot(self, painter: QPainter, number: int, pages: int) -> None:
        """Paint when it was made, and which page of how many this is."""
        place = QRectF(0, self._room.height() + FOOT - self._small.high, self._room.width(), self._small.high)
        page = _("Page {n} of {all}").format(n=number, all=pages)
        for text, side in ((self._paper.made, _LEFT), (page, _RIGHT)):
            self._paint_words(painter, _Words((text,), self._small.high), self._small, GREY, place, side)
