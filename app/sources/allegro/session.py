"""A session at Allegro: the owner's own application, and tokens of which each refreshing takes away the one before.

An access token lives twelve hours, a refresh token three months and for one use. So both are kept as one secret, and
whoever refreshes hands the new one back to be kept. What could not be kept stays in memory, so that nothing is lost.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

from app.core.ports.answer import Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Reading
from app.core.problems import Problem, ProblemError
from app.sources.apis.bearer import is_token, signed
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.tokens import mark_of
from app.sources.apis.values import json_of, number_at, text_at

R = TypeVar("R", Reading, Sent, Standing)

SESSION = "session"
"""The setting under which the session is kept."""

PRODUCTION, SANDBOX = "allegro.pl", "allegro.pl.allegrosandbox.pl"

LIFE, MOST_LIFE = 3_600.0, 86_400.0
"""Seconds an access token is taken to live where Allegro does not say (it says twelve hours), and the most that is believed."""

MARGIN = 300.0
"""Seconds before its end from which a token is renewed."""

MOST_KEPT = 200
_CLIENT_ERRORS = frozenset({"invalid_client", "unauthorized_client"})


@dataclass(frozen=True, slots=True, repr=False)
class Client:
    """The owner's own application at one of Allegro's servers. Never shown."""

    server: str
    client_id: str
    client_secret: str

    def request(self, path: str, **form: str) -> Request:
        """Return a request to where tokens are given out."""
        basic = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode("utf-8", "replace")).decode()
        return Request(
            f"https://{self.server}/auth/oauth/{path}",
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            secret_headers={"Authorization": f"Basic {basic}"},
            body=urlencode(form, errors="replace").encode(),
            unchanged_ok=False,
            errors=(400, 401, 403),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Session:
    """Both tokens; `until` is when the access token runs out (Unix seconds). Never shown."""

    access: str
    refresh: str
    until: float

    def written(self) -> str:
        """Return the session as it is kept in the keyring."""
        return json.dumps({"access": self.access, "refresh": self.refresh, "until": int(self.until)})


def session_of(secret: str) -> Session | None:
    """Return the session in a secret, None where it holds none."""
    found = json_of(secret.encode("utf-8", "replace"))
    session = Session(text_at(found, "access"), text_at(found, "refresh"), number_at(found, "until") or 0.0)
    return session if is_token(session.refresh) else None


def new_session(response: Response, now: float) -> Session | None:
    """Return the session that an answer brings, None where it brings none."""
    found = json_of(response.body)
    access, refresh, life = (
        text_at(found, "access_token"),
        text_at(found, "refresh_token"),
        number_at(found, "expires_in"),
    )
    if not (is_token(access) and is_token(refresh)):
        return None
    return Session(access, refresh, now + (min(life, MOST_LIFE) if life is not None and life > 0 else LIFE))


def client_refusal(response: Response) -> Problem | None:
    """Return that Allegro does not know the application, None for any other refusal."""
    error = text_at(json_of(response.body), "error")
    return Problem("sources.allegro_client") if response.status == 401 or error in _CLIENT_ERRORS else None


class Sessions:
    """The newest session that came of each secret; used by several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: dict[str, Session] = {}

    def newest(self, client: Client, secret: str) -> Session | None:
        """Return the session to use for a secret."""
        with self._lock:
            known = self._newest.get(_mark(client, secret))
        return known or session_of(secret)

    def keep(self, client: Client, secret: str, session: Session) -> None:
        """Remember that a secret has become this session."""
        with self._lock:
            self._newest.pop(_mark(client, secret), None)
            self._newest[_mark(client, secret)] = session
            for mark in list(self._newest)[:-MOST_KEPT]:
                del self._newest[mark]


SESSIONS = Sessions()


class AllegroAccess:
    """The access token for one conversation. `renewed` is the secret to keep from now on, «» where nothing changed."""

    def __init__(self, client: Client, secret: str, now: float) -> None:
        self._client, self._secret, self._now = client, secret, now
        self._refused = ""

    @property
    def renewed(self) -> str:
        """Return the secret to keep in place of the one given, «» for the same."""
        session = SESSIONS.newest(self._client, self._secret)
        written = session.written() if session else ""
        return "" if written == self._secret else written

    def token(self) -> Generator[Request, Response, str | Problem]:
        """Return an access token that is good for a while, or why there is none."""
        session = SESSIONS.newest(self._client, self._secret)
        if session is None:
            return Problem("sources.needs_sign_in", {"host": self._client.server})
        if not (self._client.client_id and self._client.client_secret):
            return Problem("sources.allegro_no_client")
        good = is_token(session.access) and session.access != self._refused and self._now < session.until - MARGIN
        return session.access if good else (yield from self._refreshed(session))

    def forget(self, token: str) -> None:
        """Use a token no more that was refused before its time."""
        self._refused = token

    def _refreshed(self, session: Session) -> Generator[Request, Response, str | Problem]:
        response = yield self._client.request("token", grant_type="refresh_token", refresh_token=session.refresh)
        if response.status >= 400:
            newest = SESSIONS.newest(self._client, self._secret)
            if newest is not None and newest.refresh != session.refresh:
                return newest.access  # another thread was quicker
            if problem := client_refusal(response):
                return problem
            ended = text_at(json_of(response.body), "error") in {"invalid_grant", "invalid_token"}
            args = {"host": self._client.server}
            return Problem("sources.sign_in_ended", args) if ended else usual_problem(response)
        made = new_session(response, self._now)
        if made is None:
            return broken(response)
        SESSIONS.keep(self._client, self._secret, made)
        return made.access


def in_session(
    steps: Generator[Request, Response, R], access: AllegroAccess, failed: Callable[[Problem], R]
) -> Generator[Request, Response, R]:
    """Hold a conversation with the session's token; its result brings the secret to keep, also where it broke off."""
    try:
        result = yield from signed(steps, access, failed)
    except ProblemError as broken_off:
        if not access.renewed:
            raise
        result = failed(broken_off.problem)
    return replace(result, secrets={SESSION: access.renewed}) if access.renewed else result


def _mark(client: Client, secret: str) -> str:
    return mark_of(client.server, client.client_id, secret)
