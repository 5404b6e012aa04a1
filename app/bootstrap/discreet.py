"""Logs that tell where an error was met and of which kind, not what it says: that may hold a customer's words, or a secret."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from types import TracebackType

from app.core.problems import shortage_of

_SysExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """Leaves out what errors say. What is logged besides is ours to keep free of it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        mine = copy(record)
        mine.exc_text = None  # what another handler made of the error is kept there
        return super().format(mine)

    def formatException(self, ei: _SysExcInfo) -> str:  # noqa: N802  logging's name
        kind, _error, trace = ei
        return "".join([*traceback.format_tb(trace), kind.__name__ if kind else ""])


@contextmanager
def discreet_errors() -> Iterator[None]:
    """Have warnings and errors told on standard error so while the block lasts: somebody keeps what stands there.

    So are those that end a thread, and one that ends the block, which ends the process.
    """

    def told(ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
            log.error("a thread crashed", exc_info=ended.exc_value)

    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(Discreet())
    logging.getLogger().addHandler(handler)
    before, threading.excepthook = threading.excepthook, told
    try:
        yield
    except Exception as error:  # a traceback would tell what customers wrote: where it happened is told instead
        if isinstance(error, OSError) or shortage_of(error):
            raise  # the command line has words for it
        log.critical("crashed", exc_info=error)
        raise SystemExit(1) from None
    finally:
        threading.excepthook = before
        logging.getLogger().removeHandler(handler)
