"""Hacker News: hits to mentions, and windows of time in place of pages."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.sources.catalog.hackernews import SOURCE

SETTINGS = {"words": "«Kawa Raj»"}


def test_hits_become_mentions() -> None:
    place = Place(lambda _: sample("hackernews/search_by_date.json"))
    reading = place.poll(SOURCE, SETTINGS, first=True)
    comment, story = reading.mentions
    assert comment == Mention(
        source="hackernews",
        key="46013001",
        url="https://news.ycombinator.com/item?id=46013001",
        title="Show HN: A map of small roasters",
        text="Ordered from KawaRaj & waited two weeks.\nNobody answers the phone, see https://kawaraj.example/",
        author="annak",
        handle="annak",
        site="news.ycombinator.com",
        published=1795165951.0,
        language="en",
        parent="46012399",
        thread="46012345",
    )
    assert (story.title, story.thread, story.parent) == ("KawaRaj opens its roaster's firmware", "", "")
    asked = parse_qs(urlsplit(place.urls[0]).query)
    assert asked["query"] == ['"Kawa Raj"']
    assert asked["typoTolerance"] == ["false"]


class _Index:
    """Stories, one a minute, of which a question shows a hundred at most."""

    def __init__(self, count: int) -> None:
        self.moments = [int(NOW) - 90_000 + 60 * number for number in range(count)]

    def __call__(self, request: Request) -> object:
        asked = parse_qs(urlsplit(request.url).query)
        until = int(asked.get("numericFilters", [f"<={int(NOW)}"])[0].rpartition("=")[2])
        seen = sorted((moment for moment in self.moments if moment <= until), reverse=True)[:100]
        return {"hits": [{"objectID": str(m), "title": f"KawaRaj {m}", "author": "a", "created_at_i": m} for m in seen]}


def test_a_first_poll_takes_a_hundred_by_one_request() -> None:
    place = Place(_Index(450))
    assert len(place.poll(SOURCE, SETTINGS, first=True).mentions) == 100
    assert len(place.requests) == 1


def test_after_an_absence_every_story_is_told_once() -> None:
    index = _Index(30)
    place = Place(index)
    first = place.poll(SOURCE, SETTINGS, first=True)
    index.moments = _Index(390).moments
    reading = place.poll(SOURCE, SETTINGS, bookmark=first.bookmark)
    assert {m.key for m in reading.mentions} == {str(m) for m in index.moments[30:]}
    assert len(place.requests) == 4
    again = place.poll(SOURCE, SETTINGS, bookmark=reading.bookmark)
    assert (again.mentions, len(place.requests), dict(again.bookmark)) == ((), 1, dict(reading.bookmark))


def test_a_gap_too_large_for_one_poll_is_read_by_the_next() -> None:
    index = _Index(30)
    place = Place(index)
    bookmark = place.poll(SOURCE, SETTINGS, first=True).bookmark
    index.moments = [int(NOW) - 90_000 + 20 * number for number in range(2_600)]
    told: list[str] = []
    for _ in range(4):
        reading = place.poll(SOURCE, SETTINGS, bookmark=bookmark)
        bookmark = reading.bookmark
        told += [mention.key for mention in reading.mentions]
        assert len(place.requests) <= 10
    fresh = {str(m) for m in index.moments if m > int(NOW) - 90_000 + 60 * 29}
    assert fresh <= set(told)


def test_many_stories_of_one_second_do_not_hold_the_walk_up() -> None:
    index = _Index(10)
    place = Place(index)
    bookmark = place.poll(SOURCE, SETTINGS, first=True).bookmark
    row = {"title": "KawaRaj", "author": "a", "created_at_i": int(NOW) - 5}
    place = Place(lambda _: {"hits": [{**row, "objectID": str(number)} for number in range(100)]})
    assert len(place.poll(SOURCE, SETTINGS, bookmark=bookmark).mentions) == 100
    assert len(place.requests) <= 10


def test_a_refusal_on_the_way_back_keeps_what_was_read_and_the_rest_for_later() -> None:
    index = _Index(30)
    first = Place(index).poll(SOURCE, SETTINGS, first=True)
    index.moments = _Index(390).moments

    def serve(request: Request) -> object:
        return answer(b"", 429, wait=900.0) if "numericFilters" in request.url else index(request)

    reading = Place(serve).poll(SOURCE, SETTINGS, bookmark=first.bookmark)
    assert (len(reading.mentions), reading.wait, reading.problem) == (100, 900.0, None)
    later = Place(index).poll(SOURCE, SETTINGS, bookmark=reading.bookmark)
    assert {m.key for m in (*reading.mentions, *later.mentions)} >= {str(m) for m in index.moments[30:]}


def test_a_changed_comment_is_told_again() -> None:
    row = {"objectID": "1", "comment_text": "bad", "author": "a", "created_at_i": int(NOW) - 60}
    bookmark = Place(lambda _: {"hits": [row]}).poll(SOURCE, SETTINGS, first=True).bookmark
    reading = Place(lambda _: {"hits": [{**row, "comment_text": "bad, edit: solved"}]}).poll(
        SOURCE, SETTINGS, bookmark=bookmark
    )
    assert [(m.key, m.text) for m in reading.mentions] == [("1", "bad, edit: solved")]


def test_an_empty_first_poll_does_not_forget_what_comes_next() -> None:
    bookmark = Place(lambda _: {"hits": []}).poll(SOURCE, SETTINGS, first=True).bookmark
    index = _Index(250)
    assert len(Place(index).poll(SOURCE, SETTINGS, bookmark=bookmark).mentions) == 250


@pytest.mark.parametrize(
    ("words", "code"), [("", "sources.no_words"), ("?!", "sources.no_words"), ("a" * 201, "sources.long_words")]
)
def test_words_are_checked(words: str, code: str) -> None:
    problem = SOURCE.check({"words": words})
    assert problem
    assert problem.code == code


def test_place_and_tidy() -> None:
    assert SOURCE.check(SETTINGS) is None
    assert SOURCE.tidy({"words": " „Kawa  Raj” "}) == {"words": '"Kawa Raj"'}
    assert SOURCE.place({"words": "KAWA"}) == SOURCE.place({"words": " kawa "}) != SOURCE.place({"words": "kawka"})
