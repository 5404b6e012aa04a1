"""How we answer: for each place the complaints, how many were answered, and how soon. A further word of a matter is not counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from app.core.report_table import Cell, Column, ReportTable
from app.core.verdict import Kind
from app.reports.told import Told, by_place

COLUMNS = (
    Column("place"),
    Column("complaints", "count"),
    Column("answered", "count"),
    Column("share_answered", "percent"),
    Column("median_since_written", "seconds"),
    Column("median_since_heard", "seconds"),
)
"""Two clocks: a customer waits from the moment of writing, the shop can answer from the moment of hearing."""


def table(told: Sequence[Told], watches: Mapping[str, str]) -> ReportTable:  # noqa: ARG001  the same for every report
    """Return a row for each place with complaints, the one with most first; medians are None where none is answered."""
    complaints = [entry for entry in told if entry.kind == Kind.COMPLAINT and entry.begins]
    rows = tuple(_row(place, entries) for place, entries in by_place(complaints))
    return ReportTable(COLUMNS, rows, _row("", complaints) if complaints else ())


def _row(place: str, entries: Sequence[Told]) -> tuple[Cell, ...]:
    answered = [(entry, entry.answered) for entry in entries if entry.answered is not None]
    return (
        place,
        len(entries),
        len(answered),
        100.0 * len(answered) / len(entries),
        _median([at - entry.written for entry, at in answered]),
        _median([at - entry.heard for entry, at in answered if entry.heard is not None]),
    )


def _median(seconds: Sequence[float]) -> float | None:
    """Return the median, an answer given before hearing (by hand, on the spot) counting as 0 seconds."""
    return median(max(0.0, each) for each in seconds) if seconds else None
