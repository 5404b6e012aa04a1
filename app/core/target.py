"""How soon an answer is due, counted in opening hours, and when the bell is to be quiet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from app.core.preferences import DEFAULT_TARGETS, Period

HORIZON_DAYS = 400
"""A target is never put off longer: a shop that opens in more than a year has mistyped its hours."""

DIGEST_MINUTE = 9 * 60
"""Minute of the day from which the daily digest comes."""

RECENT = 86_400.0
"""Seconds: the clock of what was published longer before it was heard runs from when it was heard."""

_DAY = 86_400.0
_MIDNIGHT = 1_440

Hours = Mapping[int, tuple[Period, ...]]
Span = tuple[float, float]


def clock_starts(published: float | None, heard: float) -> float:
    """Return from when a target runs (Unix seconds): from the publication where that is known and recent."""
    return published if published is not None and 0 <= heard - published <= RECENT else heard


def due_at(opened: float, minutes: int, hours: Hours, days_off: Sequence[str], zone: tzinfo) -> float:
    """Return when the first answer to what was opened at `opened` is due (both Unix seconds).

    `minutes` count in opening hours only: Friday 16:30 and 60 minutes with Monday to Friday 9 to 17 is Monday 09:30.
    Hours without any period mean always open but for days off. A period whose start is after its end runs past
    midnight. At most `HORIZON_DAYS` after `opened`.
    """
    left = max(0.0, minutes * 60.0)
    latest = opened + HORIZON_DAYS * _DAY
    if not _ever_closed(hours, days_off):
        return min(opened + left, latest)
    for start, end in _open_spans(opened, latest, hours, days_off, zone):
        if left <= end - start:
            return start + left
        left -= end - start
    return latest


def is_quiet(now: float, quiet: Sequence[Period], zone: tzinfo) -> bool:
    """Return whether `now` (Unix seconds) lies in a quiet period; one whose start is after its end spans midnight."""
    local = datetime.fromtimestamp(now, zone)
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end or (start > end and (minute >= start or minute < end)) for start, end in quiet)


def digest_time(now: float, hours: Hours, days_off: Sequence[str], zone: tzinfo) -> float | None:
    """Return when today's digest was due, if it was by `now` (both Unix seconds) and the shop is open; else None.

    It is due at `DIGEST_MINUTE`, or where the shop is closed then, at the next opening of the day; a shop that has
    closed for the day by then has it at its first opening.
    """
    today = datetime.fromtimestamp(now, zone).date()
    start, end = unix_at(today, 0, zone), unix_at(today, _MIDNIGHT, zone)
    nine = unix_at(today, DIGEST_MINUTE, zone)
    spans = list(_open_spans(start, end, hours, days_off, zone))
    if not any(since <= now < until for since, until in spans):
        return None
    due = next((max(since, nine) for since, until in spans if until > nine), spans[0][0])
    return due if due <= now else None


def minutes_for(targets: Mapping[str, int], *, own: bool, stars: float | None, source: str) -> int:
    """Return the working minutes to a first answer: own channels first, then reviews, then the source, then any."""
    names = (("own",) if own else ()) + (("review",) if stars is not None else ()) + (source, "")
    return next((targets[name] for name in names if name in targets), DEFAULT_TARGETS[""])


def unix_at(day: date, minute: int, zone: tzinfo) -> float:
    """Return the Unix time of a local minute of a day; minute 1440 is the next midnight, a later one too."""
    days, minute = divmod(min(max(minute, 0), _MIDNIGHT), _MIDNIGHT)
    return datetime.combine(day + timedelta(days=days), time(minute // 60, minute % 60), zone).timestamp()


def _ever_closed(hours: Hours, days_off: Sequence[str]) -> bool:
    return bool(days_off) or any(hours.values())


def _open_spans(start: float, end: float, hours: Hours, days_off: Sequence[str], zone: tzinfo) -> Iterator[Span]:
    """Yield the opening times between two Unix times, in order, none touching the next."""
    off = frozenset(days_off)
    always = not any(hours.values())
    day = datetime.fromtimestamp(start, zone).date() - timedelta(days=1)
    last = datetime.fromtimestamp(end, zone).date()
    waiting: Span | None = None
    while day <= last:
        periods: Sequence[Period] = ((0, _MIDNIGHT),) if always else hours.get(day.weekday(), ())
        for since, until in _spans_of(day, () if day.isoformat() in off else periods, zone):
            span = max(since, start), min(until, end)
            if waiting is None or span[0] > waiting[1]:
                if waiting is not None and waiting[0] < waiting[1]:
                    yield waiting
                waiting = span
            else:
                waiting = waiting[0], max(waiting[1], span[1])
        day += timedelta(days=1)
    if waiting is not None and waiting[0] < waiting[1]:
        yield waiting


def _spans_of(day: date, periods: Sequence[Period], zone: tzinfo) -> list[Span]:
    next_day = day + timedelta(days=1)
    return sorted(
        (unix_at(day, start, zone), unix_at(day if start < end else next_day, end, zone))
        for start, end in periods
        if start != end
    )
