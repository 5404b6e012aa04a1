"""What stands on the command line, as text: a terminal speaks UTF-8 even where the system's locale («C») says it does not."""

from __future__ import annotations

import os
from pathlib import Path

MOST_ROWS = 2**63 - 1
"""More can be no count of rows anywhere."""


def heard(argument: str) -> str:
    """Return an argument as it was typed.

    Where the system's encoding knows only ASCII, Python keeps each other byte as half of a character; together they are UTF-8.
    What is not UTF-8 either stays as it came.
    """
    if argument.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in argument):
        return argument
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument


def path_of(argument: str) -> Path:
    """Return the file or folder an argument means, once `heard`: its name goes to the system in the bytes it came in."""
    try:
        os.fsencode(argument)
    except UnicodeEncodeError:
        return Path(os.fsdecode(argument.encode("utf-8", "surrogateescape")))
    return Path(argument)


def folder_of(argument: str) -> Path:
    """Return the folder an argument means; raises ValueError for none, as a script gives whose variable is not set."""
    if not argument.strip():
        raise ValueError
    return path_of(argument)


def count_of(argument: str) -> int:
    """Return how many rows an argument means; raises ValueError for what is no number, below zero, or more than can be counted."""
    number = int(argument)
    if not 0 <= number <= MOST_ROWS:
        raise ValueError(argument)
    return number
