"""How the time that work takes grows with what it is given, which is the same on a machine of any speed."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 3
"""A garbage collection, or a neighbour on the same core, may fall into one of them."""

MOST = 25
"""Times as long as a tenth that a whole may take: in proportion it takes ten, with its square a hundred."""

NOTHING = 0.02
"""Seconds that are too short to be compared."""


def is_linear(work: Callable[[int], object], length: int) -> bool:
    """Say whether work on so much takes the processor no longer, in proportion, than work on a tenth of it."""
    return any(_is_linear(work, length) for _ in range(TRIES))


def _is_linear(work: Callable[[int], object], length: int) -> bool:
    tenth, whole = _seconds(work, length // 10), _seconds(work, length)
    return whole < max(MOST * tenth, NOTHING)


def _seconds(work: Callable[[int], object], length: int) -> float:
    began = time.thread_time()
    work(length)
    return time.thread_time() - began
