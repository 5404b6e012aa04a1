"""What the window is told of each turn, and once rather than at every turn of what goes on being wrong."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection

from app.core.messages import Arrived, Failed, FromListener, Polled
from app.core.ports.archive import Elsewhere
from app.core.problems import Problem
from app.core.watch import WatchState
from app.listen.listening import Turn
from app.listen.record import CRASHED

log = logging.getLogger(__name__)


class Teller:
    """Thread-safe. `offline` says whether the last poll found no network, `unkept` (a code, or «») why it was not stored."""

    def __init__(self, emit: Callable[[FromListener], None]) -> None:
        self._emit = emit
        self._lock = threading.Lock()
        self._failing = ""
        self._crashed: set[str] = set()
        self._short: set[str] = set()
        self.offline = False
        self.unkept = ""

    def say(self, message: FromListener) -> None:
        """Hand a message on; who takes it must not be able to stop the listener."""
        try:
            self._emit(message)
        except Exception:  # a fault of the taker; the log has it, and the next message may get through
            log.exception("nobody took a message")

    def turn(self, turn: Turn, now: float, due: float) -> None:
        """Tell what a turn came to; the watch is polled next at `due` (Unix seconds)."""
        if turn.dropped:
            return
        if turn.problem is None or turn.problem.is_offline:
            self.offline = turn.problem is not None
        if turn.recorded and turn.recorded.is_news:
            stored = turn.recorded.stored
            self.say(Arrived(turn.watch.id, stored.mention_ids, stored.ringing))
        self._tell_crash(turn)
        self._tell_shortage(turn)
        code = turn.unstored.code if turn.unstored else ""
        self.unkept = code if code.startswith("stores.") else ""
        if turn.unstored is None:
            self._failing = ""
        elif turn.unstored.code != CRASHED and not turn.unstored.is_shortage:
            self.failing(turn.unstored)
        self.say(Polled(turn.watch.id, now, due, turn.unstored or turn.problem))

    def elsewhere(self, news: Elsewhere) -> None:
        """Tell what other processes have stored as if it came here, a message for each watch."""
        told: dict[str, list[tuple[int, bool]]] = {}
        for mention_id, watch_id, rings in news.mentions:
            told.setdefault(watch_id, []).append((mention_id, rings))
        for watch_id, rows in told.items():
            new = tuple(mention_id for mention_id, _rings in rows if mention_id not in news.edited)
            ringing = tuple(mention_id for mention_id, rings in rows if rings)
            self.say(Arrived(watch_id, new, ringing))

    def polled_elsewhere(self, state: WatchState) -> None:
        """Tell how a poll of another process ended."""
        if state.problem is None or state.problem.is_offline:
            self.offline = state.problem is not None
        self.say(Polled(state.watch_id, state.polled_at, state.next_due, state.problem))

    def failing(self, problem: Problem) -> None:
        """Tell of what belongs to no single watch, such as a full disk; again only after a turn that went well."""
        with self._lock:
            told, self._failing = self._failing == problem.code, problem.code
        if not told:
            self.say(Failed(problem))

    def wrong(self, problem: Problem) -> None:
        """Tell what is wrong with the stores; what keeps turns from being stored as well is not told by them again."""
        if problem.code == "stores.folder_gone":
            self.failing(problem)
        else:
            self.say(Failed(problem))

    def righted(self, codes: Collection[str]) -> None:
        """Take in that the stores have none of these problems any more, before the next poll shows it."""
        if self.unkept in codes:
            self.unkept = ""

    def forget(self, watch_id: str) -> None:
        with self._lock:
            self._crashed.discard(watch_id)
            self._short.discard(watch_id)

    def _tell_shortage(self, turn: Turn) -> None:
        """Tell what this laptop is short of; again only after no watch has met that any more."""
        short = next((p for p in (turn.problem, turn.unstored) if p and p.is_shortage), None)
        with self._lock:
            told = bool(self._short)
            if short:
                self._short.add(turn.watch.id)
            else:
                self._short.discard(turn.watch.id)
        if short and not told:
            self.say(Failed(short))

    def _tell_crash(self, turn: Turn) -> None:
        crash = next((p for p in (turn.problem, turn.unstored) if p and p.code == CRASHED), None)
        with self._lock:
            told = turn.watch.id in self._crashed
            if crash:
                self._crashed.add(turn.watch.id)
            else:
                self._crashed.discard(turn.watch.id)
        if crash and not told:
            self.say(Failed(crash))
