"""Rounds of polls: two at a time ask no place twice, and a watch that failed is named while it is left alone for that."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

import pytest
from fakes.profile import Profile
from listen.test_elsewhere import another

from app.core.problems import Problem
from app.listen import listening, once
from app.listen.listening import Turn
from app.listen.once import await_turn, due_watches, left_alone, poll_once
from app.listen.parts import Parts

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
A, B = "https://a.example/feed", "https://b.example/feed"


@dataclass
class Lock:
    """A lock of this profile, held by another process until it is freed."""

    held: bool = False
    takes_none: bool = False
    given_back: threading.Event = field(default_factory=threading.Event)
    tries: int = 0

    def acquire(self) -> bool:
        self.tries += 1
        if self.takes_none:
            raise OSError("no locks here")
        free, self.held = not self.held, True
        return free

    def release(self) -> None:
        self.held = False
        self.given_back.set()


def round_of(parts: Parts, *, everything: bool = False, since: float) -> list[Turn]:
    """Take a round as «listen --once» does."""
    list(await_turn(parts))
    chosen = due_watches(parts, everything=everything, since=since)
    return [*left_alone(parts, chosen, since), *poll_once(parts, chosen)]


@pytest.mark.parametrize("everything", [False, True])
def test_of_two_rounds_at_once_one_polls(profile: Profile, everything: bool) -> None:
    profile.watch("a", AWFUL)
    profile.watch("b", AWFUL)
    since, lock, second = profile.clock(), Lock(), list[Turn]()
    parts = replace(profile.parts, polling=lock)
    list(await_turn(parts))
    watches = due_watches(parts, everything=everything, since=since)
    with another(profile) as archive:
        theirs = replace(profile.parts, archive=archive, polling=lock, outbox=None, by_hand=None)
        other = threading.Thread(target=lambda: second.extend(round_of(theirs, everything=everything, since=since)))
        profile.web.gate.clear()
        turns = poll_once(parts, watches)
        first = threading.Thread(target=lambda: list(turns))
        first.start()
        profile.web.expect(2)
        other.start()
        profile.web.gate.set()
        first.join()
        other.join()
    assert sorted(profile.web.asked) == [A, B]
    assert second == []


def test_all_polls_what_another_process_polled_before_this_one_began(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    round_of(profile.parts, since=profile.clock())
    assert due_watches(profile.parts, everything=True, since=profile.clock())
    assert due_watches(profile.parts, everything=True)
    profile.clock.shift -= 7 * 86_400  # polled by a wrong clock: not «since»
    assert due_watches(profile.parts, everything=True, since=profile.clock())


def test_a_watch_that_a_lasting_listener_polls_meanwhile_is_not_polled_again(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "FRESH", 0.0)
    for name, page in (("a", AWFUL), ("b", Problem("watch.server_error", {"host": "b.example", "status": 500}))):
        watch = profile.watch(name)
        profile.web.pages[watch.settings["url"]] = page
    chosen = due_watches(profile.parts, everything=True)
    first, rest = chosen[:1], chosen
    with another(profile) as archive:
        theirs = replace(profile.parts, archive=archive, outbox=None, by_hand=None)
        known = listening.Listening(profile.parts)
        list(poll_once(theirs, rest))
        turns = [turn for watch in rest for turn in once._turns(known, watch, profile.shop.preferences())]
        known.close()
    assert len(profile.web.asked) == 2
    assert [(turn.watch.id, turn.problem and turn.problem.code) for turn in turns] == [
        ("a", None),
        ("b", "watch.server_error"),
    ]
    assert known.state(first[0]).polled_at


def test_the_next_round_may_begin_when_the_polls_have_ended_however_long_the_reader_takes(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    profile.watch("b", AWFUL)
    lock = Lock()
    parts = replace(profile.parts, polling=lock)
    list(await_turn(parts))
    turns = poll_once(parts, due_watches(parts, everything=True))
    next(turns)
    assert lock.given_back.wait(60)
    list(turns)


def test_a_round_of_nothing_lets_others_begin(profile: Profile) -> None:
    lock = Lock()
    assert round_of(replace(profile.parts, polling=lock), since=0.0) == []
    assert not lock.held


@pytest.mark.parametrize("lock", [Lock(held=True), Lock(takes_none=True)], ids=["hangs", "takes no locks"])
def test_no_round_waits_for_ever(profile: Profile, monkeypatch: pytest.MonkeyPatch, lock: Lock) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.0)
    profile.watch("a", AWFUL)
    (turn,) = round_of(replace(profile.parts, polling=lock), since=time.time())
    assert turn.recorded


def test_it_says_at_once_that_it_waits_and_that_it_waits_no_longer(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Lock(held=True)
    parts = replace(profile.parts, polling=lock)
    waiting = await_turn(parts)
    assert next(waiting) == Problem("listen.awaits_round", {"minutes": 5})
    assert lock.tries == 1
    lock.held = False
    assert list(waiting) == []
    monkeypatch.setattr(once, "PATIENCE", 0.0)
    lock.held = True
    assert [one.code for one in await_turn(parts)] == ["listen.awaits_round", "listen.round_hangs"]
    lock.held = False
    assert list(await_turn(parts)) == list(await_turn(replace(parts, polling=None))) == []


WAITS = Problem("net.waiting", {"host": "a.example", "seconds": 60}, retry_at=4e9)


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (Problem("net.rate_limited", {"host": "a.example", "status": 503}), "net.rate_limited"),
        (Problem("watch.denied", {"host": "a.example", "status": 403}), "watch.denied"),
        (Problem("net.offline"), "net.waiting"),
        (Problem("net.login_wanted", {"host": "a.example"}), "net.waiting"),
        (Problem("watch.not_found", {"host": "former.example"}), "net.waiting"),  # of the watch's former address
        (AWFUL, "net.waiting"),
    ],
)
def test_a_watch_left_alone_for_how_it_failed_is_named_for_that(
    profile: Profile, first: Problem | str, told: str
) -> None:
    watch = profile.watch("a")
    for page in (first, WAITS, WAITS):
        profile.web.pages[A] = page
        (turn,) = poll_once(profile.parts, [watch])
    assert turn.problem
    assert (turn.problem.code, turn.problem.retry_at) == (told, 4e9)
    profile.web.pages[A] = AWFUL
    (turn,) = poll_once(profile.parts, [watch])
    assert turn.problem is None
    profile.web.pages[A] = WAITS
    (turn,) = poll_once(profile.parts, [watch])
    assert turn.problem == WAITS


def test_a_failed_watch_is_named_where_only_its_failures_put_it_off(profile: Profile) -> None:
    watch = profile.watch("a")
    profile.web.pages[A] = Problem("watch.server_error", {"host": "a.example", "status": 500})
    for _ in range(2):
        list(poll_once(profile.parts, [watch]))
        profile.clock.shift += 3_700
    state = profile.listener_archive.states()["a"]
    assert state.next_due > profile.clock()
    assert [turn.problem for turn in round_of(profile.parts, since=profile.clock())] == [state.problem]
    profile.clock.shift -= 1_800
    assert round_of(profile.parts, since=profile.clock()) == [], "its interval is not over"
    profile.clock.shift += 1_800
    profile.watch("a", paused=True)
    assert round_of(profile.parts, since=profile.clock()) == []


def test_a_watch_put_off_for_nobodys_failure_is_not_named(profile: Profile) -> None:
    watch = profile.watch("a")
    profile.web.pages[A] = WAITS
    list(poll_once(profile.parts, [watch]))
    profile.clock.shift += 3_700
    assert round_of(profile.parts, since=profile.clock()) == []
