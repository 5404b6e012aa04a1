"""Hosts as people read them."""

from __future__ import annotations

import pytest

from app.core.host_shown import host_shown


def coded(name: str) -> str:
    return f"xn--{name.encode('punycode').decode()}"


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("Shop.EXAMPLE", "shop.example"),
        ("A.Example:8080", "a.example:8080"),
        ("ŻABKA.example", "żabka.example"),
        ("XN--ABKA-99A.example", "żabka.example"),
        (f"www.{coded('żabka')}.pl", "www.żabka.pl"),
        (f"{coded('кофейня')}.{coded('рф')}:81", "кофейня.рф:81"),
        (f"{coded('ёлка')}.example", "ёлка.example"),
        (f"shop.{coded('łódź')}:443", "shop.łódź:443"),
        (coded("müller-söhne") + ".de", "müller-söhne.de"),
        ("127.0.0.1:81", "127.0.0.1:81"),
        ("[::1]:81", "[::1]:81"),
        ("localhost", "localhost"),
    ],
)
def test_a_host_is_shown_in_small_letters_and_its_own(host: str, shown: str) -> None:
    assert host_shown(host) == shown


@pytest.mark.parametrize(
    "host",
    [
        f"{coded('аррӏе')}.com",
        f"{coded('сосо')}.com",
        f"{coded('рaypal')}.com",
        f"{coded('gооgle')}.com",
        f"{coded('日本')}.jp",
        f"{coded('ɡoogle')}.com",
        "xn--.example",
        "xn--a.example",
        "xn--99999999.example",
        "xn---.example",
        "xn--abc-żó.example",
        "",
        ".",
    ],
)
def test_what_could_be_taken_for_another_stays_coded(host: str) -> None:
    assert host_shown(host) == host


@pytest.mark.parametrize("text", ["https://A.example/Path", "A and B", "a@B.example", "Some.Place/Path"])
def test_what_is_no_host_stays(text: str) -> None:
    assert host_shown(text) == text
