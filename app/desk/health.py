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
        own: tuple[tuple[str, Callable[[], Problem | None]], ...] = (
            ("disk", self._disk),
            ("watches", self._watches),
            ("listening", self._listening),
        )
        return tuple((name, check()) for name, check in (*self._more, *own))

    def _disk(self) -> Problem | None:
        free = shutil.disk_usage(self._profile).free
        return Problem("desk.disk_low", {"megabytes": free // 1_048_576}) if free < LEAST_FREE else None

    def _watches(self) -> Problem | None:
        watches = self._shop.watches()
        if not watches:
            return Problem("desk.no_watches")
        states = self._archive.states()
        for watch in watches:
            state = states.get(watch.id)
            if state and state.problem and not watch.paused and not state.problem.is_offline:
                return Problem("desk.watch_fails", {"name": watch.name, "times": state.failures})
        return None

    def _listening(self) -> Problem | None:
        states = self._archive.states()
        now = self._now()
        for watch in self._shop.watches():
            state = states.get(watch.id)
            if watch.paused or state is None or state.problem:
                continue
            if now > state.next_due + STALE * watch.interval:
                return Problem("desk.not_listening", {"name": watch.name})
        return None
