"""The end of the listener: within its time whatever hangs, and what comes too late is dropped whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fakes.profile import Ears, Profile

from app.core.messages import FromListener, Polled, PollNow, Woke
from app.core.problems import Problem
from app.listen import engine

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."


class Hanging:
    """Holds up whoever comes along, until it is let go."""

    def __init__(self) -> None:
        self.held = threading.Event()
        self.came = threading.Semaphore(0)

    def __call__(self, *_: Any) -> Any:
        self.came.release()
        self.held.wait(60)
        return ""


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    made = Hanging()
    yield made
    made.held.set()


def test_all_that_hangs_at_the_end_is_waited_for_together(
    profile: Profile, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = 1.2
    monkeypatch.setattr(engine, "END_WITHIN", within)
    monkeypatch.setattr(engine, "TO_STORE", 0.2)
    watch = profile.watch("a")
    profile.web.pages[watch.settings["url"]] = hanging
    with profile.listening(beat=0.03) as (listener, _ears):
        monkeypatch.setattr(listener, "_look_after_stores", hanging)
        monkeypatch.setattr(listener._post._postman, "tend", hanging)
        listener._post.wake()
        listener._listening.perform(hanging)
        assert all(hanging.came.acquire(timeout=60) for _ in range(4))
        began = time.monotonic()
    assert within * 0.9 < time.monotonic() - began < 4 * within


@pytest.mark.parametrize("answer", ["s3cret", Problem("stores.keyring_locked")], ids=["given", "locked"])
def test_a_poll_that_waited_for_the_keyring_beyond_the_end_is_dropped(
    profile: Profile, hanging: Hanging, monkeypatch: pytest.MonkeyPatch, answer: str | Problem
) -> None:
    monkeypatch.setattr(engine, "END_WITHIN", 0.2)
    monkeypatch.setattr("app.listen.listening.HEED_EVERY", 0.0)
    profile.watch("a", AWFUL, settings={"url": "https://a.example/feed", "has_password": "1"})
    monkeypatch.setattr(profile.secrets, "get", lambda *_: hanging() or answer)
    with profile.listening() as (_listener, ears):
        assert hanging.came.acquire(timeout=60)
    assert profile.listener_archive.states() == {}
    profile.archive.close()
    hanging.held.set()  # that its thread ends, and logs nothing, is seen to by the tests' own watch
    _ended("poll")
    assert not ears.of(Polled)


def _ended(name: str) -> None:
    for thread in threading.enumerate():
        if thread.name.startswith(name):
            thread.join(60)
            assert not thread.is_alive()


@pytest.mark.parametrize("beat", [0.03, 60.0], ids=["the beat", "a poll"])
def test_a_window_that_stands_still_over_the_news_of_a_sleep_keeps_no_other_watch_waiting(
    profile: Profile, hanging: Hanging, beat: float
) -> None:
    for name in "ab":
        profile.watch(name, "")
    with profile.listening(beat) as (listener, ears):
        ears.expect(Polled, 2)
        listener._teller._emit = _still(ears, hanging)
        profile.clock.shift = 8 * 3600.0
        listener.obey(PollNow())
        assert hanging.came.acquire(timeout=60)
        ears.expect(Polled, 3)
        hanging.held.set()
        ears.expect(Woke)


def _still(ears: Ears, hanging: Hanging) -> Any:
    def emit(message: FromListener) -> None:
        if isinstance(message, Woke):
            hanging()
        ears(message)

    return emit
