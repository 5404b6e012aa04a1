"""One round of watches without a schedule: what «counterbell listen --once» does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import nullcontext

from app.core.preferences import Preferences
from app.core.watch import Watch, WatchState
from app.listen.due import planned
from app.listen.listening import Listening, Turn, crashed
from app.listen.parts import Parts
from app.listen.pool import WorkerPool
from app.listen.postman import Postman
from app.listen.rush import AT_ONCE

WORKERS = 12
"""Polls at a time: each is on a host of its own, or waits for its host's turn."""

MOST_IN_A_ROW = 10
"""Polls of one watch where the place always holds more; what is left then waits for the next round."""


def due_watches(parts: Parts, *, everything: bool) -> tuple[Watch, ...]:
    """Return the watches to poll now, own channels first: those due, or all that are not paused."""
    states = parts.archive.states()
    now = parts.clock()

    def is_due(watch: Watch) -> bool:
        return planned(watch, states.get(watch.id, WatchState(watch.id)), now) <= now

    chosen = [w for w in parts.shop.watches() if not w.paused and (everything or is_due(w))]
    return tuple(sorted(chosen, key=lambda w: not w.own))


def poll_once(parts: Parts, watches: Sequence[Watch]) -> Iterator[Turn]:
    """Take a turn of each watch, and more where its place holds more, several watches at a time; yield what is stored.

    Replies that wait are sent meanwhile, and looked for at the end. Where the caller stops early no other poll begins, and those under way are broken off.
    """
    listening = Listening(parts)
    preferences = parts.shop.preferences()
    listening.learn(preferences)
    listening.meet(parts.shop.watches())
    postman = Postman(parts, listening.keys, lambda _watch: nullcontext(True), _nobody_listens, _nobody_listens)  # noqa: FBT003  the context's own signature
    pool = WorkerPool(AT_ONCE if listening.rush(watches) else WORKERS, thread_name_prefix="poll")
    heard: list[str] = []
    try:
        sending = pool.submit(postman.tend)
        polls = [pool.submit(_turns, listening, watch, preferences) for watch in watches]
        for done in as_completed(polls):
            turns = done.result()
            heard += [turns[-1].watch.id] if turns[-1].problem is None else []
            yield from turns
        sending.result()
        postman.tend(heard)
    except BaseException:  # Ctrl+C: what is being fetched is broken off, not waited for
        parts.net.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        listening.close()
        postman.close()


def _turns(listening: Listening, watch: Watch, preferences: Preferences) -> list[Turn]:
    """Take one turn, and others as long as the place holds more."""
    turns = [_turn(listening, watch, preferences)]
    while turns[-1].more and len(turns) < MOST_IN_A_ROW:
        turns.append(_turn(listening, watch, preferences))
    return turns


def _turn(listening: Listening, watch: Watch, preferences: Preferences) -> Turn:
    """Take one turn; a fault that nobody foresaw is its own watch's and not the round's."""
    try:
        return listening.take_turn(watch, preferences)
    except Exception as error:  # noqa: BLE001  as the listener does
        return Turn(watch, listening.state(watch), None, crashed(watch, error))


def _nobody_listens(_news: object) -> None:
    """Tell nobody: what became of replies stands in the archive."""
