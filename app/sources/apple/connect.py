"""App Store Connect's interface: who asks, with which key, and what its refusals mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.jwt import es256
from app.sources.apis.server import usual_problem

HOST = "api.appstoreconnect.apple.com"
BASE = f"https://{HOST}/v1"

LIFE = 900
"""Seconds a token is good for; Apple takes at most twenty minutes."""

SKEW = 30
"""Seconds by which this laptop's clock may be ahead of Apple's."""

HOUR = 3_600.0
FEW = 50
"""Requests left of the hour's 3,500 from which we wait for the rolling hour to pass: they are shared with other programs."""

REFUSED = (401, 403, 404, 429)
_LEFT = re.compile(r"user-hour-rem:\s{0,5}(\d{1,9})")


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A key of the owner's team: who issued it, its id and the private key itself. Never shown."""

    issuer: str
    key_id: str
    private: str

    def request(self, path: str, now: float, *, method: str = "GET", body: bytes | None = None) -> Request | Problem:
        """Return a request that shows a new token, or that there is no key to sign it with."""
        if not self.private.strip():
            return Problem("sources.apple_no_key")
        claims = {
            "iss": self.issuer,
            "iat": int(now) - SKEW,
            "exp": int(now) - SKEW + LIFE,
            "aud": "appstoreconnect-v1",
        }
        token = es256(self.private, {"kid": self.key_id}, claims)
        if not token:
            return Problem("sources.apple_bad_key")
        headers = {"Accept": "application/json", **({"Content-Type": "application/json"} if body else {})}
        return Request(
            BASE + path,
            method=method,
            headers=headers,
            secret_headers={"Authorization": f"Bearer {token}"},
            body=body,
            unchanged_ok=body is None,
            errors=REFUSED,
        )


def left(response: Response) -> int | None:
    """Return how many requests are left of this hour, None where the answer does not say."""
    said = _LEFT.search(response.headers.get("x-rate-limit", "")[:300])
    return int(said[1]) if said else None


def wait_after(response: Response) -> float:
    """Return the seconds to wait because few requests are left, 0.0 where there are enough."""
    still = left(response)
    return HOUR if still is not None and still < FEW else 0.0


def refusal(response: Response, now: float) -> Problem:
    """Return what a status of 400 and above means."""
    if response.status == 401:
        return Problem("sources.apple_key_refused")
    if response.status == 403:
        return Problem("sources.apple_role")
    if response.status == 429:
        wait = response.fresh_for or HOUR
        return Problem("net.rate_limited", {"host": HOST, "status": 429}, retry_at=now + wait)
    return usual_problem(response)
