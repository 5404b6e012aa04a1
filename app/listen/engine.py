"""The listener: every watch on its own interval, one run at a time, caught up in order of importance after sleep."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.core.messages import (
    CorrectionsChanged,
    EnteredByHand,
    Failed,
    FromListener,
    OutboxChanged,
    Pause,
    PollNow,
    Righted,
    ShopChanged,
    Status,
    ToListener,
    Woke,
)
from app.core.ports.archive import Elsewhere
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch, WatchState
from app.listen.by_hand import Intake
from app.listen.due import planned
from app.listen.hosts import HostTurns
from app.listen.listening import Listening, Turn, crashed
from app.listen.parts import Parts
from app.listen.plan import STAGGER, Plan, jitter_of
from app.listen.poll import blocked_marks
from app.listen.postman import Postman, PostRound
from app.listen.record import CRASHED
from app.listen.targets import Aims, aims_of, renewed
from app.listen.tell import Teller
from app.listen.wake import BEAT, SleepWatch

OFF_FOR = 900.0
"""Seconds by which a poll must have been missed before a start for the owner to be told what was missed."""
UNSTORED_RETRY = 30.0
"""Seconds until a poll is tried again whose result could not be stored: a full disk is not emptied sooner.

Twice as many each time, up to the interval; and no more than these where the stores are well again.
"""
BESIDE = 60.0
"""Seconds a watch must be overdue to be polled though another process is the one that polls: that one may hang, or be paused."""
UNBLOCKED_FIRST, UNBLOCKED_STAGGER = 1.0, 1.0
"""Seconds until the first watch is read anew after somebody was unblocked, and between the starts of the others: nobody waits
for these, and no place did anything to be asked early."""
SOON = 0.2
"""Seconds between the end of a poll and the next at the least: the scheduler takes a moment to see that it ended."""
EARLY = 0.05
"""Seconds by which the scheduler's clock and ours may differ without a run counting as one planned earlier."""
END_WITHIN = 3.0
"""Seconds an end takes at the most."""
TO_STORE = 0.5
"""Those of them that are kept for the disk, however long polls and replies under way were waited for."""

DONE = frozenset({"stores.archive_put_back"})
"""What is told of the stores and is over by then: it does not hold any longer than its telling."""

NOTHING_KEPT = frozenset({"stores.folder_gone", "stores.archive_gone"})
"""What is told of the stores and keeps them from keeping anything, whether a poll has met it or not."""

log = logging.getLogger(__name__)


class Listener:
    """Listens from `start` until `stop`; `emit` is called from several threads with what the window should know.

    `beat` is how many seconds lie between two signs of life.
    """

    def __init__(self, parts: Parts, emit: Callable[[FromListener], None], *, beat: float = BEAT) -> None:
        self._parts = parts
        self._teller = Teller(emit)
        self._beat = beat
        self._listening = Listening(parts)
        self._intake = Intake(parts, self._listening.perform, self._teller.say, self._teller.failing)
        self._lock = threading.RLock()
        self._idle = threading.Condition(self._lock)
        self._watches: dict[str, Watch] = {}
        self._preferences = Preferences()
        self._aims: Aims | None = None
        self._shop_version: int | None = None
        self._paused = False
        self._wrong: tuple[Problem, ...] = ()
        self._polling: set[str] = set()
        self._unstored: dict[str, tuple[int, float]] = {}
        self._hosts = HostTurns(parts.sources)
        postman = Postman(parts, self._listening.keys, self._host_turn, self._teller.say, self._teller.failing)
        self._post = PostRound(postman)
        self._sleep = SleepWatch(parts.clock())
        self._plan = Plan(self._turn, self._refused, parts.clock)
        self._leads = True
        self._news: queue.SimpleQueue[tuple[Elsewhere, list[WatchState]]] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._pulse = threading.Thread(target=self._live, name="beat", daemon=True)

    def start(self) -> None:
        """Plan all watches and begin."""
        now = self._parts.clock()
        self._leads = self._parts.leads()
        self._listening.perform(self._look_elsewhere)
        self._read_shop()
        self._learn()
        missed = self._missed(now)
        self._wrong = self._parts.look_after()  # told already by whoever opened the stores
        self._plan.start()
        self._intake.look(self._preferences)
        self._pulse.start()
        self._post.start()
        if missed:
            self._teller.say(Woke())
        self._listening.perform(self._say_status)  # after the first look: from then on all is told that others store

    def stop(self) -> None:
        """End within `END_WITHIN`: nothing new begins, what is under way is stored or dropped whole."""
        end = time.monotonic() + END_WITHIN

        def left(kept: float = TO_STORE) -> float:
            return max(0.0, end - kept - time.monotonic())

        with self._lock:
            self._ended.set()
        self._intake.close()
        self._parts.net.close()
        self._post.stop(left())
        with self._lock:
            idle = self._idle.wait_for(lambda: not self._polling, left())
        self._plan.stop(left() if idle else 0.0)
        if self._pulse.is_alive():
            self._pulse.join(left())
        self._listening.close(left(kept=0.0))

    def obey(self, message: ToListener) -> None:
        """Do what the window asks for."""
        if isinstance(message, PollNow):
            self._poll_now(message.watch_ids)
        elif isinstance(message, Pause):
            self._pause(paused=message.paused)
        elif isinstance(message, ShopChanged | CorrectionsChanged):
            self._read_shop()
            self._learn()
        elif isinstance(message, OutboxChanged):
            self._post.wake()
        elif isinstance(message, EnteredByHand):
            self._intake.look(self._preferences)
        self._say_status()

    def _live(self) -> None:
        """Give a sign of life at every beat and look whether the laptop slept or another process changed the shop file."""
        while not self._ended.wait(self._beat):
            try:
                self._catch_up()
                self._take_over()
                self._listening.perform(self._look_elsewhere)
                self._look_after_stores()
                if self._parts.fetched:
                    self._parts.fetched.tidy()
                self._read_shop()
                self._learn()
                self._mind_targets()
                self._post.wake()
                self._intake.look(self._preferences)
            except Exception:  # the sign of life must come all the same
                if self._ended.is_set():  # the stores may be closed by now
                    return
                log.exception("a beat failed")
            self._tell_elsewhere()
            self._say_status()

    def _take_over(self) -> None:
        """Be the one that polls as soon as the process has ended that was."""
        if not self._leads and self._parts.leads():
            with self._lock:
                self._leads = True
                self._arrange(list(self._watches.values()))

    def _look_elsewhere(self) -> None:
        """Tell what other processes have stored, and leave alone what they have polled. On the writing thread."""
        if self._ended.is_set():
            return
        try:
            news = self._parts.archive.elsewhere()
        except ProblemError:
            return  # whoever polls or looks after the stores meets it as well, and says
        with self._lock:
            polled = [state for state in news.states if self._adopt(state)]
        if news.mentions or polled:
            self._news.put((news, polled))

    def _tell_elsewhere(self) -> None:
        """Tell what was found; not on the writing thread: a reader that stands still must keep nothing from being stored."""
        while not self._news.empty():
            news, polled = self._news.get()
            self._teller.elsewhere(news)
            for state in polled:
                self._teller.polled_elsewhere(state)

    def _adopt(self, state: WatchState) -> bool:
        """Go on from where another process left a watch, unless we have been there later ourselves."""
        watch = self._watches.get(state.watch_id)
        if watch is None or watch.id in self._polling or state.polled_at <= self._listening.state(watch).polled_at:
            return False
        self._listening.states[watch.id] = state
        if self._is_active(watch):
            self._plan.at(watch.id, self._due(watch, None, self._parts.clock()) + self._back)
        return True

    @property
    def _back(self) -> float:
        """Return by how many seconds polls are put off for the process that polls."""
        return 0.0 if self._leads else BESIDE

    def _look_after_stores(self) -> None:
        """Tell what was done to the stores from outside, such as a profile moved away: once, as long as it holds."""
        before, wrong = self._wrong, self._parts.look_after()
        for problem in wrong:
            if problem not in before:
                self._teller.wrong(problem)
        for problem in before:
            if problem not in wrong and problem.code not in DONE:
                self._teller.say(Righted(problem))
        self._wrong = wrong
        if not any(problem.code in NOTHING_KEPT for problem in wrong):
            self._teller.righted(NOTHING_KEPT)
            if any(problem.code in NOTHING_KEPT for problem in before):
                with self._lock:
                    self._store_again()

    def _learn(self) -> None:
        """Learn what the owner taught meanwhile; where that cannot be read it is tried again at the next beat."""
        try:
            self._listening.learn(self._preferences)
        except ProblemError as error:
            self._teller.failing(error.problem)

    def _read_shop(self) -> None:
        """Take over watches and preferences as they stand in the shop file."""
        with self._lock:
            version = self._parts.shop.version()
            if version == self._shop_version:
                return
            self._shop_version = version
            before, self._watches = self._watches, {w.id: w for w in self._parts.shop.watches()}
            ever_polled = self._listening.states if self._watches else {}  # a file without a watch may be a lost one
            for gone in set(before or ever_polled) - self._watches.keys():
                self._plan.remove(gone)
                if gone not in self._polling:
                    self._forget(gone)
            for watch in self._watches.values():
                if before.get(watch.id) != watch:
                    self._plan.add(watch)
            self._arrange([w for w in self._watches.values() if before.get(w.id) != w], before)
            known, self._preferences = self._preferences, self._parts.shop.preferences()
            self._listening.meet(self._watches.values())
            if set(blocked_marks(known)) - set(blocked_marks(self._preferences)):
                self._read_anew()
        self._mind_targets()

    def _arrange(self, watches: list[Watch], before: dict[str, Watch] | None = None) -> None:
        """Plan watches that are not being polled: those due now one after another, own channels first."""
        now, place = self._parts.clock(), 0
        idle = [
            (self._due(w, (before or {}).get(w.id), now) + self._back, w) for w in watches if w.id not in self._polling
        ]
        for due, watch in sorted(idle, key=lambda pair: (not pair[1].own, pair[0])):
            if not self._is_active(watch):
                self._plan.at(watch.id, None)
            elif due > now:
                self._plan.at(watch.id, due)
            else:
                self._plan.at(watch.id, now + place * STAGGER)
                place += 1

    def _due(self, watch: Watch, before: Watch | None, now: float) -> float:
        """Return when a watch is due; a shorter interval than `before` counts from the last poll."""
        if before is not None and watch.interval < before.interval:
            watch = replace(watch, hurried_at=now)
        return planned(watch, self._listening.state(watch), now)

    def _is_active(self, watch: Watch) -> bool:
        return not (watch.paused or self._paused)

    def _forget(self, watch_id: str) -> None:
        """Forget where a removed watch stands."""
        self._unstored.pop(watch_id, None)
        self._listening.forget(watch_id)
        self._teller.forget(watch_id)

        def drop() -> None:
            try:
                self._parts.archive.drop_watch(watch_id)
            except ProblemError:
                return  # where a removed watch stood harms nobody

        self._listening.perform(drop)

    def _pause(self, *, paused: bool) -> None:
        with self._lock:
            self._paused = paused
            self._arrange(list(self._watches.values()))

    def _poll_now(self, watch_ids: tuple[str, ...]) -> None:
        """Poll the watches named, paused or not, or all that are not paused themselves; a pause goes on afterwards."""
        with self._lock:
            now = self._parts.clock()
            wanted = [w for w in self._watches.values() if (w.id in watch_ids if watch_ids else not w.paused)]
            idle = [w for w in wanted if w.id not in self._polling]
            for place, watch in enumerate(sorted(idle, key=lambda w: not w.own)):
                self._plan.at(watch.id, now + place * STAGGER)

    def _read_anew(self) -> None:
        """Plan every watch that goes well soon, one after another: somebody is blocked no longer, and may have written."""
        now, place = self._parts.clock(), 0
        for watch in sorted(self._watches.values(), key=lambda w: not w.own) if self._leads else ():
            due = now + UNBLOCKED_FIRST + place * UNBLOCKED_STAGGER
            well = watch.id not in self._polling and self._listening.state(watch).problem is None
            if well and self._is_active(watch) and not self._plan.is_due(watch.id, due):
                self._plan.at(watch.id, due)
                place += 1

    def _catch_up(self) -> None:
        """After a sleep, or where the clock was put back, plan anew, own channels first.

        The sleep is told without the lock: a window that stands still must keep no watch from being polled.
        """
        with self._lock:
            now = self._parts.clock()
            set_back = self._sleep.set_back(now)
            slept = self._sleep.slept(now)
            if set_back:
                self._aims = None  # what was heard by the wrong clock is reckoned anew at the next beat
            if set_back or slept:
                self._arrange([w for w in self._watches.values() if self._is_active(w)])
        if slept:
            self._teller.say(Woke())

    def _missed(self, now: float) -> bool:
        """Say whether polls were missed before this start."""
        states = [self._listening.state(w) for w in self._watches.values() if not w.paused]
        return any(s.polled_at and s.next_due < now - OFF_FOR for s in states)

    def _turn(self, watch_id: str) -> None:
        """Run one turn of a watch; called by the scheduler on one of its threads."""
        if not self._ended.is_set():
            self._catch_up()
        with self._lock:
            watch, preferences = self._begin(watch_id), self._preferences
        if watch is None:
            return
        turn = None
        try:
            turn = self._listening.take_turn(watch, preferences)
        except Exception as error:  # noqa: BLE001  a fault of ours must not silence the watch
            self._teller.say(Failed(crashed(watch, error)))
        with self._lock:
            now = self._parts.clock()
            due = self._next(watch, turn, now)
            self._end(watch, due, now)
            if turn and not turn.dropped and turn.unstored is None:
                self._store_again()
        if turn is not None:  # told last: whoever hears of it can have the watch polled again at once
            self._teller.turn(turn, now, due)
            if turn.problem is None:
                self._post.wake(watch.id)

    def _begin(self, watch_id: str) -> Watch | None:
        """Return the watch to poll, or None where it is not its turn (any more)."""
        if self._ended.is_set():
            return None
        now = self._parts.clock()
        watch = self._watches.get(watch_id)
        if watch is None or watch_id in self._polling or not self._plan.is_due(watch_id, now + EARLY):
            return None
        if not self._hosts.take(watch):
            self._plan.at(watch_id, now + self._hosts.wait(watch))
            return None
        self._polling.add(watch_id)
        return watch

    def _end(self, watch: Watch, due: float, now: float) -> None:
        """Plan the next turn of a watch as it stands by now: it may have been changed, paused or removed meanwhile."""
        self._polling.discard(watch.id)
        self._hosts.give_back(watch)
        self._idle.notify_all()
        current = self._watches.get(watch.id)
        if self._ended.is_set():
            return
        if current is None:
            self._forget(watch.id)
        elif not self._is_active(current):
            self._plan.at(watch.id, None)
        elif current != watch:
            self._plan.at(watch.id, max(self._due(current, watch, now), now + SOON))
        else:
            self._plan.at(watch.id, max(due + self._back + jitter_of(watch), now + SOON))

    @contextmanager
    def _host_turn(self, watch: Watch) -> Iterator[bool]:
        """Take a watch's host for a reply, unless one of its watches is being polled."""
        with self._lock:
            free = not self._ended.is_set() and self._hosts.take(watch)
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._hosts.give_back(watch)

    def _refused(self, watch_id: str) -> None:
        """Try again soon where a run was refused because the one before had not quite ended."""
        with self._lock:
            now = self._parts.clock()
            if not self._ended.is_set() and watch_id not in self._polling and self._plan.is_due(watch_id, now):
                self._plan.at(watch_id, now + SOON)

    def _next(self, watch: Watch, turn: Turn | None, now: float) -> float:
        times, _at = self._unstored.pop(watch.id, (0, now))
        if turn is None or (turn.unstored and turn.unstored.code == CRASHED):
            return now + watch.interval
        if turn.unstored:
            self._unstored[watch.id] = times + 1, now
            return now + min(UNSTORED_RETRY * 2.0 ** min(times, 20), max(UNSTORED_RETRY, watch.interval))
        return now + SOON if turn.dropped else turn.state.next_due

    def _store_again(self) -> None:
        """Poll those watches soon of which something could not be stored: others can be now."""
        waiting = [w for i in self._unstored if i not in self._polling and (w := self._watches.get(i))]
        now = self._parts.clock()
        for place, watch in enumerate(sorted(filter(self._is_active, waiting), key=lambda w: not w.own)):
            soon = max(now + place * STAGGER, self._unstored[watch.id][1] + UNSTORED_RETRY)
            if not self._plan.is_due(watch.id, soon):
                self._plan.at(watch.id, soon)

    def _say_status(self) -> None:
        with self._lock:
            states = [self._listening.state(w) for w in self._watches.values() if not w.paused]
            polling = len(self._polling)
            met = (
                self._teller.unkept if states and not self._paused else ""
            )  # else no poll shows whether it still holds
        self._teller.say(
            Status(
                watches=len(states),
                paused=self._paused,
                offline=self._teller.offline,
                polling=polling,
                last_heard=max((s.heard_at for s in states), default=0.0),
                failing=sum(s.problem is not None and not s.problem.is_blameless for s in states),
                stands_by=not self._leads,
                unkept=next((p.code for p in self._wrong if p.code in NOTHING_KEPT), met),
            )
        )

    def _mind_targets(self) -> None:
        """Have the targets of open cases reckoned anew where the owner changed what they hang on."""
        with self._lock:
            preferences = self._preferences
            aims = aims_of(preferences)
            if aims == self._aims or self._ended.is_set():
                return
            self._aims = aims
        self._listening.perform(lambda: self._renew_targets(preferences))

    def _renew_targets(self, preferences: Preferences) -> None:
        archive = self._parts.archive
        try:
            due = renewed(archive.open_cases(), preferences, self._parts.zone, self._parts.clock())
            if due:
                archive.set_due(due)
        except ProblemError as error:
            with self._lock:
                self._aims = None  # tried again at the next beat
            self._teller.failing(error.problem)
