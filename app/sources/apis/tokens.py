"""Access tokens of this process, kept in memory until they run out or are refused."""

from __future__ import annotations

import hashlib
import threading

MARGIN = 120.0
"""Seconds before its end from which a token is renewed."""


def mark_of(*secrets: str) -> str:
    """Return what tells these secrets from others; it gives nothing away."""
    return hashlib.sha256("\n".join(secrets).encode("utf-8", "replace")).hexdigest()


class KeptTokens:
    """Tokens by the mark of what they were bought with; used by several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, float]] = {}

    def kept(self, mark: str, now: float) -> str:
        """Return a token that is good for a while, «» where there is none."""
        with self._lock:
            token, until = self._kept.get(mark, ("", 0.0))
        return token if now < until - MARGIN else ""

    def keep(self, mark: str, token: str, until: float) -> None:
        """Keep a token that runs out at `until` (Unix seconds)."""
        with self._lock:
            self._kept[mark] = token, until

    def forget(self, mark: str, token: str) -> None:
        """Forget a token that was refused before its time, unless another thread has a new one by now."""
        with self._lock:
            if self._kept.get(mark, ("", 0.0))[0] == token:
                del self._kept[mark]
