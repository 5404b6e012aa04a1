"""The one way to leave the GUI thread: work runs in a lane, its result comes back as an event."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from app.core.problems import Problem, ProblemError
from app.ui.bridge import Bridge

T = TypeVar("T")

READERS = 2
"""Threads that read: one more than one slow query needs, few enough that they never crowd the GUI thread out."""

log = logging.getLogger(__name__)


class Task:
    """Handle of one piece of work: once cancelled, `done` stays uncalled.

    A read that has not begun is not begun any more. A write is carried out all the same: what was typed is kept.
    """

    def __init__(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """True once nobody waits for the result; long work may look and stop early."""
        return self._cancelled


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: object = None
    broke: str = ""
    where: str = ""
    problem: Problem | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """What a thread is given. It holds no owner and no `done`: widgets must never die in a worker thread."""

    number: int
    work: Callable[[], object]
    task: Task
    must_run: bool

    def perform(self) -> _Outcome:
        if self.task.cancelled and not self.must_run:
            return _Outcome(skipped=True)
        try:
            return _Outcome(self.work())
        except ProblemError as error:
            return _Outcome(problem=error.problem)
        except Exception as error:  # noqa: BLE001  any work may break in any way; it is reported by the GUI thread
            return _Outcome(broke=traceback.format_exc(), where=_where(error))


def _where(error: Exception) -> str:
    """Return where an error was met and its kind, not what it says: the log is no place for a customer's words."""
    return "".join([*traceback.format_tb(error.__traceback__), type(error).__name__])


def _name(work: Callable[[], object]) -> str:
    """Return what work is called: what it was given may be somebody's words."""
    inner = getattr(work, "func", work)
    return str(getattr(inner, "__qualname__", type(inner).__name__))


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    job: _Job
    done: Callable[[Any], object] | None
    owner: QObject


class Background(QObject):
    """Lanes beside the GUI thread: «write» is one thread in strict order, «read» and «slow» are pools of two.

    «slow» is for what waits for a network, so that no list ever waits behind it.
    Unexpected exceptions of work come as `failed` with the traceback's text, one signal for each, and are logged; a
    `ProblemError` that work let out comes as `hindered` with its Problem.
    """

    failed = Signal(str)
    hindered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = Bridge(self)
        self._bridge.came.connect(self._arrive)
        self._lanes: dict[str, queue.SimpleQueue[_Job | None]] = {
            "read": queue.SimpleQueue(),
            "write": queue.SimpleQueue(),
            "slow": queue.SimpleQueue(),
        }
        self._threads: dict[str, list[threading.Thread]] = {"read": [], "write": [], "slow": []}
        self._orders: dict[int, _Order] = {}
        self._numbers = itertools.count(1)
        self._closed = False

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        *,
        owner: QObject,
        lane: str = "read",
    ) -> Task:
        """Run work off the GUI thread; `done(result)` follows on it unless `owner` is gone or the task was cancelled.

        To be called in the GUI thread. After `close` nothing is taken: the task returned is cancelled.
        """
        task = Task()
        if self._closed:
            task.cancel()
            if lane == "write":
                log.error("work for the write lane came after the end: %s", _name(work))
            return task
        job = _Job(next(self._numbers), work, task, must_run=lane == "write")
        self._orders[job.number] = _Order(job, done, owner)
        self._staff(lane)
        self._lanes[lane].put(job)
        return task

    def drain(self, timeout: float) -> bool:
        """Wait until all writes given so far are carried out, at most `timeout` seconds; returns whether they were."""
        if not self._threads["write"] or self._closed:
            return True
        reached = threading.Event()
        self._lanes["write"].put(_Job(0, reached.set, Task(), must_run=True))
        return reached.wait(timeout)

    def close(self, timeout: float) -> bool:
        """Carry out the writes, drop the reads that have not begun, end the threads; returns whether all ended in time.

        `timeout` in seconds for everything. A thread that hangs in foreign code dies with the process.
        """
        if self._closed:
            return True
        self._closed = True
        deadline = time.monotonic() + timeout
        for order in self._orders.values():
            order.job.task.cancel()
        for lane, threads in self._threads.items():
            for _ in threads:
                self._lanes[lane].put(None)
        threads = [thread for lane in self._threads.values() for thread in lane]
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._bridge.close()
        ended = not any(thread.is_alive() for thread in threads)
        if ended:
            self._orders.clear()  # else a hanging thread would be left with the last hold on somebody's widget
        return ended

    def _staff(self, lane: str) -> None:
        """Start the lane's threads when they are first needed."""
        threads = self._threads[lane]
        if len(threads) < (1 if lane == "write" else READERS):
            name = f"{lane}-{len(threads) + 1}"
            thread = threading.Thread(target=self._serve, args=(self._lanes[lane],), name=name, daemon=True)
            threads.append(thread)
            thread.start()

    def _serve(self, lane: queue.SimpleQueue[_Job | None]) -> None:
        while (job := lane.get()) is not None:
            number, outcome = job.number, job.perform()
            del job  # the order in the GUI thread holds it longer, so a widget caught in the work dies there, not here
            if outcome.broke:
                log.error("work in the background broke\n%s", outcome.where)
            self._bridge.post((number, outcome))
            del outcome

    def _arrive(self, message: tuple[int, _Outcome]) -> None:
        number, outcome = message
        order = self._orders.pop(number, None)
        if outcome.broke:
            self.failed.emit(outcome.broke)
            return
        if outcome.problem:
            self.hindered.emit(outcome.problem)
            return
        wanted = order and not outcome.skipped and not order.job.task.cancelled and shiboken6.isValid(order.owner)
        if order and order.done and wanted:
            order.done(outcome.value)
