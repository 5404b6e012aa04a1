"""Builds the listener that lasts: of the window's own process, and of «listen»."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from app.bootstrap.polling import parts_of
from app.bootstrap.stores import open_stores
from app.core.messages import Failed, FromListener, encode
from app.core.problems import Problem
from app.listen.engine import Listener
from app.listen.process import be_nice, end_in_order, serve
from app.stores.archive.open import Archive

COPY_EVERY = 1_800.0
"""Seconds between two looks whether the archive has anything that its copy of today has not."""


def listen_for_window(folder: Path | None) -> int:
    """Be the listener of a window: messages on standard input and output until that closes."""
    be_nice()
    end_in_order()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal goes to the window, which ends us in order
    told, say = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not stand between messages
    stores = open_stores(folder)
    if isinstance(stores, Problem):
        say.write(encode(Failed(stores)))
        say.flush()
        return 1
    try:
        with keeping_copies(stores.archive):
            serve(parts_of(stores), told, say, stores.problems)
    finally:
        stores.close()
    return 0


@contextmanager
def keeping_copies(archive: Archive, every: float = COPY_EVERY) -> Iterator[None]:
    """Keep today's copy of the archive as new as it is: at once, every so many seconds, and at the end of the block."""
    ended = threading.Event()

    def keep() -> None:
        is_last = False
        while not is_last:
            is_last = ended.is_set()
            archive.backup(time.time())
            ended.wait(every)

    keeper = threading.Thread(target=keep, name="backup", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def listen_here(folder: Path | None, emit: Callable[[FromListener], None]) -> int:
    """Listen until interrupted or terminated."""
    stores = open_stores(folder)
    if isinstance(stores, Problem):
        emit(Failed(stores))
        return 1
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    for problem in stores.problems:
        emit(Failed(problem))
    listener = Listener(parts_of(stores), emit)
    with keeping_copies(stores.archive):
        listener.start()
        while not ended.wait(0.5):  # a wait without an end cannot be broken by Ctrl+C on Windows
            pass
        listener.stop()
    stores.close()
    return 0
