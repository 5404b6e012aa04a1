"""The sentences of a notification, made from an alert."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Alert, InboxRow, WatchView
from app.ui import format as show
from app.words import N_, _, ngettext
from app.words.problems import sentence

LINES = 4
"""Lines a notification of several has, the last one for the rest where there is more."""
LONGEST_PLACE = 60
LONGEST_LINE = 160
_AS_WE_WRITE = "\u200e"
"""Before a line that begins with a name from right to left: else some desktops turn all of the line, whatever marks the name has."""

_KINDS = {
    Kind.COMPLAINT: N_("Complaint"),
    Kind.QUESTION: N_("Question"),
    Kind.PRAISE: N_("Praise"),
    Kind.LEAD: N_("Lead"),
    Kind.NEUTRAL: N_("Mention"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Title and body of a notification, as plain text."""

    title: str
    body: str


def words_for(alert: Alert, source_title: Callable[[str], str], now: float, failing: Sequence[WatchView] = ()) -> Words:
    """Return what a notification says; `source_title` names a source by its id, `now` is Unix seconds.

    Watches that are `failing` by then have a line of their own at its end.
    """
    if alert.total == 1 and len(alert.rows) == 1 and not (alert.summary or alert.digest):
        row = alert.rows[0]
        title, body = _title(row, source_title), _body(row, now)
        if not alert.back:
            return Words(title, body)
        settled = "" if row.due_at else _("Is it settled?")
        return Words(_("Back: {what}").format(what=title), "\n".join(filter(None, (body, settled))))
    return Words(_heading(alert), "\n".join((*_lines(alert), *((not_heard(failing),) if failing else ()))))


def not_heard(views: Sequence[WatchView]) -> str:
    """Return which watches are not heard, in a line: by name as far as they fit."""
    names = ", ".join(_name(view) for view in views)
    return _cut(_("Failing at the moment: {watches}").format(watches=names), LONGEST_LINE)


def failing_words(views: Sequence[WatchView]) -> Words:
    """Return what is told of watches that fail for good or for long: of one what to do, of several which they are."""
    if len(views) == 1:
        (view,) = views
        problem = view.state.problem if view.state else None
        return Words(_("No longer heard: {watch}").format(watch=_name(view)), sentence(problem) if problem else "")
    title = ngettext("{n} watch is no longer heard", "{n} watches are no longer heard", len(views))
    shown = views if len(views) <= LINES else views[: LINES - 1]
    lines = [_name(view) for view in shown]
    if more := len(views) - len(shown):
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    lines.append(_("See Watches for what to do."))
    return Words(title.format(n=len(views)), "\n".join(lines))


def _name(view: WatchView) -> str:
    return _cut(view.watch.name, LONGEST_PLACE)


def trial_words() -> Words:
    """Return what the test bell says."""
    return Words(_("Test bell"), _("This is how Counterbell rings. Click to open the window."))


def waiting_words(problem: Problem) -> Words:
    """Return what is told where the shop's data cannot be opened and no window is in sight to say so."""
    again = _("Counterbell keeps trying until it works.")
    return Words(_("Counterbell is not listening yet"), f"{sentence(problem)} {again}")


def tray_words() -> Words:
    """Return what is said when the window closes into the tray for the first time."""
    return Words(
        _("Counterbell stays in the tray"),
        _("The window is now in the tray. Click the bell there to open it again; its menu has Quit."),
    )


def _title(row: InboxRow, source_title: Callable[[str], str]) -> str:
    parts = (_(_KINDS[row.kind]), _cut(source_title(row.source), LONGEST_PLACE), show.named(row.author))
    return " · ".join(filter(None, parts))


def _body(row: InboxRow, now: float) -> str:
    left = show.time_left(row.due_at, now)
    if left and row.due_at and row.due_at > now:
        left = _("{time} left").format(time=left)
    return "\n".join(line for line in (_first_line(row), left) if line)


def _heading(alert: Alert) -> str:
    only_complaints = all(row.kind == Kind.COMPLAINT for row in alert.rows)
    if alert.digest:
        text = ngettext("Daily digest: {n} possible complaint", "Daily digest: {n} possible complaints", alert.total)
    elif alert.summary:
        if only_complaints:
            text = ngettext(
                "While the bell was silent: {n} complaint", "While the bell was silent: {n} complaints", alert.total
            )
        else:
            text = ngettext(
                "While the bell was silent: {n} message", "While the bell was silent: {n} messages", alert.total
            )
    elif alert.back:
        text = ngettext("{n} case is back from its snooze", "{n} cases are back from their snooze", alert.total)
    elif only_complaints:
        text = ngettext("{n} new complaint", "{n} new complaints", alert.total)
    else:
        text = ngettext("{n} new message", "{n} new messages", alert.total)
    return text.format(n=alert.total)


def _lines(alert: Alert) -> list[str]:
    whole = alert.total <= LINES and len(alert.rows) >= alert.total
    shown = alert.rows[: LINES if whole else LINES - 1]
    lines = [_said(row) for row in shown]
    if more := alert.total - len(shown):
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return lines


def _said(row: InboxRow) -> str:
    """Return who said what, in a line; the name and what was said each run in their own direction."""
    who = show.named(row.author)
    if who.startswith(show.FIRST_STRONG):
        who = _AS_WE_WRITE + who
    words = _cut(row.excerpt or row.title, LONGEST_LINE - len(who) - 2)
    return ": ".join(filter(None, (who, words)))


def _first_line(row: InboxRow) -> str:
    return _cut(row.excerpt or row.title, LONGEST_LINE)


def _cut(text: str, longest: int) -> str:
    """Return outside text on one line, without control characters, shortened."""
    line = show.one_line(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip(" \u200c\u200d") + "…"
