"""Backgrounds for tests of the face: one that does everything at once, and one that waits to be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Errand:
    """Work given to a fake background."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class AtOnce:
    """Does work when it is given."""

    def run(self, work: Callable[[], Any], done: Any = None, *, owner: object, lane: str = "read") -> Errand:
        result = work()
        if done:
            done(result)
        return Errand()


class Later:
    """Keeps work until the test calls `go`, lane by lane."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, Callable[[], Any], Any, Errand]] = []

    def run(self, work: Callable[[], Any], done: Any = None, *, owner: object, lane: str = "read") -> Errand:
        errand = Errand()
        self.jobs.append((lane, work, done, errand))
        return errand

    def go(self, lane: str = "", most: int = 1000) -> int:
        """Do what waits (of one lane), at most so many; return how many were done."""
        ran = 0
        while ran < most:
            job = next((one for one in self.jobs if not lane or one[0] == lane), None)
            if job is None:
                break
            self.jobs.remove(job)
            _lane, work, done, errand = job
            ran += 1
            if errand.cancelled and _lane == "read":
                continue
            result = work()
            if done and not errand.cancelled:
                done(result)
        return ran
