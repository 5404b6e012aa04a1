"""Google News: what is asked, by what an article is known, and how far back is searched after a sleep."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.conversing import NOW, UNCHANGED, converse, page

from app.sources.catalog.google_news import SOURCE

SETTINGS = {"words": "„Kawa Raj”", "edition": "Poland (Polish)"}


def _item(number: int, link: str, title: str = "", publisher: str = "Gazeta Miejska") -> str:
    title = title or f"Kolejka przed Kawa Raj {number} - {publisher}"
    others = '<ol><li><a href="https://news.google.com/rss/articles/X">Inny tytuł</a>&nbsp;<font>Inna</font></li></ol>'
    return (
        f"<item><title>{escape(title)}</title><link>https://news.google.com/rss/articles/{link}?oc=5</link>"
        f'<guid isPermaLink="false">{link}</guid><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>'
        f'<description>{escape(others)}</description><source url="https://www.gazeta.example">{publisher}</source></item>'
    )


def _feed(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>„Kawa Raj” - Wiadomości Google</title><language>pl</language>{''.join(items)}</channel></rss>"


def _asked(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_an_article_is_told_by_headline_and_publisher_and_keeps_its_link() -> None:
    heard = converse(SOURCE, SETTINGS, [_feed(_item(1, "CBMiA"))], first=True)
    (mention,) = heard.reading.mentions
    assert mention.url == "https://news.google.com/rss/articles/CBMiA?oc=5"
    assert (mention.title, mention.site) == ("Kolejka przed Kawa Raj 1 - Gazeta Miejska", "gazeta.example")
    assert (mention.text, mention.language, mention.published) == ("", "pl", 1_795_161_600.0)
    assert heard.reading.title == "„Kawa Raj” - Wiadomości Google"


def test_the_key_outlives_a_new_id_and_link() -> None:
    one = converse(SOURCE, SETTINGS, [_feed(_item(1, "CBMiA"))]).reading.mentions[0]
    other = converse(SOURCE, SETTINGS, [_feed(_item(1, "CBMiB"))]).reading.mentions[0]
    assert one.key == other.key
    elsewhere = _feed(_item(1, "CBMiA").replace("gazeta.example", "kurier.example"))
    assert converse(SOURCE, SETTINGS, [elsewhere]).reading.mentions[0].key != one.key


def test_an_article_given_twice_is_told_once() -> None:
    assert len(converse(SOURCE, SETTINGS, [_feed(_item(1, "A"), _item(1, "B"), _item(2, "C"))]).reading.mentions) == 2


def test_what_is_asked() -> None:
    (request,) = converse(SOURCE, SETTINGS, [_feed()]).requests
    assert request.url.startswith("https://news.google.com/rss/search?")
    assert _asked(request.url) == {"q": '"Kawa Raj" when:7d', "hl": "pl", "gl": "PL", "ceid": "PL:pl"}
    assert request.unchanged_ok


@pytest.mark.parametrize(
    ("words", "edition", "language", "asked"),
    [
        ("Kawa Raj", "United States (English)", "", ('"Kawa Raj" when:7d', "en-US", "US", "US:en")),
        ("КаваРай", "", "", ("КаваРай when:7d", "ru", "RU", "RU:ru")),
        ("kawaraj", "", "ru", ("kawaraj when:7d", "ru", "RU", "RU:ru")),
        ("kawaraj -piwo", "en-GB", "", ("kawaraj -piwo when:7d", "en-GB", "GB", "GB:en")),
        ("kawaraj when:1d", "pl", "", ("kawaraj when:1d", "pl", "PL", "PL:pl")),
    ],
)
def test_words_and_country(words: str, edition: str, language: str, asked: tuple[str, ...]) -> None:
    heard = converse(SOURCE, {"words": words, "edition": edition}, [_feed()], language=language)
    assert tuple(_asked(heard.requests[0].url).values()) == asked


def test_after_a_sleep_the_search_reaches_back_to_the_last_poll() -> None:
    before = converse(SOURCE, SETTINGS, [_feed()]).reading.bookmark
    later = converse(SOURCE, SETTINGS, [_feed()], bookmark=before, now=NOW + 12 * 86_400)
    assert _asked(later.requests[0].url)["q"] == '"Kawa Raj" when:13d'
    again = converse(SOURCE, SETTINGS, [_feed()], bookmark=later.reading.bookmark, now=NOW + 12 * 86_400 + 3_600)
    assert _asked(again.requests[0].url)["q"] == '"Kawa Raj" when:7d'


def test_nothing_new() -> None:
    heard = converse(SOURCE, SETTINGS, [UNCHANGED], bookmark={"read": "x"})
    assert (heard.reading.mentions, heard.reading.problem) == ((), None)
    assert heard.reading.bookmark["read"] == "x"


def test_a_page_for_people_is_no_result_and_suggests_no_feed() -> None:
    wall = "<!doctype html><html><link rel='alternate' type='application/rss+xml' href='/x'><body>unusual traffic</body></html>"
    reading = converse(SOURCE, SETTINGS, [replace(page(wall), url="https://www.google.com/sorry/index")]).reading
    assert reading.problem is not None
    assert (reading.problem.code, reading.suggestions) == ("sources.no_results", ())


@pytest.mark.parametrize(
    ("words", "edition", "code"),
    [("", "", "sources.no_words"), (" „ ", "", "sources.no_words"), ('"Kawa', "", "sources.open_quote"),
     ("x" * 401, "", "sources.long_words"), ("kawa", "Atlantis", "sources.no_edition")],
)  # fmt: skip
def test_what_is_typed_wrongly(words: str, edition: str, code: str) -> None:
    problem = SOURCE.check({"words": words, "edition": edition})
    assert problem is not None
    assert problem.code == code


def test_the_same_search_however_it_is_typed() -> None:
    ways = ({"words": "„Kawa  Raj”", "edition": "pl"}, {"words": '"kawa raj"', "edition": "Poland (Polish)"}, {"words": "Kawa Raj", "edition": "pl-PL"})  # fmt: skip
    assert len({SOURCE.place(one) for one in ways}) == 1
    assert SOURCE.place({"words": "Kawa Raj", "edition": "ru"}) != SOURCE.place(ways[0])
    assert SOURCE.place(ways[0]).startswith("news.google.com/")
