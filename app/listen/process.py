"""The listener as a process of its own: messages in on standard input, out on standard output, until that closes."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from types import FrameType
from typing import BinaryIO

from app.core.messages import (
    CorrectionsChanged,
    EnteredByHand,
    Failed,
    FromListener,
    OutboxChanged,
    Pause,
    PollNow,
    Quit,
    ShopChanged,
    decode,
    encode,
    name_of,
)
from app.core.problems import Problem
from app.listen.engine import Listener
from app.listen.parts import Parts

NICENESS = 10
BELOW_NORMAL = 0x4000
"""The same on Windows: BELOW_NORMAL_PRIORITY_CLASS."""
LONGEST_LINE = 1_000_000
"""Bytes of a line from the window that are read at once; a longer one is garbage and read piece by piece."""


log = logging.getLogger(__name__)


def be_nice() -> None:
    """Give the window the right of way on this laptop's processor."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    elif sys.platform == "win32":
        import ctypes  # noqa: PLC0415  only Windows has, and needs, this call

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p  # a handle, which is longer than an int
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL)


def end_in_order() -> None:
    """Let SIGTERM end this process as «Quit» does, in order; to be called from the main thread, which then `serve`s."""
    signal.signal(signal.SIGTERM, _end)


def _end(_signal: int, _frame: FrameType | None) -> None:
    _leave_in_peace()
    raise SystemExit(0)


def _leave_in_peace() -> None:
    """Let no SIGTERM break off the orderly end that has begun."""
    if signal.getsignal(signal.SIGTERM) is _end:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


class Out:
    """Writes whole lines from any thread; a reader that went away is no error: standard input ends as well then."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def emit(self, message: FromListener) -> None:
        with self._lock:
            try:
                self._stream.write(encode(message))
                self._stream.flush()
            except (BrokenPipeError, ValueError, OSError):
                return


def _note_unread(line: bytes, noted: set[str]) -> None:
    """Note in the log that a message cannot be read, which a window of another version may send: of each name once."""
    if (name := name_of(line)) not in noted:
        noted.add(name)
        log.warning("the window sent what is no message: %s, %d bytes", name or "nameless", len(line))


def serve(parts: Parts, told: BinaryIO, out: Out, problems: tuple[Problem, ...] = ()) -> None:
    """Listen until «Quit» comes or `told` ends; `problems` are what opening the profile came upon."""
    for problem in problems:
        out.emit(Failed(problem))
    listener, unread = Listener(parts, out.emit), set[str]()
    try:
        listener.start()
        while line := told.readline(LONGEST_LINE):
            message = decode(line)
            if isinstance(message, Quit):
                break
            if message is None:
                _note_unread(line, unread)
            if isinstance(message, PollNow | Pause | ShopChanged | CorrectionsChanged | EnteredByHand | OutboxChanged):
                listener.obey(message)
    finally:
        _leave_in_peace()
        listener.stop()
