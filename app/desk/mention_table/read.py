"""Reading a table of mentions: what it comes to, and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from app.core.by_hand import Entry
from app.core.mention_table import GoOn, Heading, LeftOut, Preview, Wishes
from app.core.problems import Problem, ProblemError, reason_of
from app.desk.mention_table.dates import EITHER, order_of
from app.desk.mention_table.entries import Reader
from app.desk.mention_table.letters import shown_encoding, text_of
from app.desk.mention_table.shape import Shape, TornError, rows_of, shape_of

LARGEST = 100 * 1024 * 1024
"""Bytes of a file that is read."""

SHOWN = 20
"""Rows, and rows left out, that a preview names."""

_STEP = 500
"""Rows between two looks at whether to go on."""


@dataclass(frozen=True, slots=True)
class MentionTable:
    """A file understood as a table. `either_way` says that its dates can be read in two ways."""

    file: str
    encoding: str
    shape: Shape
    reader: Reader
    lines: int
    either_way: bool


@dataclass(slots=True)
class Found:
    """What was counted while the rows were read."""

    count: int = 0
    old: int = 0
    undated: int = 0
    unclear: int = 0
    cut: int = 0
    left_out_count: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)

    def leave_out(self, line: int, why: str) -> None:
        """Count a row that is left out."""
        self.left_out_count += 1
        if len(self.left_out) < SHOWN:
            self.left_out.append(LeftOut(line, why))


def table_in(path: Path, wishes: Wishes, zone: tzinfo, now: float, go_on: GoOn) -> MentionTable | Problem:
    """Open a table.

    Problems: «desk.table_unread» (file, reason), «desk.table_large» (file, megabytes), «desk.table_encoding» (encoding),
    «desk.table_strange» (file), «desk.table_broken» (file, line), «desk.stopped».
    """
    try:
        if path.stat().st_size > LARGEST:
            return Problem("desk.table_large", {"file": path.name, "megabytes": LARGEST // 1024**2})
        raw = path.read_bytes()
    except OSError as error:
        return Problem("desk.table_unread", {"file": path.name, "reason": reason_of(error)})
    decoded = text_of(raw, wishes.encoding)
    if decoded is None:
        return Problem("desk.table_encoding", {"encoding": wishes.encoding})
    shape = shape_of(decoded[0], wishes.delimiter)
    if shape is None:
        return Problem("desk.table_strange", {"file": path.name})
    lines = shape.text.count("\n") + 1
    try:
        orders = _orders(shape, lines, go_on)
    except ProblemError as error:
        return error.problem
    except TornError as error:
        return broken(path.name, error)
    told = orders & {"day", "month"}
    by_table = "month" not in told if len(told) == 1 else None
    day_first = wishes.day_first if wishes.day_first is not None else by_table
    reader = Reader(shape, zone, now, day_first is not False, wishes.place.strip(), wishes.open_old)
    return MentionTable(path.name, decoded[1], shape, reader, lines, EITHER in orders and by_table is None)


def broken(name: str, torn: TornError) -> Problem:
    """Return that a table breaks off inside a cell."""
    return Problem("desk.table_broken", {"file": name, "line": torn.line})


def _orders(shape: Shape, lines: int, go_on: GoOn) -> set[str]:
    """Return what the dates of a table say of the order of day and month."""
    if "date" not in shape.means:
        return set()
    place = shape.means.index("date")
    found: set[str] = set()
    for number, row in enumerate(rows_of(shape)):
        if number % _STEP == 0:
            _mind(go_on, row.line // 4, lines)
        if place < len(row.cells):
            found.add(order_of(row.cells[place]))
    return found


def entries_of(table: MentionTable, found: Found, go_on: GoOn) -> Iterator[Entry]:
    """Give the rows that are taken in, counting into `found`. Raises `TornError`, and `ProblemError` where stopped."""
    seen: set[str] = set()
    for number, row in enumerate(rows_of(table.shape)):
        if number % _STEP == 0:
            _mind(go_on, table.lines // 4 + row.line * 3 // 4, table.lines)
        if row.torn and len(found.torn) < SHOWN:
            found.torn.append(row.torn)
        entry = table.reader.read(row.cells)
        if entry is None:
            found.leave_out(row.line, "empty")
        elif entry.id in seen:
            found.leave_out(row.line, "twin")
        else:
            seen.add(entry.id)
            found.count += 1
            found.old += entry.history
            found.undated += entry.at is None
            found.unclear += table.reader.is_unclear(row.cells, entry)
            found.cut += table.reader.is_cut(entry)
            yield entry


def preview(table: MentionTable, go_on: GoOn) -> Preview | Problem:
    """Return what a table comes to. Problems: «desk.table_broken» (file, line), «desk.stopped»."""
    found, first = Found(), list[Entry]()
    try:
        for entry in entries_of(table, found, go_on):
            if len(first) < SHOWN:
                first.append(entry)
    except ProblemError as error:
        return error.problem
    except TornError as error:
        return broken(table.file, error)
    shape = table.shape
    return Preview(
        file=table.file,
        encoding=shown_encoding(table.encoding),
        delimiter=shape.delimiter,
        headings=tuple(Heading(name, means) for name, means in zip(shape.names, shape.means, strict=True)),
        rows=tuple(first),
        count=found.count,
        left_out=tuple(found.left_out),
        left_out_count=found.left_out_count,
        old=found.old,
        undated=found.undated,
        unclear=found.unclear,
        cut=found.cut,
        torn=tuple(found.torn),
        asks_day_first=table.either_way,
    )


def _mind(go_on: GoOn, done: int, total: int) -> None:
    if not go_on(min(done, total), total):
        raise ProblemError(Problem("desk.stopped"))
