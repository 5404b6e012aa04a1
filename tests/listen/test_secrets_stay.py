"""Tokens stay where they belong: whatever a place answers, none is found in a log, a problem, a stored state or elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from fakes.profile import Profile
from servers.http_server import Answer, Heard, Reply, ScriptedServer

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import HostState, Validators, Watch
from app.listen.listening import Listening
from app.net.client import PoliteNet
from app.sources.registry import SourceRegistry

MARK = "TaJnY4711"
WATCHES = {
    "telegram_bot": ({}, {"token": f"871000:AA{MARK}-x"}, b'{"ok": true, "result": []}'),
    "youtube_comments": ({"channel": "UCabcdefghijklmnopqrstuv"}, {"key": f"AIza{MARK}"}, b'{"items": []}'),
    "vk": ({"what": "community", "name": "kawaraj"}, {"token": f"vk1.a.{MARK}"}, b'{"response": {"items": []}}'),
    "disqus": ({"forum": "kawaraj"}, {"key": f"{MARK}/&?#+ Ł"}, b'{"code": 0, "response": []}'),
    "wykop": ({"what": "entries", "name": "KawaRaj"}, {"key": f"w{MARK}", "secret": MARK}, b'{"data": []}'),
}


def echo(heard: Heard, body: bytes = b"") -> Answer:
    """Return an answer that repeats all it was told, as careless servers do."""
    told = f"{heard.path}?{heard.query}"
    headers = {"ETag": f'"{told}"', "Content-Location": told, "Link": f"<{told}>; rel=next"}
    return Answer(200, headers, body)


def fine(heard: Heard, body: bytes, _: ScriptedServer) -> Reply:
    return echo(heard, b'{"data": {"token": "jwt.' + MARK.encode() + b'"}}' if heard.path.endswith("/auth") else body)


def moved(heard: Heard, _: bytes, other: ScriptedServer) -> Reply:
    there = f"{heard.path}?{heard.query}" if heard.method == "GET" else heard.path
    return Answer(301, {"Location": other.url(there)}, b"")


def told_in(status: int) -> Callable[[Heard, bytes, ScriptedServer], Reply]:
    def answer(heard: Heard, _: bytes, __: ScriptedServer) -> Reply:
        said = f'{{"ok": false, "description": "{heard.path}", "error": {{"message": "{heard.query}"}}}}'
        return Answer(status, {"X-Asked": heard.path, "Retry-After": "5"}, said.encode())

    return answer


WAYS: dict[str, Callable[[Heard, bytes, ScriptedServer], Reply]] = {
    "fine": fine,
    "moved": moved,
    "slammed": lambda *_: Answer(slam=True),
    "cut": lambda *_: Answer(headers={"Content-Length": "900"}, body=b"{", cut=1),
    "garbage": lambda heard, *_: echo(heard, heard.path.encode() + heard.body),
    **{f"error {status}": told_in(status) for status in (400, 401, 403, 404, 409, 429, 500)},
}


class Loopback:
    """The real net, but that every host lives on one server of this machine; one net for each, as one may ask to wait."""

    def __init__(self, server: ScriptedServer) -> None:
        self._server = server
        self._nets: dict[str, PoliteNet] = {}

    def send(self, request: Request, known: Validators | None = None, **more: Any) -> Response | Problem:
        parts = urlsplit(request.url)
        here = self._server.url(f"/{parts.netloc}{parts.path}{'?' * bool(parts.query)}{parts.query}")
        net = self._nets.setdefault(parts.netloc, PoliteNet("1.0", spacing=0.0))
        return net.send(replace(request, url=here), known, **{**more, "allow_private": True})

    def host_states(self) -> tuple[HostState, ...]:
        return tuple(state for net in self._nets.values() for state in net.host_states())

    def remember_hosts(self, states: tuple[HostState, ...]) -> None: ...

    def close(self) -> None:
        for net in self._nets.values():
            net.close()


@pytest.fixture
def servers() -> Iterator[tuple[ScriptedServer, ScriptedServer]]:
    with ScriptedServer() as places, ScriptedServer() as elsewhere:
        elsewhere.routes["*"] = b"{}"
        yield places, elsewhere


@pytest.mark.parametrize("way", WAYS)
def test_no_token_leaves_its_place(
    way: str,
    profile: Profile,
    servers: tuple[ScriptedServer, ScriptedServer],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    places, elsewhere = servers
    for name in ("", "urllib3", "urllib3.connectionpool", "urllib3.util.retry", "requests", "http.client", "app"):
        caplog.set_level(logging.DEBUG, logger=name)
    bodies = {source: body for source, (_, _, body) in WATCHES.items()}
    hosts = {"api.telegram.org": "telegram_bot", "www.googleapis.com": "youtube_comments", "api.vk.com": "vk"}
    hosts |= {"disqus.com": "disqus", "wykop.pl": "wykop"}

    def serve(heard: Heard) -> Reply:
        return WAYS[way](heard, bodies[hosts[heard.path.split("/")[1]]], elsewhere)

    places.routes["*"] = serve
    for source, (settings, secrets, _) in WATCHES.items():
        assert (
            profile.shop.put_watch(
                Watch(source, source, source, settings={**settings, **{f"has_{n}": "1" for n in secrets}})
            )
            is None
        )
        for secret, value in secrets.items():
            profile.secrets.put(source, secret, value)
    net = Loopback(places)
    told: list[object] = []
    listening = Listening(replace(profile.parts, net=net, sources=SourceRegistry(lambda: ())))  # type: ignore[arg-type]
    try:
        for _ in range(2):
            told += [listening.take_turn(watch, profile.shop.preferences()) for watch in profile.shop.watches()]
    finally:
        listening.close()
        told += [net.host_states(), profile.listener_archive.states(), profile.shop.watches()]
        net.close()
    asked = [MARK in repr((heard.path, heard.query, heard.body, heard.headers)) for heard in places.requests]
    assert len(asked) >= len(WATCHES)
    assert all(asked)  # each place was told its own token: else this test would prove nothing
    assert (
        MARK.lower() not in repr([(one.path, one.query, one.body, one.headers) for one in elsewhere.requests]).lower()
    )
    assert MARK.lower() not in repr(told).lower()
    assert MARK.lower() not in (caplog.text + repr([vars(record) for record in caplog.records])).lower()
    assert MARK.lower() not in "".join(capfd.readouterr()).lower()
    for file in profile.folder.rglob("*"):
        assert not file.is_file() or MARK.lower().encode() not in file.read_bytes().lower(), file
