"""https: the certificate must fit the host name, whatever address it was reached at.

The certificates beside this file are for tests alone: one authority, one for «shop.example» until 2126, one that ended in 2020.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from servers.http_server import Answer, ScriptedServer

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.net.client import PoliteNet

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = str(CERTIFICATES / "ca.pem")

Build = Callable[..., PoliteNet]


def context(name: str, seen: list[str | None] | None = None) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(CERTIFICATES / name)
    if seen is not None:
        made.sni_callback = lambda _plug, server_name, _context: seen.append(server_name)
    return made


@pytest.fixture
def seen() -> list[str | None]:
    return []


@pytest.fixture
def secure(seen: list[str | None], names: Any) -> Iterator[ScriptedServer]:
    names.known |= {"shop.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    with ScriptedServer(tls=context("shop.pem", seen)) as server:
        server.routes |= {"/feed": b"safe" * 20_000, "/hang": Answer(body=b"x" * 100, hang=50)}
        yield server


def ask(net: PoliteNet, url: str) -> Response | Problem:
    return net.send(Request(url), allow_private=True)


def test_a_good_certificate(secure: ScriptedServer, build: Build, seen: list[str | None]) -> None:
    net = build(ca_file=AUTHORITY)
    for _ in range(3):
        answer = ask(net, secure.url("/feed", "shop.example"))
        assert isinstance(answer, Response), answer
        assert answer.body == b"safe" * 20_000
    assert seen == ["shop.example"], "one connection, with the name of the host"


@pytest.mark.parametrize(
    ("host", "ca_file", "why"),
    [("other.example", AUTHORITY, "name"), ("127.0.0.1", AUTHORITY, "name"), ("shop.example", "", "untrusted")],
)
def test_bad_certificates(secure: ScriptedServer, build: Build, host: str, ca_file: str, why: str) -> None:
    problem = ask(build(ca_file=ca_file), secure.url("/feed", host))
    assert problem == Problem("net.tls", {"host": host, "why": why})
    assert secure.requests == []


def test_an_expired_certificate(build: Build, names: Any) -> None:
    names.known["shop.example"] = ["127.0.0.1"]
    with ScriptedServer(tls=context("expired.pem")) as server:
        problem = ask(build(ca_file=AUTHORITY), server.url("/feed", "shop.example"))
    assert problem == Problem("net.tls", {"host": "shop.example", "why": "expired"})


def test_no_tls_at_all(server: ScriptedServer, build: Build) -> None:
    problem = ask(build(ca_file=AUTHORITY), server.url("/feed").replace("http:", "https:"))
    assert problem == Problem("net.no_tls", {"host": "127.0.0.1"})


def test_a_server_that_hangs_up_at_once_is_not_said_to_have_a_bad_certificate(build: Build) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            plug, _ = listener.accept()
            plug.recv(1000)
            plug.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        problem = ask(build(ca_file=AUTHORITY), f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()
    assert problem == Problem("net.tls", {"host": "127.0.0.1", "why": "web"})


def test_the_deadline_holds_under_tls(secure: ScriptedServer, build: Build) -> None:
    problem = ask(build(ca_file=AUTHORITY, total_seconds=0.5), secure.url("/hang", "shop.example"))
    assert problem == Problem("net.timeout", {"host": "shop.example", "seconds": 0.5})


def test_a_handshake_that_hangs(build: Build) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        problem = ask(build(total_seconds=0.5), url)
    assert problem == Problem("net.timeout", {"host": "127.0.0.1", "seconds": 0.5})
