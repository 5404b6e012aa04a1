"""What is told of a case's time in a row: what is left until its answer is due, that it came back, until when it is aside."""

from __future__ import annotations

from app.core.views import InboxRow
from app.ui.format import HOUR, share_left, time_left, until
from app.words import _

ASIDE, BACK, DUE, URGENT = "aside", "back", "due", "urgent"
"""Where a case can stand in time."""


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
    """Return whether a row is overdue or nearly so: less than half an hour or a quarter of its target left."""
    if row.due_at is None:
        return False
    left = row.due_at - now
    return left < HOUR / 2 or (left < HOUR and share_left(row.due_at, row.heard_at, now) < 0.25)
