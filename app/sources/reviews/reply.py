"""The shop's reply under a review: places keep one at most, so the one that stands there is the newest."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from dataclasses import replace

from app.core.our_reply import EARLY, is_our_text
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.server import usual_problem
from app.sources.feeds.addresses import host_of

GONE = (404, 410)
NOT_TAKEN = (400, 409, 413, 422)
"""Refusals of the reply itself, not of whoever sent it."""

Send = Generator[Request, Response, Sent]
"""Posting a reply with web requests alone."""

Look = Generator[Request, Response, Standing]
"""Looking for it with web requests alone."""


def standing(text: str, at: float | None, answer: Answer, where: str) -> Standing:
    """Return what a reply found under the review says of ours; `text` is «» where there is none, `at` Unix seconds.

    It is ours if it reads the same, or if it was written since we began: then the owner wrote it by hand, or changed it
    after the copy. An older one that reads differently is that of an earlier time.
    """
    if not text.strip():
        return Standing()
    newer = at is not None and at >= answer.begun - EARLY
    if newer or is_our_text(answer.text, text):
        return Standing(stands=True, where=where, at=at)
    return Standing()


def put_reply(
    request: Request,
    told: object,
    answer: Answer,
    refusal: Callable[[Response], Problem],
    media: str = "application/json",
) -> Send:
    """Send a reply, `told` as JSON; `refusal` says what it means that whoever sends it is refused."""
    response = yield replace(
        request,
        headers={**request.headers, "Content-Type": media},
        body=json.dumps(told).encode(),
        unchanged_ok=False,
        errors=(*request.errors, *NOT_TAKEN),
    )
    if response.status >= 400:
        return Sent(problem=not_taken(response) or refusal(response))
    return Sent(answer.mention.key)


def not_taken(response: Response) -> Problem | None:
    """Return that the place did not take the reply as it is, or that the review is gone; None for any other refusal."""
    args: dict[str, str | int | float] = {"host": host_of(response.url), "status": response.status}
    if response.status in GONE:
        return Problem("sources.review_gone", args)
    return Problem("sources.reply_not_taken", args) if response.status in NOT_TAKEN else None


def not_seen(response: Response, problem: Problem | None = None) -> Standing:
    """Return what a look that was refused says: that the review is gone, or nothing."""
    return Standing(gone=True) if response.status in GONE else Standing(problem=problem or usual_problem(response))
