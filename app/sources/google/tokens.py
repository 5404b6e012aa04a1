"""Access to Google in the owner's name: a refresh token of the owner's own client buys access tokens of an hour.

They are kept in memory until they run out and never written down. The refresh token itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.bearer import is_token
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.tokens import KeptTokens, mark_of
from app.sources.apis.values import json_of, number_at, text_at

TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105  an address, no password

LIFE = 3_000.0
"""Seconds a token is taken to live where Google does not say."""

MOST_LIFE = 43_200.0
_CLIENT_ERRORS = frozenset({"invalid_client", "unauthorized_client", "deleted_client"})


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """What an owner enters: id and secret of the own client, and the refresh token made with it. Never shown."""

    client_id: str
    client_secret: str
    refresh_token: str

    @property
    def is_whole(self) -> bool:
        """Say whether all three are there."""
        return bool(self.client_id and self.client_secret and self.refresh_token)


def grant_of(secrets: Mapping[str, str]) -> Grant:
    """Return the grant out of the secrets «client_id», «client_secret» and «refresh_token»."""
    return Grant(*(secrets.get(name, "").strip() for name in ("client_id", "client_secret", "refresh_token")))


TOKENS = KeptTokens()
"""One for all sources: a client or an account of the owner's serves them all."""


@dataclass(frozen=True, slots=True)
class OwnersAccess:
    """The access of a conversation (see `app.sources.apis.bearer`) by an owner's grant. `now` is Unix seconds."""

    grant: Grant
    now: float

    def token(self) -> Generator[Request, Response, str | Problem]:
        """Return an access token that is good for a while, or why there is none.

        «sources.google_no_grant» where one of the three is missing, «sources.google_grant_ended» where the refresh token
        is no longer good (`invalid_grant`), «sources.google_client_refused» where the client is not known.
        """
        grant = self.grant
        if not grant.is_whole:
            return Problem("sources.google_no_grant")
        if kept := TOKENS.kept(self._mark, self.now):
            return kept
        response = yield token_request(
            grant_type="refresh_token",
            client_id=grant.client_id,
            client_secret=grant.client_secret,
            refresh_token=grant.refresh_token,
        )
        return _refusal(response) if response.status >= 400 else token_in(response, self._mark, self.now)

    def forget(self, token: str) -> None:
        TOKENS.forget(self._mark, token)

    @property
    def _mark(self) -> str:
        return mark_of(self.grant.client_id, self.grant.client_secret, self.grant.refresh_token)


def token_request(**asked: str) -> Request:
    """Return the request that buys a token."""
    return Request(
        TOKEN_URL,
        method="POST",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        body=urlencode(asked, errors="replace").encode(),
        unchanged_ok=False,
        errors=(400, 401, 403),
    )


def token_in(response: Response, mark: str, now: float) -> str | Problem:
    """Return the token that was bought, and keep it under a mark."""
    found = json_of(response.body)
    token, life = text_at(found, "access_token"), number_at(found, "expires_in")
    if not is_token(token):
        return broken(response)
    TOKENS.keep(mark, token, now + (min(life, MOST_LIFE) if life is not None and life > 0 else LIFE))
    return token


def _refusal(response: Response) -> Problem:
    error = text_at(json_of(response.body), "error")
    if error == "invalid_grant":
        return Problem("sources.google_grant_ended")
    return Problem("sources.google_client_refused") if error in _CLIENT_ERRORS else usual_problem(response)
