"""What may be asked, and what is private, in every spelling."""

from __future__ import annotations

import ipaddress

import pytest

from app.core.problems import Problem
from app.net.addresses import Address, has_private_name, is_public, may_connect, read_address

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "::1",
    "fd12::1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
]
NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "169.254.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "fe80::1",
    "fe80::1%1",
    "ff02::1",
    "fec0::1",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::",
    "2001:db8::1",
    "3fff::1",
    "::7f00:1",
    "64:ff9b:1::1",
    "4000::1",
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("text", PRIVATE + NEVER)
def test_what_is_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))
    assert not may_connect(ipaddress.ip_address(text), allow_private=False)


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))
    assert may_connect(ipaddress.ip_address(text), allow_private=False)
    assert may_connect(ipaddress.ip_address(text), allow_private=True)


@pytest.mark.parametrize("text", PRIVATE)
def test_the_own_network_where_allowed(text: str) -> None:
    assert may_connect(ipaddress.ip_address(text), allow_private=True)


@pytest.mark.parametrize("text", NEVER)
def test_what_no_permission_opens(text: str) -> None:
    assert not may_connect(ipaddress.ip_address(text), allow_private=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "unreadable"),
        ("shop", "unreadable"),
        ("http://", "unreadable"),
        ("http://./", "unreadable"),
        ("http://shop.example:99999/", "unreadable"),
        ("http://[::1/", "unreadable"),
        ("http://" + "a" * 70 + "\u0105.example/", "unreadable"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://shop.example/", "scheme"),
        ("httpx://shop.example/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http://anna:secret@shop.example/", "password"),
        ("http://anna@shop.example/", "password"),
        ("http://shop.example@/", "unreadable"),
    ],
)
def test_addresses_never_asked(url: str, why: str) -> None:
    problem = read_address(url)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.args["why"]) == ("net.bad_address", why)
    assert "secret" not in str(problem)


@pytest.mark.parametrize(
    ("url", "canonical", "lane"),
    [
        ("HTTP://Shop.Example/a b", "http://shop.example/a%20b", "shop.example"),
        (" https://shop.example:8443/x#part", "https://shop.example:8443/x", "shop.example"),
        ("http://żółw.example/ł?q=ś", "http://xn--w-uga1v8h.example/%C5%82?q=%C5%9B", "xn--w-uga1v8h.example"),
        ("http://shop.example./x", "http://shop.example./x", "shop.example"),
        ("http://192.168.1.5:8080/", "http://192.168.1.5:8080/", "192.168.1.5:8080"),
        ("http://[::1]/", "http://[::1]/", "::1:80"),
        ("https://nas/feed", "https://nas/feed", "nas:443"),
        ("http://shop.example/\r\nX-Evil: 1", "http://shop.example/%0D%0AX-Evil:%201", "shop.example"),
    ],
)
def test_canonical_spelling_and_lane(url: str, canonical: str, lane: str) -> None:
    address = read_address(url)
    assert isinstance(address, Address)
    assert (address.url, address.lane) == (canonical, lane)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://Shop.example/a", "shop.example"),
        ("https://shop.example:443/a", "shop.example"),
        ("http://shop.example:8443/a", "shop.example:8443"),
        ("http://[::1]/", "[::1]"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_a_host_is_named_as_its_owner_knows_it(url: str, place: str) -> None:
    address = read_address(url)
    assert isinstance(address, Address)
    assert address.place == place


@pytest.mark.parametrize("host", ["localhost", "nas", "printer.local", "box.lan", "10.0.0.1", "::1", "fd00::1"])
def test_private_by_name(host: str) -> None:
    assert has_private_name(host)


@pytest.mark.parametrize("host", ["shop.example", "8.8.8.8", "localhost.example"])
def test_public_by_name(host: str) -> None:
    assert not has_private_name(host)
