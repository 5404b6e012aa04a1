"""Signing in with a code (RFC 8628): the owner confirms in the browser, and meanwhile the place is asked now and then."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping

from app.core.ports.net import Request, Response
from app.core.ports.signin import SignedIn, SignInCode, SignInPause, SignInSteps
from app.core.problems import Problem
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.values import json_of, name_of, number_at, text_at
from app.sources.feeds.addresses import host_of, web_address

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
INTERVAL, LONGEST_INTERVAL = 5.0, 60.0
"""Seconds between questions where the place does not say, and the most that is believed."""

SLOWER = 5.0
"""Seconds by which the interval grows each time the place asks for it."""

LASTS, LONGEST = 1_800.0, 3_600.0
"""Seconds a code is taken to be good for where the place does not say, and the most that is believed."""

_LONGEST_CODE = 4_000
_PENDING = frozenset({"authorization_pending", "slow_down"})
_EXPIRED = frozenset({"expired_token", "invalid_grant"})

Keep = Callable[[Response], Mapping[str, str] | Problem]
"""Makes the secrets to keep of the answer that brings the tokens."""


def device_sign_in(
    begin: Request,
    ask: Callable[[str], Request],
    keep: Keep,
    *,
    host: str,
    refused: Callable[[Response], Problem | None],
) -> SignInSteps:
    """Return the steps of signing in.

    `begin` asks for a code, `ask` makes the question whether it was confirmed. Only pages of `host` (and hosts below it)
    are shown to the owner. `refused` says what a refusal means there, None where it means nothing of its own.
    """
    response = yield from _asked(begin)
    found = json_of(response.body)
    if response.status >= 400:
        return SignedIn(problem=refused(response) or usual_problem(response))
    device, code = text_at(found, "device_code"), name_of(text_at(found, "user_code"))
    pages = ("verification_uri_complete", "verification_uri")
    address = next((page for name in pages if (page := _page(text_at(found, name), host))), "")
    if not device or len(device) > _LONGEST_CODE or not code or not address:
        return SignedIn(problem=broken(response))
    lasts = _seconds(found, "expires_in", LASTS, LONGEST)
    pause = _seconds(found, "interval", INTERVAL, LONGEST_INTERVAL)
    yield SignInCode(code, address, lasts)
    while lasts > 0:
        yield SignInPause(pause)
        lasts -= pause
        response = yield from _asked(ask(device))
        if response.status < 400:
            kept = keep(response)
            return SignedIn(problem=kept) if isinstance(kept, Problem) else SignedIn(kept)
        error = text_at(json_of(response.body), "error")
        if error not in _PENDING:
            return SignedIn(problem=_ended(error, response) or refused(response) or usual_problem(response))
        pause = min(pause + SLOWER, LONGEST_INTERVAL) if error == "slow_down" else pause
    return SignedIn(problem=Problem("sources.sign_in_expired"))


def _ended(error: str, response: Response) -> Problem | None:
    if error == "access_denied":
        return Problem("sources.sign_in_denied", {"host": host_of(response.url)})
    return Problem("sources.sign_in_expired") if error in _EXPIRED else None


def _asked(request: Request) -> Generator[Request | SignInCode | SignInPause, Response | None, Response]:
    response = yield request
    if response is None:
        raise ValueError("a request was left without an answer")
    return response


def _page(written: str, host: str) -> str:
    """Return the address of a page to open, «» unless it is an encrypted one of this host."""
    address = web_address(written)
    its_host = host_of(address)
    fits = its_host == host or its_host.endswith("." + host)
    return address if fits and address.startswith("https://") else ""


def _seconds(found: object, name: str, usual: float, most: float) -> float:
    said = number_at(found, name)
    return min(said, most) if said is not None and said >= 1 else usual
