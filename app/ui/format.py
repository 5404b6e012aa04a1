"""Times, spans and numbers as people read them, in the language of the program."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date as calendar_day
from datetime import datetime, timedelta
from html import escape
from textwrap import wrap

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

from app.core.percent import whole_percent
from app.words import _, language, ngettext

MINUTE = 60
HOUR = 3600
DAY = 86400

FIELD_DAY = "dd.MM.yyyy"
"""How days stand in fields, to be typed, in every language: the points say that the month is in the middle."""

FIELD_MOMENT = f"{FIELD_DAY} HH:mm"

_LOCALES = {"en": "en_GB"}
"""Whose dates and numbers a language has where they are not those of most who speak it."""


def locale() -> QLocale:
    """Return the locale of the language spoken."""
    return QLocale(_LOCALES.get(language(), language()))


def _local(at: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(at).astimezone() if math.isfinite(at) and at > 0 else None
    except (OverflowError, OSError, ValueError):
        return None


def clock(at: float) -> str:
    """Return the local time of day of a Unix time, «14:02»; «–» for none."""
    return moment.strftime("%H:%M") if (moment := _local(at)) else "–"


def date(at: float, now: float) -> str:
    """Return the local day, «3 Mar», with the year where it is another one than now; «–» for none."""
    moment = _local(at)
    if not moment:
        return "–"
    today = _local(now)
    pattern = "d MMM" if today and today.year == moment.year else "d MMM yyyy"
    return locale().toString(QDateTime.fromSecsSinceEpoch(int(at)), pattern)


def full_day(at: float) -> str:
    """Return the local day in full, as it stands on paper: «3 March 2026»; «–» for none."""
    return locale().toString(QDateTime.fromSecsSinceEpoch(int(at)), "d MMMM yyyy") if _local(at) else "–"


def week(first_day: str, now: float) -> str:
    """Return the week that begins on a day such as «2026-03-02»: «2 Mar – 8 Mar», with the year where it is another than now."""
    begin = calendar_day.fromisoformat(first_day)
    end = begin + timedelta(days=6)
    today = _local(now)
    pattern = "d MMM" if today and today.year == begin.year == end.year else "d MMM yyyy"
    one, two = (locale().toString(QDate(day.year, day.month, day.day), pattern) for day in (begin, end))
    return f"{one} – {two}"


def month(first_day: str) -> str:
    """Return the month of a day such as «2026-03-01»: «March 2026»."""
    day = calendar_day.fromisoformat(first_day)
    return f"{locale().standaloneMonthName(day.month)} {day.year}"


def when(at: float, now: float) -> str:
    """Return a past or coming moment: today «14:02», yesterday «yesterday 14:02», else «3 Mar»."""
    moment, today = _local(at), _local(now)
    if not moment or not today:
        return "–"
    days = (today.date() - moment.date()).days
    if days == 0:
        return clock(at)
    if days == 1:
        return _("yesterday {time}").format(time=clock(at))
    if days == -1:
        return _("tomorrow {time}").format(time=clock(at))
    return date(at, now)


def exactly(at: float, now: float) -> str:
    """Return a moment to the minute: today «14:02», yesterday «yesterday 14:02», else «3 Mar, 14:02»."""
    moment, today = _local(at), _local(now)
    is_near = bool(moment and today and abs((today.date() - moment.date()).days) <= 1)
    return when(at, now) if is_near else dated(at, now)


def to_the_minute(at: float, now: float) -> str:
    """Return a moment as it follows «since» or «until», which «yesterday» does not in every language: today «14:02», else «3 Mar, 14:02»."""
    moment, today = _local(at), _local(now)
    return clock(at) if moment and today and moment.date() == today.date() else dated(at, now)


def dated(at: float, now: float) -> str:
    """Return a moment as it stands on paper, which is read on another day as well: always «3 Mar, 14:02»."""
    return _("{day}, {time}").format(day=date(at, now), time=clock(at)) if _local(at) else "–"


def day_in_field(day: str) -> str:
    """Return a day such as «2026-12-24» as it stands in a field: «24.12.2026»; what is no day stays as it is."""
    read = QDate.fromString(day, Qt.DateFormat.ISODate)
    return read.toString(FIELD_DAY) if read.isValid() else day


def in_full(at: float) -> str:
    """Return day and time in full, for a tool tip: «3 March 2026, 14:02»; «–» for none."""
    return _("{day}, {time}").format(day=full_day(at), time=clock(at)) if _local(at) else "–"


def until(at: float, now: float) -> str:
    """Return the end of a span in short: «until 16:00», on another day «until 3 Mar»."""
    moment, today = _local(at), _local(now)
    same = bool(moment and today and moment.date() == today.date())
    return _("until {moment}").format(moment=clock(at) if same else date(at, now))


def span(seconds: float) -> str:
    """Return a length of time as people round it, in its largest fitting unit: «23 min», «3.5 h», «4 h», «2 d»."""
    if not math.isfinite(seconds):
        return "–"
    seconds = max(0.0, seconds)
    if seconds < MINUTE:
        return _("<1 min")
    if (minutes := _nearest(seconds / MINUTE)) < HOUR / MINUTE:
        return _("{n} min").format(n=minutes)
    if (hours := _rounded(seconds / HOUR)) < 2 * DAY / HOUR:
        return _("{n} h").format(n=_in_halves(hours))
    return _("{n} d").format(n=_in_halves(_rounded(seconds / DAY)))


def interval(seconds: int) -> str:
    """Return how often something is asked: below a minute to the second, else as any length of time."""
    if seconds >= MINUTE:
        return span(seconds)
    return ngettext("{n} second", "{n} seconds", seconds).format(n=seconds)


def _nearest(value: float) -> int:
    return math.floor(value + 0.5)


def _rounded(value: float) -> float:
    """Return what is nearest: below ten of halves, else of whole ones."""
    return _nearest(value * 2) / 2 if value < 10 else _nearest(value)


def _in_halves(value: float) -> str:
    return str(int(value)) if value == int(value) else locale().toString(float(value), "f", 1)


def time_left(due_at: float | None, now: float) -> str:
    """Return what is left of a target, «overdue» after it, «» where nothing is due."""
    if due_at is None or not math.isfinite(due_at):
        return ""
    return _("overdue") if due_at <= now else span(due_at - now)


def share_left(due_at: float | None, since: float, now: float) -> float:
    """Return which share of a target is left, 0 to 1; 0 after it and where there is none."""
    if due_at is None or not math.isfinite(due_at) or due_at <= now:
        return 0.0
    return min(1.0, (due_at - now) / max(due_at - since, 1.0))


def stars(number: float | None) -> str:
    """Return «★★☆☆☆» for 1 to 5 stars, «» for none."""
    if number is None or not math.isfinite(number):
        return ""
    full = min(5, max(0, round(number)))
    return "★" * full + "☆" * (5 - full)


def number(value: float) -> str:
    """Return a number with the separators of the language, at most two digits after the point."""
    if isinstance(value, int) or float(value).is_integer():
        return locale().toString(int(value))
    return locale().toString(float(value), "f", 2)


def score(value: float) -> str:
    """Return how sure a verdict is, «0.93», with the separator of the language; never «1.00»: nothing is that sure."""
    return locale().toString(min(float(value), 0.99), "f", 2)


def percent(share: float) -> str:
    """Return a share of one as «75%»."""
    return _("{n}%").format(n=number(whole_percent(share * 100)))


def times(n: int) -> str:
    """Return the how-manieth time somebody writes, as a short mark."""
    ordinal = {1: _("first time"), 2: _("2nd time"), 3: _("3rd time")}
    return ordinal[n] if n in ordinal else ngettext("{n}th time", "{n}th time", n).format(n=n)


_JOINERS = "\u200c\u200d"
"""Hold together what is one sign, such as the emoji of a family, or part letters of one word: they turn nothing."""
FIRST_STRONG, _POP = "\u2068", "\u2069"
_ENDS = " " + _JOINERS
_UNBROKEN = re.compile(r"\w{20}(?=\w{4})")
"""As many letters without a blank as no word of our languages has that is not rare."""
LONGEST_NAME = 40
"""Characters of a name set into a sentence: a longer one leaves no room for what was said."""


def one_line(text: str) -> str:
    """Return a text from outside on one line, without control characters that could turn or hide the rest."""
    kept = (char if char.isprintable() or char.isspace() or char in _JOINERS else " " for char in text)
    return " ".join("".join(kept).split())


def utf16(text: str, place: int) -> int:
    """Return a place in code points as Qt counts it: characters beyond the basic plane (emoji) count two."""
    return len(text[:place].encode("utf-16-le", errors="surrogatepass")) // 2


def named(name: str) -> str:
    """Return a name from outside as it is set into a sentence: on one line, short, and turning nothing but itself."""
    return apart(shortened(one_line(name), LONGEST_NAME))


def apart(text: str) -> str:
    """Return a text that runs in its own direction, whatever it is set into: of one from right to left «…» stands at the left."""
    turns = not text.isascii() and any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in text)
    return f"{FIRST_STRONG}{text}{_POP}" if turns else text


def breakable(text: str) -> str:
    """Return a text whose long runs without blanks may be broken, addresses excepted, which are copied from there.

    A label breaks lines at blanks only, and cuts off what is wider than itself.
    """
    return " ".join(
        run if "://" in run else _UNBROKEN.sub("\\g<0>\N{ZERO WIDTH SPACE}", run) for run in text.split(" ")
    )


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters; a longer one ends in «…» behind a whole word, if it has one."""
    if len(text) <= most:
        return text
    head, space, _rest = text[:most].rpartition(" ")
    return (head if space else text[: most - 1]).rstrip(_ENDS) + "…"


WIDEST_TIP = 100
"""Characters of a line of a tool tip."""


def tip(text: str) -> str:
    """Return a text as a tool tip that shows it letter by letter.

    Qt takes what looks like tags for markup and opens the pictures they name: on this laptop, or on another computer of
    its network, which then learns who asks. Left to break the lines of such a text it makes them a dozen letters long,
    and of any other it breaks none: long lines are broken here.
    """
    lines = "\n".join(piece for line in text.split("\n") for piece in _pieces(line))
    if "<" not in text and "&" not in text:
        return lines
    return f'<p style="white-space:pre">{escape(lines)}</p>'.replace("\n", "<br>")


def _pieces(line: str) -> list[str]:
    """Return a line in pieces of at most `WIDEST_TIP` characters, broken behind blanks where it has them."""
    if len(line) <= WIDEST_TIP:
        return [line]
    return wrap(line, WIDEST_TIP, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False)
