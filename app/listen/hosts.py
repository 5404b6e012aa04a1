"""Turns at hosts: no two watches wait at the same public host at once, so that none of the poll threads stands idle."""

from __future__ import annotations

from collections import Counter

from app.core.ports.source import Sources
from app.core.watch import Watch
from app.listen.poll import host_told

RETRY = 1.0
"""Seconds until a watch whose host is busy asks again, times those already waiting."""


class HostTurns:
    """Counts who is at which host. Not thread-safe: the listener's lock is held around every call."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._busy: set[str] = set()
        self._waiting: Counter[str] = Counter()

    def take(self, watch: Watch) -> bool:
        """Take a watch's host if it is free; a watch of the owner's own network never waits."""
        host = self._host(watch)
        if not host:
            return True
        if host in self._busy:
            self._waiting[host] += 1
            return False
        self._busy.add(host)
        self._waiting.pop(host, None)
        return True

    def wait(self, watch: Watch) -> float:
        """Return in how many seconds to ask again."""
        return RETRY * max(1, self._waiting[self._host(watch)])

    def give_back(self, watch: Watch) -> None:
        """Free the host of a watch that took it."""
        self._busy.discard(self._host(watch))

    def _host(self, watch: Watch) -> str:
        """Return the host a watch has to take, «» for none. A source that cannot tell fails in its poll, not here."""
        if watch.allow_private:
            return ""
        try:
            source = self._sources.get(watch.source)
            return host_told(source.place(watch.settings)) if source else ""
        except Exception:  # noqa: BLE001  a source may come from anybody; its poll meets the same fault and tells it
            return ""
