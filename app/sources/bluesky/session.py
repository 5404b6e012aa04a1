"""Sessions with an app password: opened once, refreshed when they run out, kept in memory only and never written down.

Bluesky lets 300 sessions a day be opened for an account; all watches of an account therefore share one.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import threading
from collections.abc import Generator
from dataclasses import dataclass, replace

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.bearer import is_token
from app.sources.apis.server import broken, place_of, usual_problem
from app.sources.apis.tokens import MARGIN, mark_of
from app.sources.apis.values import json_of, number_at, text_at

LIFE = 5_400.0
"""Seconds an access token is taken to live where it does not say itself; two hours were seen."""

_DID = re.compile(r"did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,200}")
TOKEN_ERRORS = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing"})


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """Who asks where: the server, the account's name and its app password. Never shown."""

    base: str
    user: str
    password: str

    @property
    def key(self) -> str:
        """Return what tells this log-in from others; it gives nothing away."""
        return mark_of(self.base, self.user.lower(), self.password)


@dataclass(frozen=True, slots=True, repr=False)
class _Session:
    access: str
    refresh: str
    until: float
    did: str = ""


class Sessions:
    """The sessions of this process; used by several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}

    def token(self, login: Login, now: float) -> Generator[Request, Response, str | Problem]:
        """Return a token that is good for a while: the one at hand, a renewed one, or that of a new session."""
        with self._lock:
            known = self._sessions.get(login.key)
        if known and now < known.until - MARGIN:
            return known.access
        if known:
            renewed = yield from self._renewed(login, known, now)
            if renewed:
                return renewed
        return (yield from self._opened(login, now))

    def did(self, login: Login) -> str:
        """Return the account's lasting name in the network, «» before a session was opened."""
        with self._lock:
            known = self._sessions.get(login.key)
        return known.did if known else ""

    def forget(self, login: Login, token: str) -> None:
        """Forget a session whose token was refused, unless another thread has renewed it by now."""
        with self._lock:
            known = self._sessions.get(login.key)
            if known and known.access == token:
                self._sessions[login.key] = replace(known, until=0.0)

    def drop(self, login: Login) -> None:
        """Forget all about a session."""
        with self._lock:
            self._sessions.pop(login.key, None)

    def _renewed(self, login: Login, known: _Session, now: float) -> Generator[Request, Response, str]:
        response = yield Request(
            f"{login.base}/xrpc/com.atproto.server.refreshSession",
            method="POST",
            secret_headers={"Authorization": f"Bearer {known.refresh}"},
            body=b"",
            unchanged_ok=False,
            errors=(400, 401, 403),
        )
        kept = self._keep(login, response, now) if response.status < 400 else ""
        if not kept:
            self.drop(login)
        return kept

    def _opened(self, login: Login, now: float) -> Generator[Request, Response, str | Problem]:
        response = yield Request(
            f"{login.base}/xrpc/com.atproto.server.createSession",
            method="POST",
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            body=json.dumps({"identifier": login.user, "password": login.password}).encode(),
            unchanged_ok=False,
            errors=(400, 401, 403),
        )
        if response.status >= 400:
            return _refused(response, login)
        return self._keep(login, response, now) or broken(response)

    def _keep(self, login: Login, response: Response, now: float) -> str:
        found = json_of(response.body)
        access, refresh = text_at(found, "accessJwt"), text_at(found, "refreshJwt")
        if not (is_token(access) and is_token(refresh)):
            return ""
        with self._lock:
            self._sessions[login.key] = _Session(access, refresh, _end_of(access, now), did_at(found))
        return access


def did_at(found: object) -> str:
    """Return the lasting name of an account that an answer tells, «» where it tells none."""
    written = text_at(found, "did")
    return written if _DID.fullmatch(written) else ""


def _end_of(token: str, now: float) -> float:
    """Return when a token ends by its own words (the `exp` of a JWT), else by the usual life of one."""
    parts = token.split(".")
    body = parts[1] if len(parts) == 3 else ""
    try:
        says = number_at(json_of(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))), "exp")
    except (ValueError, binascii.Error):
        says = None
    return says if says is not None and now < says < now + 86_400 * 7 else now + LIFE


def _refused(response: Response, login: Login) -> Problem:
    """Return why no session was opened: a wrong password, an account that wants a code, one that was taken down."""
    error = text_at(json_of(response.body), "error")
    args = {"host": place_of(login.base), "user": login.user[:200]}
    if error == "AuthFactorTokenRequired":
        return Problem("sources.wants_app_password", args)
    if error == "AccountTakedown":
        return Problem("sources.account_closed", args)
    return Problem("sources.app_password_refused", args) if response.status in {400, 401} else usual_problem(response)
