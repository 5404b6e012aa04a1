"""The schedule: which watch runs when. The one place that speaks to APScheduler."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from app.core.watch import Watch
from app.listen.pool import WorkerPool

POLLS_AT_ONCE = 12
STAGGER = 0.25
"""Seconds between the starts of watches that are due together: never all at once."""
MOST_JITTER = 0.5
JITTER_SHARE = 0.02
"""Each run comes later by chance, by this share of the interval at most: watches of one place drift apart, and no
complaint waits noticeably longer."""
LONGEST_WAIT = 366 * 86_400.0


def jitter_of(watch: Watch) -> float:
    """Return by how many seconds the next run of a watch is put off by chance."""
    return random.uniform(0.0, min(MOST_JITTER, watch.interval * JITTER_SHARE))  # noqa: S311  no secret hangs on it


class _FromNow(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Runs `seconds` from now, by chance a little later, however long ago the run before was due.

    APScheduler's own interval names every run that was left out one by one: after a jump of the clock from 1970 to today
    that takes gigabytes and minutes in which nothing is listened to.
    """

    __slots__ = ("_seconds",)

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        following: datetime = self._apply_jitter(now + timedelta(seconds=self._seconds), MOST_JITTER, now)
        return following


class _Workers(BasePoolExecutor):  # type: ignore[misc]  # as above
    """The threads of polls, as many as this laptop has room for."""

    def __init__(self, pool: WorkerPool) -> None:
        super().__init__(pool)


class Plan:
    """Each watch has a job on its interval: coalesced, one run at a time. `run` is called with a watch's id.

    `refused` is called with the id of a watch whose run fell into the moment in which the one before was ending.
    `clock` gives Unix seconds. The caller's lock is held around every call but `start` and `stop`.
    """

    def __init__(self, run: Callable[[str], None], refused: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._run = run
        self._clock = clock
        self._planned: dict[str, float] = {}
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # «skipped» and the like are told by `refused`
        self._pool = WorkerPool(POLLS_AT_ONCE, thread_name_prefix="poll")
        self._scheduler = BackgroundScheduler(
            executors={"default": _Workers(self._pool)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

        def tell(event: JobSubmissionEvent) -> None:
            refused(event.job_id)

        self._scheduler.add_listener(tell, EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Begin to run what is due."""
        self._scheduler.start()

    def stop(self, timeout: float) -> None:
        """End: no run begins any more, and those under way have so many seconds to end."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._pool.join(timeout)

    def add(self, watch: Watch) -> None:
        """Give a watch its job, or its changed one a new interval; it runs when `at` says so."""
        seconds = min(max(1, watch.interval), int(LONGEST_WAIT))
        known = self._planned.setdefault(watch.id, math.inf)
        self._scheduler.add_job(
            self._run,
            _FromNow(seconds),
            args=[watch.id],
            id=watch.id,
            replace_existing=True,
            next_run_time=self._moment(known),
        )

    def remove(self, watch_id: str) -> None:
        """Take a watch's job away; a run under way goes on."""
        self._planned.pop(watch_id, None)
        try:
            self._scheduler.remove_job(watch_id)
        except JobLookupError:
            return

    def at(self, watch_id: str, moment: float | None) -> None:
        """Run a watch at a moment (Unix seconds), or not until told otherwise."""
        if watch_id not in self._planned:
            return
        self._planned[watch_id] = due = math.inf if moment is None else moment
        try:
            self._scheduler.modify_job(watch_id, next_run_time=self._moment(due))
        except JobLookupError:
            return

    def is_due(self, watch_id: str, now: float) -> bool:
        """Say whether a watch is to run by now: a run that began before it was put off is not."""
        return self._planned.get(watch_id, math.inf) <= now

    def _moment(self, at: float) -> datetime | None:
        """Return a moment by the scheduler's clock: as far from its now as from ours."""
        if at == math.inf:
            return None
        wait = min(max(0.0, at - self._clock()), LONGEST_WAIT)
        return datetime.now(UTC) + timedelta(seconds=wait)
