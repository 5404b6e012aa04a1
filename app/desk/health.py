"""What is wrong with this profile, for «doctor» and the settings page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import ShopFile
from app.core.problems import Problem

LEAST_FREE = 200 * 1024 * 1024
"""Bytes that must be free where the profile lies."""
STALE = 2.0
"""A watch not polled for this many of its intervals is not being listened to."""
PATIENCE = 900.0
"""Seconds a watch may be late whatever its interval."""


class Health:
    """Each check is a name and a function that returns what is wrong; `more` are those of other rooms."""

    def __init__(
        self,
        profile: Path,
        archive: DeskArchive,
        shop: ShopFile,
        now: Callable[[], float],
        more: tuple[tuple[str, Callable[[], Problem | None]], ...] = (),
    ) -> None:
        self._profile = profile
        self._archive = archive
        self._shop = shop
        self._now = now
        self._more = more

    def checks(self) -> tuple[tuple[str, Problem | None], ...]:
        """Return what each check found; «watches» stands once for each watch that fails."""
        others = tuple((name, check()) for name, check in self._more)
        watches = tuple(("watches", problem) for problem in self._failing()) or (("watches", None),)
        return (*others, ("disk", self._disk()), *watches, ("listening", self._listening()))

    def _disk(self) -> Problem | None:
        free = shutil.disk_usage(self._profile).free
        return Problem("desk.disk_low", {"megabytes": free // 1_048_576}) if free < LEAST_FREE else None

    def _failing(self) -> tuple[Problem, ...]:
        """Return a problem for each watch that fails; being offline or asked to wait is no failure."""
        watches = self._shop.watches()
        if not watches:
            return (Problem("desk.no_watches"),)
        states = self._archive.states()
        return tuple(
            Problem("desk.watch_fails", {"name": watch.name, "times": state.failures})
            for watch in watches
            if not watch.paused and (state := states.get(watch.id)) and state.problem and state.failures
            if not state.problem.is_blameless
        )

    def _listening(self) -> Problem | None:
        states = self._archive.states()
        now = self._now()
        for watch in self._shop.watches():
            state = states.get(watch.id)
            due = state.next_due if state else watch.created
            if not watch.paused and now > due + max(PATIENCE, STALE * watch.interval):
                return Problem("desk.not_listening", {"name": watch.name})
        return None
