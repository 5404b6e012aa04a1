"""Conversations in the owner's name: each request shows an access token, and one that was refused is renewed once."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Protocol, TypeVar

from app.core.ports.net import Request, Response
from app.core.problems import Problem, ProblemError

R = TypeVar("R")

LONGEST_TOKEN = 10_000


class Access(Protocol):
    """Where the access token comes from."""

    def token(self) -> Generator[Request, Response, str | Problem]:
        """Return a token that is good for a while, or why there is none."""
        ...

    def forget(self, token: str) -> None:
        """Forget a token that was refused before its time."""
        ...


def signed(
    steps: Generator[Request, Response, R], access: Access, failed: Callable[[Problem], R]
) -> Generator[Request, Response, R]:
    """Pass the requests of a conversation on with the token in them; `failed` makes the result where there is none.

    A request answered with 401 is sent once more with a new token, and then its answer counts. Problems are passed in.
    """
    token = yield from access.token()
    if isinstance(token, Problem):
        steps.close()
        return failed(token)
    renewed = False
    try:
        request = next(steps)
        while True:
            try:
                response = yield _shown(request, token)
                if response.status == 401 and not renewed:
                    renewed = True
                    access.forget(token)
                    anew = yield from access.token()
                    if isinstance(anew, Problem):
                        steps.close()
                        return failed(anew)
                    token = anew
                    response = yield _shown(request, token)
            except ProblemError as error:
                request = steps.throw(error)
                continue
            request = steps.send(response)
    except StopIteration as done:
        result: R = done.value
        return result


def is_token(written: str) -> bool:
    """Say whether a text can be a token: one that a header carries."""
    return bool(written) and len(written) <= LONGEST_TOKEN and written.isascii() and written.isprintable()


def _shown(request: Request, token: str) -> Request:
    shown = {**request.secret_headers, "Authorization": f"Bearer {token}"}
    return replace(request, secret_headers=shown, errors=tuple({*request.errors, 401}))
