"""The token put around a conversation: renewed once, and problems reach whoever asked."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from sources.place import answer

from app.core.ports.net import Request, Response
from app.core.problems import Problem, ProblemError
from app.sources.apis.bearer import signed

LOST = ProblemError(Problem("net.timeout"))


class Tokens:
    """Gives one token after another, without asking anybody."""

    def __init__(self) -> None:
        self.given = 0

    def token(self) -> Generator[Request, Response, str | Problem]:
        self.given += 1
        return f"token{self.given}"
        yield

    def forget(self, token: str) -> None:
        assert token == f"token{self.given}"


def kept() -> Generator[Request, Response, str]:
    """Read one page and try a second one; what was read stays."""
    yield Request("https://api.example/1")
    try:
        yield Request("https://api.example/2")
    except ProblemError as error:
        return f"the first page, then {error.problem.code}"
    return "both"


def test_a_problem_reaches_the_conversation_even_after_the_token_was_renewed() -> None:
    for refused_first in (False, True):
        steps = signed(kept(), Tokens(), lambda problem: problem.code)
        assert next(steps).secret_headers == {"Authorization": "Bearer token1"}
        assert steps.send(answer()).url == "https://api.example/2"
        if refused_first:
            assert steps.send(answer(status=401)).secret_headers == {"Authorization": "Bearer token2"}
        with pytest.raises(StopIteration) as done:
            steps.throw(LOST)
        assert done.value.value == "the first page, then net.timeout"
