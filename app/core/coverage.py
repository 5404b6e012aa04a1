"""Coverage: in which hours the watches were really listened to, and in which the laptop slept or a place was silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.watch import Watch

HOUR = 3_600.0
SLACK = 1.25
"""Intervals for which a poll holds: the next one comes a little later by chance, or waits for its turn."""


@dataclass(frozen=True, slots=True)
class CoveredHour:
    """The hour from `start` (Unix seconds): how many `watches` there were to listen to, and how many were `heard`.

    `begun` is when listening began, if that was in this hour and no watch was there in the one before.
    """

    start: float
    watches: int
    heard: int
    begun: float | None = None

    @property
    def since(self) -> float:
        """Return from when on this hour counts, in Unix seconds."""
        return self.start if self.begun is None else self.begun

    @property
    def is_whole(self) -> bool:
        """Say whether every watch there was had been heard."""
        return 0 < self.watches == self.heard


def coverage(
    watches: Sequence[Watch], heard: Mapping[str, Mapping[int, float]], since: float, now: float
) -> tuple[CoveredHour, ...]:
    """Return the hours from `since` to `now`, oldest first; each begins at a full hour of Unix time.

    `heard` has the hours (Unix seconds // 3,600) in which each watch, by its id, was polled with success, with when that
    was for the first time in it. A poll holds for as many whole hours as the watch's interval has: where a watch is due
    once a day, a night asleep leaves no gap. The hour under way is taken for listened to where the one before was. A watch
    counts from its first answer, one that gave none for an hour from when it was made, and one that is paused up to its
    last poll.
    """
    first, last = int(since // HOUR), int(now // HOUR)
    counted = [0] * (last - first + 1)
    listened = [0] * (last - first + 1)
    begins: dict[int, float] = {}
    for watch in watches:
        holds = int(watch.interval * SLACK // HOUR)
        polled = heard.get(watch.id, {})
        begun, moment = _begun(watch, polled, now)
        begins[begun] = min(moment, begins.get(begun, moment))
        covered = {hour for met in polled for hour in range(met, met + holds + 1)}
        if last - 1 in covered:
            covered.add(last)
        until = min(last, max(polled, default=-1)) if watch.paused else last  # a poll may be dated ahead
        for hour in range(max(first, begun), until + 1):
            counted[hour - first] += 1
            listened[hour - first] += hour in covered
    there = [0, *counted]
    return tuple(
        CoveredHour(hour * HOUR, count, all_heard, begins.get(hour) if count and not before else None)
        for hour, count, all_heard, before in zip(range(first, last + 1), counted, listened, there, strict=False)
    )


def _begun(watch: Watch, polled: Mapping[int, float], now: float) -> tuple[int, float]:
    """Return the hour and the moment from which a watch counts; the hour after `now` for one that does not yet."""
    hour, made = min(polled, default=None), watch.created
    if hour is not None and (not made or hour <= made // HOUR + 1):
        return hour, polled[hour]
    if not made:
        return int(now // HOUR), now // HOUR * HOUR
    if hour is None and now - made < HOUR:
        return int(now // HOUR) + 1, now
    return int(made // HOUR), made
