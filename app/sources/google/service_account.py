"""A service account of the owner's own: its key file signs a request for access tokens of an hour, kept in memory only."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.jwt import rs256
from app.sources.apis.server import usual_problem
from app.sources.apis.tokens import mark_of
from app.sources.apis.values import json_of, text_at
from app.sources.google.tokens import TOKEN_URL, TOKENS, token_in, token_request

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SIGNED_FOR = 3_600
"""Seconds a signed request is good for, the most Google takes."""

SKEW = 30
"""Seconds by which this laptop's clock may be ahead of Google's."""

_MAIL = re.compile(r"[\w.@:-]{3,300}", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """What its key file holds, as far as it is needed. Never shown."""

    mail: str
    key_id: str
    private: str
    scope: str


def account_of(file: str, scope: str) -> Account | Problem:
    """Return the account in a key file as pasted, or that it is none."""
    if not file.strip():
        return Problem("sources.google_no_account_file")
    found = json_of(file.encode("utf-8", "replace"))
    mail, private = text_at(found, "client_email"), text_at(found, "private_key")
    if not _MAIL.fullmatch(mail) or not private:
        return Problem("sources.google_bad_account_file")
    return Account(mail, text_at(found, "private_key_id")[:200], private, scope)


@dataclass(frozen=True, slots=True)
class ServiceAccess:
    """The access of a conversation (see `app.sources.apis.bearer`) by a service account. `now` is Unix seconds."""

    account: Account
    now: float

    def token(self) -> Generator[Request, Response, str | Problem]:
        """Return an access token, or why there is none: the key is unusable, or Google no longer knows it."""
        if kept := TOKENS.kept(self._mark, self.now):
            return kept
        signed = self._signed()
        if not signed:
            return Problem("sources.google_bad_account_file")
        response = yield token_request(grant_type=GRANT, assertion=signed)
        if response.status < 400:
            return token_in(response, self._mark, self.now)
        refused = text_at(json_of(response.body), "error") in {"invalid_grant", "invalid_client", "unauthorized_client"}
        return Problem("sources.google_account_refused") if refused else usual_problem(response)

    def forget(self, token: str) -> None:
        TOKENS.forget(self._mark, token)

    @property
    def _mark(self) -> str:
        return mark_of(self.account.mail, self.account.key_id, self.account.private, self.account.scope)

    def _signed(self) -> str:
        begun = int(self.now) - SKEW
        claims = {
            "iss": self.account.mail,
            "scope": self.account.scope,
            "aud": TOKEN_URL,
            "iat": begun,
            "exp": begun + SIGNED_FOR,
        }
        head = {"kid": self.account.key_id} if self.account.key_id else {}
        return rs256(self.account.private, head, claims)
