"""The memory of hosts: which are to be left alone, and whether the public network has just answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from app.core.problems import Problem
from app.core.watch import HostState
from app.net.addresses import Address
from app.net.offline import LATELY
from app.net.refusals import judge, waiting

LOGIN_WANTED = 511
"""The status with which the network a laptop is in answers in the place of every host: it proves none of them."""


class Hosts:
    """Keeps a HostState per lane; thread-safe. `clock` gives Unix seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._states: dict[str, HostState] = {}
        self._changed: set[str] = set()
        self._answered: dict[str, float] = {}

    def waiting(self, address: Address) -> Problem | None:
        """Return «net.waiting» while this address's host is to be left alone."""
        state = self._states.get(address.lane)
        return waiting(state, address.place, self._clock()) if state else None

    def note(self, address: Address, status: int, headers: Mapping[str, str]) -> float | None:
        """Take note of an answer; return until when (Unix seconds) its host is left alone because we were too fast, or None."""
        lane, private = address.lane, address.private_name
        with self._lock:
            old = self._states.get(lane) or HostState(lane)
            judgement = judge(old, status, headers, self._clock(), private=private)
            if judgement.state != old:
                self._states[lane] = judgement.state
                self._changed.add(lane)
            if not private and status != LOGIN_WANTED:
                self._answered[lane] = time.monotonic()
        return judgement.until

    def rest(self, address: Address, seconds: float) -> None:
        """Leave this address's host alone for so many seconds from now; no strike against it."""
        lane, until = address.lane, self._clock() + seconds
        with self._lock:
            old = self._states.get(lane) or HostState(lane)
            if seconds > 0 and until > old.blocked_until:
                self._states[lane] = replace(old, blocked_until=until)
                self._changed.add(lane)

    def others_answered(self, host: str) -> bool:
        """Tell whether another public host than this one answered a moment ago."""
        since = time.monotonic() - LATELY
        with self._lock:
            return any(at > since for lane, at in self._answered.items() if lane != host.rstrip("."))

    def changed(self) -> tuple[HostState, ...]:
        """Return the states that changed since the last call."""
        with self._lock:
            lanes, self._changed = sorted(self._changed), set()
            return tuple(self._states[lane] for lane in lanes)

    def remember(self, states: tuple[HostState, ...]) -> None:
        """Take over kept states that are news, or leave a host alone for longer; they are not reported as changed."""
        with self._lock:
            for state in states:
                known = self._states.get(state.host)
                if known is None or state.blocked_until > max(known.blocked_until, self._clock()):
                    self._states[state.host] = state
