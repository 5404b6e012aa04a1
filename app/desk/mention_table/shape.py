"""The shape of a table: what parts its cells, where its headings stand, and its rows one by one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.desk.mention_table.headings import is_table, meanings

DELIMITERS = (",", ";", "\t", "|")
HEAD_ROWS = 10
"""Rows among which the headings are looked for: some programs write a title above them."""

LONGEST_CELL = 2_000_000
"""Characters a cell may have. More means quotes that never end."""

SWALLOWED = 3
"""Line breaks in the last cell of a table with an odd number of quotes: lines that a lost quote has swallowed."""

_SEP = re.compile(r"\"?sep=(.)\"?\r?(?:\n|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is read: its text behind any «sep=» line, and what its columns hold. `head` is the headings' row.

    `above` is how many lines of the file stand before `text`.
    """

    text: str
    delimiter: str
    head: int
    names: tuple[str, ...]
    means: tuple[str, ...]
    above: int


class TornError(csv.Error):
    """A cell never ends; `line` is that of the file in which its row begins, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row, and the line of the file at which it ends, from 1.

    `torn` is the line at which it begins where quotation marks do not stand as they must in a row of several lines, 0 for a
    sound one: then rows that follow were read as part of a cell.
    """

    line: int
    cells: Sequence[str]
    torn: int = 0


def shape_of(text: str, delimiter: str = "") -> Shape | None:
    """Return the shape of a table, None where no column is known to hold words or links.

    Where several delimiters would do, the one by which most columns are understood is taken.
    """
    match = _SEP.match(text)
    above = 1 if match else 0
    if match:
        text = text[match.end() :]
    wanted = (delimiter,) if delimiter else (match.group(1),) if match else DELIMITERS
    best: Shape | None = None
    for each in wanted:
        found = _headed(text, each, above)
        if found and (best is None or _known(found) > _known(best)):
            best = found
    return best


def _known(shape: Shape) -> tuple[int, int]:
    return sum(map(bool, shape.means)), len(shape.means)


def _headed(text: str, delimiter: str, above: int) -> Shape | None:
    """Return the shape with this delimiter, by the first row that reads like headings."""
    try:
        rows = [row.cells for row in islice(_rows(text[: LONGEST_CELL * 2], delimiter), HEAD_ROWS)]
    except csv.Error:
        return None
    first = next((number for number, cells in enumerate(rows) if any(map(str.strip, cells))), 0)
    for number, cells in enumerate(rows):
        names = tuple(" ".join(cell.split()) for cell in cells)
        means = meanings(names)
        enough = sum(map(bool, means)) > 1 or number == first  # further down a single word may be one of a sentence
        if is_table(means) and enough and all(len(name) < 60 for name in names):
            return Shape(text, delimiter, number, names, means, above)
    return None


def rows_of(shape: Shape) -> Iterator[Row]:
    """Give the rows under the headings, empty ones left out.

    Raises `TornError` where a quote never ends, so that all rows from there on read as one cell.
    """
    last: Row | None = None
    for row in islice(_rows(shape.text, shape.delimiter), shape.head + 1, None):
        if last is not None:
            yield last
        torn = row.torn and row.torn + shape.above
        last = Row(row.line + shape.above, row.cells, torn) if any(map(str.strip, row.cells)) else None
    if last is not None:
        if shape.text.count('"') % 2 and any(cell.count("\n") >= SWALLOWED for cell in last.cells):
            raise TornError(last.torn or last.line)
        yield last


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Give all rows. Raises `TornError` for a cell that is too long to be one."""
    csv.field_size_limit(LONGEST_CELL)
    taken: list[str] = []
    reader = csv.reader(_noted(text, taken), delimiter=delimiter, skipinitialspace=True)
    while True:
        begins = reader.line_num + 1
        taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TornError(begins) from error
        if cells is None:
            return
        is_torn = len(taken) > 1 and not _is_sound("".join(taken), delimiter)
        yield Row(reader.line_num, cells, begins if is_torn else 0)


def _noted(text: str, taken: list[str]) -> Iterator[str]:
    """Give the lines of a text, each noted as it is taken."""
    for line in io.StringIO(text, newline=""):
        taken.append(line)
        yield line


def _is_sound(lines: str, delimiter: str) -> bool:
    """Say whether the quotation marks of a row stand around whole cells and nowhere else."""
    strict = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return len(list(strict)) == 1
    except csv.Error:
        return False
