"""One reply sent, or looked for, through its source: the source asks, the net answers, and it is said what is certain."""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from app.core.outbox import surely_unsent
from app.core.ports.answer import Answer, Answering, Seeing, Standing
from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.ports.net import Net, Request, Response
from app.core.problems import Problem
from app.core.statuses import status_problem
from app.listen.poll import broken_off, host_told

UNKNOWN_LETTER = "mail.unknown"
"""The one problem of a letter after which nobody knows whether it was sent (see Net.send_mail)."""

Asked = Request | MailRequest | PostRequest
Given = Response | MailAnswer | Posted

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    """What sending came to. Without `problem` the place has taken it. With `unsure` nobody knows whether it stands there.

    With a problem and not `unsure` it surely does not. `beside` is what went wrong beside a reply that was taken.
    """

    where: str = ""
    problem: Problem | None = None
    unsure: bool = False
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    beside: Problem | None = None


class _Errand:
    """The requests and answers of one conversation.

    `changed` says whether the place took something that changes it (a log-in, the reply). `unsure` says whether, if it ended here, something may have been changed unnoticed; `broke` whether the place broke
    down over the last request that changes something.
    """

    def __init__(self, answer: Answer, net: Net) -> None:
        self._watch, self._net, self._now = answer.watch, net, answer.now
        self.changed = False
        self.unsure = False
        self.broke = False

    def ask(self, request: Asked) -> Given | Problem:
        """Return the answer to a request, or why there is none.

        After a request that changes something and surely did not, things are known. After a question that failed they
        are as unknown as what was changed before it leaves them: it may have been a log-in, it may have been the reply.
        """
        self.unsure = self.changed
        if isinstance(request, MailRequest):
            return self._net.fetch_mail(request, allow_private=self._watch.allow_private)
        if isinstance(request, PostRequest):
            return self._post(request)
        return self._send(request)

    def _post(self, request: PostRequest) -> Posted | Problem:
        posted = self._net.send_mail(request, allow_private=self._watch.allow_private)
        self.unsure = isinstance(posted, Problem) and posted.code == UNKNOWN_LETTER
        self.changed = self.changed or not isinstance(posted, Problem)
        return posted

    def _send(self, request: Request) -> Response | Problem:
        changes = request.method.upper() not in {"GET", "HEAD"}
        response = self._net.send(request, allow_private=self._watch.allow_private)
        if isinstance(response, Problem):
            if changes:
                self.unsure = not surely_unsent(response)
            return response
        if changes:
            self.unsure = self.broke = response.status >= 500
            self.changed = self.changed or response.status < 400
        problem = status_problem(response.status, host_told(request.url))
        if problem is None or response.status in request.errors:
            return response
        return replace(problem, retry_at=response.asked_until(self._now))


def send_reply(source: Answering, answer: Answer, net: Net) -> Tried:
    """Have a reply posted, once; never raises."""
    errand = _Errand(answer, net)
    try:
        problem, sent = _converse(source.answer(answer), errand)
    except Exception as error:  # noqa: BLE001  a source may come from anybody; what was sent before counts all the same
        return Tried("", _crashed(answer, error), errand.unsure or errand.changed)
    secrets = sent.secrets if sent else {}
    if problem is not None or sent is None:
        return Tried("", problem, errand.unsure, secrets)
    return Tried(sent.where, sent.problem, sent.problem is not None and errand.broke, secrets, sent.beside)


def look_for(source: Seeing, answer: Answer, net: Net) -> Standing:
    """Look whether a reply stands under its mention; never raises."""
    try:
        problem, standing = _converse(source.look(answer), _Errand(answer, net))
    except Exception as error:  # noqa: BLE001  as above
        return Standing(problem=_crashed(answer, error))
    found: Standing = standing or Standing(problem=problem)
    return replace(found, problem=problem or found.problem)


def _converse(steps: object, errand: _Errand) -> tuple[Problem | None, Any]:
    """Return why a conversation broke off, if it did, and what the source made of it, None where nothing."""
    talk = cast("Generator[Asked, Given, Any]", steps)
    try:
        request = next(talk)
        while True:
            given = errand.ask(request)
            if isinstance(given, Problem):
                return given, broken_off(talk, given)
            request = talk.send(given)
    except StopIteration as done:
        return None, done.value


def _crashed(answer: Answer, error: Exception) -> Problem:
    log.error("the reply to a mention of watch %s crashed", answer.watch.id, exc_info=error)
    return Problem("outbox.crashed", {"error": type(error).__name__})
