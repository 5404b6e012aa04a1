"""What a report is made of: one entry for each mention heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple


class Told(NamedTuple):
    """One mention that is no repost, not the shop's own and about it; times are Unix seconds.

    `place` is the site, or the source where there is none; `kind` the owner's correction, or else the detector's;
    `written` when it was published, or heard where that is unknown; `answered` when its case was first answered, or None.
    `begins` is false for what joined a case that was there already: a further word of the same matter.
    """

    watch_id: str
    place: str
    kind: str
    written: float
    heard: float | None
    answered: float | None
    begins: bool = True


def by_place(told: Iterable[Told]) -> tuple[tuple[str, Sequence[Told]], ...]:
    """Return each place with what was told there, the place that told most first."""
    ordered = sorted(told, key=lambda entry: entry.place)
    places = [(place, tuple(entries)) for place, entries in groupby(ordered, key=lambda entry: entry.place)]
    return tuple(sorted(places, key=lambda each: (-len(each[1]), each[0])))
