"""Steps that only ever speak HTTP, in the place of steps that may speak to mail servers as well."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from app.core.ports.mail import MailAnswer, Posted
from app.core.ports.net import Request, Response
from app.core.problems import ProblemError

Outcome = TypeVar("Outcome")


def of_web(
    steps: Generator[Request, Response, Outcome],
) -> Generator[Request, Response | Posted | MailAnswer, Outcome]:
    """Pass requests on, answers back and problems in; raises TypeError for one that answers no request."""
    try:
        request = next(steps)
        while True:
            try:
                answer = yield request
            except ProblemError as error:
                request = steps.throw(error)
                continue
            if not isinstance(answer, Response):
                raise TypeError("a request is answered by a response")
            request = steps.send(answer)
    except StopIteration as done:
        outcome: Outcome = done.value
        return outcome
    finally:
        steps.close()
