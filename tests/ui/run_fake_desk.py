"""A desk for the tests of the running side: remembers what is asked of it, knows one complaint."""

from __future__ import annotations

import threading
from types import SimpleNamespace

from ui.run_samples import ROW

from app.core.preferences import Preferences
from app.core.views import Alert, Folder, News, Page


class FakeDesk:
    """Answers the few questions a starting window has; `calls` holds what was asked, `threads` where."""

    def __init__(self, preferences: Preferences | None = None) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.threads: set[str] = set()
        self.closed = 0
        self.alert: Alert | None = None
        self.summary: Alert | None = None
        self.digest: Alert | None = None
        self.back: Alert | None = None
        self.quiet_until = 0.0
        self.preferences = preferences or Preferences(first_run_done=True)
        self.inbox = SimpleNamespace(
            counts=lambda now: {Folder.COMPLAINTS: 1, Folder.EVERYTHING: 1},
            page=lambda *_: Page((ROW,), 0, 1),
            row=lambda mention_id: ROW,
            open=lambda mention_id: self._note("open", mention_id),
            mention=lambda mention_id: None,
            next_due=lambda now: ROW,
            overdue=lambda now: frozenset(),
        )
        self.cases = SimpleNamespace(
            snooze=lambda mention_id, until, now: self._note("snooze", mention_id, until) or 1,
            set_kind=lambda mention_id, kind, now: self._note("set_kind", mention_id, kind) or 1,
            undo=lambda: self._note("undo"),
        )
        self.replies = SimpleNamespace(saved=lambda: ())
        self.news: tuple[News, ...] = ()
        self.outbox = SimpleNamespace(settle=lambda now: self._note("settle") or self.news)
        self.customers = SimpleNamespace(search=lambda words: (), contacts=lambda limit=500: ())
        self.watches = SimpleNamespace(list=lambda: ())
        self.bells = SimpleNamespace(
            ring=lambda ids, now: self._note("ring", tuple(ids)) or self.alert,
            catch_up=lambda now: self._note("catch_up") or self.summary,
            digest=lambda now: self._note("digest") or self.digest,
            back=lambda now: self._note("back") or self.back,
            hush=lambda until: self._note("hush", until),
            quiet_until=lambda now: max(now, self.quiet_until, *(until for (until,) in self.asked("hush")[-1:])),
        )
        self.reports = SimpleNamespace(ids=lambda: ())
        self.hand_over = SimpleNamespace(targets=lambda: ())
        self.settings = SimpleNamespace(get=lambda: self.preferences)
        self.health = SimpleNamespace(checks=lambda: ())

    def close(self) -> None:
        """Count the closings: there must be one."""
        self.closed += 1

    def asked(self, name: str) -> list[tuple[object, ...]]:
        """Return the arguments of every call of this name."""
        return [call[1:] for call in self.calls if call[0] == name]

    def _note(self, *call: object) -> None:
        self.threads.add(threading.current_thread().name)
        self.calls.append(call)
