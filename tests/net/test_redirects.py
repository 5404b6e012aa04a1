"""Which hop follows, what it may be told, and when an address has moved for good."""

from __future__ import annotations

import pytest

from app.core.ports.net import Request
from app.core.problems import Problem
from app.net.redirects import Hop, first_hop, leads_on, next_hop


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
        ("file:///etc/passwd", "net.led_astray"),
        ("ftp://shop.example/", "net.led_astray"),
        ("http://a:b@shop.example/", "net.led_astray"),
        ("ftp://files.example/feed", "net.led_astray"),
        ("javascript:alert(1)", "net.led_astray"),
        ("mailto:shop@shop.example", "net.led_astray"),
        ("http://[bad/", "net.led_astray"),
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


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("status", [307, 308])
def test_what_changes_something_is_asked_again_as_it_was(method: str, status: int) -> None:
    hop = follow(start(method=method, body=b"text"), (status, "https://shop.example/next"))
    assert (hop.method, hop.body) == (method, b"text")


@pytest.mark.parametrize(("status", "unsent"), [(301, 1), (302, 0), (303, 0)])
@pytest.mark.parametrize("location", ["/next", "http://[bad/", "http://other.example/"])
def test_what_changes_something_is_not_taken_for_done_where_it_was_led_away(
    status: int, unsent: int, location: str
) -> None:
    problem = next_hop(start(method="POST", body=b"text"), status, location)
    assert problem == Problem("net.redirects", {"host": "shop.example", "unsent": unsent})


def test_what_changes_something_never_leaves_its_host_though_it_has_no_body() -> None:
    problem = next_hop(start(method="DELETE"), 307, "http://other.example/")
    assert problem == Problem("net.redirects", {"host": "shop.example", "unsent": 1})


def test_a_body_never_leaves_its_host() -> None:
    problem = next_hop(start(method="POST", body=b"text"), 307, "http://other.example/")
    assert isinstance(problem, Problem)
    assert problem.code == "net.redirects"


@pytest.mark.parametrize(
    ("status", "body", "onward"),
    [
        (301, b"", True),
        (302, b"x", True),
        (308, b"<!doctype html><title>Moved Permanently</title>", True),
        (301, b"<html><body>Moved</body></html>", True),
        (302, b"<?xml version='1.0'?><rss/>", False),
        (301, b"\xef\xbb\xbf \n<rss version='2.0'>", False),
        (301, b'{"items": []}', False),
        (307, b"<feed xmlns='a'>", False),
        (302, b"<!-- c --><rss version='2.0'>", False),
        (302, b"\xef\xbb\xbf <!-- a -->\n<!-- b > -- \n -->\n<feed xmlns='a'>", False),
        (301, b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN"><rss>', False),
        (302, b"<!-- moved --><html><body>Moved</body></html>", True),
        (302, b"<!-- <rss> --><!DOCTYPE html><p>Moved</p>", True),
        (302, b"<!-- <rss version='2.0'>", True),
        (302, b"<!-- c -->Moved to <rss>", True),
        (302, b"<!--x-->" * 8_000 + b"<html>", True),
        (302, b"<!-- " * 12_000, True),
        (200, b"", False),
        (300, b"", False),
        (304, b"", False),
        (404, b"", False),
    ],
)
def test_a_redirect_that_does_not_say_where_leads_astray_unless_it_brings_something(
    status: int, body: bytes, onward: bool
) -> None:
    assert leads_on(start(), status, {}, body) is onward
    problem = next_hop(start(), status, None)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.args["host"]) == ("net.led_astray", "shop.example")


def test_a_redirect_that_says_where_leads_there_whatever_it_brings() -> None:
    assert leads_on(start(), 302, {"location": "/next"}, b"<rss/>")
    assert not leads_on(start(), 200, {"location": "/next"}, b"")


def test_what_changed_something_and_is_told_to_look_nowhere_has_its_answer() -> None:
    hop = first_hop(Request("https://shop.example/post", "POST", body=b"x"))
    assert isinstance(hop, Hop)
    assert not leads_on(hop, 303, {}, b"")
