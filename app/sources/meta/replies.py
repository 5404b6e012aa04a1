"""The shop's reply at Facebook or Instagram: put below a post or comment, and looked for there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.core.ports.answer import Answer, LookSteps, SendSteps, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.ours import Found, ours
from app.sources.apis.values import Row, id_at, rows_at
from app.sources.meta.graph import HOST, found_in, is_gone


def send_reply(request: Request, now: float) -> SendSteps:
    """Put the reply there."""
    response = yield request
    if not isinstance(response, Response):
        return Sent()
    found = found_in(response, now)
    if isinstance(found, Problem):
        return Sent(problem=Problem("sources.answered_post_gone", {"host": HOST}) if is_gone(response) else found)
    return Sent(where=id_at(found, "id"))


def look_below(request: Request, answer: Answer, read: Callable[[Row, float], Found]) -> LookSteps:
    """Look for the reply in the list that a request asks for."""
    response = yield replace(request, unchanged_ok=False)
    if not isinstance(response, Response):
        return Standing()
    found = found_in(response, answer.now)
    if isinstance(found, Problem):
        return Standing(gone=True) if is_gone(response) else Standing(problem=found)
    return ours(answer, (read(row, answer.now) for row in rows_at(found, "data")))
