"""Turns: one request at a time per host, first come first served, with a pause in between."""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.core.problems import Problem
from app.net.ended import EndedError

JITTER = 0.5
"""Pauses last up to this share longer, by chance."""

MOST_LANES = 2000


@dataclass(slots=True)
class _Lane:
    """The queue of one host. `free_at` is when the next request may start, by the monotonic clock."""

    busy: bool = False
    free_at: float = 0.0
    hurried: deque[threading.Event] = field(default_factory=deque)
    patient: deque[threading.Event] = field(default_factory=deque)


class Turn:
    """The right to send one request; costs the lane no pause unless it is made use of."""

    def __init__(self, free_at: float, closing: threading.Event) -> None:
        self._free_at = free_at
        self._closing = closing
        self.started = False

    def start(self, *, spaced: bool) -> None:
        """Make use of the turn, after the pause if it is `spaced`; «net.closed» when closed meanwhile."""
        if spaced and self._closing.wait(max(0.0, self._free_at - time.monotonic())):
            raise EndedError(Problem("net.closed"))
        self.started = True


class Pacing:
    """Hands out turns. `spacing` is the shortest pause between two requests to a host, in seconds."""

    def __init__(self, spacing: float, rng: random.Random, closing: threading.Event) -> None:
        self._spacing = spacing
        self._rng = rng
        self._closing = closing
        self._lock = threading.Lock()
        self._lanes: dict[str, _Lane] = {}

    @contextmanager
    def turn(self, name: str, *, patient: bool = True) -> Iterator[Turn]:
        """Hold the turn of a lane. Who is not patient stands before those who are.

        Raises EndedError with «net.closed» when closed while waiting.
        """
        lane = self._queue_up(name, patient=patient)
        turn = Turn(lane.free_at, self._closing)
        try:
            yield turn
        finally:
            self._leave(lane, pause=turn.started)

    def close(self) -> None:
        """Send everybody home who waits for a turn; the closing event is set before."""
        with self._lock:
            for lane in self._lanes.values():
                for ticket in (*lane.hurried, *lane.patient):
                    ticket.set()

    def _queue_up(self, name: str, *, patient: bool) -> _Lane:
        with self._lock:
            lane = self._lane(name)
            if self._closing.is_set():
                raise EndedError(Problem("net.closed"))
            if not lane.busy:
                lane.busy = True
                return lane
            ticket = threading.Event()
            (lane.patient if patient else lane.hurried).append(ticket)
        ticket.wait()
        if self._closing.is_set():
            self._leave(lane)
            raise EndedError(Problem("net.closed"))
        return lane

    def _lane(self, name: str) -> _Lane:
        if len(self._lanes) > MOST_LANES:
            now = time.monotonic()
            self._lanes = {key: lane for key, lane in self._lanes.items() if lane.busy or lane.free_at > now}
        return self._lanes.setdefault(name, _Lane())

    def _leave(self, lane: _Lane, *, pause: bool = False) -> None:
        with self._lock:
            if pause:
                lane.free_at = time.monotonic() + self._spacing * (1.0 + JITTER * self._rng.random())
            queue = lane.hurried or lane.patient
            if queue:
                queue.popleft().set()
            else:
                lane.busy = False
