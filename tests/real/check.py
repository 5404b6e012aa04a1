"""Prints one line for each check of each server, and remembers whether any failed."""

from __future__ import annotations

import sys
import time


class Checks:
    """`of(server)` names the server the next lines are about."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.passed = 0
        self._server, self._begun = "", time.monotonic()

    def of(self, server: str) -> None:
        """Begin the checks of a server."""
        self._server, self._begun = server, time.monotonic()

    def __call__(self, what: str, true: object, more: object = "") -> None:
        """Print how one check ended; `more` says what was seen."""
        ok = bool(true)
        took = time.monotonic() - self._begun
        if ok:
            self.passed += 1
        else:
            self.failed.append(f"{self._server}: {what}: {more}")
        sys.stdout.write(
            f"{self._server:<10} {'ok  ' if ok else 'FAIL'} {what:<60} {took:5.1f} s{f'  {more}' if more else ''}\n"
        )
        sys.stdout.flush()
        self._begun = time.monotonic()
