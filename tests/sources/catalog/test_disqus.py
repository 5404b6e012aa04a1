"""Disqus: comments of a forum to mentions, deleted ones told as gone, page by page without holes."""

from __future__ import annotations

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.sources.catalog.disqus import SOURCE

SETTINGS = {"forum": "https://KawaRaj.disqus.com/admin/"}
KEY = {"key": "tajny-klucz"}


def rows(*numbers: int) -> list[dict[str, object]]:
    return [
        {
            "id": str(n),
            "message": f"k{n}",
            "author": {"name": "A"},
            "createdAt": f"2026-11-20T{n // 60:02d}:{n % 60:02d}:00",
        }
        for n in numbers
    ]


def test_comments_become_mentions_and_deleted_ones_are_gone() -> None:
    place = Place(lambda _: sample("disqus/listPosts.json"))
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert reading.mentions[1] == Mention(
        source="disqus",
        key="5000000001",
        url="https://kawaraj.example/blog/palenie#comment-5000000001",
        title="Palenie & mielenie",
        text="Paczka bez kawy, zobaczcie.",
        author="Anna K.",
        handle="@anna_k",
        site="kawaraj.example",
        published=1795248000.0,
        thread="thread 900100",
    )
    guest = reading.mentions[0]
    assert (guest.parent, guest.handle, guest.author) == ("5000000001", "", "Gość")
    assert reading.gone == ("5000000002",)
    request = place.requests[0]
    assert "forum=kawaraj&" in request.url
    assert request.url.endswith("&api_key={secret}")
    assert request.url_secret == KEY["key"]


def test_pages_are_read_back_to_what_is_known() -> None:
    first = Place(lambda _: {"code": 0, "response": rows(5)}).poll(SOURCE, SETTINGS, secrets=KEY, first=True)

    def serve(request: Request) -> object:
        if "cursor=" in request.url:
            return {"code": 0, "response": rows(6, 5), "cursor": {"hasNext": True, "next": "c3"}}
        return {"code": 0, "response": rows(8, 7), "cursor": {"hasNext": True, "next": "c2"}}

    place = Place(serve)
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=first.bookmark)
    assert [mention.key for mention in reading.mentions] == ["8", "7", "6"]
    assert len(place.requests) == 2
    again = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=reading.bookmark)
    assert (len(place.requests), again.mentions) == (1, ())


@pytest.mark.parametrize(
    ("status", "code", "problem", "wait"),
    [
        (400, 5, "sources.disqus_key_refused", None),
        (400, 2, "sources.disqus_unknown_forum", None),
        (401, 12, "sources.disqus_key_rights", None),
        (400, 13, "net.rate_limited", 600),
        (429, 0, "net.rate_limited", 600),
        (404, 0, "watch.not_found", None),
        (200, 5, "sources.disqus_key_refused", None),
    ],
)
def test_refusals_say_what_to_do(status: int, code: int, problem: str, wait: int | None) -> None:
    said = answer({"code": code, "response": "x"}, status)
    headers = {**said.headers, "x-ratelimit-reset": str(int(NOW) + 600)}
    refusal = Response("", status, headers, said.body)
    reading = Place(lambda _: refusal).poll(SOURCE, SETTINGS, secrets=KEY, bookmark={"told": "x"})
    assert reading.problem
    assert reading.problem.code == problem
    assert reading.problem.retry_at == (NOW + wait if wait else None)
    assert "tajny" not in repr(reading)


@pytest.mark.parametrize(
    ("typed", "good"), [("kawaraj", True), ("kawaraj.disqus.com", True), ("Kawa Raj", False), ("", False)]
)
def test_a_forum_is_read_from_what_owners_type(typed: str, good: bool) -> None:
    assert (SOURCE.check({"forum": typed}) is None) is good


def test_without_a_key_nothing_is_asked() -> None:
    place = Place(lambda _: b"")
    problem = place.poll(SOURCE, SETTINGS).problem
    assert problem
    assert (problem.code, place.requests) == ("sources.disqus_no_key", [])
