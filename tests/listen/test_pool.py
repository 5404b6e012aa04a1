"""The threads of polls: each does what it is given, and one that hangs holds up neither others nor the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.listen.pool import WorkerPool


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """Let go at the end of whatever hangs on it."""
    event = threading.Event()
    yield event
    event.set()


def test_what_comes_of_work_is_its_futures() -> None:
    with WorkerPool(2, thread_name_prefix="poll") as pool:
        assert pool.submit(divmod, 7, 2).result(60) == (3, 1)
        assert isinstance(pool.submit(divmod, 7, 0).exception(60), ZeroDivisionError)
        assert pool.submit(dict, a=1).result(60) == {"a": 1}


def test_threads_are_begun_as_they_are_needed_and_no_more(held: threading.Event) -> None:
    pool = WorkerPool(2, thread_name_prefix="poll")
    for _ in range(3):
        pool.submit(int).result(60)
    hanging = pool.submit(held.wait, 60)
    assert pool.submit(int).result(60) == 0, "another thread takes what comes while one hangs"
    waiting = [pool.submit(held.wait, 60) for _ in range(3)]
    assert len(pool._threads) == 2
    held.set()
    assert all(one.result(60) for one in (hanging, *waiting))
    pool.shutdown()
    assert not any(thread.is_alive() for thread in pool._threads)


def test_what_is_queued_is_done_at_the_end_unless_it_is_cancelled(held: threading.Event) -> None:
    pool = WorkerPool(1, thread_name_prefix="poll")
    pool.submit(held.wait, 60)
    queued = pool.submit(int)
    pool.shutdown(wait=False)
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(int)
    held.set()
    assert queued.result(60) == 0
    held.clear()
    other = WorkerPool(1, thread_name_prefix="poll")
    other.submit(held.wait, 60)
    queued = other.submit(int)
    other.shutdown(wait=False, cancel_futures=True)
    assert queued.cancelled()


def test_an_end_waits_for_one_that_hangs_no_longer_than_it_is_told(held: threading.Event) -> None:
    pool = WorkerPool(1, thread_name_prefix="poll")
    hanging = pool.submit(held.wait, 60)
    pool.shutdown(wait=False)
    pool.join(0.05)
    assert not hanging.done()
    assert all(thread.daemon for thread in pool._threads), "else the process could not end"
