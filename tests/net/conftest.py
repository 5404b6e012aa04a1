"""What the tests of the net share: a scripted server, a clock to turn by hand, nets that are closed afterwards."""

from __future__ import annotations

import functools
import random
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from servers.http_server import ScriptedServer

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.net.client import PoliteNet, Surroundings
from app.net.connection import Trust
from app.net.exchange import Limits


class Clock:
    """Unix seconds, turned by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Names:
    """A name server: every name it does not know is a mistake of the test."""

    def __init__(self) -> None:
        self.known: dict[str, list[str] | Exception | Callable[[], None]] = {}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host[0].isdigit() or ":" in host:
            return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        self.asked.append(host)
        found = self.known[host]
        if isinstance(found, Exception):
            raise found
        if callable(found):
            found()
            return []
        return [entry for address in found for entry in socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture(scope="session")
def trust() -> Callable[[str], Trust]:
    """Whom the nets of all tests believe, for each file of a further authority: to load it takes a tenth of a second."""
    return functools.cache(Trust)


@pytest.fixture
def build(clock: Clock, names: Names, trust: Callable[[str], Trust]) -> Iterator[Callable[..., PoliteNet]]:
    """Build nets with short limits; `route`, `ca_file`, `spacing` and the limits can be chosen."""
    built: list[PoliteNet] = []

    def make(*, route: bool = True, ca_file: str = "", spacing: float = 0.0, **limits: Any) -> PoliteNet:
        net = PoliteNet(
            "1.0",
            clock=clock,
            spacing=spacing,
            rng=random.Random(1),
            limits=Limits(**limits),
            surroundings=Surroundings(names, lambda: route, trust(ca_file)),
        )
        built.append(net)
        return net

    yield make
    for net in built:
        net.close()


@pytest.fixture
def net(build: Callable[..., PoliteNet]) -> PoliteNet:
    return build()


@pytest.fixture
def get(net: PoliteNet, server: ScriptedServer) -> Callable[..., Response]:
    """Get a path of the server, private addresses allowed, and insist on an answer."""

    def ask(path: str, known: Any = None, **more: Any) -> Response:
        answer = net.send(Request(server.url(path), **more), known, allow_private=True)
        assert isinstance(answer, Response), answer
        return answer

    return ask


@pytest.fixture
def fail(net: PoliteNet, server: ScriptedServer) -> Callable[..., Problem]:
    """Get a path of the server and insist on a problem."""

    def ask(path: str, **more: Any) -> Problem:
        answer = net.send(Request(server.url(path), **more), allow_private=True)
        assert isinstance(answer, Problem), answer
        return answer

    return ask
