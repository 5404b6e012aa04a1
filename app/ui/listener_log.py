"""What the listener prints on its stderr, kept in a file that never grows beyond a cap."""

from __future__ import annotations

import contextlib
from pathlib import Path

CAP = 512 * 1024
"""Bytes of one file; with the one before it, «.1», at most twice that lies on the disk."""


class ListenerLog:
    """Appends to a file and turns it over at the cap. Writes a file, so never on the GUI thread; one thread at a time."""

    def __init__(self, path: Path, cap: int = CAP) -> None:
        self._path = path
        self._cap = cap

    def write(self, data: bytes) -> None:
        """Append bytes. A disk that refuses loses them: a log is never worth a failure of its own."""
        with contextlib.suppress(OSError):
            self._turn_over(len(data))
            with self._path.open("ab") as file:
                file.write(data[-self._cap :])

    def _turn_over(self, more: int) -> None:
        try:
            size = self._path.stat().st_size
        except FileNotFoundError:  # nor is its folder made: a profile that was moved away must not begin anew
            return
        if size + more > self._cap:
            self._path.replace(self._path.with_name(self._path.name + ".1"))
