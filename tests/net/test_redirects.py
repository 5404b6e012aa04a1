"""Which hop follows, what it may be told, and when an address has moved for good."""

from __future__ import annotations

import pytest

from app.core.ports.net import Request
from app.core.problems import Problem
from app.net.redirects import Hop, first_hop, next_hop


def start(url: str = "http://shop.example/feed", method: str = "GET", body: bytes | None = None) -> Hop:
    hop = first_hop(Request(url, method, body=body))
    assert isinstance(hop, Hop)
    return hop


def follow(hop: Hop, *steps: tuple[int, str]) -> Hop:
    for status, location in steps:
        onward = next_hop(hop, status, location)
        assert isinstance(onward, Hop), onward
        hop = onward
    return hop


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((), ""),
        ((301,), "http://shop.example/1"),
        ((308, 301), "http://shop.example/2"),
        ((302,), ""),
        ((303,), ""),
        ((307,), ""),
        ((301, 302), ""),
        ((302, 301), ""),
    ],
)
def test_moved_for_good_only_when_every_hop_is(statuses: tuple[int, ...], moved: str) -> None:
    hop = follow(start(), *((status, f"/{number}") for number, status in enumerate(statuses, 1)))
    assert hop.moved == moved


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/a", "http://shop.example/a"),
        ("b?c=d", "http://shop.example/b?c=d"),
        ("//other.example/x", "http://other.example/x"),
        ("https://shop.example/x#part", "https://shop.example/x"),
        ("/zażółć".encode().decode("latin-1"), "http://shop.example/za%C5%BC%C3%B3%C5%82%C4%87"),
        (" /a ", "http://shop.example/a"),
    ],
)
def test_where_a_redirect_leads(location: str, url: str) -> None:
    assert follow(start(), (302, location)).address.url == url


@pytest.mark.parametrize(
    ("first", "location", "trusted"),
    [
        ("http://shop.example/", "/next", True),
        ("http://shop.example/", "https://shop.example/", True),
        ("https://shop.example/", "http://shop.example/", False),
        ("https://shop.example/", "https://www.shop.example/", False),
        ("https://shop.example/", "https://shop.example:8443/", False),
        ("http://shop.example:8080/", "https://shop.example/", False),
    ],
)
def test_who_may_be_told_secrets(first: str, location: str, trusted: bool) -> None:
    assert follow(start(first), (302, location)).trusted is trusted


def test_lost_trust_never_returns() -> None:
    assert not follow(start(), (302, "http://other.example/"), (302, "http://shop.example/back")).trusted


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/passwd", "net.bad_address"),
        ("ftp://shop.example/", "net.bad_address"),
        ("http://a:b@shop.example/", "net.bad_address"),
        ("http://[bad/", "net.bad_address"),
        ("/feed", "net.redirects"),
    ],
)
def test_redirects_not_followed(location: str, code: str) -> None:
    problem = next_hop(start(), 302, location)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert problem.args["host"] == "shop.example"


def test_five_redirects_and_no_more() -> None:
    hop = follow(start(), *((302, f"/{number}") for number in range(5)))
    problem = next_hop(hop, 302, "/6")
    assert isinstance(problem, Problem)
    assert problem.code == "net.redirects"


@pytest.mark.parametrize(
    ("method", "status", "then"),
    [
        ("POST", 301, ("GET", None)),
        ("POST", 302, ("GET", None)),
        ("POST", 303, ("GET", None)),
        ("PUT", 303, ("GET", None)),
        ("POST", 307, ("POST", b"text")),
        ("POST", 308, ("POST", b"text")),
        ("PUT", 302, ("PUT", b"text")),
    ],
)
def test_method_and_body(method: str, status: int, then: tuple[str, bytes | None]) -> None:
    hop = follow(start(method=method, body=b"text"), (status, "/next"))
    assert (hop.method, hop.body) == then


def test_a_body_never_leaves_its_host() -> None:
    problem = next_hop(start(method="POST", body=b"text"), 307, "http://other.example/")
    assert isinstance(problem, Problem)
    assert problem.code == "net.redirects"
