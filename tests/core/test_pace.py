"""How often a place may be asked, by whose it is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.core.address import is_home_name
from app.core.pace import is_built_in, least_interval
from app.core.ports.source import Setting
from app.core.watch import Watch

SOURCE = SimpleNamespace(
    settings=(Setting("url", "Address", kind="url"), Setting("server", "Server"), Setting("words", "Words")),
    shortest_interval=300,
)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.7",
        "192.168.1.5",
        "fd00::1",
        "::1",
        "localhost",
        "nas",
        "nas.",
        "Printer.local",
        "a.home.arpa",
    ],
)
def test_names_and_numbers_of_ones_own_network(host: str) -> None:
    assert is_home_name(host)


@pytest.mark.parametrize(
    "host", ["example.com", "8.8.8.8", "2606:4700::1", "local.example.com", "xlocal.pl", "lan.shop", ""]
)
def test_names_and_numbers_of_the_internet(host: str) -> None:
    assert not is_home_name(host)


@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        ({"url": "http://192.168.1.5:8080/feed"}, 1),
        ({"url": "http://[fd00::1]/feed"}, 1),
        ({"server": "nas.local:993"}, 1),
        ({"url": "https://example.com/feed2"}, 300),
        ({"url": "https://nas.example.com/feed"}, 300),
        ({"url": "http://nas/", "server": "imap.example.com"}, 300),
        ({"words": "bakery"}, 300),
        ({"url": "http://[broken"}, 300),
        ({}, 300),
    ],
)
def test_only_a_place_of_ones_own_is_asked_as_often_as_one_likes(settings: dict[str, str], seconds: int) -> None:
    watch = Watch("w", "W", "page", settings=settings, allow_private=True)
    assert least_interval(watch, SOURCE) == seconds  # type: ignore[arg-type]
    assert least_interval(Watch("w", "W", "page", settings=settings), SOURCE) == 300  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "settings", "built_in"),
    [
        ("news.example", {"words": "Kawa Raj"}, True),
        ("news.example", {}, True),
        ("news.example", {"url": "https://shop.example"}, False),
        ("news.example", {"server": "shop.example", "words": "Kawa"}, False),
        ("shop.example", {"words": "@kawa@Shop.example"}, False),
        ("xn--abka-99a.pl", {"words": "kawa@żabka.pl"}, False),
        ("", {"words": "Kawa"}, False),
    ],
)
def test_a_host_that_nobody_filled_in_is_the_sources_own(
    host: str, settings: dict[str, str], *, built_in: bool
) -> None:
    assert is_built_in(host, SOURCE, settings) is built_in  # type: ignore[arg-type]
