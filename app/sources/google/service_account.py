"""A service account of the owner's own: its key file signs a request for access tokens of an hour, kept in memory only."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Generator
from dataclasses import dataclass
from urllib.parse import urlencode

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.bearer import is_token
from app.sources.apis.jwt import rs256
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.values import json_of, number_at, text_at
from app.sources.google.tokens import LIFE, MARGIN, MOST_LIFE, TOKEN_URL

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

    @property
    def mark(self) -> str:
        """Return what tells this account from others; it gives nothing away."""
        said = f"{self.mail}\n{self.key_id}\n{self.private}\n{self.scope}"
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def account_of(file: str, scope: str) -> Account | Problem:
    """Return the account in a key file as pasted, or that it is none."""
    if not file.strip():
        return Problem("sources.google_no_account_file")
    found = json_of(file.encode("utf-8", "replace"))
    mail, private = text_at(found, "client_email"), text_at(found, "private_key")
    if not _MAIL.fullmatch(mail) or not private:
        return Problem("sources.google_bad_account_file")
    return Account(mail, text_at(found, "private_key_id")[:200], private, scope)


class ServiceTokens:
    """The access tokens of this process; used by several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, float]] = {}

    def access(self, account: Account, now: float) -> ServiceAccess:
        """Return what a conversation gets its token from."""
        return ServiceAccess(self, account, now)

    def kept(self, account: Account, now: float) -> str:
        """Return a token that is good for a while, «» where there is none."""
        with self._lock:
            token, until = self._kept.get(account.mark, ("", 0.0))
        return token if now < until - MARGIN else ""

    def keep(self, account: Account, token: str, until: float) -> None:
        """Keep a token until it runs out."""
        with self._lock:
            self._kept[account.mark] = (token, until)

    def forget(self, account: Account, token: str) -> None:
        """Forget a token, unless another thread has a new one by now."""
        with self._lock:
            if self._kept.get(account.mark, ("", 0.0))[0] == token:
                del self._kept[account.mark]


class ServiceAccess:
    """The token of one account, for one conversation."""

    def __init__(self, tokens: ServiceTokens, account: Account, now: float) -> None:
        self._tokens, self._account, self._now = tokens, account, now

    def token(self) -> Generator[Request, Response, str | Problem]:
        """Return an access token, or why there is none: the key is unusable, or Google no longer knows it."""
        if kept := self._tokens.kept(self._account, self._now):
            return kept
        signed = self._signed()
        if not signed:
            return Problem("sources.google_bad_account_file")
        response = yield Request(
            TOKEN_URL,
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            body=urlencode({"grant_type": GRANT, "assertion": signed}).encode(),
            unchanged_ok=False,
            errors=(400, 401, 403),
        )
        found = json_of(response.body)
        if response.status >= 400:
            refused = text_at(found, "error") in {"invalid_grant", "invalid_client", "unauthorized_client"}
            return Problem("sources.google_account_refused") if refused else usual_problem(response)
        token, life = text_at(found, "access_token"), number_at(found, "expires_in")
        if not is_token(token):
            return broken(response)
        life = min(life, MOST_LIFE) if life is not None and life > 0 else LIFE
        self._tokens.keep(self._account, token, self._now + life)
        return token

    def forget(self, token: str) -> None:
        """Forget a token that was refused before its time."""
        self._tokens.forget(self._account, token)

    def _signed(self) -> str:
        begun = int(self._now) - SKEW
        claims = {
            "iss": self._account.mail,
            "scope": self._account.scope,
            "aud": TOKEN_URL,
            "iat": begun,
            "exp": begun + SIGNED_FOR,
        }
        head = {"kid": self._account.key_id} if self._account.key_id else {}
        return rs256(self._account.private, head, claims)


SERVICE_TOKENS = ServiceTokens()
"""One for all watches of an account."""
