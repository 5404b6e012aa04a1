"""Remembers which notifications stand on the screen, for the next run: a click on them reaches a program that is gone."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

MOST = 100
"""Notifications remembered: the newest."""
_LARGEST = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Left:
    """Notifications by their `numbers`, which mean something to one `service` (its unique name) on one `bus` (its id) only.

    Both are new at every start of theirs, and a service gives no number twice.
    """

    bus: str = ""
    service: str = ""
    numbers: tuple[int, ...] = ()


class LeftNotices:
    """Keeps them in a small file. Reads and writes it, so never on the GUI thread; one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self) -> Left:
        """Return what was kept; nothing where the file is missing or makes no sense."""
        try:
            raw = json.loads(self._path.read_bytes())
            left = Left(raw["bus"], raw["service"], tuple(raw["numbers"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return Left()
        good = all(type(number) is int and 0 < number <= _LARGEST for number in left.numbers)
        names = isinstance(left.bus, str) and isinstance(left.service, str) and left.bus and left.service
        return left if good and names and len(left.numbers) <= MOST else Left()

    def keep(self, left: Left) -> None:
        """Keep these in place of others. Where the disk refuses, some stay on the screen: nothing to bother anybody with."""
        new = self._path.with_name(f"{self._path.name}.new")
        with contextlib.suppress(OSError):
            new.write_text(json.dumps(asdict(left)), encoding="ascii")
            new.replace(self._path)
