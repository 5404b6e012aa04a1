"""Comment feeds: the recorded Isso, whose «nothing changed» hides answers, and others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sources.conversing import NOW, UNCHANGED, converse, page

from app.core.ports.net import Request, Response
from app.sources.catalog.comment_feed import OFTEN, SOURCE

FOLDER = Path(__file__).parents[2] / "samples" / "comment_feed"
SETTINGS = {"url": "http://127.0.0.1:8091/feed?uri=/blog/kawa/"}
FEED, LATER = (FOLDER / "feed.atom").read_bytes(), (FOLDER / "feed2.atom").read_bytes()
KEY = "tag:127.0.0.1:8090,2018:/isso/1/"


def test_the_recorded_feed() -> None:
    heard = converse(SOURCE, SETTINGS, [FEED], first=True)
    anna, piotr = heard.reading.mentions
    assert (anna.key, anna.title, anna.author) == (f"{KEY}1", "", "Anna")
    assert (anna.text, anna.url) == ("Kawa była zimna i spóźniona", "http://127.0.0.1:8090/blog/kawa/#isso-1")
    assert (piotr.parent, piotr.thread) == (anna.key, anna.key)
    assert heard.reading.title == "Comments for 127.0.0.1:8090/blog/kawa/"
    assert len(heard.requests) == 1


class Isso:
    """An Isso as it is: it answers 304 as long as the newest comment of the first level is the same."""

    def __init__(self, body: bytes, count: int) -> None:
        self.body, self.count = body, count

    def __call__(self, request: Request) -> Response:
        if request.method == "POST":
            assert request.url == "http://127.0.0.1:8091/count"
            assert request.body == b'["/blog/kawa/"]'
            return page(f"[{self.count}]", "application/json")
        return page(self.body, "text/xml") if not request.unchanged_ok else UNCHANGED


def test_answers_behind_a_304_are_heard_by_counting() -> None:
    bookmark = converse(SOURCE, SETTINGS, [FEED], first=True).reading.bookmark
    second = converse(SOURCE, SETTINGS, [Isso(FEED, 2)], bookmark=bookmark)
    assert len(second.requests) == 3
    quiet = converse(SOURCE, SETTINGS, [Isso(FEED, 2)], bookmark=second.reading.bookmark)
    assert [request.method for request in quiet.requests] == ["GET", "POST"]
    assert quiet.reading.mentions == ()
    news = converse(SOURCE, SETTINGS, [Isso(LATER, 4)], bookmark=quiet.reading.bookmark)
    assert [request.unchanged_ok for request in news.requests] == [True, False, False]
    assert {mention.key for mention in news.reading.mentions} >= {f"{KEY}3", f"{KEY}4"}
    assert news.reading.bookmark["comments"] == "4"


@pytest.mark.parametrize(
    ("own", "after", "requests"), [(True, OFTEN, 3), (True, OFTEN - 60, 2), (False, 30 * OFTEN, 2)]
)
def test_where_counting_is_closed_the_own_isso_is_read_in_full_once_an_hour(
    own: bool, after: float, requests: int
) -> None:
    bookmark = converse(SOURCE, SETTINGS, [FEED], first=True).reading.bookmark
    heard = converse(
        SOURCE, SETTINGS, [UNCHANGED, page("", status=405), page(LATER)], bookmark=bookmark, own=own, now=NOW + after
    )
    assert len(heard.requests) == requests
    assert 405 in heard.requests[1].errors
    assert bool(heard.reading.mentions) is (requests == 3)


def test_local_time_called_utc_is_never_later_than_now() -> None:
    ahead = FEED.replace(b"2026-11-21T18:23", b"2026-11-22T00:23")
    assert {mention.published for mention in converse(SOURCE, SETTINGS, [ahead]).reading.mentions} == {NOW}


@pytest.mark.parametrize("answer", ["[]", "[null]", '["2"]', "{}", "[true]", "[-1]", "x", "[" * 9_000])
def test_a_strange_count_is_none(answer: str) -> None:
    bookmark = converse(SOURCE, SETTINGS, [FEED], first=True).reading.bookmark
    heard = converse(SOURCE, SETTINGS, [UNCHANGED, page(answer, "application/json")], bookmark=bookmark)
    assert (heard.reading.problem, dict(heard.reading.bookmark)) == (None, dict(bookmark))


def test_another_feed_is_believed_when_it_says_unchanged() -> None:
    settings = {"url": "https://kawaraj.example/feeds/comments/default"}
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>tag:blogger.com,1999:blog-1.post-2</id><title>Zimna</title></entry></feed>"
    bookmark = converse(SOURCE, settings, [atom], first=True).reading.bookmark
    assert len(converse(SOURCE, settings, [UNCHANGED], bookmark=bookmark).requests) == 1


def test_the_page_leads_to_its_isso() -> None:
    html = "<!doctype html><html><script data-isso='//comments.example/' src='//comments.example/js/embed.min.js'></script></html>"
    answer = replace(page(html), url="https://kawaraj.example/blog/kawa/")
    reading = converse(SOURCE, {"url": "https://kawaraj.example/blog/kawa/"}, [answer]).reading
    assert reading.problem is not None
    assert dict(reading.suggestions[0].settings) == {"url": "https://comments.example/feed?uri=/blog/kawa/"}
    assert reading.suggestions[0].source == "comment_feed"


def test_what_is_typed_wrongly() -> None:
    problem = SOURCE.check({"url": "kawa"})
    assert problem is not None
    assert problem.code == "sources.bad_address"
