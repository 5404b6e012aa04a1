"""Steps put around steps: such as change what is asked or answered on the way."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

from app.core.ports.mail import MailAnswer, Posted
from app.core.ports.net import Request, Response
from app.core.problems import ProblemError

Outcome = TypeVar("Outcome")
Said = TypeVar("Said")


def through(
    steps: Generator[Request, Response, Outcome],
    hear: Callable[[Said], Response],
    ask: Callable[[Request], Request] = lambda request: request,
) -> Generator[Request, Said, Outcome]:
    """Pass requests on as `ask` makes them, answers back as `hear` makes them, and problems in."""
    try:
        request = next(steps)
        while True:
            try:
                answer = yield ask(request)
            except ProblemError as error:
                request = steps.throw(error)
                continue
            request = steps.send(hear(answer))
    except StopIteration as done:
        outcome: Outcome = done.value
        return outcome
    finally:
        steps.close()


def of_web(
    steps: Generator[Request, Response, Outcome],
) -> Generator[Request, Response | Posted | MailAnswer, Outcome]:
    """Pass requests on, answers back and problems in; raises TypeError for one that answers no request."""

    def only_responses(answer: Response | Posted | MailAnswer) -> Response:
        if not isinstance(answer, Response):
            raise TypeError("a request is answered by a response")
        return answer

    return through(steps, only_responses)
