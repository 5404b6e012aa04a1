"""The listener: every watch on its own interval, one run at a time, caught up in order of importance after sleep."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from app.core.case import Case
from app.core.messages import (
    Arrived,
    Failed,
    FromListener,
    Pause,
    Polled,
    PollNow,
    ShopChanged,
    Status,
    ToListener,
    Woke,
)
from app.core.preferences import Preferences
from app.core.target import due_at, minutes_for
from app.core.watch import Watch
from app.listen.hosts import HostTurns
from app.listen.listening import Listening, Turn
from app.listen.parts import Parts
from app.listen.poll import signature
from app.listen.wake import BEAT, SleepWatch

POLLS_AT_ONCE = 12
STAGGER = 0.25
"""Seconds between the starts of watches that are due together: never all at once."""
OFF_FOR = 900.0
"""Seconds without any poll before a start after which the owner is told what was missed."""


class Listener:
    """Listens until `stop`; `emit` is called from several threads with what the window should know."""

    def __init__(self, parts: Parts, emit: Callable[[FromListener], None]) -> None:
        self._parts = parts
        self._emit = emit
        self._listening = Listening(parts)
        self._lock = threading.RLock()
        self._watches: dict[str, Watch] = {}
        self._preferences = Preferences()
        self._shop_version = -1
        self._offline = False
        self._paused = False
        self._polling: set[str] = set()
        self._hosts = HostTurns(parts.sources)
        self._sleep = SleepWatch(parts.clock())
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(POLLS_AT_ONCE), "beat": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self) -> None:
        """Plan all watches and begin."""
        self._read_shop()
        last = max((s.polled_at for s in self._listening.states.values()), default=0.0)
        self._scheduler.add_job(
            self._beat, IntervalTrigger(seconds=int(BEAT), timezone=UTC), id="beat", executor="beat"
        )
        self._scheduler.start()
        now = self._parts.clock()
        if last and now - last > OFF_FOR:
            self._emit(Woke(last, now))
        self._emit_status()

    def stop(self) -> None:
        """End: nothing new begins, what is under way is stored or dropped whole."""
        self._parts.net.close()
        self._scheduler.shutdown(wait=True)
        self._listening.close()

    def obey(self, message: ToListener) -> None:
        """Do what the window asks for."""
        if isinstance(message, PollNow):
            self._poll_now(message.watch_ids)
        elif isinstance(message, Pause):
            self._pause(paused=message.paused)
        elif isinstance(message, ShopChanged):
            self._read_shop()
        self._emit_status()

    def _pause(self, *, paused: bool) -> None:
        self._paused = paused
        if paused:
            self._scheduler.pause()
        else:
            self._scheduler.resume()

    def _read_shop(self) -> None:
        """Take over watches and preferences as they stand in the shop file."""
        with self._lock:
            version = self._parts.shop.version()
            if version == self._shop_version:
                return
            self._shop_version = version
            before = self._watches
            self._watches = {w.id: w for w in self._parts.shop.watches() if not w.paused}
            for gone in before.keys() - self._watches.keys():
                self._unplan(gone)
            changed = [w for w in self._watches.values() if before.get(w.id) != w]
            self._plan(changed, known=set(before))
            self._set_preferences(self._parts.shop.preferences())

    def _set_preferences(self, preferences: Preferences) -> None:
        before, self._preferences = self._preferences, preferences
        aims = (preferences.targets, preferences.hours, preferences.days_off)
        if aims != (before.targets, before.hours, before.days_off):
            cases = self._parts.archive.open_cases()
            self._parts.archive.set_due([(case.id, self._due(case)) for case in cases])

    def _due(self, case: Case) -> float | None:
        if case.due_at is None:
            return None
        preferences = self._preferences
        minutes = minutes_for(preferences.targets, own=case.own, stars=case.stars, source=case.source)
        return due_at(case.opened_at, minutes, preferences.hours, preferences.days_off, self._parts.zone)

    def _plan(self, watches: Iterable[Watch], known: set[str]) -> None:
        now = self._parts.clock()
        ordered = sorted(watches, key=lambda w: (not w.own, self._listening.state(w).next_due))
        for place, watch in enumerate(ordered):
            state = self._listening.state(watch)
            altered = watch.id in known or state.signature not in {"", signature(watch)}
            due = now if altered else min(state.next_due, now + max(watch.interval, state.next_due - now))
            self._scheduler.add_job(
                self._turn,
                IntervalTrigger(seconds=watch.interval, jitter=_jitter(watch), timezone=UTC),
                args=[watch.id],
                id=watch.id,
                replace_existing=True,
                next_run_time=_moment(max(due, now) + place * STAGGER),
            )

    def _unplan(self, watch_id: str) -> None:
        try:
            self._scheduler.remove_job(watch_id)
        except JobLookupError:
            return

    def _again(self, watch_id: str, at: float) -> None:
        try:
            self._scheduler.modify_job(watch_id, next_run_time=_moment(at))
        except JobLookupError:
            return  # removed or paused by the owner while it ran

    def _poll_now(self, watch_ids: tuple[str, ...]) -> None:
        with self._lock:
            wanted = [w for w in self._watches.values() if not watch_ids or w.id in watch_ids]
        self._spread(wanted)

    def _spread(self, watches: Iterable[Watch]) -> None:
        now = self._parts.clock()
        for place, watch in enumerate(sorted(watches, key=lambda w: not w.own)):
            self._again(watch.id, now + place * STAGGER)

    def _turn(self, watch_id: str) -> None:
        """Run one turn of a watch; called by the scheduler on one of its threads."""
        with self._lock:
            watch, preferences = self._watches.get(watch_id), self._preferences
            if watch is None or self._catch_up():
                return
            if not self._hosts.take(watch):
                self._again(watch_id, self._parts.clock() + self._hosts.wait(watch))
                return
            self._polling.add(watch_id)
        try:
            turn = self._listening.take_turn(watch, preferences)
        finally:
            with self._lock:
                self._polling.discard(watch_id)
                self._hosts.give_back(watch)
        self._tell(turn)
        self._again(
            watch_id,
            max(turn.state.next_due, self._parts.clock() + 1.0)
            if turn.unstored is None
            else self._parts.clock() + BEAT * 6,
        )

    def _tell(self, turn: Turn) -> None:
        offline = turn.problem is not None and turn.problem.is_offline
        if turn.problem is None or offline:
            self._offline = offline
        if turn.unstored:
            self._emit(Failed(turn.unstored))
        if turn.recorded and (turn.recorded.new or turn.recorded.edited):
            stored = turn.recorded.stored
            self._emit(Arrived(turn.watch.id, stored.mention_ids, stored.ringing, turn.recorded.edited))
        self._emit(Polled(turn.watch.id, self._parts.clock(), turn.state.next_due, turn.problem))

    def _beat(self) -> None:
        with self._lock:
            self._catch_up()
        self._read_shop()
        self._emit_status()

    def _catch_up(self) -> bool:
        """After a sleep plan what is due anew, own channels first; return whether there was one."""
        slept = self._sleep.slept(self._parts.clock())
        if slept is None:
            return False
        due = [w for w in self._watches.values() if self._listening.state(w).next_due <= slept[1]]
        self._spread(due)
        self._emit(Woke(*slept))
        return True

    def _emit_status(self) -> None:
        with self._lock:
            states = [self._listening.state(w) for w in self._watches.values()]
            polling = len(self._polling)
        self._emit(
            Status(
                watches=len(states),
                paused=self._paused,
                offline=self._offline,
                polling=polling,
                last_heard=max((s.heard_at for s in states), default=0.0),
                next_due=min((s.next_due for s in states), default=0.0),
            )
        )


def _jitter(watch: Watch) -> int:
    """Return whole seconds of jitter: small, for the starts are spread already and a complaint must not wait."""
    return 1 if watch.interval >= 60 else 0


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(min(at, 4e9), UTC)
