"""A report's result: a table that the screen, CSV and paper can show."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """`id` names the column (its heading stands in app/ui/labels.py).

    `unit` is «», «count», «percent» (0 to 100), «seconds», «time» (Unix), or «week» or «month»: their first day, such as
    «2026-03-02».
    """

    id: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of cells, one for each column, in order.

    `total` tells of all rows together, its first cell standing for their name («»); empty where nothing is to be told.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
