"""A feed that names its author gives it to articles without one, and never to what customers may have written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sources.polling import ADDRESS, NOW, polled
from sources.shapes import atom as opinions
from sources.shapes import rss

from app.core.ports.net import Response
from app.core.ports.source import Poll
from app.core.watch import Watch, WatchKind
from app.sources.catalog.comment_feed import SOURCE as COMMENTS
from app.sources.catalog.feed import SOURCE
from app.sources.feeds.own_author import NAME

SHOP = "<author><name>KawaRaj</name><email>biuro@kawaraj.example</email></author>"


def atom(entries: str, head: str = "") -> str:
    return opinions(entries, head).replace("<title>Opinie</title>", "<title>KawaRaj</title>")


def post(number: int, inside: str = "", page: str = "") -> str:
    page = page or f"https://kawaraj.example/blog/{number}/"
    return (
        f"<entry><id>tag:k,1:{number}</id><title>Wpis {number}</title><link href='{page}'/>"
        f"<content>Przepraszamy za opóźnienia {number}</content>{inside}</entry>"
    )


POSTS = post(1) + post(2) + post(3)


def authors(body: str, address: str = ADDRESS, bookmark: Mapping[str, str] | None = None) -> set[str]:
    return {mention.author for mention in polled(body, address=address, bookmark=bookmark)[1].mentions}


def messy(text: str) -> str:
    return text.replace("</feed>", "&nbsp;</feed>")


both = pytest.mark.parametrize("written", [str, messy])


@both
def test_articles_without_an_author_are_by_the_feeds_own(written: type[str]) -> None:
    mentions = polled(written(atom(POSTS, SHOP)))[1].mentions
    assert [mention.author for mention in mentions] == ["KawaRaj"] * 3
    assert {mention.handle for mention in mentions} == {
        ""
    }  # the shop's mail would tie all its articles to one customer


@both
@pytest.mark.parametrize(
    "inside",
    [
        "<author><name>Anna</name></author>",
        "<author><name></name></author>",
        "<author/>",
        "<author><email>anna@lab.example</email></author>",
        "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Anna</dc:creator>",
        '<thr:in-reply-to ref="tag:k,1:1"/>',
        "<source><title>Inny blog</title><author><name>Ewa</name></author></source>",
        "<rating>1</rating>",
    ],
)
def test_one_entry_of_another_and_nothing_is_the_feeds_own(inside: str, written: type[str]) -> None:
    body = written(atom(POSTS + post(4, inside), SHOP))
    reading = polled(body)[1]
    assert "KawaRaj" not in {mention.author for mention in reading.mentions}
    assert len(reading.mentions) == 4
    assert reading.bookmark[NAME]


@pytest.mark.parametrize(
    "entries",
    [
        post(1, page="https://kawaraj.example/ksiega/#1") + post(2, page="https://kawaraj.example/ksiega/#2"),
        post(1, page="https://kawaraj.example/") + post(2, page="https://kawaraj.example/"),
        "<entry><id>1</id><content>Zimna kawa</content></entry><entry><id>2</id><content>Brudno</content></entry>",
        post(1).replace("Wpis", "Re: Wpis") + post(2),
        post(1).replace("Wpis 1", "Komentarz do: Nowa kawa") + post(2),
        post(1).replace("Wpis 1", "Anna K. ★☆☆☆☆") + post(2),
        post(1).replace("Wpis 1", "1/5 Nigdy więcej") + post(2),
        post(1).replace("Wpis 1", "Anna napisała:") + post(2),
        post(1).replace("Wpis 1", "Anonim") + post(2),
        post(1).replace("Wpis 1", "") + post(2),
        post(1, page="https://kawaraj.example/opinie/1/") + post(2, page="https://kawaraj.example/opinie/2/"),
        post(1, page="https://kawaraj.example/p/?c=1#comment-1") + post(2),
        post(1, page="https://kawaraj.example/p/?c=1#c1") + post(2),
        post(1, page="https://anna.example/1") + post(2, page="https://ewa.example/2"),
        post(1),
    ],
)
def test_what_does_not_look_like_articles_stays_unsigned(entries: str) -> None:
    assert authors(atom(entries, SHOP)) == {""}


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://kawaraj.example/opinie.atom", ""),
        ("https://forum.kawaraj.example/feed", ""),
        ("https://kawaraj.example/comments/feed/atom/", ""),
        (ADDRESS, "KawaRaj: Opinie klientów"),
        (ADDRESS, "Отзывы о магазине"),
        (ADDRESS, "Comments for KawaRaj"),
        (ADDRESS, "Klienci o nas"),
        (ADDRESS, "Co o nas mówią"),
        (ADDRESS, "Zgłoszenia"),
        (ADDRESS, "Support tickets"),
        (ADDRESS, "Wall of love"),
        (ADDRESS, "What people say"),
        (ADDRESS, "Претензии и предложения"),
        (ADDRESS, "Клиенты о нас"),
        (ADDRESS, "Впечатления"),
    ],
)
def test_a_feed_that_says_that_customers_write_there_stays_unsigned(address: str, title: str) -> None:
    body = atom(POSTS, SHOP).replace("<title>KawaRaj<", f"<title>{title or 'KawaRaj'}<")
    assert authors(body, address) == {""}


@pytest.mark.parametrize(
    "entry",
    [
        post(4, page="https://kawaraj.example/blog/odpowiedzi-na-pytania-klientow/"),
        post(4, page="https://kawaraj.example/blog/kawa#czytaj"),
        post(4).replace("Wpis 4", "Co pisze o kawie Polityka"),
        post(4).replace("Wpis 4", "Otwarte 24/7 od 1/5/2026"),
        post(4).replace("Wpis 4", "Newsletter: wallpaper z kawą"),
        post(4, page="https://www.kawaraj.example/blog/4/"),
    ],
)
def test_an_article_that_only_tells_of_customers_is_one(entry: str) -> None:
    assert authors(atom(POSTS + entry, SHOP)) == {"KawaRaj"}


@pytest.mark.parametrize(
    ("name", "expected"), [("RSS-Bridge", ""), ("Feed Creator", ""), ("Robotnicza Palarnia", "Robotnicza Palarnia")]
)
def test_a_program_that_makes_feeds_has_written_nothing(name: str, expected: str) -> None:
    assert authors(atom(POSTS, SHOP.replace("KawaRaj", name))) == {expected}


def test_nobody_knows_which_of_two_authors_it_was() -> None:
    assert authors(atom(POSTS, SHOP + "<author><name>Anna</name></author>")) == {""}


def test_whoever_once_had_customers_writing_is_never_believed_again() -> None:
    guests = post(1, "<author><name>Anna</name></author>") + post(2) + post(3)
    bookmark = polled(atom(guests, SHOP))[1].bookmark
    assert authors(atom(post(4) + post(5), SHOP), bookmark=bookmark) == {""}


def test_a_new_article_among_known_ones_is_signed_as_well() -> None:
    first = polled(atom(POSTS, SHOP), first=True)[1]
    second = polled(atom(post(4) + POSTS, SHOP), bookmark=first.bookmark)[1]
    assert "Wpis 4" in {mention.title for mention in second.mentions}
    assert {mention.author for mention in second.mentions} == {"KawaRaj"}


def test_a_new_guest_among_known_articles_is_not_hidden_by_them() -> None:
    first = polled(atom(POSTS, SHOP), first=True)[1]
    guest = post(4, "<author><name>Anna</name></author>")
    second = polled(atom(guest + post(5) + POSTS, SHOP), bookmark=first.bookmark)[1]
    told = {mention.title: mention.author for mention in second.mentions}
    assert (told["Wpis 4"], told["Wpis 5"]) == ("Anna", "")


def test_what_a_first_poll_left_out_stays_so_whoever_signs() -> None:
    entries = "".join(map(post, range(150)))
    first = polled(messy(atom(entries)), first=True)[1]
    assert {mention.author for mention in first.mentions} == {""}
    second = polled(messy(atom(entries, SHOP)), bookmark=first.bookmark)[1]
    assert len(second.mentions) == 100
    assert {mention.author for mention in second.mentions} == {"KawaRaj"}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ({"authors": [{"name": "KawaRaj"}]}, "KawaRaj"),
        ({"author": {"name": "KawaRaj"}}, "KawaRaj"),
        ({"authors": [{"name": "KawaRaj"}, {"name": "Anna"}]}, ""),
        ({"authors": "KawaRaj", "author": None}, ""),
        ({"authors": []}, ""),
    ],
)
def test_json_feeds_say_it_too(head: Mapping[str, object], expected: str) -> None:
    items = [{"id": str(n), "url": f"https://k.example/{n}", "title": f"Wpis {n}"} for n in range(3)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "KawaRaj", **head}
    assert authors(json.dumps({**feed, "items": items})) == {expected}
    for said in ({"authors": [{"name": "Anna"}]}, {"author": {"name": "Anna"}}, {"authors": []}, {"authors": [{}]}):
        assert "KawaRaj" not in authors(json.dumps({**feed, "items": [*items, {**items[0], "id": "9", **said}]}))


@pytest.mark.parametrize(
    "head",
    [
        "<managingEditor>biuro@kawaraj.example (KawaRaj)</managingEditor>",
        "<webMaster>KawaRaj</webMaster>",
        "<dc:creator>KawaRaj</dc:creator>",
        "<itunes:author>KawaRaj</itunes:author>",
        "<author>KawaRaj</author>",
    ],
)
def test_the_editor_of_a_channel_has_not_written_what_stands_in_it(head: str) -> None:
    items = "".join(f"<item><title>Wpis {n}</title><link>https://k.example/{n}</link></item>" for n in range(3))
    for body in (rss(items, head), rss(items, head).replace("</rss>", "&nbsp;</rss>")):
        assert authors(body) == {""}


def test_the_author_of_a_search_or_of_comments_is_the_service() -> None:
    response = Response(ADDRESS, 200, {"content-type": "application/atom+xml"}, atom(POSTS, SHOP).encode())
    channel = Watch("w1", "x", "feed", settings={"url": ADDRESS})
    told = {}
    for name, source, watch in (
        ("channel", SOURCE, channel),
        ("search", SOURCE, replace(channel, kind=WatchKind.SEARCH)),
        ("comments", COMMENTS, replace(channel, source="comment_feed")),
    ):
        steps = source.poll(Poll(watch, NOW))
        next(steps)
        with pytest.raises(StopIteration) as stop:
            steps.send(response)
        told[name] = {mention.author for mention in stop.value.value.mentions}
    assert told == {"channel": {"KawaRaj"}, "search": {""}, "comments": {""}}
