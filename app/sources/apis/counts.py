"""How many answers each post had when they were read, as the bookmark keeps it: by that is told which have others now."""

from __future__ import annotations

from collections.abc import Mapping

COUNTS, PENDING = "counts", "pending"
"""Names in the bookmark: these counts; set where some answers are still to be read."""


def counts_in(bookmark: Mapping[str, str], name: str = COUNTS) -> dict[str, int]:
    """Return counts by the names of posts."""
    pairs = (pair.rpartition(":") for pair in bookmark.get(name, "").split())
    return {one: int(count) for one, _, count in pairs if count.isascii() and count.isdecimal() and len(count) < 12}


def counts_told(counts: Mapping[str, int]) -> str:
    """Return counts as the bookmark keeps them; names have no blanks."""
    return " ".join(f"{one}:{count}" for one, count in counts.items())


def counts_kept(counts: Mapping[str, int], *, pending: bool) -> dict[str, str]:
    """Return the part of a bookmark that keeps the counts of posts with answers, and whether some are still to be read."""
    return {COUNTS: counts_told({one: count for one, count in counts.items() if count})} | (
        {PENDING: "1"} if pending else {}
    )


def as_before(bookmark: Mapping[str, str]) -> dict[str, str]:
    """Return the part of a bookmark that keeps counts, where nothing was read since."""
    return {name: bookmark[name] for name in (COUNTS, PENDING) if name in bookmark}
