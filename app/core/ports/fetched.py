"""Answers that a watch test was given, kept for the first poll of what was tested."""

from __future__ import annotations

from typing import Protocol

from app.core.ports.net import Response


class Fetched(Protocol):
    """Keeps answers by a mark of what was asked, for `KEPT_FOR` seconds at the most. Safe between processes; never raises."""

    def keep(self, mark: str, answer: Response) -> None:
        """Keep an answer, in place of an earlier one; where that is not possible it will be asked for again."""
        ...

    def take(self, mark: str) -> Response | None:
        """Give an answer, once, or None; what it asks us to wait counts from when it came."""
        ...

    def tidy(self) -> None:
        """Remove what is too old to be given."""
        ...

    def clear(self) -> None:
        """Remove all: somebody whose words may be among it is forgotten."""
        ...


KEPT_FOR = 600.0
"""Seconds between a test and the first poll in which nothing is fetched twice: time enough to fill in the rest."""
