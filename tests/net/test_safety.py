"""The owner's own network stays out of reach unless a watch may go there, whatever names, spellings and tricks say."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest
from servers.http_server import Answer, ScriptedServer, redirect

from app.core.ports.net import Request, Response
from app.core.problems import SILENT, Problem
from app.net.client import PoliteNet
from app.net.guard import Guard
from app.net.lookup import Lookup

Build = Callable[..., PoliteNet]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)
def test_every_spelling_of_this_machine(server: ScriptedServer, host: str, names: Any, build: Build) -> None:
    names.known |= {"localhost": ["127.0.0.1"], "0x7f000001": ["0x7f000001"]}
    problem = build().send(Request(f"http://{host}:{server.port}/"))
    assert isinstance(problem, Problem)
    assert problem.code == "net.private_address"
    assert server.requests == []


@pytest.mark.parametrize("found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["fd00::1"]])
def test_names_that_lead_inside(net: PoliteNet, names: Any, found: list[str]) -> None:
    names.known["shop.example"] = found
    assert net.send(Request("http://shop.example/")) == Problem("net.private_address", {"host": "shop.example"})


@pytest.mark.parametrize("found", ["169.254.169.254", "224.0.0.1", "0.0.0.0", "fe80::1"])
def test_what_no_permission_opens(net: PoliteNet, names: Any, found: str) -> None:
    names.known["shop.example"] = [found]
    for allowed in (True, False):
        answer = net.send(Request("http://shop.example/"), allow_private=allowed)
        assert answer == Problem("net.never_asked", {"host": "shop.example"})


def test_the_address_of_no_machine_is_not_asked(server: ScriptedServer, net: PoliteNet) -> None:
    problem = net.send(Request(f"http://0:{server.port}/"))
    assert isinstance(problem, Problem)
    assert problem.code == "net.never_asked"
    assert server.requests == []


def test_a_permission_counts_for_its_request_alone(server: ScriptedServer, net: PoliteNet) -> None:
    server.routes["/"] = b"inside"
    assert isinstance(net.send(Request(server.url("/")), allow_private=True), Response)
    problem = net.send(Request(server.url("/")))
    assert isinstance(problem, Problem)
    assert problem.code == "net.private_address"
    assert len(server.requests) == 1


def test_the_checked_address_is_the_one_connected_to(server: ScriptedServer, net: PoliteNet, names: Any) -> None:
    """A name that changes between check and use gains nothing: there is one look-up per connection."""
    server.routes["/"] = b"here"
    names.known["shop.example"] = ["127.0.0.1"]
    answer = net.send(Request(server.url("/", "shop.example")), allow_private=True)
    assert isinstance(answer, Response)
    assert names.asked == ["shop.example"]
    assert server.requests[0].headers["host"] == f"shop.example:{server.port}"


def test_connecting_asks_no_name_server_of_its_own(
    server: ScriptedServer, net: PoliteNet, names: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    names.known["shop.example"] = ["127.0.0.1"]
    original, asked = socket.getaddrinfo, []

    def watched(host: str, *args: Any, **more: Any) -> Any:
        asked.append(host)
        return original(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    net.send(Request(server.url("/", "shop.example")), allow_private=True)
    assert "shop.example" not in asked


def test_a_redirect_is_checked_like_the_first_address(server: ScriptedServer, net: PoliteNet, names: Any) -> None:
    names.known["shop.example"] = ["127.0.0.1"]
    server.routes |= {
        "/metadata": redirect("http://169.254.169.254/latest"),
        "/file": redirect("file:///etc/passwd"),
        "/password": redirect("http://a:b@shop.example/"),
    }
    codes = {}
    for path in server.routes:
        problem = net.send(Request(server.url(path, "shop.example")), allow_private=True)
        assert isinstance(problem, Problem)
        codes[path] = problem.code
    assert codes == {"/metadata": "net.never_asked", "/file": "net.led_astray", "/password": "net.led_astray"}


def test_the_second_address_is_tried(server: ScriptedServer, net: PoliteNet, names: Any) -> None:
    server.routes["/"] = b"here"
    names.known["shop.example"] = ["127.77.0.1", "127.0.0.1"]
    answer = net.send(Request(server.url("/", "shop.example")), allow_private=True)
    assert isinstance(answer, Response)


@pytest.mark.parametrize(
    ("error", "route", "code"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such name"), True, "net.name_unknown"),
        (socket.gaierror(socket.EAI_NONAME, "no such name"), False, "net.offline"),
        (socket.gaierror(socket.EAI_AGAIN, "nobody there"), False, "net.offline"),
        (UnicodeError("label too long"), True, "net.name_unknown"),
    ],
)
def test_names_that_lead_nowhere(build: Build, names: Any, error: OSError, route: bool, code: str) -> None:
    names.known["shop.example"] = error
    problem = build(route=route).send(Request("http://shop.example/"))
    assert problem == Problem(code, {"host": "shop.example"})


def test_one_silent_name_among_answering_ones_is_its_own_fault(
    server: ScriptedServer, net: PoliteNet, names: Any
) -> None:
    names.known |= {"shop.example": ["127.0.0.1"], "dead.example": socket.gaierror(socket.EAI_AGAIN, "nobody there")}
    server.routes["/"] = b"here"
    net.send(Request(server.url("/", "shop.example")), allow_private=True)
    problem = net.send(Request("http://dead.example/"))
    assert problem == Problem("net.name_unknown", {"host": "dead.example", "why": SILENT})


def test_a_host_named_like_one_at_home_that_lies_in_the_public_network_is_left_alone_for_minutes(
    server: ScriptedServer, net: PoliteNet, names: Any
) -> None:
    server.routes["/"] = b"here"
    names.known |= {"nas": ["127.0.0.1"], "blog": ["127.0.0.1"]}
    lookup = Lookup(Guard(threading.Event()), names, lambda _host: False, net._public_at_home)
    lookup.guard.begin("blog", 5.0, 100)
    names.known["blog"] = ["93.184.216.34"]
    assert lookup.places("blog", 80, allow_private=True)
    assert lookup.places("nas", 80, allow_private=True)
    names.known["blog"] = ["127.0.0.1"]
    asks = [net.send(Request(server.url("/", host)), allow_private=True) for host in ("blog", "nas")]
    assert [answer.fresh_for for answer in asks if isinstance(answer, Response)] == [300.0, 0.0]


def test_a_silent_name_whose_own_host_was_the_last_to_answer_is_no_network(
    server: ScriptedServer, net: PoliteNet, names: Any
) -> None:
    names.known["shop.example"] = ["127.0.0.1"]
    server.routes["/"] = b"here"
    net.send(Request(server.url("/", "shop.example")), allow_private=True)
    names.known["shop.example"] = socket.gaierror(socket.EAI_AGAIN, "nobody there")
    assert net.send(Request("http://shop.example/")) == _silent("shop.example")


def test_a_network_that_wants_a_login_is_no_proof_of_the_public_one(
    server: ScriptedServer, net: PoliteNet, names: Any
) -> None:
    names.known |= {"shop.example": ["127.0.0.1"], "dead.example": socket.gaierror(socket.EAI_AGAIN, "nobody there")}
    server.routes["/"] = Answer(511, body=b"<h1>Log in</h1>")
    net.send(Request(server.url("/", "shop.example")), allow_private=True)
    assert net.send(Request("http://dead.example/")) == _silent("dead.example")


@pytest.mark.parametrize("host", ["shop.example", "nas.local"])
def test_silent_name_servers_are_told_from_no_way_out_at_all(build: Build, names: Any, host: str) -> None:
    names.known[host] = socket.gaierror(socket.EAI_AGAIN, "nobody there")
    assert build(route=True).send(Request(f"http://{host}/")) == _silent(host)
    assert build(route=False).send(Request(f"http://{host}/")) == Problem("net.offline", {"host": host})


def _silent(host: str) -> Problem:
    return Problem("net.offline", {"host": host, "why": SILENT})


def test_a_private_machine_that_is_off_is_not_offline(server: ScriptedServer, build: Build) -> None:
    with ScriptedServer() as gone:
        url = gone.url("/")
    problem = build(route=False).send(Request(url), allow_private=True)
    assert isinstance(problem, Problem)
    assert problem.code == "net.refused"


def test_environment_proxies_are_ignored(
    server: ScriptedServer, net: PoliteNet, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes["/"] = b"straight"
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(net.send(Request(server.url("/")), allow_private=True), Response)
