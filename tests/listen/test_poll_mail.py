"""A mailbox polled as any watch: source, transport and a server that speaks IMAP."""

from __future__ import annotations

import random
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers.imap_server import Folder, ImapServer

from app.core.problems import Problem
from app.core.watch import Watch, WatchState
from app.listen.poll import Reached, poll_watch
from app.net.client import PoliteNet, Surroundings
from app.net.connection import Trust
from app.sources.catalog.mailbox import SOURCE

CERTIFICATES = Path(__file__).resolve().parents[1] / "net" / "certificates"
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "mailbox"
NOW = 1_795_300_000.0
SECRET = "tajne hasło"


def resolve(_host: str, port: int, **_: Any) -> Any:
    return socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "shop.pem")
    with ImapServer(tls=context) as running:
        for name in ("recorded-1", "google-en", "newsletter"):
            running.folders["INBOX"].add((SAMPLES / f"{name}.eml").read_bytes())
        yield running


@pytest.fixture
def net() -> Iterator[PoliteNet]:
    made = PoliteNet(
        "1.0",
        spacing=0.0,
        rng=random.Random(1),
        surroundings=Surroundings(resolve, lambda: True, Trust(str(CERTIFICATES / "ca.pem"))),
    )
    yield made
    made.close()


def poll(
    net: PoliteNet, server: ImapServer, state: WatchState, *, password: str = SECRET, private: bool = True
) -> Reached:
    settings = {"user": server.user, "server": f"shop.example:{server.port}"}
    watch = Watch("w", "Poczta", "mailbox", settings=settings, allow_private=private)
    return poll_watch(watch, state, SOURCE, net, now=NOW, secrets={"password": password})


def test_heard_once_each(net: PoliteNet, server: ImapServer) -> None:
    first = poll(net, server, WatchState("w"))
    assert first.problem is None
    assert [(mention.site, mention.stars) for mention in first.mentions] == [("", None), ("google.com", 2.0)]
    assert poll(net, server, first.state).mentions == ()
    server.folders["INBOX"].add((SAMPLES / "recorded-2.eml").read_bytes())
    (answer,) = poll(net, server, first.state).mentions
    assert answer.thread == first.mentions[0].key, "a letter joins the one it answers"


def test_numbered_anew(net: PoliteNet, server: ImapServer) -> None:
    before = poll(net, server, WatchState("w"))
    letters = server.folders["INBOX"].letters
    server.folders["INBOX"] = Folder(validity=8)
    for letter in reversed(letters):
        server.folders["INBOX"].add(letter.raw, NOW - 60)
    after = poll(net, server, before.state)
    assert {mention.key for mention in after.mentions} == {mention.key for mention in before.mentions}, (
        "known by their keys"
    )
    assert after.state.bookmark["validity"] == "8"
    assert poll(net, server, after.state).mentions == ()


def test_problems_are_told_and_nothing_is_lost(
    net: PoliteNet, server: ImapServer, caplog: pytest.LogCaptureFixture
) -> None:
    first = poll(net, server, WatchState("w"))
    server.folders["INBOX"].add((SAMPLES / "recorded-2.eml").read_bytes())
    wrong = poll(net, server, first.state, password="zgadywane")
    assert wrong.problem == Problem("mail.denied", {"host": "shop.example"})
    assert wrong.state.bookmark == first.state.bookmark
    assert poll(net, server, first.state, private=False).problem == Problem(
        "net.private_address", {"host": "shop.example"}
    )
    said = repr((first, wrong)) + caplog.text
    assert SECRET not in said
    assert "zgadywane" not in said
    assert len(poll(net, server, first.state).mentions) == 1
