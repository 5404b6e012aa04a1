"""Secrets sent in headers: not to be found in anything that is kept of an answer."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote

import pytest
from servers.http_server import Answer, ScriptedServer, redirect

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import Validators
from app.net.redirects import Hop, first_hop, next_hop
from app.net.sent_secrets import SentSecrets

PASSWORD = "tajne hasło+1"
BOTH = f"anna:{PASSWORD}"
TOKEN = base64.b64encode(BOTH.encode()).decode()
BASIC = {"Authorization": f"Basic {TOKEN}"}

ECHOES = [
    PASSWORD,
    PASSWORD.upper(),
    PASSWORD.encode().decode("latin-1"),
    quote(PASSWORD, safe=""),
    quote(PASSWORD, safe="").lower(),
    quote(quote(PASSWORD, safe=""), safe=""),
    quote(PASSWORD, safe="").replace("%20", "+"),
    quote(BOTH, safe=""),
    TOKEN,
    TOKEN.rstrip("="),
    quote(TOKEN, safe=""),
]


def secrets(headers: dict[str, str]) -> SentSecrets:
    return SentSecrets(Request("https://shop.example/", secret_headers=headers))


@pytest.mark.parametrize("echo", ECHOES)
def test_it_is_found_in_all_its_spellings(echo: str) -> None:
    assert secrets(BASIC).stand_in(f"/rss2?leak={echo}&n=1")


@pytest.mark.parametrize(
    "innocent",
    [
        "/rss2?user=anna",
        'W/"5f2c-1a"',
        "Mon, 21 Nov 2026 10:00:00 GMT",
        "https://www.shop.example/feed/?paged=2",
        '<https://shop.example/feed?min_id=7>; rel="next"',
        "haslo",
        "",
    ],
)
def test_what_is_none_is_left_alone(innocent: str) -> None:
    assert not secrets(BASIC).stand_in(innocent)


def test_short_ones_and_none_at_all_stand_nowhere() -> None:
    assert not SentSecrets(Request("https://shop.example/feed")).stand_in("/feed")
    short = secrets({"Authorization": "Basic " + base64.b64encode(b"anna:rss").decode()})
    assert not short.stand_in("/rss2")
    assert short.stand_in("/x?a=anna:rss")
    assert not secrets({"Authorization": "Basic ?? no base64"}).stand_in("/feed")


@pytest.mark.parametrize("value", ["Bearer abc.def-ghi.jkl_mno", "abc.def-ghi.jkl_mno"])
def test_tokens_and_keys_as_well(value: str) -> None:
    assert secrets({"X-Key": value}).stand_in("/x?token=abc.def-ghi.jkl_mno")
    asked = Request("https://shop.example/", headers={"Authorization": value, "Accept": "text/html"})
    assert SentSecrets(asked).stand_in("/x?token=abc.def-ghi.jkl_mno")
    assert not SentSecrets(asked).stand_in("text/html")


@pytest.mark.parametrize("echo", ECHOES)
def test_a_redirect_that_repeats_it_is_followed_at_its_host_and_not_kept(
    server: ScriptedServer, get: Callable[..., Response], echo: str
) -> None:
    server.routes["/rss"] = redirect(f"/rss2?leak={quote(echo, safe='%+')}", 301)
    server.routes["*"] = Answer(headers={"Content-Location": "/rss2"}, body=b"the feed")
    answer = get("/rss", secret_headers=BASIC)
    assert (answer.body, answer.moved, answer.url) == (b"the feed", "", server.url("/rss"))
    assert server.requests[1].path == "/rss2"


def test_what_follows_without_it_is_believed_again(server: ScriptedServer, get: Callable[..., Response]) -> None:
    server.routes["/rss"] = redirect(f"/rss2?leak={quote(BOTH)}", 301)
    server.routes["/rss2"] = redirect("/rss3", 301)
    server.routes["/rss3"] = b"the feed"
    answer = get("/rss", secret_headers=BASIC)
    assert answer.moved == answer.url == server.url("/rss3")


def test_no_header_that_holds_it_is_kept(server: ScriptedServer, get: Callable[..., Response]) -> None:
    tells = {"ETag": f'"{TOKEN}"', "Last-Modified": quote(BOTH), "Link": f"</x?p={quote(PASSWORD)}>; rel=next"}
    more = {"Set-Cookie2": BOTH.replace("ł", "%C5%82"), "Location": f"/{TOKEN}", "X-Fine": "yes"}
    server.routes["*"] = Answer(headers={**tells, **more, "Content-Type": "text/xml"}, body=b"x")
    answer = get("/rss", Validators('"before"', "Monday"), secret_headers=BASIC)
    assert (answer.validators.etag, answer.validators.last_modified) == ("", "")
    assert {"link", "etag", "last-modified", "set-cookie2", "location"}.isdisjoint(answer.headers)
    assert (answer.headers["x-fine"], answer.headers["content-type"]) == ("yes", "text/xml")


def test_a_password_that_is_a_common_word_breaks_nothing(server: ScriptedServer, get: Callable[..., Response]) -> None:
    word = {"Authorization": "Basic " + base64.b64encode(b"anna:feed").decode()}
    plain = {"Authorization": "Basic " + base64.b64encode(b"anna:text").decode()}
    with ScriptedServer() as other:
        other.routes["/feed"] = b"there"
        server.routes["/rss"] = redirect(other.url("/feed"), 302)
        assert get("/rss", secret_headers=word).body == b"there"
    server.routes["/rss"] = Answer(headers={"Content-Type": "text/xml", "Cache-Control": "max-age=60"}, body=b"x")
    answer = get("/rss", secret_headers=plain)
    assert (answer.headers["content-type"], answer.fresh_for) == ("text/xml", 60.0)


@pytest.mark.parametrize(
    ("location", "url", "moved"),
    [
        ("https://piekarnia.example/blog/feed/", "https://piekarnia.example/blog/feed/", True),
        ("https://www.piekarnia.example/feed", "https://www.piekarnia.example/feed", True),
        ("https://new.example/piekarnia/feed", "https://new.example/", False),
        ("https://new.example/feed?of=Piekarnia", "https://new.example/", False),
        ("/piekarnia/feed", "https://old.example/feed", False),
        ("/feed2", "https://old.example/feed2", True),
    ],
)
def test_links_lead_to_the_host_that_answered_though_the_password_is_its_name(
    location: str, url: str, moved: bool
) -> None:
    word = {"Authorization": "Basic " + base64.b64encode(b"anna:piekarnia").decode()}
    first = first_hop(Request("https://old.example/feed", secret_headers=word))
    assert isinstance(first, Hop)
    hop = next_hop(first, 301, location)
    assert isinstance(hop, Hop)
    assert (hop.url, hop.moved) == (url, url if moved else "")


def test_what_is_surely_a_secret_is_not_carried_to_another_host() -> None:
    hop = first_hop(Request("https://shop.example/rss", secret_headers=BASIC))
    assert isinstance(hop, Hop)
    for echo in (TOKEN, quote(BOTH, safe="")):
        problem = next_hop(hop, 301, f"https://other.example/?p={echo}")
        assert problem == Problem("net.redirects", {"host": "shop.example", "unsent": 1})
    assert isinstance(next_hop(hop, 301, "https://other.example/rss"), Hop)
    assert "tajne" not in repr(hop)
