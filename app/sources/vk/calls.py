"""Calling VK: the token in the body of a POST, never in an address; errors come with status 200 and a number."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.values import id_at, json_of

HOST = "api.vk.com"
SITE = "vk.com"
VERSION = "5.199"
HOUR = 3_600.0

_WAITS = {"6": 60.0, "9": HOUR, "29": HOUR, "223": HOUR}
"""Seconds to wait after the errors that ask for fewer requests: per second, per action, per method, comments."""

_CODES = {
    "5": "sources.vk_token_refused",
    "14": "sources.vk_captcha",
    "17": "sources.vk_captcha",
    "23": "sources.vk_token_kind",
    "27": "sources.vk_token_kind",
    "28": "sources.vk_token_kind",
    "7": "sources.vk_no_access",
    "15": "sources.vk_no_access",
    "18": "sources.vk_no_access",
    "19": "sources.vk_no_access",
    "30": "sources.vk_no_access",
    "203": "sources.vk_no_access",
    "212": "sources.vk_no_access",
    "213": "sources.vk_no_access",
    "100": "sources.vk_unknown",
    "104": "sources.vk_unknown",
    "113": "sources.vk_unknown",
    "125": "sources.vk_unknown",
}
_ASKED_AGAIN = {"sources.vk_captcha"}
"""Problems that pass by themselves after a while."""


def call(token: str, method: str, asked: Mapping[str, str]) -> Request:
    """Return the request that calls a method."""
    body = urlencode({**asked, "v": VERSION, "access_token": token}, errors="replace")
    return Request(
        f"https://{HOST}/method/{method}",
        method="POST",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        body=body.encode(),
        unchanged_ok=False,
        errors=(401,),
    )


def result_of(response: Response, now: float, name: str = "") -> dict[str, object] | Problem:
    """Return what a call brought, or why it was refused; `name` is what was asked for, for the sentence about it."""
    if response.status >= 400:
        return Problem("sources.vk_token_refused") if response.status == 401 else usual_problem(response)
    found = json_of(response.body)
    if isinstance(found, dict) and isinstance(found.get("error"), dict):
        return _refusal(id_at(found, "error", "error_code"), response, now, name)
    inner = found.get("response") if isinstance(found, dict) else None
    return inner if isinstance(inner, dict) else broken(response)


def error_of(response: Response) -> str:
    """Return the number of the error an answer holds, «» for none."""
    return id_at(json_of(response.body), "error", "error_code")


def _refusal(code: str, response: Response, now: float, name: str) -> Problem:
    if code in _WAITS:
        return Problem("net.rate_limited", {"host": HOST, "status": response.status}, retry_at=now + _WAITS[code])
    known = _CODES.get(code, "")
    if known and (name or known != "sources.vk_unknown"):
        later = now + HOUR if known in _ASKED_AGAIN else None
        return Problem(known, {"name": name[:100]}, retry_at=later)
    if code in {"1", "10"}:
        return Problem("watch.server_error", {"host": HOST, "status": int(code)})
    return broken(response)
