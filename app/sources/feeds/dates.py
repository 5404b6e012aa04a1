"""Dates as feeds write them, rightly or wrongly, to Unix seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

EARLIEST = 631_152_000.0
"""Unix seconds of 1 January 1990: what claims to be older than the web is a wrong date (year 1, the epoch)."""

AHEAD = 2 * 86_400.0
"""Seconds by which a date may lie ahead: time zones mistaken for another, not more."""

NEARLY = 86_400.0
"""Seconds by which a date may lie ahead and have come already, somewhere on earth."""

LATELY = 7 * 86_400.0
"""Seconds after which nothing rings that was published before."""

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_FARTHEST = 15 * 60
"""Minutes: no zone is farther from Greenwich."""

_LONGEST = 100
"""Characters: no date is longer, and nothing longer is looked at."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january sty stycznia styczeń янв января январь",
            "feb february lut lutego luty фев февр февраля февраль",
            "mar march marca marzec мар марта март",
            "apr april kwi kwietnia kwiecień апр апреля апрель",
            "may maj maja мая май",
            "jun june cze czerwca czerwiec июн июня июнь",
            "jul july lip lipca lipiec июл июля июль",
            "aug august sie sierpnia sierpień авг августа август",
            "sep sept september wrz września wrzesień сен сент сентября сентябрь",
            "oct october paź października październik окт октября октябрь",
            "nov november lis listopada listopad ноя нояб ноября ноябрь",
            "dec december gru grudnia grudzień дек декабря декабрь",
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {
    name: hours * 60
    for hours, names in {
        0: "z ut utc gmt wet",
        1: "west bst cet met",
        2: "cest mest eet",
        3: "eest msk мск",
        -4: "edt",
        -5: "est cdt",
        -6: "cst mdt",
        -7: "mst pdt",
        -8: "pst",
    }.items()
    for name in names.split()
}
"""Minutes east of Greenwich of the zone names that feeds use instead of figures."""

_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|Z|([+-])(\d\d)(\d\d))"
)
"""How nearly all RSS feeds write dates; what follows is for the others."""

_ISO = re.compile(
    r"(?P<year>\d{4})[-./]?(?P<month>\d\d)[-./]?(?P<day>\d\d)"
    r"(?:(?:[Tt_]|\s+)(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?(?P<zone>.*)",
    re.DOTALL,
)
_WORDY = re.compile(
    r"(?:[^\W\d_]+\.?,?\s*)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<name>[^\W\d_]+)\.?,?[\s-]+(?P<year>\d{4}|\d\d)"
    r"(?:\s*(?:г\.?|r\.?))?,?(?P<rest>.*)",
    re.DOTALL,
)
_AMERICAN = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(?P<name>[^\W\d_]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<year>\d{4})(?P<rest>.*)|(?P<first>\s+\d\d?:\d\d(?::\d\d)?[^\d]*)(?P<last>\d{4})\s*)",
    re.DOTALL,
)
_DOTTED = re.compile(
    r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4}|(?<!-)\d\d(?![\d:]|\.\d)),?(?P<rest>.*)", re.DOTALL
)
"""Two figures of a year stand behind dots or slashes only: behind dashes they may as well be a day, the year first."""
_SLASHED = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|(?<!-)\d\d)(?!\d)")
_HALF = re.compile(r"\d\s*[ap]m\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]m\b)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?P<sign>[+−-])\s?(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d)")
_NAME = re.compile(r"[^\W\d_]+")
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3})?(?:\.\d*)?")


def month_first(dates: Iterable[str]) -> bool | None:
    """Say whether dates of one place with slashes or dashes begin with the month; None where no number over 12 proves it."""
    slashed = [match for date in dates if (match := _SLASHED.match(date[:_LONGEST]))]
    months, days = (any(int(match[place]) > 12 for match in slashed) for place in (2, 1))
    return months if months != days else None


def seems_month_first(dates: Iterable[str], now: float) -> bool:
    """Say whether dates of one place that prove nothing make sense with the month first alone.

    What is polled has something of these days in it, or soon will: where only the American reading has a date of the last
    `LATELY` seconds, and is the later one, it is meant. Taken for months old, something new would never ring.
    """
    unproven = [date for date in dates if is_ambiguous(date)]
    newest = {
        leads: max(
            (moment for date in unproven if (moment := _come(date, now, month_leads=leads)) is not None), default=0.0
        )
        for leads in (True, False)
    }
    return newest[True] > newest[False] and now - newest[True] <= LATELY


def _come(written: str, now: float, *, month_leads: bool) -> float | None:
    moment = unix_time(written, now, month_leads=month_leads)
    return moment if moment is not None and moment <= now + NEARLY else None


def is_ambiguous(written: str) -> bool:
    """Say whether only other dates of the same place can tell the day of this one from its month."""
    match = _SLASHED.match(written[:_LONGEST])
    return match is not None and int(match[1]) <= 12 and int(match[2]) <= 12


def unix_time(written: str, now: float, *, month_leads: bool | None = None) -> float | None:
    """Return a date as Unix seconds, or None where it is no date, older than the web or more than two days ahead.

    Read are RFC 822 and ISO 8601 and what passes for them: English, Polish or Russian month names, two-digit years,
    American order, seconds or milliseconds since 1970. A date without a zone is taken for UTC. `month_leads` is what
    `month_first` said of all dates of the place; where it said nothing and the date does not, the day comes first. But with
    a clock of twelve hours, which Americans have as well as Britons and Indians, it is the later day that has come by now.
    """
    written = written.strip()
    if not written or len(written) > _LONGEST:
        return None
    try:
        seconds = _seconds(written, now, month_leads=month_leads)
    except (ValueError, OverflowError):  # the 31st of February, hour 25, and figures beyond what a date can hold
        return None
    return seconds if seconds is not None and EARLIEST <= seconds <= now + AHEAD else None


def _seconds(written: str, now: float, *, month_leads: bool | None) -> float | None:
    if match := _USUAL.fullmatch(written):
        day, name, year, hour, minute, second, sign, hours, minutes = match.groups()
        zone = (int(hours) * 60 + int(minutes)) * (1 if sign == "+" else -1) if sign else 0
        if month := _MONTHS.get(name.lower()):
            return _at(int(year), month, int(day), (int(hour), int(minute), int(second)), zone)
    if match := _EPOCH.fullmatch(written):
        return float(match["seconds"])
    if match := _ISO.match(written):
        zone = _zone(match["zone"])
        return _moment(int(match["year"]), int(match["month"]), int(match["day"]), match, zone)
    if match := _WORDY.match(written):
        return _dated(match, _MONTHS.get(match["name"].lower()), int(match["day"]), match["rest"])
    if match := _DOTTED.match(written):
        return _numbered(written, match, now, month_leads=month_leads)
    if match := _AMERICAN.match(written):
        rest = match["rest"] or match["first"] or ""
        return _dated(match, _MONTHS.get(match["name"].lower()), int(match["day"]), rest)
    return None


def _numbered(written: str, match: re.Match[str], now: float, *, month_leads: bool | None) -> float | None:
    """Return a date whose month is a number, with the day or the month first."""
    one, other, rest = int(match["day"]), int(match["month"]), match["rest"]
    if not is_ambiguous(written):
        month_leads = month_first((written,))
    elif month_leads is None and _HALF.search(rest):
        moments = (_dated(match, other, one, rest), _dated(match, one, other, rest))
        come = [moment for moment in moments if moment is not None and moment <= now + NEARLY]
        return max(come, default=moments[0])
    return _dated(match, *((one, other) if month_leads else (other, one)), rest)


def _dated(match: re.Match[str], month: int | None, day: int, rest: str) -> float | None:
    if month is None:
        return None
    written_year = match["year"] or match["last"]
    year = int(written_year)
    if len(written_year) == 2:
        year += 2000 if year < 70 else 1900
    clock = _CLOCK.search(rest)
    return _moment(year, month, day, clock, _zone(rest[clock.end() :] if clock else ""))


def _moment(year: int, month: int, day: int, clock: re.Match[str] | None, zone: int) -> float:
    """Return the Unix seconds of a day with the clock time found; `zone` in minutes east of Greenwich."""
    parts = clock.groupdict() if clock else {}
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := (parts.get("half") or "").lower():
        hour = hour % 12 + (12 if half == "pm" else 0)
    return _at(year, month, day, (hour, minute, second), zone)


def _at(year: int, month: int, day: int, clock: tuple[int, int, int], zone: int) -> float:
    """Return Unix seconds; 24:00 is the end of the day, a leap second the one before it; ValueError beyond those."""
    hour, minute, second = clock
    if hour > 24 or minute > 59 or second > 60 or abs(zone) > _FARTHEST:
        raise ValueError("no such time of day")
    days = date(year, month, day).toordinal() - _EPOCH_DAY
    return float(days * 86_400 + hour * 3_600 + minute * 60 + min(second, 59) - zone * 60)


def _zone(rest: str) -> int:
    """Return the minutes east of Greenwich that the end of a date says, 0 where it says nothing understandable."""
    if not rest or rest in {"Z", " GMT", " +0000", "+00:00"}:
        return 0
    if offset := _OFFSET.search(rest):
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        return minutes if offset["sign"] == "+" else -minutes
    name = _NAME.search(rest)
    return _ZONES.get(name.group().lower(), 0) if name else 0
