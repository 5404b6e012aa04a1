"""A rush of first polls, shared with a second process so that both are busy to the end."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.listen.poll import Reached
from app.listen.scout import Errand, Scout

RUSH = 20
"""First polls from which on a second process pays for its start."""

HERE = 2
"""Polls made in this process at a time."""

MOST_WAITING = 4
"""Polls waiting to be stored beyond which this process makes none: to store is its main work."""

AT_ONCE = 24
"""Polls under way in both processes: enough for neither to run dry, few enough for both to end together."""


class Rush:
    """Decides for each host who visits it. `backlog` gives how many polls wait to be stored. Thread-safe."""

    def __init__(self, scout: Scout, backlog: Callable[[], int]) -> None:
        self._scout = scout
        self._backlog = backlog
        self._lock = threading.Lock()
        self._elsewhere: dict[str, bool] = {}
        self._here = 0

    def reach(self, host: str, errand: Errand, make: Callable[[], Reached]) -> Reached:
        """Return what a poll brought, made by the second process or, with `make`, here.

        A host belongs to one process for the whole round, so that it is never visited by both at once.
        """
        if self._goes_elsewhere(host):
            if (reached := self._scout.reach(errand)) is not None:
                return reached
            with self._lock:
                self._here += 1
        try:
            return make()
        finally:
            with self._lock:
                self._here -= 1

    def close(self) -> None:
        """End the second process."""
        self._scout.close()

    def _goes_elsewhere(self, host: str) -> bool:
        with self._lock:
            goes = self._elsewhere.setdefault(host, self._here >= HERE or self._backlog() > MOST_WAITING)
            self._here += not goes
            return goes
