"""A secret in an address: sent there and nowhere else, and not to be found in anything that comes back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

import pytest
from servers.http_server import Answer, ScriptedServer, redirect

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import Validators
from app.net.client import PoliteNet
from app.net.redirects import Hop, first_hop, next_hop

TOKEN = "123456:AAtajny_token-Żółty/?&#%x"
SENT = "/bot123456:AAtajny_token-%C5%BB%C3%B3%C5%82ty%2F%3F%26%23%25x/getUpdates"
ASKED = "/bot{secret}/getUpdates"


def hop_to(url: str = "https://api.example/bot{secret}/x") -> Hop:
    hop = first_hop(Request(url, url_secret=TOKEN))
    assert isinstance(hop, Hop)
    return hop


def test_it_is_put_in_when_sent_and_stands_in_no_answer(server: ScriptedServer, get: Callable[..., Response]) -> None:
    server.routes["*"] = lambda heard: Answer(
        headers={"ETag": f'"{heard.path}"', "Content-Location": heard.path, "X-Token": "123456%3aAAtajny"}, body=b"x"
    )
    answer = get(f"{ASKED}?offset=7", url_secret=TOKEN)
    assert (server.requests[0].path, server.requests[0].query) == (SENT, "offset=7")
    assert answer.url == server.url(f"{ASKED}?offset=7")
    assert answer.validators.etag == '"/bot{secret}/getUpdates"'
    assert answer.headers["content-location"] == ASKED
    assert "tajny_token" not in repr(answer)


def test_in_a_query_it_is_one_value(server: ScriptedServer, get: Callable[..., Response]) -> None:
    server.routes["*"] = b"x"
    get("/list?key={secret}&n=1", url_secret="a&b=c d+e")
    assert server.requests[0].query == "key=a%26b%3Dc%20d%2Be&n=1"


def test_without_a_secret_an_address_is_what_it_is(server: ScriptedServer, get: Callable[..., Response]) -> None:
    server.routes["*"] = b"x"
    assert get("/a{secret}").url == server.url("/a%7Bsecret%7D")


def test_a_redirect_on_the_same_host_keeps_it(server: ScriptedServer, get: Callable[..., Response]) -> None:
    server.routes[SENT] = redirect(SENT.replace("/bot", "/v2/bot").replace(":", "%3A"), 301)
    server.routes["*"] = b"there"
    answer = get(ASKED, url_secret=TOKEN)
    assert server.requests[1].path == "/v2" + SENT
    assert (answer.body, answer.url) == (b"there", server.url("/v2" + ASKED))
    assert answer.moved == server.url("/v2" + ASKED)


def test_a_redirect_elsewhere_is_followed_without_it_and_never_kept(
    server: ScriptedServer, get: Callable[..., Response]
) -> None:
    with ScriptedServer() as other:
        other.routes["*"] = Answer(headers={"ETag": '"o"'}, body=b"elsewhere")
        server.routes["*"] = redirect(other.url("/hello"), 301)
        answer = get(ASKED, Validators(etag='"mine"'), url_secret=TOKEN, secret_headers={"X-Key": TOKEN[:8]})
        assert answer.body == b"elsewhere"
        assert answer.moved == ""
        assert answer.validators.etag == ""
        heard = other.requests[0]
        assert "tajny" not in repr((heard.path, heard.query, heard.headers))
        assert "x-key" not in heard.headers


@pytest.mark.parametrize(
    "location",
    [
        "https://other.example/bot{secret}/x",
        f"https://other.example/bot{TOKEN.split('Ż', maxsplit=1)[0]}Żółty%2F%3F%26%23%25x",
        f"//other.example/?next={quote(TOKEN, safe='')}",
        f"//other.example/?next={quote(quote(TOKEN, safe=''), safe='')}",
        f"//other.example/{quote(TOKEN, safe='').lower()}",
        "http://api.example/bot{secret}/x",
        "https://api.example:8443/bot{secret}/x",
        "https://{secret}.api.example/",
    ],
)
def test_no_redirect_carries_it_to_another_host(location: str) -> None:
    problem = next_hop(hop_to(), 302, location)
    assert isinstance(problem, Problem)
    assert problem.code in {"net.redirects", "net.led_astray"}
    assert "tajny" not in repr(problem)


def test_after_another_host_it_is_not_sent_to_its_own_any_more() -> None:
    hop = hop_to()
    for location in ("https://other.example/", "https://api.example/back", "/bot{secret}/y"):
        onward = next_hop(hop, 302, location)
        assert isinstance(onward, Hop)
        hop = onward
    assert hop.sent_url == "https://api.example/bot%7Bsecret%7D/y"
    assert "tajny" not in repr((hop, hop.url, hop.moved))


def test_a_host_has_no_room_for_it(net: PoliteNet) -> None:
    problem = net.send(Request("https://{secret}.example/", url_secret="abc"))
    assert isinstance(problem, Problem)
    assert problem.code == "net.bad_address"


@pytest.mark.parametrize("reply", [Answer(slam=True), Answer(headers={"Content-Length": "9"}, body=b"x", cut=1)])
def test_neither_problems_nor_log_lines_tell_it(
    server: ScriptedServer, net: PoliteNet, caplog: pytest.LogCaptureFixture, reply: Answer
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("urllib3", "urllib3.connectionpool", "urllib3.util.retry", "requests", "http.client"):
        caplog.set_level(logging.DEBUG, logger=name)
    server.routes["*"] = reply
    answered = net.send(Request(server.url(ASKED), url_secret=TOKEN), allow_private=True)
    assert isinstance(answered, Problem)
    assert "tajny" not in repr((answered, caplog.text, [vars(record) for record in caplog.records]))
    assert "tajny" not in repr(net.host_states())


def test_a_log_line_of_the_library_is_silenced_at_any_level(net: PoliteNet, caplog: pytest.LogCaptureFixture) -> None:
    assert net
    caplog.set_level(logging.DEBUG, logger="urllib3.connectionpool")
    logging.getLogger("urllib3.connectionpool").debug("https://api.example/bot%s", TOKEN)
    assert not caplog.records


@pytest.mark.parametrize(("secrets", "moves"), [({}, True), ({"X-Key": "a"}, False)])
def test_no_address_elsewhere_is_kept_for_requests_with_secrets(
    server: ScriptedServer, get: Callable[..., Response], secrets: dict[str, str], moves: bool
) -> None:
    with ScriptedServer() as other:
        other.routes["*"] = b"elsewhere"
        server.routes["*"] = redirect(other.url("/new"), 301)
        assert get("/old", secret_headers=secrets).moved == (other.url("/new") if moves else "")
