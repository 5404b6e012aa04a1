"""The postman: sends the replies of the outbox, and looks whether they stand where they belong."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from app.core.mention import ArchivedMention
from app.core.messages import Failed, FromListener, ReplyMoved
from app.core.outbox import Awaited, Delivery, Outgoing
from app.core.ports.answer import Answer, Answering, Seeing, Standing
from app.core.ports.outbox import Outbox
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.listen.answering import Tried, look_for, send_reply
from app.listen.keys import Keys
from app.listen.parts import Parts
from app.listen.stands import (
    after_hearing,
    after_look,
    after_try,
    due_at,
    grown_old,
    grown_stale,
    is_heard,
    wants_look,
)

LOOKS = 5
"""Looks at the most after one poll of a watch."""

SOON = 1.0
"""Seconds until it is tried again whether a busy host is free, or a disk takes what it would not."""

log = logging.getLogger(__name__)

Turns = Callable[[Watch], AbstractContextManager[bool]]
"""Takes a watch's host for the block; False where somebody else is there."""


@dataclass(frozen=True, slots=True)
class _Round:
    """What one round goes by. `is_back` says whether a poll has just shown that the network is there.

    `looks` counts the looks after the last poll of each watch that was polled, `put_off` are those of which a look has to wait.
    """

    outbox: Outbox
    heard: tuple[tuple[str, ArchivedMention], ...]
    watches: Mapping[str, Watch]
    is_back: bool
    looks: dict[str, int]
    put_off: set[str]


class Postman:
    """Does one round at a time. `say` is told of every reply that moves, `failing` of a store that takes nothing."""

    def __init__(
        self,
        parts: Parts,
        keys: Keys,
        turns: Turns,
        say: Callable[[FromListener], None],
        failing: Callable[[Problem], None],
    ) -> None:
        self._parts, self._keys, self._turns, self._say, self._failing = parts, keys, turns, say, failing
        self._unwritten: dict[str, tuple[Outgoing, bool]] = {}
        self._looks: dict[str, int] = {}
        self._is_back = False

    def tend(self, polled: Collection[str] = ()) -> float | None:
        """Do all that is due, and look for replies under what the watches `polled` just now have heard.

        Returns in how many seconds something else is due, None for nothing. Looks that something kept it from are left to
        the next round.
        """
        self._looks.update(dict.fromkeys(polled, 0))
        self._is_back |= bool(polled)
        put_off: set[str] = set()
        try:
            wait = self._go_round(put_off)
        except ProblemError as error:
            self._failing(error.problem)
            return SOON
        self._looks = {watch_id: self._looks[watch_id] for watch_id in put_off}
        self._is_back = False
        return wait

    def _go_round(self, put_off: set[str]) -> float | None:
        outbox, now = self._parts.outbox, self._parts.clock()
        if outbox is None or not outbox.begin(now):
            return None
        for outgoing, gone in tuple(self._unwritten.values()):
            self._write(outbox, outgoing, gone=gone)
        awaited = outbox.awaited()
        if not awaited:
            return None
        watches = {watch.id: watch for watch in self._parts.shop.watches()}
        this = _Round(outbox, outbox.heard(), watches, self._is_back, self._looks, put_off)
        waits = [self._mind(this, one) for one in awaited]
        return min((wait for wait in waits if wait is not None), default=None)

    def close(self) -> None:
        """Let another process send; to be called in the thread that tended last."""
        if self._parts.outbox:
            self._parts.outbox.end()

    def _mind(self, this: _Round, one: Awaited) -> float | None:
        """Do what is due for one reply; return in how many seconds something is, None for nothing by itself."""
        outgoing, now = one.outgoing, self._parts.clock()
        if heard := next((m for i, m in this.heard if i == outgoing.id and is_heard(one, m)), None):
            return self._settle(this.outbox, outgoing, after_hearing(outgoing, heard, now))
        if old := grown_old(outgoing, now):
            return self._settle(this.outbox, outgoing, old)
        due = due_at(outgoing, now)
        if due is None:
            watch_id = next((i for i in (outgoing.watch_id, one.mention.watch_id) if i in this.looks), None)
            if watch_id is None or not wants_look(outgoing, now) or this.looks[watch_id] >= LOOKS:
                return None
            return self._look(this, one, polled=watch_id)
        offline = outgoing.problem is not None and outgoing.problem.is_offline
        if due > now and not (offline and this.is_back):  # a poll that went well: the network is back
            return due - now
        if stale := grown_stale(outgoing, now):
            return self._settle(this.outbox, outgoing, stale)
        return self._send(this, one) if outgoing.to_be_sent else self._look(this, one)

    def _send(self, this: _Round, one: Awaited) -> float | None:
        watch = this.watches.get(one.outgoing.watch_id)
        if watch is None:
            return self._try(this, one, lambda _sending: Tried(problem=Problem("outbox.no_watch")))
        with self._turns(watch) as free:
            if not free:
                return SOON
            return self._try(this, one, lambda sending: self._tried(watch, one, sending))

    def _try(self, this: _Round, one: Awaited, act: Callable[[Delivery], Tried]) -> float | None:
        """Write down that a reply is being sent, send it, and write down what became of it."""
        sending = this.outbox.claim(one.outgoing.id, self._parts.clock())
        if sending is None:
            return None
        outgoing = replace(one.outgoing, delivery=sending)
        self._say(ReplyMoved(outgoing.id, outgoing.mention_id, sending.stand.value))
        tried = act(sending)
        watch = this.watches.get(outgoing.watch_id)
        if watch and tried.secrets:
            self._keep(watch, tried.secrets)
        can_look = watch is not None and isinstance(self._parts.sources.get(watch.source), Seeing)
        after = after_try(sending, tried, can_look=can_look, now=self._parts.clock())
        return self._settle(this.outbox, outgoing, after)

    def _tried(self, watch: Watch, one: Awaited, sending: Delivery) -> Tried:
        answer = self._answer(watch, one, sending)
        if isinstance(answer, Problem):
            return Tried(problem=answer)
        source: object = self._parts.sources.get(watch.source)
        if not isinstance(source, Answering):
            return Tried(problem=Problem("outbox.no_way"))
        why = source.why_no_answer(watch, answer.mention, answer.secrets)
        return Tried(problem=why) if why else send_reply(source, answer, self._parts.net)

    def _look(self, this: _Round, one: Awaited, polled: str = "") -> float | None:
        """Look whether a reply stands there; `polled` is the watch whose poll is the occasion, «» for none."""
        outgoing = one.outgoing
        watch = this.watches.get(outgoing.watch_id)
        source: object = self._parts.sources.get(watch.source) if watch else None
        if watch is None or not isinstance(source, Seeing):
            if due_at(outgoing, self._parts.clock()) is None:
                return None
            return self._settle(this.outbox, outgoing, replace(outgoing.delivery, next_at=None))
        with self._turns(watch) as free:
            if not free:
                if polled:
                    this.put_off.add(polled)
                return SOON
            if polled:
                this.looks[polled] += 1
            answer = self._answer(watch, one, outgoing.delivery)
            if isinstance(answer, Problem):
                found = Standing(problem=answer)
            else:
                found = look_for(source, answer, self._parts.net)
        if found.secrets:
            self._keep(watch, found.secrets)
        after = after_look(outgoing, found, self._parts.clock())
        return self._settle(this.outbox, outgoing, after, gone=found.gone)

    def _answer(self, watch: Watch, one: Awaited, delivery: Delivery) -> Answer | Problem:
        source = self._parts.sources.get(watch.source)
        if source is None:
            return Problem("sources.unknown", {"source": watch.source})
        secrets = self._keys.of(watch, source)
        if isinstance(secrets, Problem):
            return secrets
        outgoing = one.outgoing
        return Answer(
            id=outgoing.id,
            text=outgoing.text,
            mention=one.mention.mention,
            watch=watch,
            now=self._parts.clock(),
            begun=delivery.begun or outgoing.created,
            secrets=secrets,
            where=delivery.where,
            taken=delivery.there_at or 0.0,
        )

    def _keep(self, watch: Watch, secrets: Mapping[str, str]) -> None:
        if problem := self._keys.keep(watch, secrets):
            self._say(Failed(problem))

    def _settle(self, outbox: Outbox, outgoing: Outgoing, delivery: Delivery, *, gone: bool = False) -> float | None:
        """Write down what became of a reply and tell it; return in how many seconds something is due for it."""
        settled = replace(outgoing, delivery=delivery)
        self._write(outbox, settled, gone=gone)
        if settled.stand is not outgoing.stand or gone:
            self._say(ReplyMoved(settled.id, settled.mention_id, settled.stand.value))
        now = self._parts.clock()
        due = due_at(settled, now)
        return None if due is None else max(0.0, due - now)

    def _write(self, outbox: Outbox, outgoing: Outgoing, *, gone: bool) -> None:
        """Keep a delivery; what the disk would not take is remembered and tried again. Raises `ProblemError`."""
        self._unwritten[outgoing.id] = (outgoing, gone)
        outbox.put(outgoing.id, outgoing.delivery, gone=gone)
        del self._unwritten[outgoing.id]


class PostRound:
    """The thread in which the postman goes round, from `start` until `stop`. `wake` may be called from any thread."""

    def __init__(self, postman: Postman) -> None:
        self._postman = postman
        self._lock = threading.Lock()
        self._polled: set[str] = set()
        self._woken, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._go, name="postman", daemon=True)

    def start(self) -> None:
        """Begin, with what was left by the last start."""
        self._thread.start()

    def wake(self, *polled: str) -> None:
        """Look what is due, now; `polled` are watches polled just now."""
        with self._lock:
            self._polled.update(polled)
        self._woken.set()

    def stop(self, timeout: float) -> None:
        """End after the request under way, which the net breaks off as it closes, or after `timeout` seconds."""
        self._ended.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _go(self) -> None:
        while not self._ended.is_set():
            with self._lock:
                polled, self._polled = self._polled, set()
            try:
                wait = self._postman.tend(polled)
            except Exception:  # whatever one reply meets, the next round must come
                if not self._ended.is_set():  # else the stores may be closed by now
                    log.exception("a round of the postman failed")
                wait = None
            self._woken.wait(wait)
            self._woken.clear()
        self._postman.close()
