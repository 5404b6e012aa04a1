"""The feeds that a page leads to."""

from __future__ import annotations

import pytest
from fakes.growth import is_linear

from app.sources.feeds.page_links import MOST, read_page

HOME = "https://a.example/blog/post"


def _feeds(page: str, address: str = HOME) -> list[str]:
    return [found for found, _ in read_page(page, address).feeds]


def test_declared_feeds_come_first_each_once_with_its_name() -> None:
    page = """<html><head><title>Sklep</title><LINK REL='alternate' TYPE="application/rss+xml" TITLE='Wpisy &amp; oferty' HREF='/rss.xml'>
    <link rel="alternate nofollow" href="atom.xml" type="application/atom+xml; charset=utf-8"><link rel=feed href=/feed.json>
    <link rel="alternate" hreflang="pl" href="/pl"><link rel="stylesheet" href="/feed/"></head>
    <body><a href="/rss.xml">RSS</a><a class=x href="https://b.example/forum?feed=rss2&amp;f=1">forum</a><a href="/feedback">nie</a></body>"""
    assert read_page(page, HOME).feeds == (
        ("https://a.example/rss.xml", "Wpisy & oferty"),
        ("https://a.example/blog/atom.xml", "Sklep"),
        ("https://a.example/feed.json", "Sklep"),
        ("https://b.example/forum?feed=rss2&f=1", "Sklep"),
    )


@pytest.mark.parametrize(
    "href",
    ["/feed", "/feed/", "/blog/feed/atom/", "/rss", "/rss.xml", "/atom.xml", "/index.xml", "/news.rss", "/x.atom", "/?feed=rss2", "/?format=rss",
     "/forum?output=atom", "/feeds/posts/default", "/feed.json", "/feed/?x=1"],
)  # fmt: skip
def test_links_that_look_like_feeds(href: str) -> None:
    assert _feeds(f'<a href="{href}">x</a>') == [f"https://a.example{href}"]


@pytest.mark.parametrize(
    "href",
    ["/feedback", "/rss-explained", "/press", "/x.xml", "mailto:feed@a.example", "javascript:/rss", "http://[x/feed/"],
)
def test_links_that_do_not(href: str) -> None:
    assert _feeds(f'<a href="{href}">x</a>') == []


def test_a_base_counts() -> None:
    page = '<base href="https://c.example/d/"><a href="rss.xml">x</a><a href="e/rss.xml">y</a>'
    assert _feeds(page) == ["https://c.example/d/rss.xml", "https://c.example/d/e/rss.xml"]


def test_well_known_feeds_only_where_the_page_says_its_maker() -> None:
    assert _feeds("<html><body>x</body></html>") == []
    assert _feeds('<meta name="generator" content="WordPress 6.1">') == [
        "https://a.example/feed/",
        "https://a.example/comments/feed/atom/",
    ]
    assert _feeds("<script src='/wp-content/x.js'></script>") == [
        "https://a.example/feed/",
        "https://a.example/comments/feed/atom/",
    ]
    assert _feeds("<meta content='blogger' name='generator'>") == [
        "https://a.example/feeds/posts/default",
        "https://a.example/feeds/comments/default",
    ]
    channel = '<script>{"channelId":"UCabcdefghijklmnopqrstuv"}</script>'
    assert _feeds(channel) == []
    assert _feeds(channel, "https://www.youtube.com/@kawaraj") == [
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"
    ]


def test_comments_of_wordpress_are_taken_with_their_threads() -> None:
    assert _feeds('<link rel="alternate" type="application/rss+xml" href="/p/comments/feed">') == [
        "https://a.example/p/comments/feed/atom/"
    ]


def test_no_more_than_anybody_picks_from() -> None:
    assert len(_feeds("".join(f'<a href="/{n}.rss">x</a>' for n in range(500)))) == MOST


def test_a_question_for_a_password_is_seen() -> None:
    assert read_page("<form><INPUT name=p type = 'Password'></form>", HOME).asks_password
    assert not read_page("<input type=text name=password>", HOME).asks_password


@pytest.mark.parametrize(
    "piece",
    [
        "<link ",
        "<a href=",
        '<a href="',
        "<link rel=alternate ",
        "<",
        "<a a",
        "a=b ",
        "<title>",
        "<input ",
        "&",
        "/feed",
    ],
)
def test_hostile_pages_take_linear_time(piece: str) -> None:
    assert is_linear(lambda length: read_page(piece * (length // len(piece)), HOME), 5_000_000)
    assert is_linear(lambda times: read_page("<a " + piece * times + ">" * 10, HOME), 600)
