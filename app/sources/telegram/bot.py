"""Speaking with a bot's interface: requests with the bot's token in their address, and what refusals mean."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.values import at, is_true, json_of, number_at, text_at, title_of

HOST = "api.telegram.org"
REFUSED = (400, 401, 403, 404, 409, 429)
LONGEST = 4_096
"""Characters of a message."""

DAY = 86_400.0
PAUSE = 60.0
"""Seconds to wait where Telegram asks for fewer requests and does not say how long."""

_GONE = ("message to be replied not found", "replied message not found", "message to reply not found")


def ask(token: str, method: str, asked: Mapping[str, object]) -> Request:
    """Return the request that calls a method; the token goes into the address when it is sent, and nowhere else."""
    return Request(
        f"https://{HOST}/bot{{secret}}/{method}",
        method="POST",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        body=json.dumps(asked).encode(),
        unchanged_ok=False,
        errors=REFUSED,
        url_secret=token,
    )


def result_of(response: Response, now: float) -> object | Problem:
    """Return what a method brought, or why it was refused."""
    found = json_of(response.body)
    if response.status >= 400:
        return _refusal(response, found, now)
    return at(found, "result") if is_true(found, "ok") else broken(response)


def _refusal(response: Response, found: object, now: float) -> Problem:
    """Return what a refusal means. Telegram answers a token that is none with 404, a revoked one with 401."""
    said = title_of(text_at(found, "description"))
    if response.status in {401, 404}:
        return Problem("sources.telegram_token_refused")
    if response.status == 409:
        return Problem("sources.telegram_webhook" if "webhook" in said.lower() else "sources.telegram_other_program")
    if response.status == 429:
        wait = number_at(found, "parameters", "retry_after")
        wait = min(wait, DAY) if wait is not None and wait > 0 else PAUSE
        return Problem("net.rate_limited", {"host": HOST, "status": 429}, retry_at=now + wait)
    return usual_problem(response)


def send_refusal(response: Response, now: float) -> Problem:
    """Return why a message was not taken."""
    said = title_of(text_at(json_of(response.body), "description")).lower()
    if any(words in said for words in _GONE):
        return Problem("sources.answered_post_gone", {"host": "Telegram"})
    if response.status == 403 or "not enough rights" in said or "chat not found" in said or "chat_write" in said:
        return Problem("sources.telegram_may_not_write")
    if "too long" in said:
        return Problem("sources.answer_too_long", {"host": "Telegram", "most": LONGEST})
    return _refusal(response, json_of(response.body), now)
