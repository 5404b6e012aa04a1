"""Where people write about us: for each place how much of what, and which watches hear it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.core.report_table import Cell, Column, ReportTable
from app.core.verdict import Kind
from app.reports.told import Told, by_place

KINDS = {
    "complaints": Kind.COMPLAINT,
    "questions": Kind.QUESTION,
    "praise": Kind.PRAISE,
    "leads": Kind.LEAD,
    "neutral": Kind.NEUTRAL,
}


def table(told: Sequence[Told], watches: Mapping[str, str]) -> ReportTable:
    """Return a row for each place, the one where most is written first; watches removed meanwhile have no name."""
    columns = (Column("place"), Column("all", "count"), *(Column(name, "count") for name in KINDS), Column("watches"))
    rows: list[tuple[Cell, ...]] = []
    for place, entries in by_place(told):
        counts = Counter(entry.kind for entry in entries)
        names = sorted({watches[entry.watch_id] for entry in entries if entry.watch_id in watches})
        rows.append((place, len(entries), *(counts[kind] for kind in KINDS.values()), ", ".join(names)))
    counts = Counter(entry.kind for entry in told)
    return ReportTable(
        columns, tuple(rows), ("", len(told), *(counts[kind] for kind in KINDS.values()), "") if told else ()
    )
