"""Bing News: what is asked, and links led straight to the publisher."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sources.conversing import UNCHANGED, converse, page

from app.sources.catalog.bing_news import SOURCE

SETTINGS = {"words": "Kawa Raj", "edition": "Poland (Polish)"}
FEED = (
    '<?xml version="1.0" encoding="utf-8" ?><rss version="2.0" xmlns:News="https://www.bing.com/news/search?q=%22Kawa+Raj%22&amp;format=rss">'
    "<channel><title>Kawa Raj - BingNews</title><link>https://www.bing.com/news/search?q=x&amp;format=rss</link>"
    "<item><title>Zimna kawa w Kawa Raj</title><link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;aid=&amp;tid=1"
    "&amp;url=https%3a%2f%2fgazeta.example%2fmiasto%2fkawa%3fid%3d7&amp;c=1&amp;mkt=pl-pl</link><description>Goście czekają godzinę.</description>"
    "<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><News:Source>Gazeta Miejska</News:Source></item></channel></rss>"
)


def test_an_article() -> None:
    heard = converse(SOURCE, SETTINGS, [FEED], first=True)
    (mention,) = heard.reading.mentions
    assert mention.url == mention.key == "https://gazeta.example/miasto/kawa?id=7"
    assert (mention.title, mention.text) == ("Zimna kawa w Kawa Raj", "Goście czekają godzinę.")
    assert (mention.site, mention.published, mention.language) == ("gazeta.example", 1_795_161_600.0, "pl")


def test_another_click_counter_is_the_same_article() -> None:
    other = converse(SOURCE, SETTINGS, [FEED.replace("tid=1", "tid=ZZ9").replace("c=1&", "c=987&")])
    assert other.reading.mentions[0].key == "https://gazeta.example/miasto/kawa?id=7"


def test_what_is_asked() -> None:
    (request,) = converse(SOURCE, SETTINGS, [FEED]).requests
    asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
    assert asked == {"q": '"Kawa Raj"', "format": "rss", "setlang": "pl", "cc": "PL", "qft": 'sortbydate="1"'}


def test_nothing_new_and_a_page_for_people() -> None:
    assert converse(SOURCE, SETTINGS, [UNCHANGED], bookmark={"a": "b"}).reading.bookmark == {"a": "b"}
    reading = converse(SOURCE, SETTINGS, [page("<html><body>One last step</body></html>")]).reading
    assert reading.problem is not None
    assert reading.problem.code == "sources.no_results"
    assert SOURCE.check({"words": ""}) is not None
    assert SOURCE.place(SETTINGS).startswith("www.bing.com/")
