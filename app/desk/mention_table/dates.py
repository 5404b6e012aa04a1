"""Dates as people and spreadsheets write them."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.core.text import fold

NOON = time(12)
"""Stands in for the time of day where a date has none: no zone moves it to another day."""

EITHER = "either"
"""The order of day and month cannot be told from the date."""

_FIRST_EXCEL, _LAST_EXCEL = 36_526, 73_051
"""Excel's numbers for the days from 2000 to 2099."""

_EXCEL_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's day has no zone

_CLOCK = r"(?:[T ,]+(?:o |at |в |godz\.? ?)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK, re.IGNORECASE)
_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})\.?(?: ?[rг]\.?)?" + _CLOCK, re.IGNORECASE)
_NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d]{3,})\.?,?\s+(\d{4})\.?(?:\s?[rг]\.?)?" + _CLOCK, re.IGNORECASE)
_NAMED_FIRST = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _CLOCK, re.IGNORECASE)
_WITH_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})", re.IGNORECASE)

_MONTHS = (
    ("jan", "sty", "янв"),
    ("feb", "lut", "фев"),
    ("mar", "мар"),
    ("apr", "kwi", "апр"),
    ("may", "maj", "мая", "май"),
    ("jun", "cze", "июн"),
    ("jul", "lip", "июл"),
    ("aug", "sie", "авг"),
    ("sep", "wrz", "сен"),
    ("oct", "paz", "окт"),
    ("nov", "lis", "ноя"),
    ("dec", "gru", "дек"),
)
_MONTH = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts}


def order_of(text: str) -> str:
    """Return which comes first in a date in figures, «day» or «month», `EITHER`, or «» where that is no question."""
    match = _SHORT.fullmatch(text.strip())
    if match is None or match.group(2) == ".":
        return ""
    first, second = int(match.group(1)), int(match.group(3))
    if first > 12 or second > 12:
        return "" if first > 12 and second > 12 else "day" if first > 12 else "month"
    return EITHER if first != second else ""


def moment(text: str, zone: tzinfo, *, day_first: bool = True) -> float | None:
    """Return a date as Unix seconds, None where it is none. Without a zone of its own it is meant in `zone`."""
    typed = " ".join(text.split())
    try:
        if _WITH_ZONE.fullmatch(typed):
            return datetime.fromisoformat(typed.upper()).timestamp()
        found = _local(typed, day_first=day_first)
        return found.replace(tzinfo=zone).timestamp() if found else _number(typed, zone)
    except (ValueError, OverflowError, OSError):
        return None


def _local(typed: str, *, day_first: bool) -> datetime | None:
    """Return the local time a text names. Raises ValueError for a day that no month has."""
    if match := _ISO.fullmatch(typed):
        return _at(int(match[1]), int(match[2]), int(match[3]), match.groups()[3:])
    if match := _SHORT.fullmatch(typed):
        one, other = int(match[1]), int(match[3])
        day, month = (one, other) if match[2] == "." or (day_first and other <= 12) or one > 12 else (other, one)
        return _at(_year(match[4]), month, day, match.groups()[4:])
    if (match := _NAMED.fullmatch(typed)) and (number := _month(match[2])):
        return _at(int(match[3]), number, int(match[1]), match.groups()[3:])
    if (match := _NAMED_FIRST.fullmatch(typed)) and (number := _month(match[1])):
        return _at(int(match[3]), number, int(match[2]), match.groups()[3:])
    return None


def _at(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime:
    hour, minute, second, half = clock
    if hour is None:
        return datetime.combine(date(year, month, day), NOON)
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0].lower() == "p" else 0)
    return datetime(year, month, day, hours, int(minute or 0), int(second or 0))  # noqa: DTZ001  the caller's zone


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(name: str) -> int:
    return _MONTH.get(fold(name)[:3], 0)


def _number(typed: str, zone: tzinfo) -> float | None:
    """Return the time that a bare number stands for: a day of Excel's, or seconds or milliseconds since 1970."""
    if not re.fullmatch(r"\d{5,13}(?:[.,]\d+)?", typed):
        return None
    value = float(typed.replace(",", "."))
    if _FIRST_EXCEL <= value < _LAST_EXCEL:
        day, part = divmod(value, 1)
        seconds = round(part * 86_400) if part else 43_200
        return (_EXCEL_DAY_0 + timedelta(days=int(day), seconds=seconds)).replace(tzinfo=zone).timestamp()
    if value >= 1e12:
        value /= 1000
    return value if 1e9 <= value < 4.1e9 and math.isfinite(value) else None


def written(at: float) -> str:
    """Return a time as a table holds it: ISO 8601 in UTC to the second."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
