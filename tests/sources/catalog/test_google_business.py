"""Google Business Profile: locations, reviews, replies. What Google says is written by its documentation."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, Place, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.catalog.google_business import SOURCE
from app.sources.google import tokens

SECRETS = {"client_id": "1.apps.example", "client_secret": "Tajny-1", "refresh_token": "1//Tajny-2"}
REVIEWS = "https://mybusiness.googleapis.com/v4/accounts/1029/locations/71/reviews"
DAY = 86_400.0


@pytest.fixture(autouse=True)
def _no_tokens_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens.TOKENS, "_kept", {})


def serving(reviews: Callable[[Request], object]) -> Callable[[Request], object]:
    def serve(request: Request) -> object:
        host = urlsplit(request.url).hostname or ""
        if host == "oauth2.googleapis.com":
            return {"access_token": "ya29.token", "expires_in": 3599}
        if host.startswith("mybusinessaccount"):
            return sample("google_business/accounts.json")
        if host.startswith("mybusinessbusiness"):
            return sample("google_business/locations.json")
        assert request.secret_headers["Authorization"] == "Bearer ya29.token"
        return reviews(request)

    return serve


def test_reviews_of_all_locations_become_mentions() -> None:
    place = Place(serving(lambda _: sample("google_business/reviews.json")))
    reading = place.poll(SOURCE, {}, secrets=SECRETS, first=True)
    jan, anonymous = reading.mentions
    assert jan == Mention(
        source="google_business",
        key="accounts/1029/locations/71/reviews/AbFvOqk1",
        url="https://maps.google.com/maps?cid=71",
        text="Chleb był czerstwy,\na kasjerka niemiła.",
        author="Jan Nowak",
        site="google.com",
        published=1795285800.0,  # when it was changed: it says so since then
        stars=1.0,
    )
    assert (anonymous.author, anonymous.text, anonymous.stars) == ("", "", 5.0)
    assert reading.title == "Kawa Raj"
    assert [urlsplit(url).hostname for url in place.urls] == [
        "oauth2.googleapis.com",
        "mybusinessaccountmanagement.googleapis.com",
        "mybusinessbusinessinformation.googleapis.com",
        "mybusinessbusinessinformation.googleapis.com",
        "mybusiness.googleapis.com",
    ]
    asked = parse_qs(urlsplit(place.urls[-1]).query)
    assert place.urls[-1].startswith(REVIEWS)
    assert asked == {"pageSize": ["50"], "orderBy": ["updateTime desc"]}
    again = place.poll(SOURCE, {}, secrets=SECRETS, bookmark=reading.bookmark)
    assert (again.mentions, len(place.requests)) == ((), 1)
    later = place.poll(SOURCE, {}, secrets=SECRETS, bookmark=again.bookmark, now=NOW + DAY + 1)
    assert (later.mentions, len(place.requests)) == ((), 5)  # locations are looked up once a day
    assert "Tajny" not in repr((place.requests, reading))


def _reviews(numbers: range) -> list[dict[str, object]]:
    return [
        {
            "name": f"accounts/1029/locations/71/reviews/r{n}",
            "starRating": "TWO",
            "comment": f"nr {n}",
            "createTime": "2026-01-01T00:00:00Z",
            "updateTime": f"2026-11-{1 + n // 24:02}T{n % 24:02}:00:00Z",
        }
        for n in reversed(numbers)
    ]


def test_pages_are_read_back_to_what_was_known_without_holes() -> None:
    newest = 40

    def serve(request: Request) -> object:
        token = int(parse_qs(urlsplit(request.url).query).get("pageToken", ["0"])[0])
        top = newest - token
        rows = _reviews(range(max(0, top - 50), top))
        return {"reviews": rows, **({"nextPageToken": str(token + 50)} if top > 50 else {})}

    place = Place(serving(serve))
    first = place.poll(SOURCE, {}, secrets=SECRETS, first=True)
    newest = 300
    later = place.poll(SOURCE, {}, secrets=SECRETS, bookmark=first.bookmark)
    assert {mention.text for mention in later.mentions} == {f"nr {n}" for n in range(40, 300)}
    assert len(place.requests) == 6
    assert place.poll(SOURCE, {}, secrets=SECRETS, bookmark=later.bookmark).mentions == ()


def test_a_changed_review_is_told_again() -> None:
    recorded = sample("google_business/reviews.json")
    bookmark = Place(serving(lambda _: recorded)).poll(SOURCE, {}, secrets=SECRETS, first=True).bookmark
    changed = recorded.replace(b'"FIVE"', b'"THREE"')
    (edited,) = Place(serving(lambda _: changed)).poll(SOURCE, {}, secrets=SECRETS, bookmark=bookmark).mentions
    assert (edited.key.rpartition("/")[2], edited.stars) == ("AbFvOqk2", 3.0)


def test_a_location_that_is_gone_is_looked_for_anew() -> None:
    recorded = sample("google_business/reviews.json")
    bookmark = Place(serving(lambda _: recorded)).poll(SOURCE, {}, secrets=SECRETS, first=True).bookmark
    moved = json.dumps({"places": [{"path": "accounts/9/locations/9", "title": "x"}]})
    place = Place(serving(lambda r: recorded if "/71/" in r.url else answer({}, 404)))
    reading = place.poll(SOURCE, {}, secrets=SECRETS, bookmark={**bookmark, "places": moved})
    assert (reading.problem, reading.mentions) == (None, ())
    assert "locations/71" in reading.bookmark["places"]


def test_one_location_is_chosen_by_words_of_its_name_and_town() -> None:
    place = Place(serving(lambda _: sample("google_business/reviews.json")))
    assert place.poll(SOURCE, {"location": "poznan kawa"}, secrets=SECRETS, first=True).problem is None
    wrong = place.poll(SOURCE, {"location": "Kraków"}, secrets=SECRETS, first=True).problem
    assert wrong == Problem("sources.google_no_location", {"name": "Kraków"})


def _refused(status: int, reason: str = "", quota: str = "") -> Response:
    details = [{"reason": reason, "metadata": {"quota_limit_value": quota}}]
    return answer({"error": {"code": status, "status": "X", "details": details}}, status)


@pytest.mark.parametrize(
    ("refusal", "code", "retry"),
    [
        (_refused(429, "RATE_LIMIT_EXCEEDED", "0"), "sources.google_no_access", DAY),
        (_refused(429, "RATE_LIMIT_EXCEEDED", "300"), "net.rate_limited", 60.0),
        (_refused(403, "SERVICE_DISABLED"), "sources.google_api_off", None),
        (_refused(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), "sources.google_scope", None),
        (_refused(403), "watch.denied", None),
        (_refused(401), "sources.google_grant_ended", None),
        (answer(b"[]"), "sources.broken_answer", None),
    ],
)
def test_refusals_say_what_to_do(refusal: Response, code: str, retry: float | None) -> None:
    place = Place(lambda r: {"access_token": "ya29.token"} if "oauth2" in r.url else refusal)
    problem = place.poll(SOURCE, {}, secrets=SECRETS, first=True).problem
    assert problem
    assert (problem.code, problem.retry_at) == (code, None if retry is None else NOW + retry)


def test_a_revoked_grant_is_told_and_without_one_nothing_is_asked() -> None:
    revoked = Place(lambda _: answer({"error": "invalid_grant"}, 400)).poll(SOURCE, {}, secrets=SECRETS)
    assert revoked.problem == Problem("sources.google_grant_ended")
    place = Place(lambda _: {})
    assert place.poll(SOURCE, {}, secrets={"client_id": "1"}).problem == Problem("sources.google_no_grant")
    assert place.requests == []


def test_a_reply_is_put_and_seen() -> None:
    mention = (
        Place(serving(lambda _: sample("google_business/reviews.json"))).poll(SOURCE, {}, secrets=SECRETS).mentions[0]
    )
    reply = reply_to(mention, {}, SECRETS)
    assert isinstance(SOURCE, Answering)
    assert isinstance(SOURCE, Seeing)
    assert SOURCE.why_no_answer(reply.watch, mention, SECRETS) is None
    assert SOURCE.why_no_answer(reply.watch, mention, {}) == Problem("sources.google_no_grant")
    sent, asked = carried_out(SOURCE.answer(reply), serving(lambda _: {"comment": TEXT}))
    assert (sent.problem, asked[-1].method, asked[-1].url) == (None, "PUT", f"{REVIEWS}/AbFvOqk1/reply")
    assert json.loads(asked[-1].body or b"") == {"comment": TEXT}
    there = {"name": mention.key, "reviewReply": {"comment": f"{TEXT} ", "updateTime": "2026-11-22T00:20:00Z"}}
    seen, asked = carried_out(SOURCE.look(reply), serving(lambda _: there))
    assert (seen.stands, seen.at, asked[-1].url) == (True, 1795306800.0, f"{REVIEWS}/AbFvOqk1")
    assert not carried_out(SOURCE.look(reply), serving(lambda _: {"name": mention.key}))[0].stands
    assert carried_out(SOURCE.look(reply), serving(lambda _: answer({}, 404)))[0].gone
    refused, _ = carried_out(SOURCE.answer(reply), serving(lambda _: answer({}, 400)))
    assert refused.problem.code == "sources.reply_not_taken"
    odd = reply_to(Mention("google_business", "accounts/1/../../x"), {}, SECRETS)
    sent, asked = carried_out(SOURCE.answer(odd), serving(lambda _: {}))
    assert sent.problem.code == "sources.google_no_review"
    assert not any("/../" in request.url for request in asked)
