"""What YouTube's interface says when it refuses: a day's units used up, a key that is wrong or may not be used here."""

from __future__ import annotations

from app.core.ports.net import Response
from app.core.problems import Problem
from app.sources.apis.values import json_of, rows_at, text_at
from app.sources.feeds.addresses import host_of
from app.sources.google.refusals import DAY, REFUSED, google_refusal

YOUTUBE_REFUSED = (400, *REFUSED)
QUARTER = 900.0
RESET = 8 * 3_600.0
"""Seconds after midnight UTC when a day's units are surely new: midnight in California in winter, one o'clock in summer."""

_TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_DAY_IS_OVER = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_CODES = {
    "sources.google_key_refused": {"API_KEY_INVALID", "keyInvalid", "keyExpired", "API_KEY_EXPIRED"},
    "sources.google_api_off": {"accessNotConfigured", "SERVICE_DISABLED"},
    "sources.google_key_restricted": {
        "API_KEY_SERVICE_BLOCKED",
        "API_KEY_IP_ADDRESS_BLOCKED",
        "API_KEY_HTTP_REFERRER_BLOCKED",
        "ipRefererBlocked",
    },
    "sources.google_scope": {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"},
}


def reasons_of(response: Response) -> frozenset[str]:
    """Return all reasons an answer gives for its refusal; YouTube gives its own in the older way of writing."""
    found = json_of(response.body)
    rows = (*rows_at(found, "error", "errors"), *rows_at(found, "error", "details"))
    return frozenset(filter(None, (text_at(row, "reason") for row in rows)))


def youtube_refusal(response: Response, now: float) -> Problem:
    """Return what a status of 400 and above means."""
    reasons, args = reasons_of(response), {"host": host_of(response.url)}
    if reasons & (_DAY_IS_OVER | _TOO_FAST):
        again = next_day(now) if reasons & _DAY_IS_OVER else now + max(response.fresh_for, QUARTER)
        return Problem("net.rate_limited", {**args, "status": response.status}, retry_at=again)
    for code, meant in _CODES.items():
        if reasons & meant:
            return Problem(code, args)
    return Problem("sources.google_grant_ended") if response.status == 401 else google_refusal(response, now)


def next_day(now: float) -> float:
    """Return when the units of a day start anew, Unix seconds."""
    return now - (now - RESET) % DAY + DAY
