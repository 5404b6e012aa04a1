"""How a wait deep inside a connection ends: the Problem travels up as an exception and leaves the room as a value."""

from __future__ import annotations

from app.core.problems import Problem


class EndedError(Exception):
    """Carries the reason why there is no answer; deliberately no kind of OSError, so that no library reinterprets it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
