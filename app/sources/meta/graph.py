"""Calling Meta's Graph interface: the version pinned, the token in a header, refusals with a number."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from urllib.parse import urlencode

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.values import at, id_at, json_of, number_at
from app.sources.feeds.addresses import host_of

HOST = "graph.facebook.com"
VERSION = "v26.0"
"""Pinned: one that has run out is silently served by the next one, which may answer otherwise."""

REFUSED = (400, 401, 403, 404, 500)
HOUR = 3_600.0
MINUTE = 60.0
FULL = 95.0
"""Percent of the calls an app may make in an hour from which on it is left alone."""

_TOO_FAST = {"4", "17", "32", "613", "80001", "80002", "80006"}
_TOKEN_ENDED = {"190", "102", "463", "467"}
_NO_RIGHT = {"3", "10", "200", "210", "283", "294", "299"}
_PASSING = {"1", "2"}


def ask(path: str, token: str, asked: Mapping[str, str]) -> Request:
    """Return the request for what stands at a path."""
    return Request(
        f"https://{HOST}/{VERSION}/{path}?{urlencode(asked)}",
        headers={"Accept": "application/json"},
        secret_headers={"Authorization": f"Bearer {token}"},
        errors=REFUSED,
    )


def post(path: str, token: str, message: str) -> Request:
    """Return the request that writes a comment."""
    return Request(
        f"https://{HOST}/{VERSION}/{path}",
        method="POST",
        headers={"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"},
        secret_headers={"Authorization": f"Bearer {token}"},
        body=urlencode({"message": message}, errors="replace").encode(),
        unchanged_ok=False,
        errors=REFUSED,
    )


def found_in(response: Response, now: float) -> dict[str, object] | Problem:
    """Return what an answer holds, or why there is nothing."""
    found = json_of(response.body)
    if isinstance(found, dict) and isinstance(found.get("error"), dict):
        return refusal(response, now)
    if response.status >= 400:
        return usual_problem(response)
    return found if isinstance(found, dict) else broken(response)


def is_gone(response: Response) -> bool:
    """Say whether a refusal means that the post is not there, or no longer for us."""
    found = json_of(response.body)
    return id_at(found, "error", "code") == "100" and id_at(found, "error", "error_subcode") == "33"


def refusal(response: Response, now: float) -> Problem:
    """Return what an error means: a token that ended, a right that is missing, too many calls."""
    found = json_of(response.body)
    code, host = id_at(found, "error", "code"), {"host": host_of(response.url)}
    if code in _TOO_FAST:
        wait = max(usage_wait(response), response.fresh_for, HOUR / 2)
        return Problem("net.rate_limited", {**host, "status": response.status}, retry_at=now + wait)
    if code in _TOKEN_ENDED:
        return Problem("sources.meta_token_ended")
    if code in _NO_RIGHT:
        return Problem("sources.meta_no_right")
    if code == "100":
        return Problem("sources.meta_unknown")
    if code in _PASSING:
        return Problem("watch.server_error", {**host, "status": response.status})
    return usual_problem(response) if response.status != 400 else broken(response)


def usage_wait(response: Response) -> float:
    """Return how many seconds to leave the place alone by what it says of this hour's calls, 0.0 for nothing."""
    waits = [0.0]
    for name in ("x-app-usage", "x-page-usage", "x-business-use-case-usage"):
        try:
            told = json.loads(response.headers.get(name, "{}"))
        except (ValueError, RecursionError):
            continue
        waits += [_wait_of(row) for row in _rows(told)]
    return max(waits)


def _rows(told: object) -> list[object]:
    """Return the counters of a header: one, or a list of them for each account."""
    if not isinstance(told, dict):
        return []
    lists = [row for rows in list(told.values())[:20] if isinstance(rows, list) for row in rows[:20]]
    return lists or [told]


def _wait_of(row: object) -> float:
    again = number_at(row, "estimated_time_to_regain_access") or 0.0
    if again > 0:
        return min(again * MINUTE, 24 * HOUR)
    used = [number_at(row, name) or 0.0 for name in ("call_count", "total_cputime", "total_time")]
    return HOUR / 2 if math.isfinite(max(used)) and max(used) >= FULL else 0.0


def onward(found: object) -> str:
    """Return the mark of the next page, «» where there is none."""
    after = at(found, "paging", "cursors", "after")
    more = at(found, "paging", "next")
    return after if isinstance(after, str) and isinstance(more, str) and len(after) <= 1_000 else ""
