"""Allegro as its documentation describes it: tokens of which each refreshing ends the one before, and ratings."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from sources.place import answer, sample

from app.core.ports.net import Request, Response

CLIENT, SECRET = "0123456789abcdef0123456789abcdef", "Tajny-klucz-klienta"


@dataclass
class AllegroPlace:
    """`confirmed_after` questions the owner has confirmed the code; `refuse` names an error to answer with instead."""

    confirmed_after: int = 2
    refuse: str = ""
    api: Response | None = None
    valid: int = 0
    given: int = 0
    questions: int = 0
    seen: list[Request] = field(default_factory=list)

    def __call__(self, request: Request) -> object:
        self.seen.append(request)
        parts = urlsplit(request.url)
        if parts.path.startswith("/auth/oauth/"):
            return self._auth(request, parts.path.rpartition("/")[2])
        assert request.headers["Accept"] == "application/vnd.allegro.public.v1+json"
        if request.secret_headers["Authorization"] != f"Bearer access-{self.valid}":
            return answer({"error": "invalid_token"}, 401)
        return self.api or sample("allegro/ratings.json")

    def _auth(self, request: Request, what: str) -> object:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.secret_headers["Authorization"] != f"Basic {basic}":
            return answer({"error": "invalid_client"}, 401)
        form = {name: values[0] for name, values in parse_qs((request.body or b"").decode()).items()}
        if what == "device":
            assert form == {"client_id": CLIENT}
            page = "https://allegro.pl/skojarz-aplikacje"
            return {
                "device_code": "D-1",
                "expires_in": 3600,
                "user_code": "cbt3zdu4g",
                "interval": 5,
                "verification_uri": page,
                "verification_uri_complete": f"{page}?code=cbt3zdu4g",
            }
        if form["grant_type"] == "refresh_token":
            good = form["refresh_token"] == f"refresh-{self.given}"
            return self._tokens() if good else answer({"error": "invalid_grant"}, 400)
        assert form == {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "D-1"}
        self.questions += 1
        if self.refuse:
            return answer({"error": self.refuse}, 400)
        pending = self.questions <= self.confirmed_after
        return answer({"error": "authorization_pending"}, 400) if pending else self._tokens()

    def _tokens(self) -> object:
        self.given += 1
        self.valid = self.given
        return {
            "access_token": f"access-{self.given}",
            "token_type": "bearer",
            "refresh_token": f"refresh-{self.given}",
            "expires_in": 43199,
            "scope": "allegro:api:ratings",
            "allegro_api": True,
            "jti": "e7a71070-5d7c-4bb5-9ef5-1629ece7275c",
        }
