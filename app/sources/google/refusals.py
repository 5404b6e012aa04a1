"""What Google's interfaces mean when they refuse: an interface not switched on, rights not given, access not granted."""

from __future__ import annotations

from app.core.ports.net import Response
from app.core.problems import Problem
from app.sources.apis.server import usual_problem
from app.sources.apis.values import id_at, json_of, rows_at, text_at
from app.sources.feeds.addresses import host_of

DAY = 86_400.0
MINUTE = 60.0
REFUSED = (401, 403, 404, 429)


def reason_of(response: Response) -> str:
    """Return the reason a refusal gives, such as «SERVICE_DISABLED», else its status, such as «PERMISSION_DENIED»."""
    found = json_of(response.body)
    reasons = (text_at(row, "reason") for row in rows_at(found, "error", "details"))
    return next((reason for reason in reasons if reason), "") or text_at(found, "error", "status")


def no_quota(response: Response) -> bool:
    """Say whether nothing at all may be asked: the project was not let in (a limit of nought), it did not ask too much."""
    details = rows_at(json_of(response.body), "error", "details")
    return any(id_at(row, "metadata", "quota_limit_value") == "0" for row in details)


def google_refusal(response: Response, now: float) -> Problem:
    """Return what a status of 400 and above means wherever an interface gives it no meaning of its own."""
    host, reason = host_of(response.url), reason_of(response)
    if response.status == 429:
        wait = response.fresh_for or MINUTE
        return Problem("net.rate_limited", {"host": host, "status": 429}, retry_at=now + wait)
    if response.status == 403 and reason == "SERVICE_DISABLED":
        return Problem("sources.google_api_off", {"host": host})
    if response.status == 403 and reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
        return Problem("sources.google_scope", {"host": host})
    return usual_problem(response)
