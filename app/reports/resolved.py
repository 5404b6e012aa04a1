"""What a report on resolved cases is made of: one entry for each, and the columns that count their marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.core.case import Satisfaction
from app.core.report_table import Cell, Column


class Resolved(NamedTuple):
    """One case that is resolved, told of its first mention.

    `place` is the site, or the source where there is none; `kind` the owner's correction, or else the detector's; `cause`
    is «» where it is not known. `day` is when it was resolved, in the shop's own time. `mark` says how content the customer
    was in the end (a value of `Satisfaction`), None where the owner did not say.
    """

    watch_id: str
    place: str
    kind: str
    cause: str
    day: date
    mark: str | None


MARKS = (
    Column("resolved", "count"),
    Column("share_content", "percent"),
    *(Column(mark.value, "count") for mark in Satisfaction),
    Column("not_marked", "count"),
)
"""The columns of `marks_of`. The share is that of the content among the marked ones; before their parts, so that it is
seen in a narrow window as well."""


def marks_of(cases: Sequence[Resolved]) -> tuple[Cell, ...]:
    """Return how many cases there are and how they were marked, as the columns `MARKS`."""
    counts = Counter(case.mark for case in cases)
    marked = len(cases) - counts[None]
    share = 100.0 * counts[Satisfaction.CONTENT] / marked if marked else None
    return (len(cases), share, *(counts[mark] for mark in Satisfaction), counts[None])


def total_of(cases: Sequence[Resolved]) -> tuple[Cell, ...]:
    """Return the total of a table with the columns `MARKS` behind the first; empty where nothing is resolved."""
    return ("", *marks_of(cases)) if cases else ()


def grouped(cases: Iterable[Resolved], by: Callable[[Resolved], str]) -> dict[str, list[Resolved]]:
    """Return the cases of each group, the group met first coming first."""
    groups: dict[str, list[Resolved]] = {}
    for case in cases:
        groups.setdefault(by(case), []).append(case)
    return groups


def fullest_first(groups: dict[str, list[Resolved]]) -> list[tuple[str, list[Resolved]]]:
    """Return the groups with their cases, the one with most first, equal ones by their names."""
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
