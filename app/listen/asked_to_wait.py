"""What hosts ask for, heeded beside the listener: a test and a search know what was kept of them, and keep what they learn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from app.core.problems import Problem, ProblemError
from app.core.watch import HostState
from app.listen.parts import Parts

LEAVE_ALONE = "listen.leave_alone"


class Learnt:
    """The hosts whose state changed meanwhile."""

    def __init__(self) -> None:
        self._states: dict[str, HostState] = {}

    def note(self, states: tuple[HostState, ...]) -> None:
        """Take note of changed hosts."""
        self._states.update({state.host: state for state in states})

    @property
    def states(self) -> tuple[HostState, ...]:
        return tuple(self._states.values())

    def told(self, problem: Problem) -> Problem:
        """Return the problem of somebody who stands and waits: that a host asks for a pause, and until when."""
        if not problem.is_wait:
            return problem
        host = str(problem.args.get("host", ""))
        known = (state.blocked_until for state in self._states.values() if _is_of(state, host))
        until = problem.retry_at or max(known, default=None)
        return replace(problem, code=LEAVE_ALONE, retry_at=until) if until else problem


@contextmanager
def heeding_hosts(parts: Parts) -> Iterator[Learnt]:
    """Ask nobody inside who is to be left alone, and keep who says so; what cannot be kept is known to this process still."""
    learnt = Learnt()
    with suppress(ProblemError):
        parts.net.remember_hosts(parts.archive.hosts())
    try:
        yield learnt
    finally:
        learnt.note(parts.net.host_states())
        if learnt.states:
            with suppress(ProblemError):
                parts.archive.put_hosts(learnt.states)


def _is_of(state: HostState, host: str) -> bool:
    """Say whether a state is that of a host as a problem names it; either may have a port that the other has not."""
    named = host.replace("[", "").replace("]", "")
    return named in {state.host, state.host.rpartition(":")[0]} or named.rpartition(":")[0] == state.host
