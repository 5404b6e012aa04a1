"""WordPress comments: the recorded feed, threads of customers, and catching up after a long sleep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sources.conversing import UNCHANGED, converse, page

from app.core.ports.net import Request, Response
from app.sources.catalog.wordpress_comments import MOST_PAGES, SOURCE
from app.sources.feeds.wordpress import PER_PAGE, comments_feed

FOLDER = Path(__file__).parents[2] / "samples" / "wordpress_comments"
SETTINGS = {"url": "http://127.0.0.1:8085/"}
HOME = "http://127.0.0.1:8085/"
WRITTEN = 1_795_284_000.0
"""Unix seconds: a moment before the recorded comments were written."""


def _atom(*numbers: int, post: str = "2026/11/21/hello-world/") -> str:
    entries = "".join(
        f"<entry><title>Comment by Ola</title><link rel='alternate' href='{HOME}{post}#comment-{n}'/><author><name>Ola</name></author>"
        f"<id>{HOME}?p=1#comment-{n}</id><published>2026-11-21T18:{n // 60:02}:{n % 60:02}Z</published><content type='html'>Zimna kawa {n}</content></entry>"
        for n in reversed(numbers)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Comments</title>{entries}</feed>"


def _rows(*numbers: int) -> str:
    return json.dumps(
        [
            {
                "id": n, "post": 1, "parent": 0, "author_name": "Ola &amp; Jan", "author_url": "", "status": "approved",
                "date_gmt": f"2026-11-21T18:{n // 60:02}:{n % 60:02}", "link": f"{HOME}2026/11/21/hello-world/#comment-{n}",
                "content": {"rendered": f"<p>Zimna kawa {n}</p>\n"},
            }
            for n in numbers
        ]
    )  # fmt: skip


def test_the_recorded_feed() -> None:
    heard = converse(SOURCE, SETTINGS, [(FOLDER / "comments.atom").read_bytes()], first=True)
    answer, complaint, hello = heard.reading.mentions
    assert [mention.key for mention in heard.reading.mentions] == [f"{HOME}?p=1#comment-{n}" for n in (3, 2, 1)]
    assert (answer.author, answer.text) == ("Ewa", "Odpowiedź w wątku")
    assert (answer.parent, answer.thread) == (complaint.key, complaint.key)
    assert (complaint.text, complaint.published) == ("Kawa nr 1 była zimna & spóźniona !", 1_795_285_622.0)
    assert complaint.url == f"{HOME}2026/11/21/hello-world/#comment-2"
    assert (complaint.parent, complaint.thread) == ("", "")
    assert hello.handle == "https://wordpress.org/"
    assert heard.reading.title == "Comments for Kawiarnia KawaRaj"
    assert [request.url for request in heard.requests] == [f"{HOME}?feed=comments-atom"]


def test_nothing_new_is_one_request() -> None:
    bookmark = converse(SOURCE, SETTINGS, [_atom(1, 2)], first=True).reading.bookmark
    heard = converse(SOURCE, SETTINGS, [UNCHANGED], bookmark=bookmark)
    assert (len(heard.requests), heard.reading.mentions) == (1, ())
    assert dict(heard.reading.bookmark) == dict(bookmark)
    overlapping = converse(SOURCE, SETTINGS, [_atom(2, 3)], bookmark=bookmark)
    assert len(overlapping.requests) == 1


def test_what_fell_out_of_the_feed_is_caught_up() -> None:
    bookmark = converse(SOURCE, SETTINGS, [_atom(1, 2)], first=True).reading.bookmark
    heard = converse(
        SOURCE, SETTINGS, [_atom(*range(20, 30)), page(_rows(*range(3, 30)), "application/json")], bookmark=bookmark
    )
    assert "rest_route=%2Fwp%2Fv2%2Fcomments" in heard.requests[1].url
    assert "after=2026-11-21T18%3A00%3A01Z" in heard.requests[1].url
    assert {mention.key for mention in heard.reading.mentions} == {f"{HOME}?p=1#comment-{n}" for n in range(3, 30)}
    missed = next(mention for mention in heard.reading.mentions if mention.key.endswith("-3"))
    assert (missed.author, missed.text, missed.published) == ("Ola & Jan", "Zimna kawa 3", 1_795_284_003.0)
    assert "behind" not in heard.reading.bookmark


def test_a_very_long_sleep_is_caught_up_in_parts() -> None:
    total = PER_PAGE * MOST_PAGES + 30

    def answer(request: Request) -> Response:
        if "rest_route" not in request.url:
            return page(_atom(*range(total - 10, total)), "application/atom+xml")
        number = int(request.url.rpartition("page=")[2])
        rows = range(3 + (number - 1) * PER_PAGE, min(3 + number * PER_PAGE, total))
        return page(_rows(*rows), "application/json")

    bookmark = converse(SOURCE, SETTINGS, [_atom(1, 2)], first=True).reading.bookmark
    heard = converse(SOURCE, SETTINGS, [answer], bookmark=bookmark)
    assert len(heard.requests) == 1 + MOST_PAGES
    assert float(heard.reading.bookmark["behind"]) == WRITTEN + 3 + MOST_PAGES * PER_PAGE - 1
    rest = converse(
        SOURCE,
        SETTINGS,
        [UNCHANGED, page(_rows(*range(502, total)), "application/json")],
        bookmark=heard.reading.bookmark,
    )
    told = {mention.key for mention in (*heard.reading.mentions, *rest.reading.mentions)}
    assert told == {f"{HOME}?p=1#comment-{n}" for n in range(3, total)}
    assert "behind" not in rest.reading.bookmark


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_closed_interface_leaves_what_the_feed_shows(status: int) -> None:
    bookmark = converse(SOURCE, SETTINGS, [_atom(1, 2)], first=True).reading.bookmark
    heard = converse(SOURCE, SETTINGS, [_atom(8, 9), page("{}", status=status)], bookmark=bookmark)
    assert status in heard.requests[1].errors
    assert (len(heard.reading.mentions), heard.reading.problem) == (2, None)


def test_a_watch_of_one_post_hears_no_other_post() -> None:
    settings = {"url": f"{HOME}2026/11/21/hello-world/"}
    bookmark = converse(SOURCE, settings, [_atom(1, 2)], first=True).reading.bookmark
    other = _rows(3, 4).replace("hello-world/#comment-3", "other/#comment-3")
    final = f"{HOME}2026/11/21/hello-world/feed/atom/"
    feed = Response(final, 200, {"content-type": "application/atom+xml"}, _atom(8, 9).encode())
    heard = converse(SOURCE, settings, [feed, page(other, "application/json")], bookmark=bookmark)
    assert {mention.key.rpartition("-")[2] for mention in heard.reading.mentions} == {"4", "8", "9"}


def test_the_recorded_interface() -> None:
    bookmark = {"newest": "1795280000.0"}
    rows = page((FOLDER / "rest-comments.json").read_bytes(), "application/json")
    heard = converse(SOURCE, SETTINGS, [(FOLDER / "comments.atom").read_bytes(), rows], bookmark=bookmark)
    assert [mention.key.rpartition("-")[2] for mention in heard.reading.mentions] == ["1", "2", "3"]


def test_a_site_without_wordpress() -> None:
    site = "<!doctype html><html><head><link rel='alternate' type='application/rss+xml' title='Nowości' href='/rss'></head></html>"
    reading = converse(SOURCE, SETTINGS, [page(site)]).reading
    assert reading.problem is not None
    assert reading.problem.code == "sources.not_wordpress"
    assert [(one.source, one.name) for one in reading.suggestions] == [("feed", "Nowości")]


@pytest.mark.parametrize(
    ("typed", "feed"),
    [
        ("https://a.example", "https://a.example/?feed=comments-atom"),
        ("https://a.example/comments/feed/", "https://a.example/?feed=comments-atom"),
        ("https://a.example/comments/feed/atom/", "https://a.example/?feed=comments-atom"),
        ("https://a.example/?feed=comments-rss2", "https://a.example/?feed=comments-atom"),
        ("https://a.example/blog/feed/", "https://a.example/blog/?feed=comments-atom"),
        ("https://a.example/2026/11/hej/#comment-7", "https://a.example/2026/11/hej/?feed=comments-atom"),
        ("https://a.example/?p=7&feed=rss2", "https://a.example/?p=7&feed=comments-atom"),
        ("https://a.example/wp-admin/index.php", "https://a.example/?feed=comments-atom"),
        ("https://a.example/sklep/wp-json/wp/v2/comments", "https://a.example/sklep/?feed=comments-atom"),
    ],
)
def test_the_feed_of_any_address_of_the_site(typed: str, feed: str) -> None:
    assert comments_feed(typed) == feed
    assert SOURCE.place({"url": typed}) == SOURCE.place({"url": feed})


def test_what_is_typed_wrongly() -> None:
    problem = SOURCE.check({"url": ""})
    assert problem is not None
    assert problem.code == "sources.no_page_address"


@pytest.mark.parametrize(
    "answer",
    ["", "null", "{}", "[null, 1, [], {}]", "[" * 90_000, '[{"id": true, "post": [], "parent": {}}]', '[{"id": 1e400, "post": 1}]',
     '[{"id": 4, "post": 1, "parent": -1, "content": 7, "link": "javascript:x", "date_gmt": "yesterday", "author_name": null}]'],
)  # fmt: skip
def test_a_strange_answer_of_the_interface_loses_nothing_of_the_feed(answer: str) -> None:
    bookmark = converse(SOURCE, SETTINGS, [_atom(1, 2)], first=True).reading.bookmark
    heard = converse(SOURCE, SETTINGS, [_atom(8, 9), page(answer, "application/json")], bookmark=bookmark)
    assert heard.reading.problem is None
    assert {mention.key.rpartition("-")[2] for mention in heard.reading.mentions} >= {"8", "9"}


@pytest.mark.parametrize("behind", ["nan", "inf", "-5", "x", "1e300", ""])
def test_a_bookmark_that_is_not_ours_is_no_moment(behind: str) -> None:
    heard = converse(SOURCE, SETTINGS, [UNCHANGED], bookmark={"behind": behind, "newest": behind})
    assert len(heard.requests) == 1
