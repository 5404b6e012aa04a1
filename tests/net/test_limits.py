"""Nothing lasts too long, nothing grows too large, nothing hangs when the program ends."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from servers.http_server import Answer, ScriptedServer, bomb, gzipped

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.net.client import PoliteNet

TOTAL = 0.5
CAP = 200_000
SOON = 20.0
"""Seconds that what ends at once takes at most; what does not end lasts a minute and more."""

Build = Callable[..., PoliteNet]


@pytest.fixture
def short(build: Build) -> PoliteNet:
    return build(total_seconds=TOTAL)


def ask(net: PoliteNet, url: str, **more: Any) -> Response | Problem:
    return net.send(Request(url, **more), allow_private=True)


SLOW = {
    "never answers": Answer(silent=True),
    "hangs before the body": Answer(body=b"x" * 100, hang=0),
    "hangs in the body": Answer(body=b"x" * 100, hang=50),
    "hangs in a packed body": Answer(headers={"Content-Encoding": "gzip"}, body=b"x" * 100, hang=50),
    "drips the body": Answer(body=b"x" * 1000, drip=(1, 0.1)),
    "drips chunks": Answer(body=b"x" * 1000, chunks=2, drip=(3, 0.1)),
    "drips the head": Answer(headers={"X-Long": "y" * 1000}, drip=(1, 0.1), drip_headers=True),
    "drips without length": Answer(body=b"x" * 1000, drip=(1, 0.1), length=False),
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_deadline_by_the_clock(server: ScriptedServer, short: PoliteNet, kind: str) -> None:
    server.routes["/feed"] = SLOW[kind]
    started = time.monotonic()
    problem = ask(short, server.url("/feed"))
    assert TOTAL * 0.9 < time.monotonic() - started < SOON
    assert problem == Problem("net.timeout", {"host": "127.0.0.1", "seconds": TOTAL})


def test_the_deadline_holds_over_all_hops(server: ScriptedServer, short: PoliteNet) -> None:
    def slow(heard: Any) -> Answer:
        server.closing.wait(0.2)
        return Answer(302, {"Location": heard.path + "x"})

    server.routes["*"] = slow
    problem = ask(short, server.url("/feed"))
    assert isinstance(problem, Problem)
    assert problem.code == "net.timeout"


def test_a_name_server_that_is_silent(build: Build, names: Any) -> None:
    go = threading.Event()
    names.known["shop.example"] = lambda: go.wait(60)
    problem = build(total_seconds=0.3).send(Request("http://shop.example/"))
    go.set()
    assert problem == Problem("net.timeout", {"host": "shop.example", "seconds": 0.3})


def test_no_name_server_at_all_is_no_network(build: Build, names: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.net.lookup.LOOKUP_SECONDS", 0.1)
    go = threading.Event()
    names.known["shop.example"] = lambda: go.wait(60)
    problem = build().send(Request("http://shop.example/"))
    go.set()
    assert problem == Problem("net.offline", {"host": "shop.example", "why": "silent"})


LARGE: dict[str, Answer | Callable[[], Answer]] = {
    "says so": Answer(body=bytes(CAP + 1)),
    "does not say so": Answer(body=bytes(CAP + 1), length=False),
    "in chunks": Answer(body=bytes(CAP + 1), chunks=5000),
    "in tiny chunks": Answer(body=bytes(CAP + 1), chunks=10),
    "packed": lambda: bomb(50),
    "a packed file": lambda: replace(bomb(50), headers={}),
    "a packed file, packed": lambda: gzipped(bomb(50).body),
    "deflated": lambda: bomb(50, "deflate"),
    "packed in chunks": lambda: replace(bomb(50), chunks=100),
    "many members": Answer(headers={"Content-Encoding": "gzip"}, body=gzipped(bytes(1000)).body * 300),
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_cap_on_what_it_unpacks_to(server: ScriptedServer, build: Build, kind: str) -> None:
    large = LARGE[kind]
    server.routes["/feed"] = large() if callable(large) else large
    problem = ask(build(body_bytes=CAP), server.url("/feed"))
    assert problem == Problem("net.too_large", {"host": "127.0.0.1", "megabytes": 0.2})


def test_a_body_just_at_the_cap(server: ScriptedServer, build: Build) -> None:
    server.routes["/feed"] = gzipped(bytes(CAP))
    answer = ask(build(body_bytes=CAP), server.url("/feed"))
    assert isinstance(answer, Response)
    assert answer.body == bytes(CAP)


def test_a_flood_that_is_no_body(server: ScriptedServer, build: Build) -> None:
    flood = b"-1\r\n" + b"x" * 6 * CAP
    server.routes["/feed"] = Answer(headers={"Transfer-Encoding": "chunked"}, body=flood, length=False)
    problem = ask(build(body_bytes=CAP), server.url("/feed"))
    assert isinstance(problem, Problem)
    assert problem.code in {"net.too_large", "net.broken"}


def test_the_error_page_of_a_large_kind_is_still_an_error_page(server: ScriptedServer, build: Build) -> None:
    server.routes["/feed"] = Answer(404, {}, bytes(CAP + 1))
    answer = ask(build(body_bytes=CAP), server.url("/feed"))
    assert isinstance(answer, Response)
    assert (answer.status, answer.body) == (404, b"")


BROKEN = {
    "cut off": Answer(body=b"x" * 100, cut=50),
    "cut off at once": Answer(body=b"x" * 100, cut=0),
    "cut off between chunks": Answer(headers={"Transfer-Encoding": "chunked"}, body=b"5\r\nabcde\r\n", length=False),
    "less than claimed": Answer(headers={"Content-Length": "500", "Connection": "close"}, body=b"x" * 100, cut=100),
    "not packed as claimed": Answer(headers={"Content-Encoding": "gzip"}, body=b"<rss/>"),
    "packed and cut": Answer(headers={"Content-Encoding": "gzip"}, body=gzipped(b"x" * 5000).body[:-9]),
    "packed in an unknown way": Answer(headers={"Content-Encoding": "br"}, body=b"xxxx"),
    "no answer": Answer(slam=True),
    "mad chunk": Answer(headers={"Transfer-Encoding": "chunked"}, body=b"zz\r\nabcde\r\n", length=False),
    "negative chunk": Answer(headers={"Transfer-Encoding": "chunked"}, body=b"-5\r\nabcde\r\n", length=False),
    "two lengths": Answer(headers={"Content-Length": "5, 6"}, body=b"abcdef"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_breaks_is_broken(server: ScriptedServer, net: PoliteNet, kind: str) -> None:
    server.routes["/feed"] = BROKEN[kind]
    assert ask(net, server.url("/feed")) == Problem("net.broken", {"host": "127.0.0.1"})
    server.routes["/feed"] = b"fine"
    answer = ask(net, server.url("/feed"))
    assert isinstance(answer, Response)
    assert answer.body == b"fine"


def test_more_than_claimed_does_not_spoil_the_next_answer(server: ScriptedServer, net: PoliteNet) -> None:
    server.routes |= {"/feed": Answer(headers={"Content-Length": "3"}, body=b"abcdef"), "/next": b"next"}
    first, second = ask(net, server.url("/feed")), ask(net, server.url("/next"))
    assert isinstance(first, Response)
    assert isinstance(second, Response)
    assert (first.body, second.body) == (b"abc", b"next")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a full queue of connections stand still")
def test_a_connection_that_is_never_taken(build: Build) -> None:
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        address = listener.getsockname()
        for _ in range(3):
            plug = stack.enter_context(socket.socket())
            plug.setblocking(False)
            plug.connect_ex(address)
        started = time.monotonic()
        problem = ask(build(connect_seconds=0.3), f"http://127.0.0.1:{address[1]}/")
    assert problem == Problem("net.timeout", {"host": "127.0.0.1", "seconds": 0.3})
    assert time.monotonic() - started < SOON


def test_a_connection_refused(net: PoliteNet) -> None:
    with ScriptedServer() as gone:
        url = gone.url("/feed")
    assert ask(net, url) == Problem("net.refused", {"host": "127.0.0.1"})


@pytest.mark.parametrize("kind", ["never answers", "hangs in the body", "drips the head", "drips the body"])
def test_closing_ends_what_is_under_way(server: ScriptedServer, build: Build, kind: str) -> None:
    server.routes["/feed"] = SLOW[kind]
    net = build(total_seconds=600.0)
    with ThreadPoolExecutor(3) as pool:
        calls = [pool.submit(ask, net, server.url("/feed")) for _ in range(3)]
        server.wait_for(1)
        net.close()
        assert [call.result(SOON) for call in calls] == [Problem("net.closed")] * 3


def test_closing_ends_a_look_up(build: Build, names: Any) -> None:
    asked, go = threading.Event(), threading.Event()
    net = build()

    def wait() -> None:
        asked.set()
        go.wait(60)

    names.known["shop.example"] = wait
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(net.send, Request("http://shop.example/"))
        assert asked.wait(60)
        net.close()
        assert call.result(SOON) == Problem("net.closed")
        go.set()


def test_a_large_body_is_sent_whole(server: ScriptedServer, build: Build) -> None:
    body = bytes(range(256)) * 20_000
    server.routes["/post"] = lambda heard: str(len(heard.body))
    answer = ask(build(), server.url("/post"), method="POST", body=body)
    assert isinstance(answer, Response)
    assert answer.body == str(len(body)).encode()
