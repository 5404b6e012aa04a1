"""Wykop: entries, links and their comments to mentions, few requests, a token that is renewed where it ran out."""

from __future__ import annotations

import json

import pytest
from sources.place import Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.core.problems import Problem
from app.sources.catalog.wykop import SOURCE
from app.sources.wykop.access import TOKENS

KEYS = {"key": "w5tajny", "secret": "tajny-sekret"}
SEARCH = {"what": "entries", "name": "KawaRaj"}


@pytest.fixture(autouse=True)
def _no_tokens_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TOKENS, "_kept", {})


def wykop(lists: object, comments: object = b'{"data": []}') -> Place:
    def serve(request: Request) -> object:
        if request.url.endswith("/auth"):
            return {"data": {"token": "jwt.tajny.x"}}
        said = comments if "comments?" in request.url else lists
        return said(request) if callable(said) else said

    return Place(serve)


def entry(number: int, comments: int = 0, at: str = "2026-11-21 10:00:00") -> dict[str, object]:
    return {"id": number, "created_at": at, "content": f"w{number}", "comments": {"items": [], "count": comments}}


def comment_rows(request: Request) -> dict[str, object]:
    page = int(request.url.partition("page=")[2].partition("&")[0])
    return {
        "data": [
            {"id": n, "content": f"k{n}", "created_at": "2026-11-21 11:00:00"}
            for n in range(page * 25 - 24, page * 25 + 1)
        ]
    }


def test_entries_and_their_comments_become_mentions() -> None:
    place = wykop(sample("wykop/search.entries.json"), sample("wykop/entry.comments.json"))
    reading = place.poll(SOURCE, SEARCH, secrets=KEYS, first=True)
    told = {mention.key: mention for mention in reading.mentions}
    assert told["entry 80000002"] == Mention(
        source="wykop",
        key="entry 80000002",
        url="https://wykop.pl/wpis/80000002",
        text="Zamówiłem w KawaRaj i nic #kawa\ninfolinia milczy",
        author="anna_k",
        handle="@anna_k",
        site="wykop.pl",
        published=1795251600.0,
    )
    comment = told["entry 80000002 comment 270000003"]
    assert (comment.parent, comment.thread) == ("entry 80000002", "entry 80000002")
    assert comment.url == "https://wykop.pl/wpis/80000002#270000003"
    assert set(reading.gone) == {"entry 80000001", "entry 80000002 comment 270000002"}
    assert [request.method for request in place.requests] == ["POST", "GET", "GET"]
    assert json.loads(place.requests[0].body or b"") == {"data": KEYS}
    assert place.requests[1].secret_headers == {"Authorization": "Bearer jwt.tajny.x"}
    assert "/search/entries?query=KawaRaj&sort=newest&" in place.urls[1]
    assert place.requests[2].pause == 10.0
    again = place.poll(SOURCE, SEARCH, secrets=KEYS, bookmark=reading.bookmark)
    assert (len(place.requests), again.mentions) == (1, ())


def test_links_bring_comments_and_answers_to_them() -> None:
    link = {"id": 7, "resource": "link", "title": "Najgorsza kawa", "description": "KawaRaj", "slug": "najgorsza-kawa",
            "created_at": "2026-07-01 12:00:00", "author": {"username": "a"}, "comments": {"count": 2}}  # fmt: skip
    place = wykop({"data": [link]}, sample("wykop/link.comments.json"))
    reading = place.poll(SOURCE, {"what": "links", "name": "KawaRaj"}, secrets=KEYS)
    told = {mention.key: mention for mention in reading.mentions}
    assert (told["link 7"].title, told["link 7"].published) == ("Najgorsza kawa", 1782900000.0)
    inner = told["link 7 comment 114540528"]
    assert (inner.parent, inner.thread) == ("link 7 comment 114540527", "link 7")
    assert inner.url == "https://wykop.pl/link/7/najgorsza-kawa/komentarz/114540528"
    assert "/search/links?" in place.urls[1]


def test_comments_are_read_forward_one_page_a_poll() -> None:
    place = wykop({"data": [entry(1, 60), entry(2, 3)]}, comment_rows)
    bookmark: dict[str, str] = {}
    pages = []
    for _ in range(5):
        reading = place.poll(SOURCE, SEARCH, secrets=KEYS, bookmark=bookmark)
        pages += [url.rpartition("entries/")[2] for url in place.urls if "comments?" in url]
        bookmark = dict(reading.bookmark)
    assert pages == [
        "1/comments?page=1&limit=25",
        "1/comments?page=2&limit=25",
        "1/comments?page=3&limit=25",
        "2/comments?page=1&limit=25",
    ]


def test_comments_that_never_come_take_no_entries_away() -> None:
    place = wykop({"data": [entry(1, 60)]}, lambda _: Problem("net.timeout"))
    reading = place.poll(SOURCE, SEARCH, secrets=KEYS)
    assert (len(reading.mentions), reading.problem) == (1, Problem("net.timeout"))
    assert "pending" in reading.bookmark


def test_a_first_poll_leaves_old_comments_alone() -> None:
    place = wykop({"data": [entry(1, 60, "2026-10-01 10:00:00")]}, comment_rows)
    assert len(place.poll(SOURCE, SEARCH, secrets=KEYS, first=True).mentions) == 1
    assert len(place.requests) == 2


def test_a_token_that_ran_out_is_renewed_once() -> None:
    shown = []

    def lists(request: Request) -> object:
        shown.append(request.secret_headers["Authorization"])
        return {"data": []} if len(shown) > 1 else answer({"code": 403, "error": {"message": "Access Denied."}}, 403)

    place = wykop(lists)
    assert place.poll(SOURCE, SEARCH, secrets=KEYS).problem is None
    assert [request.method for request in place.requests] == ["POST", "GET", "POST", "GET"]
    denied = wykop(lambda _: answer(b"", 403)).poll(SOURCE, SEARCH, secrets=KEYS, bookmark={"told": "x"})
    assert denied.problem
    assert (denied.problem.code, denied.bookmark) == ("sources.wykop_key_refused", {"told": "x"})


def test_wrong_keys_and_limits_are_told() -> None:
    wrong = Place(lambda _: answer({"code": 400}, 400)).poll(SOURCE, SEARCH, secrets=KEYS)
    assert wrong.problem
    assert wrong.problem.code == "sources.wykop_key_refused"
    assert "tajny" not in repr(wrong)
    missing = Place(lambda _: b"").poll(SOURCE, SEARCH, secrets={"key": "x"}).problem
    assert missing
    assert missing.code == "sources.wykop_no_key"
    fast = wykop({"data": [entry(1, 3)]}, lambda _: answer(b"", 429, wait=90.0)).poll(SOURCE, SEARCH, secrets=KEYS)
    assert (fast.wait, len(fast.mentions), fast.problem) == (90.0, 1, None)


def test_a_tag_is_read_as_a_stream() -> None:
    place = wykop({"data": [entry(1)]})
    place.poll(SOURCE, {"what": "hashtag", "name": "#kawaraj"}, secrets=KEYS)
    assert "/tags/kawaraj/stream?sort=all&page=1&limit=25" in place.urls[1]
    assert SOURCE.check({"what": "hashtag", "name": "kawa raj"})
    assert SOURCE.check({"what": "entries", "name": " "})
