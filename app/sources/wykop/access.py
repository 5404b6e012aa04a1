"""Access to Wykop: an application's key and secret buy a token that reads, kept in memory until it is refused."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.bearer import is_token
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.tokens import KeptTokens, mark_of
from app.sources.apis.values import json_of, text_at
from app.sources.apis.web import through

R = TypeVar("R")

HOST = "wykop.pl"
API = f"https://{HOST}/api/v3"
LIFE = 43_200.0
"""Seconds after which a token is renewed without being asked to."""

DENIED = (401, 403)
"""Wykop answers 403 where a token has run out, and 401 where there is none."""

TOKENS = KeptTokens()


@dataclass(frozen=True, slots=True)
class Access:
    """An application's access, for one conversation; `now` is Unix seconds. The tokens are this process's own."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    now: float

    def token(self) -> Generator[Request, Response, str | Problem]:
        """Return the token at hand or a new one, or «sources.wykop_key_refused»."""
        if kept := TOKENS.kept(self._mark, self.now):
            return kept
        response = yield Request(
            f"{API}/auth",
            method="POST",
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            body=json.dumps({"data": {"key": self.key, "secret": self.secret}}).encode(),
            unchanged_ok=False,
            errors=(400, *DENIED),
        )
        if response.status >= 400:
            return key_refused() if response.status in {400, *DENIED} else usual_problem(response)
        token = text_at(json_of(response.body), "data", "token")
        if not is_token(token):
            return broken(response)
        TOKENS.keep(self._mark, token, self.now + LIFE)
        return token

    def forget(self, token: str) -> None:
        TOKENS.forget(self._mark, token)

    @property
    def _mark(self) -> str:
        return mark_of(self.key, self.secret)


def key_refused() -> Problem:
    """Return that the key and secret are no longer good."""
    return Problem("sources.wykop_key_refused")


def run_out_is_401(steps: Generator[Request, Response, R]) -> Generator[Request, Response, R]:
    """Pass a conversation on with a 403 told as a 401, which is what renews a token."""
    return through(steps, lambda answer: replace(answer, status=401) if answer.status == 403 else answer)
