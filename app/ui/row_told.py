"""What is told of a case in a row: its first words, and its time: what is left, that it came back, until when it is aside."""

from __future__ import annotations

from app.core.verdict import judged_text
from app.core.views import InboxRow
from app.ui.format import HOUR, one_line, share_left, shortened, time_left, until
from app.words import _, ngettext

ASIDE, BACK, DUE, URGENT = "aside", "back", "due", "urgent"
"""Where a case can stand in time."""


LONGEST_TITLE = 32
"""Characters of a title before the text: that of a whole thread must not leave what the customer said outside."""

_ENDS = (".", "!", "?", "…", ":", ";", ",")
_ELSEWHERE = "…"
"""Begins an excerpt that is not the beginning of its text, but what was searched for in it."""


def first_words(row: InboxRow) -> str:
    """Return the title of a mention and how its text begins; a title that the text begins with is left out."""
    title, text = one_line(row.title), one_line(row.excerpt)
    lower = text.casefold()
    if not title or not text or text.startswith(_ELSEWHERE) or judged_text(title.casefold(), lower) == lower:
        return text or title
    short = shortened(title, LONGEST_TITLE)
    return f"{short} {text}" if short.endswith(_ENDS) else _("{title}: {text}").format(title=short, text=text)


def many_told(row: InboxRow) -> str:
    """Return at how many places the text of a row stands, or else how many mentions its case has; «» where it is alone."""
    if row.places > 1:
        return ngettext("{n} place", "{n} places", row.places).format(n=row.places)
    return ngettext("{n} mention", "{n} mentions", row.mentions).format(n=row.mentions) if row.mentions > 1 else ""


def time_told(row: InboxRow, now: float) -> tuple[str, str]:
    """Return the words and where the case stands in time («aside», «back», «due», «urgent»); twice «» where nothing is to be told."""
    if row.snoozed_until is not None and row.is_aside(now):
        return until(row.snoozed_until, now), ASIDE
    left = time_left(row.due_at, now)
    if urgent(row, now):
        return left, URGENT
    if row.back_at is not None:
        return _("came back · {left}").format(left=left) if left else _("came back"), BACK
    return left, DUE if left else ""


def urgent(row: InboxRow, now: float) -> bool:
    """Return whether a row is overdue or nearly so."""
    return nearly_over(row.due_at, row.news_at, now)


def nearly_over(due_at: float | None, since: float, now: float) -> bool:
    """Return whether a target that runs since then is over, or has less than half an hour or a quarter left."""
    if due_at is None:
        return False
    left = due_at - now
    return left < HOUR / 2 or (left < HOUR and share_left(due_at, since, now) < 0.25)
