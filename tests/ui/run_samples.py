"""A row, a status and a tray host for the tests of the running side."""

from PySide6.QtWidgets import QSystemTrayIcon

from app.core.case import CaseState
from app.core.messages import Status
from app.core.verdict import Kind, Severity
from app.core.views import InboxRow

NOW = 1_760_000_000.0
STATUS = Status(watches=3, paused=False, offline=False, polling=0, last_heard=NOW, next_due=NOW + 60)
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
