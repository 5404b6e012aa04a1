"""A place behind a redirect to another host is asked with its own validators, and no other is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from servers.http_server import Answer, ScriptedServer, redirect

from app.core.ports.net import Request, Response
from app.net.client import PoliteNet
from app.net.freshness import DAY, FULL_SPREAD

Get = Callable[..., Response]
FEED = b"<rss/>"


def counted(etag: str) -> Any:
    """Return how a server answers that gives its feed an ETag, and a 304 to whoever knows it."""
    return lambda heard: (
        Answer(304) if heard.headers.get("if-none-match") == etag else Answer(200, {"ETag": etag}, FEED)
    )


@pytest.mark.parametrize("status", [301, 302, 307])
def test_an_address_elsewhere_is_asked_with_its_own_validators(
    server: ScriptedServer, get: Get, clock: Any, status: int
) -> None:
    with ScriptedServer() as other:
        server.routes["/feed"] = redirect(other.url("/feed"), status)
        other.routes["/feed"] = counted('"theirs"')
        known = get("/feed").validators
        assert (known.etag, known.full_at) == ('"theirs"', clock.now)
        assert other.url("") not in repr(known)
        for _ in range(2):
            answer = get("/feed", known)
            assert (answer.status, answer.unchanged, answer.validators) == (304, True, known)
            known = answer.validators
        assert [heard.headers.get("if-none-match") for heard in other.requests] == [None, '"theirs"', '"theirs"']
        assert all("if-none-match" not in heard.headers for heard in server.requests)
        clock.now += DAY + FULL_SPREAD
        assert get("/feed", known).status == 200
        assert "if-none-match" not in other.requests[-1].headers


def test_validators_of_an_address_go_to_no_other(server: ScriptedServer, get: Get) -> None:
    with ScriptedServer() as other, ScriptedServer() as third:
        other.routes |= {"/feed": counted('"1"'), "/else": counted('"1"')}
        third.routes["/feed"] = counted('"1"')
        server.routes["/feed"] = redirect(other.url("/feed"))
        known = get("/feed").validators
        for place in (other.url("/else"), third.url("/feed")):
            server.routes["/feed"] = redirect(place)
            assert (get("/feed", known).status, get("/feed", known).validators.etag) == (200, '"1"')
        server.routes["/feed"] = counted('"1"')
        answer = get("/feed", known)
        assert (answer.status, answer.validators.of) == (200, "")
        assert all("if-none-match" not in heard.headers for heard in (*server.requests, *third.requests))
        server.routes["/feed"] = redirect(other.url("/feed"))
        assert get("/feed", answer.validators).status == 200
        assert server.requests[-1].headers["if-none-match"] == '"1"'


def test_what_an_address_gave_counts_when_it_is_asked_itself(server: ScriptedServer, get: Get, net: PoliteNet) -> None:
    with ScriptedServer() as other:
        server.routes["/feed"], other.routes["/feed"] = redirect(other.url("/feed"), 301), counted('"1"')
        known = get("/feed").validators
        answer = net.send(Request(other.url("/feed")), known, allow_private=True)
        assert isinstance(answer, Response)
        assert (answer.status, answer.validators) == (304, replace(known, of=""))
