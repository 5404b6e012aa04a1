"""Signing in to a source: its steps driven one by one, so that whoever shows them waits in a way of their own."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping

from app.core.ports.net import Request, Response
from app.core.ports.signin import SignedIn, SignInCode, SigningIn, SignInPause
from app.core.problems import Problem
from app.core.watch import Watch
from app.listen.keys import secrets_of
from app.listen.parts import Parts

TRIES = 5
"""Failed questions in a row after which it is given up: a laptop may lose its network for a while."""

PATIENCE = 10.0
"""Seconds between a question that failed and the next try."""

_PASSING = frozenset({"net.offline", "net.timeout", "net.refused", "net.broken"})


def sign_in(
    parts: Parts, watch: Watch, secrets: Mapping[str, str] | None = None
) -> Iterator[SignInCode | SignInPause | SignedIn]:
    """Yield the code to show, then pauses to let pass before the next value is asked for, and how it ended as the last.

    Each value takes one request at most. `secrets` are those just typed; others are taken from the keyring.
    """
    source = parts.sources.get(watch.source)
    if source is None or not isinstance(source, SigningIn):
        yield SignedIn(problem=Problem("desk.no_sign_in", {"name": watch.name}))
        return
    kept = secrets_of(watch, source, parts.secrets)
    if isinstance(kept, Problem):
        yield SignedIn(problem=kept)
        return
    steps = source.sign_in(watch.settings, {**kept, **(secrets or {})}, parts.clock())
    try:
        step = next(steps)
        while True:
            if not isinstance(step, Request):
                yield step
                step = steps.send(None)
                continue
            answer = yield from _answer(parts, watch, step)
            if isinstance(answer, Problem):
                yield SignedIn(problem=answer)
                return
            step = steps.send(answer)
    except StopIteration as done:
        ended: SignedIn = done.value
        yield ended


def _answer(parts: Parts, watch: Watch, request: Request) -> Generator[SignInPause, None, Response | Problem]:
    """Return the answer to a request; what passes by itself is tried again after a pause."""
    for _ in range(TRIES - 1):
        answer = parts.net.send(request, allow_private=watch.allow_private, patient=False)
        if not isinstance(answer, Problem) or answer.code not in _PASSING:
            return answer
        yield SignInPause(PATIENCE)
    return parts.net.send(request, allow_private=watch.allow_private, patient=False)
