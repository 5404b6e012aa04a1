"""Replies sent and looked for through a source, with given answers, without any network: as the listener drives them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from typing import Any, cast

from sources.place import NOW, answer

from app.core.mention import Mention
from app.core.ports.answer import Answer, Answering, Seeing, Sent, Standing
from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.ports.net import Request, Response
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch

BEGUN = NOW - 3_600.0
Asked = Request | PostRequest | MailRequest


class Counter:
    """Drives the steps of a source: `serve` answers what it asks; `asked` is kept.

    A refusal it does not ask for ends it with a problem, as the listener's way of sending does.
    """

    def __init__(self, serve: Callable[[Any], object]) -> None:
        self.asked: list[Any] = []
        self._serve = serve

    @property
    def urls(self) -> list[str]:
        return [one.url for one in self.asked if isinstance(one, Request)]

    def send(self, source: object, reply: Answer) -> Sent | Problem:
        assert isinstance(source, Answering)
        outcome = self._drive(source.answer(reply))
        assert isinstance(outcome, Sent | Problem)
        return outcome

    def look(self, source: object, reply: Answer) -> Standing | Problem:
        assert isinstance(source, Seeing)
        outcome = self._drive(source.look(reply))
        assert isinstance(outcome, Standing | Problem)
        return outcome

    def _drive(self, steps: Any) -> object:
        self.asked = []
        steps = cast("Generator[Asked, Any, object]", steps)
        try:
            request = next(steps)
            while True:
                assert len(self.asked) < 20, "steps without end"
                self.asked.append(request)
                said = self._serve(request)
                if not isinstance(said, Response | Posted | MailAnswer | Problem):
                    said = answer(said)
                if isinstance(said, Response):
                    said = replace(said, url=said.url or request.url)
                    if said.status >= 400 and said.status not in request.errors:
                        said = Problem(f"status {said.status}")
                if isinstance(said, Problem):
                    request = steps.throw(ProblemError(said))
                    continue
                request = steps.send(said)
        except StopIteration as stop:
            return stop.value
        except ProblemError as error:
            return error.problem


def reply_to(
    mention: Mention,
    text: str = "Przepraszamy, sprawdzamy Pani zamówienie!",
    *,
    settings: Mapping[str, str],
    secrets: Mapping[str, str] | None = None,
    **more: Any,
) -> Answer:
    """Return a reply, begun an hour ago."""
    watch = Watch("w1", "Opinie", mention.source, settings=dict(settings), own=True)
    made = Answer("r-17", text, mention, watch, NOW, BEGUN, secrets=secrets or {})
    return replace(made, **more)
