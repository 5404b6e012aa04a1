"""What is wrong with this profile, for «doctor» and the settings page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import ShopFile
from app.core.problems import Problem
from app.core.signature import was_heard
from app.core.views import WatchView
from app.core.watch import Watch, WatchState

LEAST_FREE = 200 * 1024 * 1024
"""Bytes that must be free where the profile lies."""
STALE = 2.0
"""A watch not polled for this many of its intervals is not being listened to."""
PATIENCE = 900.0
"""Seconds a watch may be late whatever its interval."""
MOST_TOLD = 20
"""Problems told of one check; of more only how many they are."""
UNHEARD, UNHEARD_TIMES = 86_400.0, 3.0
"""Seconds, and intervals of a watch, that pass at the least until it is told that nobody fails and it is not heard."""


class Health:
    """Each check is a name and a function that returns all that is wrong; `more` are those of other rooms."""

    def __init__(
        self,
        profile: Path,
        archive: DeskArchive,
        shop: ShopFile,
        watches: Callable[[], Sequence[WatchView]],
        now: Callable[[], float],
        more: tuple[tuple[str, Callable[[], Sequence[Problem]]], ...] = (),
    ) -> None:
        self._profile = profile
        self._archive = archive
        self._shop = shop
        self._watches = watches
        self._now = now
        self._more = more

    def checks(self) -> tuple[tuple[str, Problem | None], ...]:
        """Return what each check found, its name once for each problem; «watches» for each watch that fails, has long not been heard, or hears what another one hears."""
        others = (told for name, check in self._more for told in _told(name, check()))
        found = (*self._failing(), *self._unheard(), *(view.led for view in self._watches() if view.led))
        watches = tuple(("watches", problem) for problem in found) or (("watches", None),)
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
            Problem("desk.watch_fails", {"name": watch.name})
            for watch in watches
            if not watch.paused and (state := states.get(watch.id)) and state.problem and state.failures
            if not state.problem.is_blameless
        )

    def _unheard(self) -> tuple[Problem, ...]:
        """Return a problem for each watch that nothing was heard of for long, or ever, though nobody failed."""
        states, now = self._archive.states(), self._now()
        kept = ((watch, states.get(watch.id)) for watch in self._shop.watches() if not watch.paused)
        found = (unheard(watch, state, now) for watch, state in kept if state)
        return tuple(problem for problem in found if problem)

    def _listening(self) -> Problem | None:
        states = self._archive.states()
        now = self._now()
        for watch in self._shop.watches():
            state = states.get(watch.id)
            due = state.next_due if state else watch.created
            if not watch.paused and now > due + max(PATIENCE, STALE * watch.interval):
                return Problem("desk.not_listening", {"name": watch.name})
        return None


def _told(name: str, problems: Sequence[Problem]) -> tuple[tuple[str, Problem | None], ...]:
    """Return what a check tells of what is wrong: each once, and of a great many the first and how many there are besides."""
    found = [one for place, one in enumerate(problems) if one not in problems[:place]]
    shown, left = found[:MOST_TOLD], len(found) - MOST_TOLD
    more = (Problem("desk.more_wrong", {"count": left}),) if left > 0 else ()
    return tuple((name, problem) for problem in (*shown, *more)) or ((name, None),)


def unheard(watch: Watch, state: WatchState, now: float) -> Problem | None:
    """Return since when a polled watch has not been heard and why, where that is nobody's failure and has lasted; else None.

    One never heard that is to wait for more than a day yet is told of at once. What was heard at a former address of the watch
    counts for nothing but its date.
    """
    met = state.problem
    if met is None or not met.is_blameless:
        return None
    asks_until = (met.retry_at or state.next_due) if met.is_wait else None
    args = {"name": watch.name, "reason": _reason(met)}
    is_soon = now - (state.heard_at or watch.created) <= max(UNHEARD, UNHEARD_TIMES * watch.interval)
    is_long = asks_until is not None and asks_until - now > UNHEARD
    is_heard = was_heard(watch, state)
    if is_soon and (is_heard or not is_long):
        return None
    if not is_heard:
        return Problem("desk.never_heard", args, asks_until)
    return Problem("desk.not_heard", {**args, "since": state.heard_at}, asks_until)


def _reason(met: Problem) -> str:
    """Return why nobody is to blame for a poll that brought nothing, as a word of ours."""
    if met.is_wait:
        return "asked_to_wait"
    if met.is_shortage:
        return "short"
    return {"net.login_wanted": "login_wanted", "net.not_found_now": "not_found"}.get(met.code, "offline")
