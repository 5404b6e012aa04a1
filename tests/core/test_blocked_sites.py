"""What a line of blocked sites blocks, what it leaves alone, and what is said of one that cannot be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.blocked_sites import blocked_sites, site_problem
from app.core.mention import Mention


def _blocks(entry: str, url: str = "", site: str = "") -> bool:
    return blocked_sites([entry]).block(Mention("feed", "k", url=url, site=site))


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("shop.example", "https://shop.example/a"),
        ("www.shop.example", "https://m.shop.example/a"),
        ("https://shop.example/", "https://forum.shop.example/a"),
        ("SHOP.EXAMPLE/#opinie", "https://shop.example/a"),
        ("http://shop.example:80", "https://shop.example/a"),
        ("shop.example/*", "https://shop.example/a"),
        ("shop.example/opinie", "https://shop.example/opinie"),
        ("shop.example/opinie/", "http://m.shop.example/Opinie/12?page=2#c3"),
        ("shop.example/opinie/*", "https://shop.example/opinie/12"),
        ("shop.example/%C5%9Bwiat", "https://shop.example/świat/1"),
        ("facebook.com/troll", "https://www.facebook.com/troll/posts/1"),
        ("shop.example/?p=3", "https://shop.example/?p=3"),
        ("*.shop.example", "https://forum.shop.example/a"),
        ("*.shop.example", "https://m.shop.example/a"),
        ("https://*.shop.example", "https://a.b.shop.example/a"),
        ("kawiarnia-świat.example", "https://xn--kawiarnia-wiat-fyc.example/feed"),
        ("localhost", "http://localhost/1"),
        ("localhost:8080", "http://localhost:8080/1"),
        ("info.example", "https://info.example/1"),
        ("x.com", "https://x.com/1"),
    ],
)
def test_a_site_is_blocked(entry: str, url: str) -> None:
    assert _blocks(entry, url)
    assert site_problem(entry) is None


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("shop.example", "https://myshop.example/a"),
        ("shop.example", "https://other.example/shop.example"),
        ("shop.example/opinie", "https://shop.example/"),
        ("shop.example/opinie", "https://shop.example/opinie-o-nas"),
        ("shop.example/opinie", "https://m.shop.example/"),
        ("shop.example/opinie", "https://forum.shop.example/opinie"),
        ("shop.example/?p=3", "https://shop.example/?p=33"),
        ("facebook.com/troll", "https://facebook.com/trollface"),
        ("facebook.com/troll", "https://facebook.com/anna"),
        ("*.shop.example", "https://shop.example/a"),
        ("*.shop.example", "https://myshop.example/a"),
        ("example", "https://shop.example/a"),
        ("pl", "https://sklep.pl/a"),
        ("*.pl", "https://sklep.pl/a"),
        ("com.pl", "https://sklep.com.pl/a"),
        ("troll@gmail.com", "https://gmail.com/a"),
        ("shop.*", "https://shop.example/a"),
        ("a.example, b.example", "https://b.example/a"),
        ("Kurier", "https://a.kurier/1"),
        ("shop.example", "https://[broken"),
    ],
)
def test_a_site_is_left_alone(entry: str, url: str) -> None:
    assert not _blocks(entry, url)


@pytest.mark.parametrize(
    ("entry", "site"),
    [("Kurier  Codzienny", "KURIER codzienny"), ("kurier", "Kurier"), ("a.example", "A.example"), ("WP", "WP")],
)
def test_a_publisher_is_blocked_by_its_name(entry: str, site: str) -> None:
    assert _blocks(entry, site=site)
    assert not _blocks(entry, site=f"{site} Nowy")
    assert site_problem(entry) is None


def test_a_page_is_not_blocked_by_its_site_alone() -> None:
    assert not _blocks("shop.example/opinie", site="shop.example")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("pl", "desk.site_ending"),
        (".pl", "desk.site_ending"),
        ("*.com.pl", "desk.site_ending"),
        ("example", "desk.site_ending"),
        ("рф", "desk.site_ending"),
        ("shop.*", "desk.site_star"),
        ("*shop.example", "desk.site_star"),
        ("troll@gmail.com", "desk.site_is_account"),
        ("@troll", "desk.site_is_account"),
        ("@troll@mastodon.example", "desk.site_is_account"),
        ("a.example, b.example", "desk.site_several"),
        ("a.example b.example/x", "desk.site_several"),
    ],
)
def test_what_cannot_be_meant_is_told(entry: str, code: str) -> None:
    problem = site_problem(entry)
    assert problem is not None
    assert (problem.code, problem.args) == (code, {"text": entry})


@pytest.mark.parametrize(
    "entry",
    ["Kurier Codzienny", "Onet, Wiadomości", "Tygodnik ABC.", "https://mastodon.example/@troll", "", "co.example"],
)
def test_what_can_be_meant_is_kept(entry: str) -> None:
    assert site_problem(entry) is None


def test_nothing_blocked_blocks_nothing() -> None:
    assert not blocked_sites(["", "  "])
    assert not blocked_sites([]).block(Mention("feed", "k", site="", url=""))


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_line_is_too_strange(entry: str, text: str) -> None:
    problem = site_problem(entry)
    blocks = blocked_sites([entry]).block(Mention("feed", "k", url=text, site=text))
    assert problem is None or problem.code
    assert blocks in {True, False}


@pytest.mark.parametrize(
    ("url", "blocked"),
    [
        ("https://a.example/index.php?topic=5", True),
        ("https://www.a.example/index.php?start=20&topic=5", True),
        ("https://a.example/index.php?topic=5&view=all#m7", True),
        ("https://a.example/index.php?topic=55", False),
        ("https://a.example/index.php?topic=6&was=topic=5", False),
        ("https://a.example/index.php", False),
        ("https://a.example/index.php/below?topic=5", False),
        ("https://b.example/index.php?topic=5", False),
    ],
)
def test_a_page_with_a_parameter_is_blocked_wherever_that_stands(url: str, *, blocked: bool) -> None:
    sites = blocked_sites(["https://a.example/index.php?topic=5"])
    assert sites.block(Mention("feed", "k", url=url)) is blocked


def test_a_dot_in_front_blocks_the_site_and_all_below_it() -> None:
    sites = blocked_sites([".a.example", "..."])
    for host in ("a.example", "b.a.example"):
        assert sites.block(Mention("feed", "k", url=f"https://{host}/"))
    assert not sites.block(Mention("feed", "k", url="https://ba.example/"))
    told = site_problem(".com")
    assert told
    assert told.code == "desk.site_ending"
