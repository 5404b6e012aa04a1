"""Equal places are equal addresses."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.address import _without_end, comparable_place, host_of, is_at_home, normal_address, without_user

SAME = [
    "https://shop.example/opinie/7?a=1&b=2",
    "http://shop.example/opinie/7?a=1&b=2",
    "HTTPS://WWW.Shop.Example/opinie/7/?b=2&a=1",
    "https://m.shop.example:443/opinie/7?a=1&b=2#top",
    "http://amp.shop.example:80/opinie/7?a=1&b=2#:~:text=najgorsza%201",
    "https://anna:secret@shop.example./opinie/7?a=1&&b=2&utm_source=rss&UTM_Medium=feed",
    "//shop.example/opinie/7?fbclid=x&a=1&gclid=y&b=2&yclid=z&mc_cid=1&ref_src=t&igshid=u&_openstat=v",
    " https://shop.example/opinie/%37?b=2&a=%31\n",
    "https://shop.example/opinie/7/amp?a=1&b=2&amp=1",
    "https://shop.example/opinie/7.amp?a=1&b=2&outputType=amp",
    "https://shop.example/opinie/7;jsessionid=A1B2?a=1&b=2&sid=0123456789abcdef0123456789ABCDEF",
    "https://www.google.com/url?rct=j&sa=t&url=https://shop.example/opinie/7%3Fa%3D1%26b%3D2&ct=ga&usg=AOv",
    "https://google.pl/url?q=http%3A%2F%2Fwww.shop.example%2Fopinie%2F7%3Fb%3D2%26a%3D1&sa=U",
    "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=9&url=https%3a%2f%2fshop.example%2fopinie%2f7%3fa%3d1%26b%3d2&c=1",
    "https://www.google.com/amp/s/shop.example/opinie/7?a=1&b=2",
    "https://shop-example.cdn.ampproject.org/c/s/shop.example/opinie/7?a=1&b=2",
]

DIFFERENT = [
    "https://shop.example/opinie/7",
    "https://shop.example/opinie/7?a=1",
    "https://shop.example/Opinie/7",
    "https://shop.example/opinie/8",
    "https://shop.example:8085/opinie/7",
    "https://blog.shop.example/opinie/7",
    "https://shop.example/opinie/7#comment-12",
    "https://shop.example/opinie/7#comment-13",
    "https://shop.example/opinie/7#isso-5",
    "https://shop.example/opinie/7?r=2#message-2",
    "https://shop.example/opinie/7#c123",
    "https://shop.example/#!/opinie/a",
    "https://shop.example/#/opinie/b",
    "https://shop.example/%D0%B0",
    "https://shop.example/%CF%F0",
    "https://shop.example/%CF%F1",
    "https://shop.example/a%2Fb",
    "https://shop.example/a/b",
    "https://shop.example/amp",
    "https://shop.example",
    "https://news.google.com/rss/articles/CBMi1",
    "mailto:anna@shop.example",
    "tag:google.com,2013:googlealerts/feed:12",
]

PIECES = """
http:// https:// // www. m. amp. /amp .amp.html %41 %2 %C5%BB utm_x=1 google.com/url?q= xn-- пример.рф :80 #c1 :~:
sid=0123456789abcdef0123456789abcdef
"""
PIECE = st.sampled_from([*"aA1%/?&#=+.:@; żﬁ℀\\\ud800[]", *PIECES.split()])
ADDRESS_LIKE = st.lists(PIECE, max_size=14).map("".join)


@pytest.mark.parametrize("url", SAME)
def test_one_place_has_one_address(url: str) -> None:
    assert normal_address(url) == "https://shop.example/opinie/7?a=1&b=2"


def test_different_places_stay_different() -> None:
    assert len({normal_address(url) for url in DIFFERENT}) == len(DIFFERENT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://пример.рф/отзывы", "http://xn--e1afmkfd.xn--p1ai/%D0%BE%D1%82%D0%B7%D1%8B%D0%B2%D1%8B"),
        ("https://żabka.example/", "https://XN--ABKA-99A.example"),
        ("https://a.example/x.amp.html", "https://a.example/x.html"),
        ("https://a.example/a b?q=a+b", "https://a.example/a%20b?q=a%20b"),
        ("https://a.example/%c5%bb", "https://a.example/Ż"),
        ("https://a.example/x#xtor=RSS-1", "https://a.example/x"),
        ("https://www2.a.example", "https://a.example"),
    ],
)
def test_two_spellings_of_one_place(one: str, other: str) -> None:
    assert normal_address(one) == normal_address(other)


@pytest.mark.parametrize("url", ["", "  ", "no address", "javascript:alert(1)", "tag:x,2013:7", "shop.example/x"])
def test_what_is_no_web_address_is_only_trimmed(url: str) -> None:
    assert normal_address(f" {url} ") == url.strip()


def test_hosts_of_two_labels_are_left_alone() -> None:
    assert host_of("https://m.com/x") == "m.com"
    assert host_of("https://www.pl") == "www.pl"
    assert host_of("https://www.m.shop.example:443/x") == "shop.example"
    assert host_of("mailto:a@b.example") == ""


def test_wrapping_a_thousand_times_ends() -> None:
    assert normal_address("https://google.com/url?q=" * 1000 + "https://a.example/x/") == "https://a.example/x"


@given(ADDRESS_LIKE | st.text(st.characters(codec=None), max_size=60))
def test_it_never_raises_and_once_is_enough(url: str) -> None:
    once = normal_address(url)
    assert normal_address(once) == once


@given(ADDRESS_LIKE.map(lambda rest: f"https://a.example/{rest}"))
def test_http_and_https_are_one(url: str) -> None:
    assert normal_address(url) == normal_address(url.replace("https:", "http:", 1))


@pytest.mark.parametrize(
    "url",
    [
        f"https://a{':' * 30_000}x/",
        f"https://a{':80' * 10_000}x/",
        f"https://a.example/{'.amp' * 20_000}x",
        f"https://a.example/{'.amp' * 20_000}.html",
    ],
)
def test_no_address_keeps_the_laptop_busy(url: str) -> None:
    began = time.process_time()
    normal_address(url)
    assert time.process_time() - began < 5


@given(st.lists(st.sampled_from([".", ":", ":80", ":443", "80", "a", "443"]), max_size=8).map("".join))
def test_a_host_ends_where_its_dots_and_standard_ports_begin(end: str) -> None:
    assert _without_end(f"a.example{end}") == re.sub(r"(?:\.|:(?:80|443)?)+\Z", "", f"a.example{end}")


@pytest.mark.parametrize(
    ("place", "same"),
    [
        ("b.example/feed?utm_source=x&fbclid=1", "b.example/feed"),
        ("b.example/feed?b=2&a=1", "b.example/feed?a=1&b=2"),
        ("b.example/?q=a+b&utm_medium=y", "b.example?q=a%20b"),
        ("b.example//feed", "b.example/feed"),
        ("b.example/./x/../feed", "b.example/feed"),
        ("b.example/świat", "b.example/%c5%9bwiat"),
        ("kawiarnia-świat.example:8080/feed", "xn--kawiarnia-wiat-fyc.example:8080/feed"),
        ("b.example/?b=2&a=1 .opinia", "b.example/?b=2&a=1 .opinia"),
        ("app 123", "app 123"),
    ],
)
def test_two_ways_to_write_a_place_are_one(place: str, same: str) -> None:
    assert comparable_place(place) == comparable_place(same)


@pytest.mark.parametrize(
    ("place", "other"),
    [
        ("b.example/feed", "b.example/Feed"),
        ("b.example/feed?a=1", "b.example/feed?a=1&a=1"),
        ("b.example/feed?a=1&b=2", "b.example/feed?a=2&b=1"),
        ("b.example/feed", "m.b.example/feed"),
        ("b.example/feed", "b.example/feed/amp"),
        ("b.example/a%2Fb", "b.example/a/b"),
        ("b.example/ .opinia", "b.example/ .cena"),
        ("api.example/search a//b", "api.example/search a/b"),
    ],
)
def test_two_places_are_two(place: str, other: str) -> None:
    assert comparable_place(place) != comparable_place(other)


def test_only_what_no_name_can_lead_elsewhere_is_at_home() -> None:
    home = ("https://127.0.0.1:8171/rss", "http://192.168.1.5", "https://localhost/x", "http://[::1]/")
    assert all(map(is_at_home, home))
    assert not any(map(is_at_home, ("https://8.8.8.8/", "https://nas.local/", "https://shop.example", "", "http://[")))


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("http://allegro.pl@evil.example/", "http://evil.example/"),
        ("https://anna:s3cret@shop.example:8443/a?b=c@d#e@f", "https://shop.example:8443/a?b=c@d#e@f"),
        ("//allegro.pl@evil.example/x", "//evil.example/x"),
        ("http://a@b@evil.example", "http://evil.example"),
        ("http://allegro.pl\\@evil.example/", "http://allegro.pl/@evil.example/"),
        ("http://allegro.pl\t@evil.example/", "http://evil.example/"),
        ("http:///allegro.pl@evil.example", "http://evil.example"),
        ("https:allegro.pl@evil.example", "https://evil.example"),
        ("HTTP://@evil.example?q", "HTTP://evil.example?q"),
    ],
)
def test_the_host_an_address_seems_to_name_is_the_one_that_is_opened(written: str, opened: str) -> None:
    assert without_user(written) == opened


@pytest.mark.parametrize(
    "address",
    [
        "https://mastodon.social/@anna/113",
        "https://medium.com/@anna/a-story?x=1",
        "https://www.google.com/maps/@52.2,21.0,15z",
        "https://shop.example?mail=anna@poczta.example",
        "https://shop.example#@anna",
        "https://shop.example/a//b@c",
        "mailto:anna@poczta.example",
        "anna@poczta.example",
        "@anna@mastodon.social",
        "t.me/@anna",
        "",
    ],
)
def test_an_at_sign_elsewhere_stays(address: str) -> None:
    assert without_user(address) == address


@given(st.text(alphabet="htps:/@?#.\\ab1 \t"))
def test_without_a_user_name_once_is_enough_and_the_place_stays(url: str) -> None:
    once = without_user(url)
    assert without_user(once) == once
    if host_of(url):
        assert normal_address(once) == normal_address(url)
