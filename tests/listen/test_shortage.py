"""A laptop short of memory or of open files: told as what it is, counted against nobody, and the rest is heard."""

from __future__ import annotations

import errno
import threading
from datetime import UTC
from typing import Any

import pytest
from fakes.profile import Profile

from app.core.matching import matcher_for
from app.core.mention import Mention
from app.core.messages import Arrived, Failed, Polled, PollNow, Status
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.watch import Watch, WatchState
from app.listen.listening import Listening
from app.listen.once import due_watches, poll_once
from app.listen.pool import WorkerPool
from app.listen.record import Reading, Recorded, Recorder
from app.listen.setting import Setting
from app.listen.stems import SnowballStemmer

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
OURS = Preferences()
NO_MEMORY = Problem("core.no_memory")
SHORT = [
    (MemoryError(), "core.no_memory"),
    (OSError(errno.ENOMEM, "no memory"), "core.no_memory"),
    (OSError(errno.EMFILE, "too many"), "core.no_files"),
    (RuntimeError("can't start new thread"), "core.no_memory"),
]


NOW = 1_800_000_000.0
ANNA = Mention("page", "1", "https://a.example/1", "", "Awful bread.", "Anna", "@anna", "a.example", NOW - 60)


def reading() -> Reading:
    setting = Setting(Watch("a", "A", "page"), OURS, UTC, NOW, first=False)
    states = WatchState("a"), WatchState("a", heard_at=NOW)
    return Reading(setting, matcher_for((), (), SnowballStemmer()), (ANNA,), *states, NOW - 1, NOW)


def failing(error: Exception) -> Any:
    def page() -> str:
        raise error

    return page


@pytest.mark.parametrize(("error", "code"), SHORT)
def test_a_poll_that_is_short_of_something_counts_against_nobody(profile: Profile, error: Exception, code: str) -> None:
    watch = profile.watch("a")
    profile.web.pages["https://a.example/feed"] = failing(error)
    listening = Listening(profile.parts)
    for _ in range(3):
        turn = listening.take_turn(watch, OURS)
    listening.close()
    now = profile.clock()
    assert turn.problem == Problem(code)
    assert turn.state.failures == 0
    assert turn.state.next_due - now <= 60


def test_a_shortage_is_told_once_and_others_are_heard(profile: Profile) -> None:
    profile.watch("a", interval=1)
    profile.watch("b", AWFUL)
    profile.web.pages["https://a.example/feed"] = failing(MemoryError())
    with profile.listening() as (listener, ears):
        ears.expect(Polled, 2)
        listener.obey(PollNow())
        ears.expect(Polled, 4)
        ears.expect(Status, failing=0)
        profile.web.pages["https://a.example/feed"] = AWFUL.replace("bread", "roll")
        listener.obey(PollNow())
        ears.expect(Arrived, watch_id="a")
    assert [told.problem for told in ears.of(Failed)] == [NO_MEMORY]


def test_what_cannot_be_stored_for_want_of_memory_is_heard_again(profile: Profile) -> None:
    watch = profile.watch("a", AWFUL)
    listening = Listening(profile.parts)
    profile.listener_archive.error = MemoryError()
    assert listening.take_turn(watch, OURS).unstored == NO_MEMORY
    profile.listener_archive.error = None
    turn = listening.take_turn(watch, OURS)
    listening.close()
    assert turn.recorded
    assert len(turn.recorded.new) == 1


def test_a_fault_after_storing_hurts_its_own_poll_only(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(profile.listener_archive, profile.detector)
    finished, unlucky = Recorder._finished, [MemoryError()]

    def fail_once(*args: Any) -> Recorded:
        if unlucky:
            raise unlucky.pop()
        return finished(*args)

    monkeypatch.setattr(Recorder, "_finished", fail_once)
    with pytest.raises(MemoryError):
        recorder.submit(reading()).result(60)
    again = recorder.submit(reading()).result(60)
    recorder.close()
    assert isinstance(again, Recorded)
    assert again.new == ()


def test_a_round_goes_on_past_a_watch_that_meets_a_fault(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    profile.watch("a", AWFUL, own=True)
    profile.watch("b", AWFUL)
    kept = Listening._kept_secrets

    def fail(self: Listening, watch: Any, *more: Any) -> Any:
        if watch.id == "a":
            raise MemoryError
        return kept(self, watch, *more)

    monkeypatch.setattr(Listening, "_kept_secrets", fail)
    turns = {turn.watch.id: turn for turn in poll_once(profile.parts, due_watches(profile.parts, everything=True))}
    assert turns["a"].problem == NO_MEMORY
    assert turns["b"].recorded


class Threads:
    """Lets only so many threads be started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
        self._left, self._start = most, threading.Thread.start
        self.refused = threading.Semaphore(0)
        monkeypatch.setattr(threading.Thread, "start", lambda thread: self.begin(thread))  # noqa: PLW0108  a bound method would not be given the thread

    def begin(self, thread: threading.Thread) -> None:
        if thread.name.startswith(("poll", "ThreadPoolExecutor")):
            if not self._left:
                self.refused.release()
                raise RuntimeError("can't start new thread")
            self._left -= 1
        self._start(thread)


def test_fewer_threads_than_wanted_do_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    Threads(monkeypatch, 2)
    with WorkerPool(12, thread_name_prefix="poll") as pool:
        gate = threading.Event()
        done = [pool.submit(gate.wait, 10) for _ in range(6)]
        gate.set()
        assert [one.result(60) for one in done] == [True] * 6


def test_without_any_thread_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    Threads(monkeypatch, 0)
    with WorkerPool(12, thread_name_prefix="poll") as pool, pytest.raises(RuntimeError, match="thread"):
        pool.submit(print)


def test_a_round_needs_one_thread_only(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        profile.watch(name, AWFUL.replace("bread", f"bread {name}"))
    Threads(monkeypatch, 1)
    turns = list(poll_once(profile.parts, due_watches(profile.parts, everything=True)))
    assert [bool(turn.recorded) for turn in turns] == [True] * 3


def test_a_listener_needs_one_thread_only_for_all_polls(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        profile.watch(name, AWFUL.replace("bread", f"bread {name}"))
    threads = Threads(monkeypatch, 1)
    profile.web.gate.clear()
    with profile.listening() as (_listener, ears):
        assert all(threads.refused.acquire(timeout=60) for _ in range(2))
        profile.web.gate.set()
        ears.expect(Arrived, 3)
