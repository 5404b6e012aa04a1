"""Threads for work that must be done, on a laptop that may have no room for all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


class WorkerPool(ThreadPoolExecutor):
    """A pool that goes on with the threads it has where no more can be started; without any, `submit` raises RuntimeError."""

    def _adjust_thread_count(self) -> None:
        try:
            super()._adjust_thread_count()
        except RuntimeError:
            if not self._threads:
                raise
