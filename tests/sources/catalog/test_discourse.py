"""Discourse: new posts, a category and a search; windows of ids in which nothing stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.sources.catalog.discourse import CATEGORY, NEW, SEARCH, SOURCE

NEWEST = {"what": NEW, "address": "https://forum.example/"}


def test_new_posts_become_mentions_and_notes_do_not() -> None:
    place = Place(
        lambda request: sample("discourse/posts.json") if "before" not in request.url else {"latest_posts": []}
    )
    anna, piotr = place.poll(SOURCE, NEWEST, first=True).mentions
    assert anna == Mention(
        source="discourse",
        key="https://forum.example/t/811/4",
        url="https://forum.example/t/811/4",
        title="KawaRaj delivery & support",
        text="> When?\nStill nothing from KawaRaj & no answer.",
        author="Anna Kowalska",
        handle="anna_k",
        site="forum.example",
        published=1795286698.0,
        parent="https://forum.example/t/811/2",
        thread="https://forum.example/t/811/1",
    )
    assert (piotr.author, piotr.parent, piotr.thread) == ("piotr", "", "")
    assert place.urls == ["https://forum.example/posts.json"]


def test_a_category_hears_only_its_own() -> None:
    settings = {"what": CATEGORY, "address": "forum.example/c/shops/kawaraj/7?x=1"}
    reading = Place(lambda _: sample("discourse/posts.json")).poll(SOURCE, settings, first=True)
    assert [mention.handle for mention in reading.mentions] == ["anna_k"]


def test_finds_have_the_titles_of_their_topics() -> None:
    place = Place(lambda _: sample("discourse/search.json"))
    (find,) = place.poll(SOURCE, {"what": SEARCH, "address": "forum.example", "words": "KawaRaj"}, first=True).mentions
    assert (find.title, find.key) == ("KawaRaj delivery & support", "https://forum.example/t/811/4")
    assert find.text == "...Still nothing from KawaRaj & no answer."
    assert place.urls == ["https://forum.example/search.json?q=KawaRaj+order%3Alatest&page=1"]


@pytest.mark.parametrize("windows", [True, False])
def test_posts_are_read_back_over_empty_windows(*, windows: bool) -> None:
    ids = [*range(1, 40)]

    def serve(request: Request) -> object:
        before = int(request.url.partition("before=")[2] or max(ids))
        if windows:  # as older versions do: fifty ids, whatever stands under them
            seen = [n for n in ids if before - 50 < n <= before]
        else:
            seen = [n for n in ids if n < before or "before" not in request.url][-50:]
        rows = [
            {
                "id": n,
                "topic_id": n,
                "post_number": 1,
                "cooked": f"post {n}",
                "username": "a",
                "created_at": datetime.fromtimestamp(NOW - 90_000 + n * 10, UTC).isoformat(),
            }
            for n in reversed(seen)
        ]
        return {"latest_posts": rows}

    place = Place(serve)
    bookmark = place.poll(SOURCE, NEWEST, first=True).bookmark
    ids += [*range(100, 120), *range(240, 300)]
    reading = place.poll(SOURCE, NEWEST, bookmark=bookmark)
    assert {mention.text for mention in reading.mentions} == {f"post {n}" for n in ids if n >= 40}


def test_a_forum_for_members_says_so() -> None:
    body = {"errors": ["You need to be logged in to do that."], "error_type": "not_logged_in"}
    reading = Place(lambda _: answer(body, 403)).poll(SOURCE, NEWEST)
    assert reading.problem
    assert (reading.problem.code, dict(reading.problem.args)) == ("sources.forum_closed", {"host": "forum.example"})


def test_settings() -> None:
    category = {"what": CATEGORY, "address": "https://forum.example/c/shops/kawaraj/7"}
    assert SOURCE.check(NEWEST) is SOURCE.check(category) is None
    codes = [
        SOURCE.check(bad)
        for bad in (
            {"what": NEW, "address": ""},
            {"what": CATEGORY, "address": "forum.example"},
            {"address": "forum.example"},
        )
    ]
    assert [p and p.code for p in codes] == ["sources.no_server", "sources.no_category", "sources.no_words"]
    for settings in (NEWEST, category):
        assert SOURCE.tidy(SOURCE.tidy(settings)) == SOURCE.tidy(settings)
    assert SOURCE.place(category) == "forum.example/category/7" != SOURCE.place(NEWEST)
