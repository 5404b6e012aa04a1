"""Lemmy: posts and comments of one search to mentions."""

from __future__ import annotations

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.sources.catalog.lemmy import SOURCE

SETTINGS = {"server": "lemmy.example", "words": "KawaRaj"}


def test_posts_and_comments_become_mentions_and_deleted_ones_do_not() -> None:
    place = Place(lambda _: sample("lemmy/search.json"))
    post, comment = place.poll(SOURCE, SETTINGS, first=True).mentions
    assert comment == Mention(
        source="lemmy",
        key="https://szmer.example/comment/77",
        url="https://szmer.example/comment/77",
        title="Where do you buy beans?",
        text="Never again KawaRaj: two weeks and no answer.\n> how long?\n• cold\n• late",
        author="Anna K.",
        handle="https://szmer.example/u/anna_k",
        site="szmer.example",
        published=1795286698.0,
        parent="https://lemmy.example/comment/9050",
        thread="https://lemmy.example/post/501",
    )
    assert (post.title, post.text, post.author) == (
        "KawaRaj shut its shop on Long Street",
        "Anybody know why?",
        "piotr",
    )
    assert place.urls == ["https://lemmy.example/api/v3/search?q=KawaRaj&type_=All&sort=New&listing_type=All&limit=50"]


def _row(kind: str, number: int) -> dict[str, object]:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(NOW - 100_000 + number * 60, UTC).isoformat()
    thing = {
        "id": number,
        "ap_id": f"https://a.example/{kind}/{number}",
        "published": at,
        "name": "n",
        "content": "KawaRaj",
        "path": f"0.{number}",
    }
    return {
        kind: thing,
        "post": {"ap_id": "https://a.example/post/1", "name": "n"} | (thing if kind == "post" else {}),
        "creator": {"name": "a"},
    }


@pytest.mark.parametrize(("before", "after", "pages"), [((10, 10), (190, 12), 4), ((60, 60), (240, 60), 4)])
def test_both_lists_are_read_back_to_where_they_were(
    before: tuple[int, int], after: tuple[int, int], pages: int
) -> None:
    counts = {"comment": before[0], "post": before[1]}

    def serve(request: Request) -> object:
        page = int(request.url.partition("page=")[2] or "1")
        lists = {
            kind: [_row(kind, n) for n in reversed(range(2, 2 + count))][(page - 1) * 50 : page * 50]
            for kind, count in counts.items()
        }
        return {"comments": lists["comment"], "posts": lists["post"]}

    place = Place(serve)
    bookmark = place.poll(SOURCE, SETTINGS, first=True).bookmark
    counts.update(comment=after[0], post=after[1])
    reading = place.poll(SOURCE, SETTINGS, bookmark=bookmark)
    told = {mention.key for mention in reading.mentions}
    fresh = {f"https://a.example/comment/{n}" for n in range(2 + before[0], 2 + after[0])}
    assert fresh | {f"https://a.example/post/{n}" for n in range(2 + before[1], 2 + after[1])} <= told
    assert len(place.requests) == pages


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": "couldnt_find_community"}, "sources.no_community"),
        ({"error": "x"}, "watch.bad_status"),
        (b"", "watch.bad_status"),
    ],
)
def test_refusals(body: object, code: str) -> None:
    reading = Place(lambda _: answer(body, 400)).poll(SOURCE, {**SETTINGS, "community": "!coffee@lemmy.example"})
    assert reading.problem
    assert reading.problem.code == code


def test_settings() -> None:
    settings = {"server": "https://Lemmy.Example/c/coffee", "words": " KawaRaj ", "community": "!coffee@lemmy.world"}
    assert SOURCE.check(settings) is None
    assert SOURCE.tidy(settings) == {
        "server": "https://lemmy.example",
        "words": "KawaRaj",
        "community": "coffee@lemmy.world",
    }
    assert SOURCE.place(settings) == "lemmy.example/coffee@lemmy.world/kawaraj"
    codes = [
        SOURCE.check({**settings, **bad})
        for bad in ({"server": ""}, {"server": "a b.pl"}, {"words": ""}, {"community": "a b"})
    ]
    assert [p and p.code for p in codes] == [
        "sources.no_server",
        "sources.space_in_address",
        "sources.no_words",
        "sources.bad_community",
    ]
