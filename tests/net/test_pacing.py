"""Turns: one at a time, in order, with pauses, and an end."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

import pytest

from app.net.ended import EndedError
from app.net.pacing import Pacing

PAUSE = 0.05


class Row:
    """Threads that queue up one after the other for one lane while the test holds its turn."""

    def __init__(self, pacing: Pacing) -> None:
        self.pacing = pacing
        self.order: list[str] = []
        self.starts: list[float] = []
        self.ended: list[str] = []
        self.threads: list[threading.Thread] = []

    def add(self, name: str, *, patient: bool = True, lane: str = "shop.example") -> None:
        before = self._queued()
        thread = threading.Thread(target=self._go, args=(name, lane, patient))
        self.threads.append(thread)
        thread.start()
        until(lambda: self._queued() > before)

    def _go(self, name: str, lane: str, patient: bool) -> None:
        try:
            with self.pacing.turn(lane, patient=patient) as turn:
                turn.start(spaced=patient)
                self.order.append(name)
                self.starts.append(time.monotonic())
        except EndedError as ended:
            self.ended.append(ended.problem.code)

    def _queued(self) -> int:
        return sum(len(lane.hurried) + len(lane.patient) for lane in self.pacing._lanes.values())

    def join(self) -> None:
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.001)


@pytest.fixture
def closing() -> threading.Event:
    return threading.Event()


@pytest.fixture
def pacing(closing: threading.Event) -> Pacing:
    return Pacing(PAUSE, random.Random(1), closing)


def test_first_come_first_served_and_people_before_machines(pacing: Pacing) -> None:
    row = Row(pacing)
    with pacing.turn("shop.example"):
        for name in ("a", "b", "c"):
            row.add(name)
        row.add("person", patient=False)
        assert row.order == []
    row.join()
    assert row.order == ["person", "a", "b", "c"]


def test_pauses_with_some_chance_in_them(pacing: Pacing) -> None:
    row = Row(pacing)
    with pacing.turn("shop.example") as turn:
        turn.start(spaced=True)
        for name in ("a", "b", "c"):
            row.add(name)
        left = time.monotonic()
    row.join()
    gaps = [later - earlier for earlier, later in zip([left, *row.starts], row.starts, strict=False)]
    assert len(gaps) == 3
    assert all(gap >= PAUSE for gap in gaps)


def test_a_turn_not_made_use_of_costs_no_pause(closing: threading.Event) -> None:
    pacing = Pacing(3600.0, random.Random(1), closing)
    for _ in range(3):
        with pacing.turn("shop.example"):
            pass
    with pacing.turn("shop.example") as turn:
        turn.start(spaced=True)
    assert turn.started


def test_the_impatient_skip_the_pause(closing: threading.Event) -> None:
    pacing = Pacing(3600.0, random.Random(1), closing)
    for _ in range(3):
        with pacing.turn("shop.example", patient=False) as turn:
            turn.start(spaced=False)
        assert turn.started


def test_lanes_do_not_wait_for_each_other(pacing: Pacing) -> None:
    with pacing.turn("shop.example") as first, pacing.turn("other.example") as second:
        second.start(spaced=True)
        assert first is not second


def test_closing_sends_everybody_home(pacing: Pacing, closing: threading.Event) -> None:
    row = Row(pacing)
    with pacing.turn("shop.example"):
        row.add("a")
        row.add("b")
        closing.set()
        pacing.close()
        row.join()
    assert row.ended == ["net.closed", "net.closed"]
    assert row.order == []
    with pytest.raises(EndedError):
        pacing._queue_up("shop.example", patient=True)


def test_closing_ends_a_pause(closing: threading.Event) -> None:
    pacing = Pacing(3600.0, random.Random(1), closing)
    with pacing.turn("shop.example") as turn:
        turn.start(spaced=True)
    threading.Timer(0.05, closing.set).start()
    with pytest.raises(EndedError), pacing.turn("shop.example") as turn:
        turn.start(spaced=True)


def test_never_two_at_once(closing: threading.Event) -> None:
    pacing = Pacing(0.0, random.Random(1), closing)
    inside, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with pacing.turn("shop.example"):
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == 1


def test_empty_lanes_are_cleared_away(closing: threading.Event) -> None:
    pacing = Pacing(0.0, random.Random(1), closing)
    for number in range(2100):
        with pacing.turn(f"shop{number}.example"):
            pass
    assert len(pacing._lanes) < 2010
