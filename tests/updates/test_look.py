"""Looking for a newer version at a stand-in on loopback: only what the makers signed is believed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from servers.http_server import Answer, ScriptedServer

from app.core.problems import Problem
from app.core.release import Release
from app.net.client import PoliteNet
from app.updates.home import Home, home_of
from app.updates.look import look

OURS, THEIRS = (Ed25519PrivateKey.from_private_bytes(bytes([first, *range(31)])) for first in (1, 2))
NEWS = {"en": "It rings louder.", "pl": "Dzwoni głośniej."}
TOLD = json.dumps({"version": "0.3.0", "page": "https://shop.example/get", "news": NEWS}).encode()


class Makers:
    """The folder on the web where the makers of the program put their files."""

    def __init__(self, server: ScriptedServer) -> None:
        self.server = server
        keys = tuple(key.public_key().public_bytes_raw() for key in (Ed25519PrivateKey.generate(), OURS))
        self.home = Home(server.url("/latest/"), keys)

    def publish(self, announcement: bytes = TOLD, *, key: Ed25519PrivateKey = OURS, of: bytes | None = None) -> None:
        sums = f"{'0' * 64}  setup.exe\n{hashlib.sha256(of or announcement).hexdigest()}  release.json\n".encode()
        self.server.routes["/latest/SHA256SUMS"] = sums
        self.server.routes["/latest/SHA256SUMS.sig"] = base64.b64encode(key.sign(sums)) + b"\n"
        self.server.routes["/latest/release.json"] = announcement


@pytest.fixture
def makers() -> Iterator[Makers]:
    with ScriptedServer() as server:
        yield Makers(server)


@pytest.fixture
def ask(makers: Makers) -> Iterator[Callable[[str], Release | Problem | None]]:
    net = PoliteNet("0.2.0")
    yield lambda installed: look(net, makers.home, installed, allow_private=True)
    net.close()


def test_a_newer_version_is_told_with_its_page_and_news(
    makers: Makers, ask: Callable[[str], Release | Problem | None]
) -> None:
    makers.publish()
    assert ask("0.2.9") == Release("0.3.0", "https://shop.example/get", NEWS)
    assert ask("0.3.0") is None
    assert ask("0.10.0") is None
    sent = " ".join(f"{one.path}?{one.query} {dict(one.headers)} {one.body!r}" for one in makers.server.requests)
    assert "cookie" not in sent.lower()
    assert {one.path for one in makers.server.requests} == {
        "/latest/SHA256SUMS",
        "/latest/SHA256SUMS.sig",
        "/latest/release.json",
    }


def test_what_others_signed_is_not_believed(makers: Makers, ask: Callable[[str], Release | Problem | None]) -> None:
    makers.publish(key=THEIRS)
    assert ask("0.2.0") == Problem("updates.not_signed")


def test_a_list_changed_after_it_was_signed_is_not_believed(
    makers: Makers, ask: Callable[[str], Release | Problem | None]
) -> None:
    makers.publish()
    routes = makers.server.routes
    routes["/latest/SHA256SUMS"] = bytes(routes["/latest/SHA256SUMS"]).replace(b"00", b"01", 1)  # type: ignore[arg-type]
    assert ask("0.2.0") == Problem("updates.not_signed")


def test_an_announcement_that_is_not_in_the_list_is_not_believed(
    makers: Makers, ask: Callable[[str], Release | Problem | None]
) -> None:
    makers.publish(TOLD.replace(b"0.3.0", b"9.9.9"), of=TOLD)
    assert ask("0.2.0") == Problem("updates.not_listed")


@pytest.mark.parametrize(
    "told", [b"", b"[]", b"{", b'{"version": 3}', b'{"version": "new"}', b"[" * 100_000, b'{"version": "1.2.3.4"}']
)
def test_an_announcement_that_says_nothing_is_told_as_such(
    makers: Makers, ask: Callable[[str], Release | Problem | None], told: bytes
) -> None:
    makers.publish(told)
    assert ask("0.2.0") == Problem("updates.not_understood")


def test_a_page_that_is_no_safe_address_is_not_opened(
    makers: Makers, ask: Callable[[str], Release | Problem | None]
) -> None:
    makers.publish(json.dumps({"version": "1.0.0", "page": "file:///etc/passwd", "news": {"en": 7}}).encode())
    assert ask("0.2.0") == Release("1.0.0", makers.home.address, {})


def test_a_missing_file_and_a_dead_server_are_problems(
    makers: Makers, ask: Callable[[str], Release | Problem | None]
) -> None:
    makers.publish()
    makers.server.routes["/latest/SHA256SUMS.sig"] = Answer(404)
    answer = ask("0.2.0")
    assert isinstance(answer, Problem)
    assert answer.code == "watch.not_found"


@pytest.mark.parametrize(
    "told",
    [
        '{"address": "", "keys": []}',
        '{"address": "https://shop.example/", "keys": []}',
        '{"address": "http://shop.example/", "keys": ["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]}',
        '{"address": "https://shop.example/", "keys": ["short"]}',
        "[]",
        "",
    ],
)
def test_a_copy_without_address_and_key_never_looks(tmp_path: Path, told: str) -> None:
    (tmp_path / "release.json").write_text(told, "utf-8")
    assert home_of(tmp_path) is None


def test_a_copy_that_was_built_for_it_knows_where(tmp_path: Path) -> None:
    key = base64.b64encode(OURS.public_key().public_bytes_raw()).decode()
    (tmp_path / "release.json").write_text(json.dumps({"address": "https://shop.example/get", "keys": [key]}), "utf-8")
    assert home_of(tmp_path) == Home("https://shop.example/get/", (OURS.public_key().public_bytes_raw(),))
