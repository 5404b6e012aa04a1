"""Standard input, read whole: what may have been closed by whoever started the command."""

from __future__ import annotations

import io
import sys
from typing import BinaryIO

from app.core.problems import Problem

SIGN = "-"
"""What stands for standard input in place of a text or a file."""

NO_INPUT = "cli.no_input"


def text_of(said: str, most: int = -1) -> str | Problem:
    """Return a text as it was said, or for «-» what standard input holds, at most so many characters of it."""
    if said != SIGN:
        return said
    if sys.stdin is None:
        return Problem(NO_INPUT)
    try:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        return sys.stdin.read(most)
    except (OSError, ValueError):  # the latter is what a closed one raises
        return Problem(NO_INPUT)


def read_bytes() -> bytes | Problem:
    """Return all that standard input holds."""
    stream = opened()
    try:
        return stream if isinstance(stream, Problem) else stream.read()
    except (OSError, ValueError):
        return Problem(NO_INPUT)


def opened() -> BinaryIO | Problem:
    """Return standard input to be read as it comes."""
    return Problem(NO_INPUT) if sys.stdin is None or sys.stdin.closed else sys.stdin.buffer
