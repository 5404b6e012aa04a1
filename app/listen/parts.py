"""What the listener is built of; bootstrap fills it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol

from app.core.ports.archive import ListenerArchive
from app.core.ports.by_hand import Waiting
from app.core.ports.detector import Detector, Stemmer
from app.core.ports.fetched import Fetched
from app.core.ports.net import Net
from app.core.ports.outbox import Outbox
from app.core.ports.shop import Secrets, ShopFile
from app.core.ports.source import Sources
from app.core.problems import Problem


class Lock(Protocol):
    """What only one process at a time can have; it ends with the process."""

    def acquire(self) -> bool:
        """Take it; False where another process has it. Raises `OSError` where this disk takes no locks."""
        ...

    def release(self) -> None:
        """Give it back, on any thread; nothing happens where it is not held."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """`clock` gives Unix seconds; `zone` is the shop's time zone.

    `by_hand` is where entries wait that were made by hand, `outbox` holds the replies to be sent and looked for; None where
    this listener does not do that.
    `fetched` is what tests hand on to first polls, None for nothing.
    `leads` makes this process the one on the profile that polls by schedule, and says whether it is: another may be it already.
    `look_after` mends what was taken from the stores under the running listener, and returns what is wrong with them now.
    `polling` is held by who takes a round of polls, None where nobody else could. `scout` is the command of the second process for a rush (see app/listen/scout.py), () for none.
    """

    shop: ShopFile
    archive: ListenerArchive
    net: Net
    sources: Sources
    detector: Detector
    secrets: Secrets
    stemmer: Stemmer
    zone: tzinfo
    clock: Callable[[], float] = time.time
    scout: tuple[str, ...] = ()
    by_hand: Waiting | None = None
    outbox: Outbox | None = None
    fetched: Fetched | None = None
    look_after: Callable[[], tuple[Problem, ...]] = tuple
    leads: Callable[[], bool] = lambda: True
    polling: Lock | None = None
