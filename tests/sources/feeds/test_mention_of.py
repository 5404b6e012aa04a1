"""From entries to mentions: keys, addresses, people, threads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.sources.feeds.addresses import host_of, unwrapped, web_address
from app.sources.feeds.entry import Document, Entry, Link, Markup, Person
from app.sources.feeds.mention_of import LONGEST_KEY, LONGEST_NAME, mentions_of
from app.sources.feeds.pace import wait_of
from app.sources.feeds.people import person_of

NOW = 1_795_300_000.0


def _mentions(*entries: Entry, place: str = "a.example/feed", language: str = ""):  # type: ignore[no-untyped-def]
    return mentions_of(
        Document(entries=entries, language=language),
        source="feed",
        place=place,
        address="https://a.example/feed",
        now=NOW,
    )


def _keys(*entries: Entry, place: str = "a.example/feed") -> list[str]:
    return [mention.key for mention in _mentions(*entries, place=place)]


X = Markup("x")


def test_numbers_are_ids_of_their_own_feed_only() -> None:
    assert _keys(Entry(id="5", title=X)) == ["a.example/feed 5"]
    assert _keys(Entry(id="5", title=X), place="b.example/") == ["b.example/ 5"]
    assert _keys(Entry(id="tag:a,1:5", title=X), place="b.example/") == ["tag:a,1:5"]


@pytest.mark.parametrize(
    ("title", "author", "kept"),
    [
        ("Comment on Opening hours by Ann Bay", "Ann Bay", False),
        ("By: Ann", "Ann", False),
        ("Komentarz do Godziny otwarcia, którego autorem jest Jan Gil", "Jan Gil", False),
        ("Autor: Jan", "Jan", False),
        ("Комментарий к записи Часы работы от Иван", "Иван", False),
        ("Comment on Opening hours by Ann Bay", "", True),
        ("Comment on Opening hours by Ann Bay", "Jo", True),
        ("Never again, says Ann", "Ann", True),
        ("Rude staff", "Ann", True),
        ("Ann", "Ann", True),
    ],
)
def test_a_title_that_tells_only_whose_comment_it_is_is_none_of_the_writers_words(
    title: str, author: str, kept: bool
) -> None:
    entry = Entry(id="5", title=Markup(title), bodies=(Markup("Rude staff."),), person=Person(name=author))
    [mention] = _mentions(entry)
    assert mention.title == (title if kept else "")
    [alone] = _mentions(Entry(id="5", title=Markup(title), person=Person(name=author)))
    assert alone.title == title


@pytest.mark.parametrize("letter", ["A", "Я", "&amp;"])
def test_a_name_without_end_is_cut(letter: str) -> None:
    [mention] = _mentions(Entry(id="5", title=X, person=Person(name=letter * 100_000)))
    assert len(mention.author) == LONGEST_NAME


def test_without_an_id_the_address_is_the_key_and_then_what_it_says() -> None:
    linked = Entry(links=(Link("https://a.example/1"),), title=X)
    assert _keys(linked) == ["https://a.example/1"]
    said, other = _keys(Entry(title=X), Entry(title=Markup("y")))
    assert said.startswith("hash:")
    assert said != other
    assert _keys(Entry(title=X)) == [said]


def test_an_id_of_two_different_things_is_no_id() -> None:
    one, two = (
        Entry(id="5", links=(Link("https://a.example/1"),), title=X),
        Entry(id="5", links=(Link("https://a.example/2"),), title=X),
    )
    assert _keys(one, two) == ["https://a.example/1", "https://a.example/2"]
    assert _keys(one, one) == ["a.example/feed 5"]
    shared = (Link("https://a.example/"),)
    keys = _keys(Entry(links=shared, title=X), Entry(links=shared, title=Markup("y")))
    assert len(set(keys)) == 2
    assert all(key.startswith("hash:") for key in keys)


def test_endless_ids_are_hashed() -> None:
    first, second = _keys(Entry(id="tag:" + "a" * 5_000, title=X), Entry(id="tag:" + "a" * 5_001, title=X))
    assert first != second
    assert max(len(first), len(second)) < LONGEST_KEY


def test_entries_that_say_nothing_are_left_out() -> None:
    assert _keys(Entry(id="5"), Entry(), Entry(title=Markup("<b></b>"), bodies=(Markup("&nbsp;"),))) == []


def test_the_first_body_with_anything_in_it_counts() -> None:
    (mention,) = _mentions(Entry(id="5", bodies=(Markup("<p> </p>"), Markup("<b>to</b>"), Markup("nie"))))
    assert mention.text == "to"
    (literal,) = _mentions(Entry(id="5", bodies=(Markup("<b>to</b> &amp;", html=False),)))
    assert literal.text == "<b>to</b> &amp;"


def test_threads_lead_to_the_oldest_known_and_circles_end() -> None:
    mentions = _mentions(
        Entry(id="1", title=X, parent="0"), Entry(id="2", title=X, parent="1"), Entry(id="3", title=X, parent="2")
    )
    place = "a.example/feed"
    assert [(mention.parent, mention.thread) for mention in mentions] == [
        (f"{place} {n}", f"{place} 0") for n in range(3)
    ]
    assert (
        len(
            _mentions(
                Entry(id="1", title=X, parent="2"),
                Entry(id="2", title=X, parent="1"),
                Entry(id="3", title=X, parent="3"),
            )
        )
        == 3
    )


@pytest.mark.parametrize(
    ("written", "stars"),
    [("5", 5.0), ("1", 1.0), ("4,5", 4.5), ("0", None), ("6", None), ("good", None), ("nan", None), ("", None)],
)
def test_stars(written: str, stars: float | None) -> None:
    assert _mentions(Entry(id="5", title=X, rating=written))[0].stars == stars


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("pl", "pl"),
        ("pl-PL", "pl"),
        ("RU_ru", "ru"),
        ("en-us", "en"),
        ("deu", "deu"),
        ("polski", "fr"),
        ("", "fr"),
        ("12", "fr"),
    ],
)
def test_languages(written: str, language: str) -> None:
    assert _mentions(Entry(id="5", title=X, language=written), language="fr")[0].language == language


def test_where_it_stands() -> None:
    link = (Link("https://www.gazeta.example/1"),)
    assert _mentions(Entry(title=X, links=link))[0].site == "gazeta.example"
    assert _mentions(Entry(title=X, links=link, publisher="https://www.radio.example/x"))[0].site == "radio.example"
    assert _mentions(Entry(title=X))[0].site == "a.example"


def test_who_wrote_it() -> None:
    (mention,) = _mentions(Entry(title=X, person=Person("Anna &amp; <b>Jan</b>", "a@a.example", "/anna")))
    assert (mention.author, mention.handle) == ("Anna & Jan", "https://a.example/anna")
    assert _mentions(Entry(title=X, person=Person("Anna", "a@a.example", "javascript:x")))[0].handle == "a@a.example"


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Anna Nowak", Person("Anna Nowak")),
        ("anna@shop.example (Anna Nowak)", Person("Anna Nowak", "anna@shop.example")),
        ("Anna Nowak <anna@shop.example>", Person("Anna Nowak", "anna@shop.example")),
        ("Anna Nowak (anna@shop.example)", Person("Anna Nowak", "anna@shop.example")),
        ("anna@sklep.shopping", Person("", "anna@sklep.shopping")),
        ("mailto:anna@shop.example", Person("", "anna@shop.example")),
        ("@anna", Person("@anna")),
        ("@anna@social.example", Person("@anna@social.example")),
        ("", Person()),
    ],
)
def test_people(written: str, person: Person) -> None:
    assert person_of(written) == person


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  https://a.example/x y\n", "https://a.example/x%20y"),
        ("/x", "https://b.example/x"),
        ("//c.example/x", "https://c.example/x"),
        ("?p=1", "https://b.example/o/?p=1"),
        ("HTTPS://A.example/", "https://A.example/"),
        ("https://żółw.example/", "https://żółw.example/"),
        ("https://a.example/\u202egnp.exe", "https://a.example/%E2%80%AEgnp.exe"),
        ("/\u2066x\u200b", "https://b.example/%E2%81%A6x%E2%80%8B"),
        ("https://a.example/" + "\u202e" * 3_000, ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("https://" + "a" * 5_000, ""),
        ("", ""),
    ],
)
def test_addresses(written: str, address: str) -> None:
    assert web_address(written, "https://b.example/o/") == address


def test_links_of_search_services_are_unwrapped() -> None:
    google = "https://www.google.com/url?rct=j&sa=t&url=https://a.example/x%3Fy%3D1&ct=ga"
    assert unwrapped(google) == "https://a.example/x?y=1"
    assert unwrapped(google.replace(".com", ".pl")) == "https://a.example/x?y=1"
    assert (
        unwrapped("http://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fa.example%2f&c=1")
        == "https://a.example/"
    )
    for kept in (
        "https://www.google.com/url?url=javascript:x",
        "https://a.example/url?url=https://b.example/",
        "https://www.google.com/url?" + "a=1&" * 60 + "url=https://b.example/",
        "https://www.google.com.evil.example/url?url=https://b.example/",
    ):
        assert unwrapped(kept) == kept


def test_hosts() -> None:
    assert [host_of(url) for url in ("https://www.A.example:8080/x", "https://a.example", "http://[::1]/", "http://[x", "", "x")] == [
        "a.example", "a.example", "::1", "", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "period", "frequency", "wait"),
    [("", "", "", 0.0), ("60", "", "", 3_600.0), ("-5", "", "", 0.0), ("99999", "", "", 86_400.0), ("", "hourly", "", 3_600.0),
     ("", " Daily ", "4", 21_600.0), ("", "weekly", "1", 86_400.0), ("90", "hourly", "2", 5_400.0), ("x", "often", "0", 0.0), ("²", "hourly", "9" * 99, 3_600.0)],
)  # fmt: skip
def test_how_long_a_feed_asks_to_be_left_alone(minutes: str, period: str, frequency: str, wait: float) -> None:
    assert wait_of(minutes, period, frequency) == wait


@pytest.mark.parametrize(
    ("language", "expected"),
    [("", "2026-11-05"), ("en-US", "2026-11-05"), ("en", "2026-11-05"), ("pl", "2026-05-11"), ("ru-RU", "2026-05-11")],
)
def test_the_order_of_day_and_month_that_makes_sense_is_meant_where_it_may_be_american(
    language: str, expected: str
) -> None:
    now = datetime(2026, 11, 6, 9, 30, tzinfo=UTC).timestamp()
    entries = tuple(Entry(id=date, title=X, dates=(date,)) for date in ("11/05/2026", "11/03/2026"))
    document = Document(entries=entries, language=language)
    told = mentions_of(document, source="feed", place="a.example", address="https://a.example/", now=now)
    assert told[0].published == datetime.fromisoformat(expected).replace(tzinfo=UTC).timestamp()
