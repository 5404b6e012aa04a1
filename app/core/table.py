"""A report's result: a table that the screen, CSV and paper can show."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """`id` names the column (its heading stands in app/ui/labels.py).

    `unit` is «», «count», «percent» (0 to 100), «seconds» or «time» (Unix).
    """

    id: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, one for each column, in order."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
