"""The App Store: reviews with stars, country by country."""

from __future__ import annotations

import pytest
from sources.place import Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.sources.catalog.app_store import SOURCE

SETTINGS = {"app": "https://apps.apple.com/pl/app/kawaraj/id1234567890?l=pl", "countries": ""}


def test_reviews_become_mentions_with_stars() -> None:
    place = Place(lambda _: sample("app_store/reviews.xml"))
    anna, piotr = place.poll(SOURCE, SETTINGS, first=True).mentions
    assert anna == Mention(
        source="app_store",
        key="app 1234567890 12001",
        url="https://apps.apple.com/pl/id1234567890?see-all=reviews&review=12001",
        title="Nie działa",
        text="Po aktualizacji nie mogę zamówić kawy & ciasta.\nInfolinia milczy.",
        author="AnnaK_88",
        handle="https://itunes.apple.com/pl/reviews/id99001",
        site="apps.apple.com",
        published=1795274042.0,
        stars=1.0,
    )
    assert (piotr.stars, piotr.text) == (5.0, "Polecam")
    assert place.urls == ["https://itunes.apple.com/pl/rss/customerreviews/page=1/id=1234567890/sortby=mostrecent/xml"]


def _feed(numbers: range) -> str:
    entries = "".join(
        f"<entry><id>{n}</id><updated>2026-11-{1 + n // 24:02}T{n % 24:02}:00:00Z</updated><title>t</title>"
        f"<content type='text'>review {n}</content><im:rating>2</im:rating></entry>"
        for n in reversed(numbers)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:im='http://itunes.apple.com/rss'>{entries}</feed>"


def test_each_country_is_read_back_on_its_own() -> None:
    counts = {"pl": 10, "de": 3}

    def serve(request: Request) -> object:
        country = request.url.split("/")[3]
        page = int(request.url.partition("page=")[2].partition("/")[0])
        newest = counts[country] - 50 * (page - 1)
        return answer(_feed(range(max(newest - 50, 0), max(newest, 0))))

    settings = {"app": "1234567890", "countries": "PL; de"}
    place = Place(serve)
    bookmark = place.poll(SOURCE, settings, first=True).bookmark
    counts["pl"] = 130
    reading = place.poll(SOURCE, settings, bookmark=bookmark)
    assert {mention.text for mention in reading.mentions} == {f"review {n}" for n in range(10, 130)}
    assert len(place.requests) == 4
    assert place.poll(SOURCE, settings, bookmark=reading.bookmark).mentions == ()


def test_an_empty_answer_forgets_nothing() -> None:
    bookmark = Place(lambda _: sample("app_store/reviews.xml")).poll(SOURCE, SETTINGS, first=True).bookmark
    empty = Place(lambda _: answer(_feed(range(0)))).poll(SOURCE, SETTINGS, bookmark=bookmark)
    assert (empty.mentions, empty.problem) == ((), None)
    again = Place(lambda _: sample("app_store/reviews.xml")).poll(SOURCE, SETTINGS, bookmark=empty.bookmark)
    assert again.mentions == ()


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890",
        "id1234567890",
        "https://apps.apple.com/pl/app/x/id1234567890",
        "itunes.apple.com/app/id1234567890?mt=8",
    ],
)
def test_an_app_is_its_number_or_its_address(typed: str) -> None:
    assert SOURCE.tidy({"app": typed})["app"] == "1234567890"


def test_settings() -> None:
    assert SOURCE.check(SETTINGS) is None
    assert SOURCE.tidy(SETTINGS)["countries"] == "pl"
    assert SOURCE.tidy(SOURCE.tidy(SETTINGS)) == SOURCE.tidy(SETTINGS)
    codes = [
        SOURCE.check(bad)
        for bad in (
            {"app": "kawaraj"},
            {"app": "1234567890", "countries": "pol"},
            {"app": "1234567890", "countries": " ".join(f"a{c}" for c in "abcdefghijklm")},
        )
    ]
    assert [p and p.code for p in codes] == ["sources.no_app", "sources.no_country", "sources.many_countries"]
    assert SOURCE.place({"app": "1234567890", "countries": "pl de"}) == SOURCE.place(
        {"app": "id1234567890", "countries": "de, pl"}
    )
