"""A row, a status and a tray host for the tests of the running side."""

from PySide6.QtWidgets import QSystemTrayIcon

from app.core.case import CaseState
from app.core.messages import Status
from app.core.problems import Problem
from app.core.verdict import Kind, Severity
from app.core.views import InboxRow, WatchView
from app.core.watch import Watch, WatchState

NOW = 1_760_000_000.0
STATUS = Status(watches=3, paused=False, offline=False, polling=0, last_heard=NOW)
ROW = InboxRow(
    mention_id=7,
    case_id=1,
    kind=Kind.COMPLAINT,
    score=0.9,
    severity=Severity.PROBLEM,
    author="Anna & K.",
    source="mastodon",
    site="example.social",
    title="",
    excerpt="Nobody answers the phone.",
    stars=None,
    own=True,
    published=NOW - 600,
    heard_at=NOW - 600,
    due_at=NOW + 23 * 60,
    state=CaseState.NEW,
    places=1,
    watch_id="w",
)


class Host:
    """Stands in for the desktop's answer whether there is a tray."""

    def __init__(self, monkeypatch):
        self.there = False
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: self.there))


def failing(watch_id="w", name="Opinie", *, lasts=True, heard_at=NOW - 9000, code="watch.gone", paused=False):
    """Return a watch that fails as the watches page has it; one that goes well where `code` is «»."""
    problem = Problem(code, {"host": "shop.example"}) if code else None
    state = WatchState(watch_id, polled_at=NOW, heard_at=heard_at, failures=bool(code), problem=problem)
    return WatchView(Watch(watch_id, name, "feed", paused=paused), state, "Feed", lasts=lasts and bool(code))
