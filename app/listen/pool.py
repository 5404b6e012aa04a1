"""Threads for work that must be done, on a laptop that may have no room for all of them."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any


class WorkerPool(Executor):
    """A pool that goes on with the threads it has where no more can be started; without any, `submit` raises RuntimeError.

    The process may end though one of its threads hangs, in a keyring nobody answers for one; Python's own pool is waited for.
    """

    def __init__(self, most: int, *, thread_name_prefix: str) -> None:
        self._most, self._name = most, thread_name_prefix
        self._news = threading.Condition()
        self._work: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a function called in one of the threads."""
        future: Future[Any] = Future()
        with self._news:
            if self._closed:
                raise RuntimeError("closed")
            if len(self._work) >= self._idle and len(self._threads) < self._most:
                self._begin()
            self._work.append((future, partial(fn, *args, **kwargs)))
            self._news.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  the base's shape
        """Take no more work and, with `wait`, wait until what is queued is done."""
        with self._news:
            self._closed = True
            while cancel_futures and self._work:
                self._work.popleft()[0].cancel()
            self._news.notify_all()
        if wait:
            self.join(None)

    def join(self, timeout: float | None) -> None:
        """Wait until all threads have ended, so many seconds at the most; to be called after `shutdown`."""
        until = None if timeout is None else time.monotonic() + timeout
        for thread in self._threads:
            thread.join(None if until is None else max(0.0, until - time.monotonic()))

    def _begin(self) -> None:
        thread = threading.Thread(target=self._run, name=f"{self._name}_{len(self._threads)}", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            if not self._threads:
                raise
        else:
            self._threads.append(thread)

    def _run(self) -> None:
        while (given := self._next()) is not None:
            _do(*given)
            del given  # nothing of it is held while the next is waited for

    def _next(self) -> tuple[Future[Any], Callable[[], Any]] | None:
        """Wait for work; return None at the end."""
        with self._news:
            self._idle += 1
            self._news.wait_for(lambda: self._work or self._closed)
            self._idle -= 1
            return self._work.popleft() if self._work else None


def _do(future: Future[Any], work: Callable[[], Any]) -> None:
    """Do work and give its future what came of it."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001  whatever it was belongs to who asked
        future.set_exception(error)
        del future  # which holds the error, which holds this call
