"""App Store Connect: signed requests, reviews of all countries, answers. What Apple says is written by its documentation."""

from __future__ import annotations

import json

import pytest
from sources.place import NOW, Place, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to
from sources.signing import apple_key, checked, google_key, pem

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.catalog.app_store_connect import SOURCE

ISSUER = "57246542-96fe-1a63-e053-0824d011072a"
SETTINGS = {"app": "https://apps.apple.com/pl/app/kawaraj/id1234567890", "issuer": ISSUER, "key_id": "2X9R4HXF34"}
KEY = {"key": pem(apple_key())}


def test_reviews_become_mentions_with_stars() -> None:
    place = Place(lambda _: sample("app_store_connect/reviews.json"))
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert reading.mentions[0] == Mention(
        source="app_store_connect",
        key="00000031-aaaa-bbbb-cccc-000000000001",
        url="https://appstoreconnect.apple.com/apps/1234567890",
        title="Aplikacja się wiesza",
        text="Po aktualizacji nie da się\nzamówić.",
        author="anna_k",
        site="apps.apple.com",
        published=1795282162.0,
        stars=2.0,
    )
    assert place.urls == [
        "https://api.appstoreconnect.apple.com/v1/apps/1234567890/customerReviews?sort=-createdDate&include=response&limit=100"
    ]
    assert place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=reading.bookmark).mentions == ()


def test_the_token_is_good_for_less_than_twenty_minutes_and_signed_with_the_key() -> None:
    place = Place(lambda _: sample("app_store_connect/reviews.json"))
    place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    head, claims = checked(place.requests[0].secret_headers["Authorization"].removeprefix("Bearer "))
    assert head == {"alg": "ES256", "typ": "JWT", "kid": "2X9R4HXF34"}
    assert (claims["iss"], claims["aud"]) == (ISSUER, "appstoreconnect-v1")
    assert claims["iat"] < NOW < claims["exp"]
    assert claims["exp"] - claims["iat"] <= 1_200
    assert "Bearer" not in repr(place.requests[0])


def test_older_pages_are_asked_for_by_their_mark_only() -> None:
    def serve(request: Request) -> object:
        page = 1 if "cursor=" not in request.url else 2
        rows = [
            {
                "type": "customerReviews",
                "id": f"{page}-{n:04}",
                "attributes": {"rating": 1, "body": "x", "createdDate": f"2026-11-{21 - page}T{n:02}:00:00Z"},
            }
            for n in range(23, 0, -1)
        ]
        further = "https://evil.example/steal?cursor=AbC%3D1&limit=100" if page == 1 else ""
        return {"data": rows, "links": {"next": further}}

    place = Place(serve)
    assert len(place.poll(SOURCE, SETTINGS, secrets=KEY, first=True).mentions) == 23
    place, bookmark = Place(serve), {"told": "", "since": str(NOW - 86_400 * 30)}
    assert len(place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=bookmark).mentions) == 46
    assert place.urls[1].startswith("https://api.appstoreconnect.apple.com/v1/apps/1234567890/")
    assert place.urls[1].endswith("&cursor=AbC%3D1")


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "sources.apple_key_refused"), (403, "sources.apple_role"), (404, "sources.apple_no_app")],
)
def test_refusals_say_what_to_do(status: int, code: str) -> None:
    reading = Place(lambda _: answer({"errors": []}, status)).poll(SOURCE, SETTINGS, secrets=KEY)
    assert reading.problem == Problem(code)


def test_the_limit_of_the_hour_becomes_a_wait() -> None:
    over = Response("", 429, {"x-rate-limit": "user-hour-lim:3500;user-hour-rem:0;"})
    problem = Place(lambda _: over).poll(SOURCE, SETTINGS, secrets=KEY).problem
    assert problem
    assert (problem.code, problem.retry_at) == ("net.rate_limited", NOW + 3_600)
    asked = Response("", 429, fresh_for=90.0)
    assert Place(lambda _: asked).poll(SOURCE, SETTINGS, secrets=KEY).problem.retry_at == NOW + 90  # type: ignore[union-attr]
    body = sample("app_store_connect/reviews.json")
    for left, wait in ((7, 3_600.0), (3_000, 0.0)):
        header = {"x-rate-limit": f"user-hour-lim:3500;user-hour-rem:{left};"}
        reading = Place(lambda _, head=header: Response("", 200, head, body)).poll(SOURCE, SETTINGS, secrets=KEY)
        assert (reading.problem, reading.wait) == (None, wait)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "sources.apple_no_key"),
        ("no key", "sources.apple_bad_key"),
        (pem(google_key()), "sources.apple_bad_key"),
        (pem(apple_key())[:-60], "sources.apple_bad_key"),
    ],
    ids=["none", "text", "RSA", "cut"],
)
def test_without_a_key_of_apples_nothing_is_asked(key: str, code: str) -> None:
    place = Place(lambda _: {})
    reading = place.poll(SOURCE, SETTINGS, secrets={"key": key})
    assert (reading.problem, place.requests) == (Problem(code), [])


def test_an_answer_is_posted_and_seen() -> None:
    mention = Place(lambda _: sample("app_store_connect/reviews.json")).poll(SOURCE, SETTINGS, secrets=KEY).mentions[0]
    reply = reply_to(mention, SETTINGS, KEY)
    assert isinstance(SOURCE, Answering)
    assert isinstance(SOURCE, Seeing)
    assert SOURCE.why_no_answer(reply.watch, mention, KEY) is None
    assert SOURCE.why_no_answer(reply.watch, mention, {}) == Problem("sources.apple_no_key")
    assert SOURCE.longest_answer(reply.watch, mention) == 5_970
    sent, asked = carried_out(SOURCE.answer(reply), lambda _: answer({"data": {"id": "777"}}, 201))
    assert (sent.where, sent.problem) == ("777", None)
    (request,) = asked
    assert (request.method, request.url) == ("POST", "https://api.appstoreconnect.apple.com/v1/customerReviewResponses")
    body = json.loads(request.body or b"")["data"]
    assert body["attributes"] == {"responseBody": TEXT}
    assert body["relationships"]["review"]["data"] == {"type": "customerReviews", "id": mention.key}
    checked(request.secret_headers["Authorization"].removeprefix("Bearer "))
    response = {
        "type": "customerReviewResponses",
        "id": "777",
        "attributes": {"responseBody": TEXT, "state": "PENDING_PUBLISH"},
    }
    seen, _ = carried_out(SOURCE.look(reply), lambda _: {"data": {"id": mention.key}, "included": [response]})
    assert (seen.stands, seen.where) == (True, "777")
    assert not carried_out(SOURCE.look(reply), lambda _: {"data": {"id": mention.key}})[0].stands
    assert carried_out(SOURCE.look(reply), lambda _: answer(b"", 404))[0].gone


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, "sources.apple_role"),
        (404, "sources.review_gone"),
        (409, "sources.reply_not_taken"),
        (429, "net.rate_limited"),
    ],
)
def test_an_answer_that_was_refused_says_why(status: int, code: str) -> None:
    reply = reply_to(Mention("app_store_connect", "1-2-3-4"), SETTINGS, KEY)
    sent, _ = carried_out(SOURCE.answer(reply), lambda _: answer({"errors": []}, status))
    assert sent.problem.code == code


def test_settings() -> None:
    assert SOURCE.check(SETTINGS) is None
    codes = [
        SOURCE.check({**SETTINGS, **bad})
        for bad in ({"app": "kawaraj"}, {"issuer": "57246542"}, {"key_id": "2x"}, {"key_id": "AuthKey_2X9R4HXF34.p8"})
    ]
    assert [p and p.code for p in codes] == ["sources.no_app", "sources.apple_issuer", "sources.apple_key_id", None]
    assert SOURCE.place(SETTINGS) == SOURCE.place({"app": "id1234567890"})
