"""Builds the listener that lasts: of the window's own process, and of «listen»."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from app.bootstrap.discreet import discreet_errors
from app.bootstrap.polling import parts_of
from app.bootstrap.stores import open_stores
from app.core.messages import Failed, FromListener
from app.core.problems import Problem, ProblemError
from app.listen.engine import Listener
from app.listen.process import Out, be_nice, end_in_order, serve
from app.listen.tell import Teller
from app.stores.archive.open import Archive
from app.stores.atomic import folder_gone

COPY_EVERY = 1_800.0
"""Seconds between two looks whether the archive has anything that its copy of today has not."""

log = logging.getLogger(__name__)


def listen_for_window(folder: Path | None) -> int:
    """Be the listener of a window: messages on standard input and output until that closes."""
    be_nice()
    end_in_order()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal goes to the window, which ends us in order
    told, out = sys.stdin.buffer, Out(sys.stdout.buffer)
    sys.stdout = sys.stderr  # a stray print must not stand between messages
    with discreet_errors():  # the window keeps what stands there
        return _serve_window(folder, told, out)


def _serve_window(folder: Path | None, told: BinaryIO, out: Out) -> int:
    moved = folder_gone(folder / "shop.json") if folder else None  # the window made it: who moved it away wants it back
    stores = moved or open_stores(folder)
    if isinstance(stores, Problem):
        out.emit(Failed(stores))
        return 1
    try:
        with keeping_copies(stores.archive, out.emit):
            serve(parts_of(stores), told, out, stores.problems)
    except ProblemError as error:  # the archive could be opened and not read
        out.emit(Failed(error.problem))
        return 1
    finally:
        stores.close()
    return 0


@contextmanager
def keeping_copies(archive: Archive, emit: Callable[[FromListener], None], every: float = COPY_EVERY) -> Iterator[None]:
    """Keep today's copy of the archive as new as it is: at once, every so many seconds, and at the end of the block.

    `emit` is told, from another thread, why there is no copy: once, and again only after another problem or a good copy.
    """
    ended = threading.Event()
    teller = Teller(emit)

    def keep() -> None:
        is_last, told = False, None
        while not is_last:
            is_last = ended.is_set()
            problem = _copy(archive)
            if problem and problem != told:
                log.warning("no copy of the archive: %s %s", problem.code, dict(problem.args))
                teller.say(Failed(problem))
            told = problem
            ended.wait(every)

    keeper = threading.Thread(target=keep, name="backup", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _copy(archive: Archive) -> Problem | None:
    """Bring today's copy up to date; return why there is none."""
    try:
        made = archive.backup(time.time())
    except Exception as error:  # a fault of ours must not end the copies for good
        log.exception("copying the archive crashed")
        return Problem("listen.copy_crashed", {"error": type(error).__name__})
    return made if isinstance(made, Problem) else None


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
    try:
        listener = Listener(parts_of(stores), emit)
        with keeping_copies(stores.archive, emit):
            try:
                listener.start()
                while not ended.wait(0.5):  # a wait without an end cannot be broken by Ctrl+C on Windows
                    pass
            finally:
                listener.stop()
    except ProblemError as error:  # as above
        emit(Failed(error.problem))
        return 1
    finally:
        stores.close()
    return 0
