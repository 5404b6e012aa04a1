"""A page whose owner can sign in: it gives a code, and after some questions the session."""

from __future__ import annotations

from collections.abc import Mapping

from fakes.pages import PageSource

from app.core.ports.net import Request
from app.core.ports.signin import SignedIn, SignInCode, SignInPause, SignInSteps
from app.core.ports.source import Setting
from app.core.problems import Problem

CODE = "https://a.example/code"
TOKEN = "https://a.example/token"  # the address of a question, no secret


class SigningPage(PageSource):
    """Asks CODE, then TOKEN every five seconds until that says something; «no» is a refusal."""

    settings = (*PageSource.settings, Setting("session", "Sign-in", kind="session"))

    def __init__(self) -> None:
        super().__init__()
        self.given: list[Mapping[str, str]] = []

    def sign_in(self, settings: Mapping[str, str], secrets: Mapping[str, str], now: float) -> SignInSteps:
        self.given.append(dict(secrets))
        response = yield Request(CODE)
        assert response is not None
        yield SignInCode(response.body.decode(), "https://a.example/confirm", 600.0)
        while True:
            yield SignInPause(5.0)
            response = yield Request(TOKEN, unchanged_ok=False)
            assert response is not None
            said = response.body.decode()
            if said == "no":
                return SignedIn(problem=Problem("sources.sign_in_denied", {"host": "a.example"}))
            if said != "wait":
                return SignedIn({"session": said})
