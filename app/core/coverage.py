"""Coverage: in which hours the watches were really listened to, and in which the laptop slept or a place was silent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.core.watch import Watch

HOUR = 3_600.0
SLACK = 1.25
"""Intervals for which a poll holds: the next one comes a little later by chance, or waits for its turn."""


@dataclass(frozen=True, slots=True)
class CoveredHour:
    """The hour from `start` (Unix seconds): how many `watches` there were to listen to, and how many were `heard`."""

    start: float
    watches: int
    heard: int

    @property
    def is_whole(self) -> bool:
        """Say whether every watch there was had been heard."""
        return 0 < self.watches == self.heard


def coverage(
    watches: Sequence[Watch], heard: Mapping[str, Collection[int]], since: float, now: float
) -> tuple[CoveredHour, ...]:
    """Return the hours from `since` to `now`, oldest first; each begins at a full hour of Unix time.

    `heard` has the hours (Unix seconds // 3,600) in which each watch, by its id, was polled with success. A poll holds for
    as many whole hours as the watch's interval has: where a watch is due once a day, a night asleep leaves no gap. The
    hour under way is taken for listened to where the one before was. A watch counts from when it was made, and one that
    is paused up to its last poll.
    """
    first, last = int(since // HOUR), int(now // HOUR)
    counted = [0] * (last - first + 1)
    listened = [0] * (last - first + 1)
    for watch in watches:
        holds = int(watch.interval * SLACK // HOUR)
        polled = heard.get(watch.id, ())
        begun = min([int(watch.created // HOUR), *polled]) if watch.created else min(polled, default=last)
        covered = {hour for met in polled for hour in range(met, met + holds + 1)}
        if last - 1 in covered:
            covered.add(last)
        until = min(last, max(polled, default=-1)) if watch.paused else last  # a poll may be dated ahead
        for hour in range(max(first, begun), until + 1):
            counted[hour - first] += 1
            listened[hour - first] += hour in covered
    return tuple(
        CoveredHour(hour * HOUR, counted[hour - first], listened[hour - first]) for hour in range(first, last + 1)
    )
