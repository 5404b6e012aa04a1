"""Trustpilot: reviews to mentions, pages without holes, the company's reply. Answers are written by its documentation."""

from __future__ import annotations

import pytest
from sources.place import Place, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request
from app.core.problems import Problem
from app.sources.catalog.trustpilot import SOURCE

SETTINGS = {"domain": "https://www.kawaraj.pl/sklep"}
KEY = {"key": "Tajny-klucz-1"}
UNIT = "507f191e810c19729de860ea"


def _serve(request: Request) -> object:
    return sample("trustpilot/find.json" if "/find?" in request.url else "trustpilot/reviews.json")


def test_reviews_become_mentions_with_stars_and_the_shop_is_looked_up_once() -> None:
    place = Place(_serve)
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert reading.mentions[0] == Mention(
        source="trustpilot",
        key="6560a1b2c3d4e5f607182931",
        url="https://www.trustpilot.com/reviews/6560a1b2c3d4e5f607182931",
        title="Paczka nie doszła",
        text="Czekam trzeci tydzień.\nNikt nie odpowiada.",
        author="Anna K.",
        handle="https://www.trustpilot.com/users/5f0000000000000000000001",
        site="trustpilot.com",
        published=1795289042.0,
        language="pl",
        stars=1.0,
    )
    assert reading.mentions[1].published == 1795161600.0  # when it was changed
    assert place.urls == [
        "https://api.trustpilot.com/v1/business-units/find?name=kawaraj.pl",
        f"https://api.trustpilot.com/v1/business-units/{UNIT}/reviews?perPage=100&orderBy=createdat.desc",
    ]
    assert all(dict(request.secret_headers) == {"apikey": "Tajny-klucz-1"} for request in place.requests)
    again = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=reading.bookmark)
    assert (again.mentions, len(place.requests)) == ((), 1)
    assert again.bookmark == reading.bookmark


def _reviews(newest: int, page: int) -> dict[str, object]:
    numbers = range(newest - 100 * (page - 1), max(0, newest - 100 * page), -1)
    rows = [
        {
            "id": f"review{n:06}",
            "stars": 2,
            "text": f"nr {n}",
            "createdAt": f"2026-11-{1 + n // 24:02}T{n % 24:02}:00:00Z",
        }
        for n in numbers
    ]
    return {"reviews": rows}


def test_pages_are_read_back_without_holes() -> None:
    newest = 90

    def serve(request: Request) -> object:
        page = int(request.url.partition("&page=")[2] or "1")
        return sample("trustpilot/find.json") if "/find?" in request.url else _reviews(newest, page)

    place = Place(serve)
    first = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert len(first.mentions) == 90
    newest = 400
    later = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=first.bookmark)
    assert {mention.text for mention in later.mentions} == {f"nr {n}" for n in range(91, 401)}
    assert len(place.requests) == 4
    assert place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=later.bookmark).mentions == ()


@pytest.mark.parametrize(
    ("serve", "code"),
    [
        (lambda _: answer({"message": "Invalid apikey"}, 401), "sources.trustpilot_key"),
        (lambda _: answer(b"", 403), "sources.trustpilot_key"),
        (lambda _: answer(b"", 404), "sources.trustpilot_unknown"),
        (
            lambda r: sample("trustpilot/find.json") if "find" in r.url else answer(b"", 404),
            "sources.trustpilot_unknown",
        ),
        (lambda _: {"id": "../../x"}, "sources.broken_answer"),
        (lambda r: sample("trustpilot/find.json") if "find" in r.url else {"reviews": 7}, "sources.broken_answer"),
    ],
)
def test_refusals_say_what_to_do(serve: object, code: str) -> None:
    reading = Place(serve).poll(SOURCE, SETTINGS, secrets=KEY, first=True)  # type: ignore[arg-type]
    assert reading.problem
    assert reading.problem.code == code


def test_a_shop_that_is_gone_is_looked_up_again() -> None:
    known = Place(_serve).poll(SOURCE, SETTINGS, secrets=KEY, first=True).bookmark
    gone = Place(lambda _: answer(b"", 404)).poll(SOURCE, SETTINGS, secrets=KEY, bookmark=known)
    assert gone.problem == Problem("sources.trustpilot_unknown", {"name": "kawaraj.pl"})
    assert gone.bookmark["told"] == known["told"]
    place = Place(_serve)
    assert place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=gone.bookmark).problem is None
    assert "/find?" in place.urls[0]


def test_too_many_requests_are_left_to_the_net() -> None:
    reading = Place(lambda _: answer(b"", 429)).poll(SOURCE, SETTINGS, secrets=KEY)
    assert reading.problem
    assert reading.problem.code == "status 429"  # no errors of this source: the net makes a wait of it


def test_without_a_key_nothing_is_asked() -> None:
    place = Place(_serve)
    reading = place.poll(SOURCE, SETTINGS)
    assert (reading.problem and reading.problem.code, place.requests) == ("sources.trustpilot_no_key", [])


def test_the_company_reply_is_seen_but_cannot_be_sent_from_here() -> None:
    mention = Place(_serve).poll(SOURCE, SETTINGS, secrets=KEY, first=True).mentions[1]
    assert isinstance(SOURCE, Seeing)
    assert not isinstance(SOURCE, Answering)
    reply = {"companyReply": {"text": TEXT, "createdAt": "2026-11-22T00:30:00Z"}}
    seen, asked = carried_out(SOURCE.look(reply_to(mention, SETTINGS, KEY)), lambda _: reply)
    assert (seen.stands, seen.where, seen.problem) == (True, mention.url, None)
    assert asked[0].url == f"https://api.trustpilot.com/v1/reviews/{mention.key}"
    earlier = {"companyReply": {"text": "Dziękujemy!", "createdAt": "2026-11-19T09:00:00Z"}}
    assert not carried_out(SOURCE.look(reply_to(mention, SETTINGS, KEY)), lambda _: earlier)[0].stands
    by_hand = {"companyReply": {"text": "Coś innego", "createdAt": "2026-11-22T01:00:00Z"}}
    assert carried_out(SOURCE.look(reply_to(mention, SETTINGS, KEY)), lambda _: by_hand)[0].stands
    assert not carried_out(SOURCE.look(reply_to(mention, SETTINGS, KEY)), lambda _: {"companyReply": None})[0].stands
    assert carried_out(SOURCE.look(reply_to(mention, SETTINGS, KEY)), lambda _: answer(b"", 404))[0].gone
    refused = carried_out(SOURCE.look(reply_to(mention, SETTINGS, KEY)), lambda _: answer(b"", 401))[0]
    assert refused.problem.code == "sources.trustpilot_key"


def test_settings() -> None:
    assert SOURCE.tidy(SETTINGS)["domain"] == "kawaraj.pl"
    assert SOURCE.tidy({"domain": "piekarnia-łódź.pl"})["domain"] == "piekarnia-łódź.pl"
    codes = [SOURCE.check({"domain": typed}) for typed in ("kawaraj.pl", "", "kawa raj", "localhost", "https://[::1]")]
    assert [code and code.code for code in codes] == [
        None,
        "sources.no_server",
        *["sources.bad_address"] * 3,
    ]
    assert SOURCE.place(SETTINGS) == SOURCE.place({"domain": "KAWARAJ.pl"}) != SOURCE.place({"domain": "kawaraj.de"})
