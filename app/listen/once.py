"""One round of watches without a schedule: what «counterbell listen --once» does."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import nullcontext
from dataclasses import replace
from itertools import count

from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.watch import Watch, WatchState
from app.listen.due import failure_of, planned
from app.listen.listening import Listening, Turn, crashed
from app.listen.parts import Parts
from app.listen.pool import WorkerPool
from app.listen.postman import Postman
from app.listen.rush import AT_ONCE

WORKERS = 12
"""Polls at a time: each is on a host of its own, or waits for its host's turn."""

MOST_IN_A_ROW = 10
"""Polls of one watch where the place always holds more; what is left then waits for the next round."""

PATIENCE = 300.0
"""Seconds a round waits at the most for that of another process to end: it may hang."""

LOOK = 0.1


def await_turn(parts: Parts) -> Iterator[Problem]:
    """Wait until no other process takes a round of polls: what it polls is not due any more then. `poll_once` lets others begin.

    Yields at once that there is another, and that it has not ended when patience is over; the round then begins all the same.
    A disk that takes no locks keeps nobody from listening.
    """
    if _is_our_turn(parts):
        return
    most, deadline = {"minutes": round(PATIENCE / 60)}, time.monotonic() + PATIENCE
    yield Problem("listen.awaits_round", most)
    while time.monotonic() < deadline:
        time.sleep(LOOK)
        if _is_our_turn(parts):
            return
    yield Problem("listen.round_hangs", most)


def _is_our_turn(parts: Parts) -> bool:
    try:
        return parts.polling is None or parts.polling.acquire()
    except OSError:
        return True


def due_watches(parts: Parts, *, everything: bool, since: float = math.inf) -> tuple[Watch, ...]:
    """Return the watches to poll now, own channels first: those due, or all that are not paused nor were polled `since`."""
    states = parts.archive.states()
    now = parts.clock()

    def is_due(watch: Watch) -> bool:
        state = states.get(watch.id, WatchState(watch.id))
        due = planned(watch, state, now) <= now
        return due or (everything and not since <= state.polled_at <= now)

    chosen = [w for w in parts.shop.watches() if not w.paused and is_due(w)]
    return tuple(sorted(chosen, key=lambda w: not w.own))


def left_alone(parts: Parts, chosen: Collection[Watch], since: float) -> tuple[Turn, ...]:
    """Return a turn without a poll for each watch that is only not polled now because its last poll failed.

    That was `since`, in another process, or so long ago that its interval is over.
    """
    states, now, ids = parts.archive.states(), parts.clock(), {watch.id for watch in chosen}
    stand = ((w, states.get(w.id, WatchState(w.id))) for w in parts.shop.watches() if not w.paused and w.id not in ids)
    return tuple(
        Turn(watch, state, None, failure)
        for watch, state in stand
        if (failure := failure_of(state.problem))
        and (state.polled_at >= since or state.polled_at + watch.interval <= now)
    )


def poll_once(parts: Parts, watches: Sequence[Watch]) -> Iterator[Turn]:
    """Take a turn of each watch, and more where its place holds more, several watches at a time; yield what is stored.

    Replies that wait are sent meanwhile, and looked for at the end. Where the caller stops early no other poll begins, and those under way are broken off.
    Other processes may begin a round as soon as the polls have ended, however long the caller takes.
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
        _let_others_begin_after(polls, parts)
        for done in as_completed(polls):
            turns = done.result()
            heard += [turns[-1].watch.id] if turns[-1].recorded and turns[-1].problem is None else []
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


def _let_others_begin_after(polls: Sequence[Future[list[Turn]]], parts: Parts) -> None:
    """Give the turn at polling back when the last of these has ended."""
    if parts.polling is None:
        return
    lock, ended = parts.polling, count(1)

    def tell(_poll: object) -> None:
        if next(ended) == len(polls):
            lock.release()

    for poll in polls:
        poll.add_done_callback(tell)
    if not polls:
        lock.release()


def _turns(listening: Listening, watch: Watch, preferences: Preferences) -> list[Turn]:
    """Take one turn, and others as long as the place holds more; none where another process has just polled the watch."""
    if there := listening.polled_elsewhere(watch):
        return [Turn(watch, there, None, failure_of(there.problem))]
    turns = [_turn(listening, watch, preferences)]
    while turns[-1].more and len(turns) < MOST_IN_A_ROW:
        turns.append(_turn(listening, watch, preferences))
    return turns


def _turn(listening: Listening, watch: Watch, preferences: Preferences) -> Turn:
    """Take one turn; a fault that nobody foresaw is its own watch's and not the round's.

    Where its host is left alone because of how the watch failed before, that is what it comes to.
    """
    try:
        turn = listening.take_turn(watch, preferences)
    except Exception as error:  # noqa: BLE001  as the listener does
        return Turn(watch, listening.state(watch), None, crashed(watch, error))
    is_put_off = turn.problem is not None and turn.problem.code == "net.waiting"
    failure = failure_of(turn.state.problem) if is_put_off else None
    return replace(turn, problem=failure) if failure else turn


def _nobody_listens(_news: object) -> None:
    """Tell nobody: what became of replies stands in the archive."""
