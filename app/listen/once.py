"""One round of watches without a schedule: what «counterbell listen --once» does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from app.core.preferences import Preferences
from app.core.watch import Watch
from app.listen.listening import Listening, Turn
from app.listen.parts import Parts

WORKERS = 12
"""Polls at a time: each is on a host of its own, or waits for its host's turn."""


def due_watches(parts: Parts, *, everything: bool) -> tuple[Watch, ...]:
    """Return the watches to poll now, own channels first: those due, or all that are not paused."""
    states = parts.archive.states()
    now = parts.clock()
    watches = [w for w in parts.shop.watches() if not w.paused]
    chosen = [w for w in watches if everything or w.id not in states or states[w.id].next_due <= now]
    return tuple(sorted(chosen, key=lambda w: not w.own))


def poll_once(parts: Parts, watches: Sequence[Watch]) -> Iterator[Turn]:
    """Take one turn of each watch, several at a time, and yield each as it is stored."""
    listening = Listening(parts)
    preferences: Preferences = parts.shop.preferences()
    try:
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="poll") as pool:
            turns = [pool.submit(listening.take_turn, watch, preferences) for watch in watches]
            for turn in as_completed(turns):
                yield turn.result()
    finally:
        listening.close()
