"""Access to Google by the owner's own client: a token is kept until it runs out, and what refusals mean."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest
from sources.answering import went
from sources.place import NOW, answer

from app.core.ports.net import Response
from app.sources.apis.tokens import KeptTokens
from app.sources.google import tokens
from app.sources.google.tokens import Grant, OwnersAccess, grant_of

GRANT = Grant("klient", "sekret-tajny", "odnowienie-tajne")


@pytest.fixture(autouse=True)
def _no_tokens_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "TOKENS", KeptTokens())


def bought(said: Response, now: float = NOW, grant: Grant = GRANT) -> tuple[int, Any]:
    """Return how many requests a token took, and the token or problem."""
    asked, token = went(OwnersAccess(grant, now).token(), lambda _: said)
    return len(asked), token


def test_a_token_is_bought_once_and_renewed_before_its_end() -> None:
    access = OwnersAccess(GRANT, NOW)
    asked, token = went(access.token(), lambda _: answer({"access_token": "ya29.a", "expires_in": 3599}))
    body = parse_qs((asked[0].body or b"").decode())
    assert token == "ya29.a"
    assert (asked[0].url, asked[0].method) == ("https://oauth2.googleapis.com/token", "POST")
    assert (body["grant_type"], body["refresh_token"]) == (["refresh_token"], ["odnowienie-tajne"])
    assert "tajn" not in repr((asked[0], GRANT, access))
    other = answer({"access_token": "ya29.b"})
    assert bought(other, NOW + 3_000) == (0, "ya29.a")
    assert bought(other, NOW + 3_500) == (1, "ya29.b")
    access.forget("ya29.a")
    assert bought(other, NOW + 3_600) == (0, "ya29.b")
    access.forget("ya29.b")
    assert bought(other, NOW + 3_600)[0] == 1


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (
            400,
            {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
            "sources.google_grant_ended",
        ),
        (401, {"error": "invalid_client"}, "sources.google_client_refused"),
        (400, {"error": "unauthorized_client"}, "sources.google_client_refused"),
        (400, b"<html>", "watch.bad_status"),
        (200, {"access_token": "z\nb"}, "sources.broken_answer"),
        (200, [], "sources.broken_answer"),
    ],
)
def test_refusals_are_one_clear_problem(status: int, body: object, code: str) -> None:
    asked, problem = bought(answer(body, status, url="https://oauth2.googleapis.com/token"))
    assert (asked, problem.code) == (1, code)


def test_what_is_not_whole_is_not_asked_with() -> None:
    grant = grant_of({"client_id": " a ", "client_secret": "b"})
    asked, problem = bought(answer(), grant=grant)
    assert (asked, problem.code, grant.client_id) == (0, "sources.google_no_grant", "a")
