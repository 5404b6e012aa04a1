"""One whole turn of a watch: poll, sift, store. The scheduler and «listen --once» both do this and nothing else."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from app.core.matching import NO_PHRASES, Matcher, Phrases, phrases_for
from app.core.pace import is_built_in, is_in_own_network, least_interval
from app.core.ports.source import Source, among_of
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError, shortage_of
from app.core.signature import is_first, was_heard
from app.core.watch import HostState, Watch, WatchState
from app.listen.due import settled
from app.listen.fetched import Using
from app.listen.hindsight import in_hindsight
from app.listen.keys import Keys
from app.listen.parts import Parts
from app.listen.poll import Reached, begun, host_told, poll_watch, unblocked, with_what_lasts
from app.listen.record import CLOSED, CRASHED, Reading, Recorded, Recorder
from app.listen.rush import RUSH, Rush
from app.listen.scout import Errand, Scout, looked_at
from app.listen.setting import Accounts, Setting
from app.listen.sift import accounts_of, matcher
from app.listen.teach import Teacher, lesson_of

LONGEST_POLL = 180.0
"""Seconds by the wall clock after which a poll that failed must have slept with the laptop: its pages have 25 s each."""

FRESH = 1.0
"""Seconds for which it is taken as known where watches stand, whatever other processes do."""

HEED_EVERY = 10.0
"""Seconds between two looks at what others were told by a host."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn came to. `problem` is why the poll failed; `unstored` why nothing, or not all, could be kept.

    `dropped` marks a poll that counts for nothing: the listener was ending, or the laptop slept in the middle of it.
    `more` says that all is stored and the place holds more.
    """

    watch: Watch
    state: WatchState
    recorded: Recorded | None
    problem: Problem | None = None
    unstored: Problem | None = None
    dropped: bool = False
    more: bool = False


def crashed(watch: Watch, error: Exception) -> Problem:
    """Return the problem of a fault of ours or of a source, its trace written to the log first.

    A laptop that is short of memory or files is no fault, and there may be no room for its trace.
    """
    if short := shortage_of(error):
        return short
    log.error("watch %s (%s) crashed", watch.id, watch.source, exc_info=error)
    return Problem(CRASHED, {"name": watch.name, "error": type(error).__name__})


def told_of(parts: Parts, watch: Watch, problem: Problem, before: WatchState, now: float) -> Problem:
    """Return the problem of a poll as it is to be told of a watch that stood where `before` says."""
    source = parts.sources.get(watch.source)
    at_home = source is not None and is_in_own_network(source, watch.settings)
    built_in = source is not None and is_met_at_built_in(problem, watch, source)
    return in_hindsight(problem, watch, before, now, at_home=at_home, built_in=built_in)


def is_met_at_built_in(problem: Problem, watch: Watch, source: Source) -> bool:
    """Say whether a problem is that of a host which the owner never typed, nor anything that led there."""
    host = str(problem.args.get("host", ""))
    return "led_to" not in problem.args and is_built_in(host, source, watch.shown_settings)


class Listening:
    """Takes turns of watches on any thread; the states of watches live here while the listener runs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.states = parts.archive.states()
        self._others, self._others_at = self.states, time.monotonic()
        self._hosts: dict[str, HostState] = {}
        self._matchers: dict[str, tuple[object, Matcher]] = {}
        self._lock = threading.Lock()
        parts.net.remember_hosts(parts.archive.hosts())
        self._heeded_at = time.monotonic()
        self.keys = Keys(parts.secrets, lambda watch_id: any(w.id == watch_id for w in parts.shop.watches()))
        self._accounts: Accounts = frozenset()
        self._recorder = Recorder(parts.archive, parts.detector)
        self._teacher = Teacher(parts.archive, parts.detector)
        self._phrases: tuple[object, Phrases, Phrases] = (None, NO_PHRASES, NO_PHRASES)
        self._rush: Rush | None = None

    def rush(self, watches: Iterable[Watch]) -> bool:
        """Say which watches are about to be polled, all at once: many first polls are shared with a second process.

        Return whether they are.
        """
        if self._parts.scout and sum(is_first(watch, self.state(watch)) for watch in watches) >= RUSH:
            lesson = lesson_of(
                self._parts.archive.corrections(), self._parts.shop.preferences(), self._parts.shop.watches()
            )
            scout = Scout(self._parts.scout, self._parts.archive.hosts(), lesson)
            self._rush = Rush(scout, self._recorder.backlog)
        return self._rush is not None

    def meet(self, watches: Collection[Watch]) -> None:
        """Know the shop's own accounts by these watches."""
        self._accounts = accounts_of(watches, self._parts.sources)

    def learn(self, preferences: Preferences) -> None:
        """Have the detector know what the owner taught by now, and how shop and competitors are called."""
        self._teacher.mind(preferences, self._parts.shop.watches())

    def close(self, timeout: float | None = None) -> None:
        """Store what is under way, within `timeout` seconds, and end the writing thread; later turns are dropped."""
        self._recorder.close(timeout)
        if self._rush:
            self._rush.close()

    def state(self, watch: Watch) -> WatchState:
        return self.states.get(watch.id) or WatchState(watch.id)

    def polled_elsewhere(self, watch: Watch) -> WatchState | None:
        """Return where another process left a watch that it has polled since, None where none has; its next turn goes on from there."""
        with self._lock:
            if time.monotonic() - self._others_at >= FRESH:
                self._others_at = time.monotonic()
                with suppress(ProblemError):
                    self._others = self._parts.archive.states()
            there = self._others.get(watch.id)
        if there is None or there.polled_at <= self.state(watch).polled_at:
            return None
        self.states[watch.id] = there
        return there

    def forget(self, watch_id: str) -> None:
        """Forget where a removed watch stands."""
        self.keys.forget(watch_id)
        self.states.pop(watch_id, None)
        with self._lock:
            self._matchers.pop(watch_id, None)

    def perform(self, work: Callable[[], None]) -> None:
        """Have the writing thread do something with the archive, soon; it must not raise."""
        self._recorder.perform(work)

    def take_turn(self, watch: Watch, preferences: Preferences) -> Turn:
        """Poll a watch and store what it brought; returns when that is on the disk. Never raises."""
        before = self.state(watch)
        started = self._parts.clock()
        reached = self._kept_secrets(watch, before, self._reach(watch, preferences, before, started))
        if reached.problem:
            reached = replace(reached, problem=told_of(self._parts, watch, reached.problem, before, started))
        now = self._parts.clock()
        if _counts_for_nothing(reached.problem, now - started):
            return Turn(watch, before, None, reached.problem, dropped=True)
        paced = self._paced(watch)
        state = settled(paced, reached.state, reached.problem, reached.asks, now, started=started, more=reached.more)
        outcome = self._keep(watch, preferences, before, state, reached, (started, now))
        if isinstance(outcome, Problem) and outcome.code == CLOSED:
            return Turn(watch, before, None, reached.problem, dropped=True)
        if isinstance(outcome, Problem) or outcome.unstored:
            self.states[watch.id] = with_what_lasts(before, reached.state)
        if isinstance(outcome, Problem):
            return Turn(watch, before, None, reached.problem, outcome)
        if outcome.unstored:
            return Turn(watch, before, outcome, reached.problem, outcome.unstored)
        if outcome.new:
            state = replace(state, new_at=now)
        self.states[watch.id] = state
        return Turn(watch, state, outcome, reached.problem, more=reached.more and reached.problem is None)

    def _reach(self, watch: Watch, preferences: Preferences, before: WatchState, now: float) -> Reached:
        def failed(problem: Problem) -> Reached:
            return Reached((), replace(begun(watch, before), polled_at=now), problem=problem)

        try:
            source = self._parts.sources.get(watch.source)
            if source is None:
                return failed(Problem("sources.unknown", {"source": watch.source}))
            secrets = self.keys.of(watch, source)
            if isinstance(secrets, Problem):
                return failed(secrets)
            if self._recorder.is_closed:  # the keyring took its time, and the archive may be closed by now
                return failed(Problem(CLOSED))
            self._heed_hosts()
            state = unblocked(before, preferences)
            net, fetched = self._parts.net, self._parts.fetched
            way_out = Using(net, fetched) if fetched and not was_heard(watch, before) else net
            make = partial(poll_watch, watch, state, source, way_out, now=now, secrets=secrets)
            if self._rush is None:
                return make()
            about_us, errand = self._matcher(watch, preferences), Errand(watch, state, preferences, now, secrets)
            host = host_told(source.place(watch.settings))
            return self._rush.reach(
                host, errand, lambda: looked_at(make(), about_us, self._parts.detector, own=watch.own)
            )
        except Exception as error:  # noqa: BLE001  a source may come from anybody: the watch fails, the listener goes on
            return failed(crashed(watch, error))

    def _paced(self, watch: Watch) -> Watch:
        """Return a watch that keeps its source's pace outside the owner's network, as one kept long ago may not."""
        source = self._parts.sources.get(watch.source) if watch.allow_private else None
        return replace(watch, interval=max(watch.interval, least_interval(watch, source))) if source else watch

    def _heed_hosts(self) -> None:
        """Take over now and then what a watch test of another process was told by a host."""
        if time.monotonic() - self._heeded_at >= HEED_EVERY:
            self._heeded_at = time.monotonic()
            with suppress(ProblemError):
                self._parts.net.remember_hosts(self._parts.archive.hosts())

    def _kept_secrets(self, watch: Watch, before: WatchState, reached: Reached) -> Reached:
        """Keep the secrets a poll renewed; where the keyring will not, the watch stays where it was and says why."""
        problem = self.keys.keep(watch, reached.secrets)
        if problem is None:
            return reached
        state = replace(begun(watch, before), polled_at=reached.state.polled_at)
        return replace(reached, state=state, problem=reached.problem or problem)

    def _keep(
        self,
        watch: Watch,
        preferences: Preferences,
        before: WatchState,
        state: WatchState,
        reached: Reached,
        times: tuple[float, float],
    ) -> Recorded | Problem:
        hosts = self._changed_hosts(reached.looked.hosts if reached.looked else ())
        try:
            reading = Reading(
                self._setting(watch, preferences, times[1], first=is_first(watch, before)),
                self._matcher(watch, preferences),
                reached.mentions,
                before,
                state,
                *times,
                problem=reached.problem,
                hosts=tuple(hosts.values()),
                looked=reached.looked,
                gone=reached.gone,
            )
            outcome = self._recorder.submit(reading).result()
        except Exception as error:  # noqa: BLE001  nothing is stored then and all is read again: told by the engine
            outcome = crashed(watch, error)
        if isinstance(outcome, Problem):
            with self._lock:
                self._hosts = {**hosts, **self._hosts}
        return outcome

    def _setting(self, watch: Watch, preferences: Preferences, now: float, *, first: bool) -> Setting:
        mark = (preferences.always_phrases, preferences.never_phrases)
        with self._lock:
            if self._phrases[0] != mark:
                always, never = (phrases_for(texts, self._parts.stemmer) for texts in mark)
                self._phrases = (mark, always, never)
            _, always, never = self._phrases
        among = among_of(self._parts.sources.get(watch.source), own=watch.own)
        return Setting(watch, preferences, self._parts.zone, now, first, always, never, self._accounts, among)

    def _changed_hosts(self, elsewhere: tuple[HostState, ...]) -> dict[str, HostState]:
        """Return the hosts to be kept with this turn, those among them that an earlier one failed to keep."""
        with self._lock:
            changed = {**self._hosts, **{host.host: host for host in (*self._parts.net.host_states(), *elsewhere)}}
            self._hosts = {}
        return changed

    def _matcher(self, watch: Watch, preferences: Preferences) -> Matcher:
        """Return the watch's matcher, the one of last time where nothing it hangs on changed: it remembers words."""
        blocked = (preferences.blocked_authors, preferences.blocked_sites)
        mark = (watch.required, watch.excluded, watch.language, *blocked)
        with self._lock:
            kept = self._matchers.get(watch.id)
        if kept is not None and kept[0] == mark:
            return kept[1]
        made = matcher(watch, preferences, self._parts.stemmer)
        with self._lock:
            self._matchers[watch.id] = (mark, made)
        return made


def _counts_for_nothing(problem: Problem | None, seconds: float) -> bool:
    """Say whether a failed poll is nobody's failure: broken off by our own end, or by a sleep of the laptop."""
    return problem is not None and (
        problem.code == CLOSED or (problem.code.startswith("net.") and seconds > LONGEST_POLL)
    )
