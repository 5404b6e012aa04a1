"""Google Play: a service account's token, last week's reviews, answers. What Google says is written by its documentation."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from sources.place import NOW, Place, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to
from sources.signing import account_file, apple_key, checked, pem

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request
from app.core.problems import Problem
from app.sources.catalog.google_play import SOURCE
from app.sources.google.tokens import TOKENS

SETTINGS = {"package": "https://play.google.com/store/apps/details?id=pl.kawaraj.app&hl=pl"}
KEY = {"account": account_file()}
TOKEN = {"access_token": "ya29.token-1", "expires_in": 3599, "token_type": "Bearer"}


@pytest.fixture(autouse=True)
def _no_tokens_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TOKENS, "_kept", {})


def serving(reviews: Callable[[Request], object]) -> Callable[[Request], object]:
    return lambda request: TOKEN if "oauth2" in request.url else reviews(request)


def test_reviews_become_mentions_with_stars() -> None:
    place = Place(serving(lambda _: sample("google_play/reviews.json")))
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    anna, second = reading.mentions
    assert anna == Mention(
        source="google_play",
        key="7f1a6f0e-1111-4222-8333-444455556666",
        url="https://play.google.com/store/apps/details?id=pl.kawaraj.app&reviewId=7f1a6f0e-1111-4222-8333-444455556666",
        title="Nie działa",
        text="Od wczoraj nie mogę zamówić.",
        author="Anna K.",
        site="play.google.com",
        published=1795281000.0,
        language="pl",
        stars=1.0,
    )
    assert (second.title, second.text, second.language, second.key) == (
        "",
        "Отличное приложение",
        "ru",
        "gp:AOqpTOE-x_1",
    )
    again = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=reading.bookmark)
    assert (again.mentions, len(place.requests)) == ((), 1)  # the token is still good


def test_the_token_is_bought_with_a_signed_request() -> None:
    place = Place(serving(lambda _: {}))
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert (reading.mentions, reading.problem) == ((), None)  # an app without reviews this week
    token, reviews = place.requests
    form = parse_qs((token.body or b"").decode())
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    head, claims = checked(form["assertion"][0])
    assert head == {"alg": "RS256", "typ": "JWT", "kid": "0123456789abcdef0123456789abcdef01234567"}
    assert claims["iss"] == "opinie@kawaraj.iam.gserviceaccount.com"
    assert claims["scope"] == "https://www.googleapis.com/auth/androidpublisher"
    assert claims["aud"] == token.url == "https://oauth2.googleapis.com/token"
    assert claims["iat"] < NOW < claims["exp"] <= claims["iat"] + 3_600
    assert dict(reviews.secret_headers) == {"Authorization": "Bearer ya29.token-1"}
    assert "ya29" not in repr(place.requests)


def test_a_token_refused_before_its_time_is_renewed_once() -> None:
    tokens = iter(("old", "new", "newer"))
    shown: list[str] = []

    def serve(request: Request) -> object:
        if "oauth2" in request.url:
            return {"access_token": next(tokens), "expires_in": 3600}
        shown.append(request.secret_headers["Authorization"])
        return answer({}, 401) if shown[-1] == "Bearer old" else sample("google_play/reviews.json")

    reading = Place(serve).poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert (len(reading.mentions), shown) == (2, ["Bearer old", "Bearer new"])
    always = Place(serving(lambda _: answer({}, 401)))
    reading = always.poll(SOURCE, SETTINGS, secrets=KEY)
    assert (reading.problem and reading.problem.code, len(always.requests)) == ("sources.google_account_refused", 3)


def test_further_pages_are_read_by_their_mark() -> None:
    def serve(request: Request) -> object:
        page = 2 if "token=" in request.url else 1
        rows = [
            {
                "reviewId": f"review-{page}-{n}",
                "comments": [
                    {
                        "userComment": {
                            "text": f"{page} {n}",
                            "lastModified": {"seconds": str(int(NOW) - page * 1000 - n)},
                        }
                    }
                ],
            }
            for n in range(100)
        ]
        return {"reviews": rows, **({"tokenPagination": {"nextPageToken": "a b&c"}} if page == 1 else {})}

    place = Place(serving(serve))
    bookmark = {"told": "", "since": str(NOW - 86_400)}
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=bookmark)
    assert len(reading.mentions) == 200
    assert place.urls[-1].endswith("reviews?maxResults=100&token=a+b%26c")


def test_a_changed_review_is_told_again() -> None:
    place = Place(serving(lambda _: sample("google_play/reviews.json")))
    bookmark = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True).bookmark
    changed = (
        sample("google_play/reviews.json").replace("Отличное".encode(), "Ужасное".encode()).replace(b": 5", b": 1")
    )
    (edited,) = Place(serving(lambda _: changed)).poll(SOURCE, SETTINGS, secrets=KEY, bookmark=bookmark).mentions
    assert (edited.key, edited.stars) == ("gp:AOqpTOE-x_1", 1.0)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("", "sources.google_no_account_file"),
        ("{", "sources.google_bad_account_file"),
        ('{"installed": {"client_id": "x"}}', "sources.google_bad_account_file"),
        (account_file(private_key="x"), "sources.google_bad_account_file"),
        (account_file(private_key=pem(apple_key())), "sources.google_bad_account_file"),
        (account_file(client_email="a b\n"), "sources.google_bad_account_file"),
    ],
    ids=["none", "broken", "client", "no key", "other key", "no mail"],
)
def test_a_file_that_is_no_key_asks_nothing(file: str, code: str) -> None:
    place = Place(lambda _: {})
    assert (place.poll(SOURCE, SETTINGS, secrets={"account": file}).problem, place.requests) == (Problem(code), [])


def _error(status: int, reason: str = "", name: str = "PERMISSION_DENIED") -> object:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}] if reason else []
    return answer({"error": {"code": status, "message": "x", "status": name, "details": details}}, status)


@pytest.mark.parametrize(
    ("serve", "code"),
    [
        (lambda _: answer({"error": "invalid_grant", "error_description": "Invalid JWT Signature."}, 400), "sources.google_account_refused"),
        (serving(lambda _: _error(403)), "sources.play_rights"),
        (serving(lambda _: _error(403, "SERVICE_DISABLED")), "sources.google_api_off"),
        (serving(lambda _: _error(404, name="NOT_FOUND")), "sources.play_unknown_app"),
        (serving(lambda _: _error(429, name="RESOURCE_EXHAUSTED")), "net.rate_limited"),
        (lambda _: {"access_token": "a\nb"}, "sources.broken_answer"),
        (serving(lambda _: b"[]"), "sources.broken_answer"),
    ],
)  # fmt: skip
def test_refusals_say_what_to_do(serve: Callable[[Request], object], code: str) -> None:
    problem = Place(serve).poll(SOURCE, SETTINGS, secrets=KEY).problem
    assert problem
    assert problem.code == code
    assert problem.retry_at == (NOW + 60 if code == "net.rate_limited" else None)


def test_an_answer_is_sent_and_seen() -> None:
    mention = (
        Place(serving(lambda _: sample("google_play/reviews.json"))).poll(SOURCE, SETTINGS, secrets=KEY).mentions[1]
    )
    reply = reply_to(mention, SETTINGS, KEY)
    assert isinstance(SOURCE, Answering)
    assert isinstance(SOURCE, Seeing)
    assert (SOURCE.why_no_answer(reply.watch, mention, KEY), SOURCE.longest_answer(reply.watch, mention)) == (None, 350)
    assert SOURCE.why_no_answer(reply.watch, mention, {}) == Problem("sources.google_no_account_file")
    done = {"result": {"replyText": TEXT, "lastEdited": {"seconds": "1795300010"}}}
    sent, asked = carried_out(SOURCE.answer(reply), serving(lambda _: done))
    assert (sent.problem, json.loads(asked[-1].body or b""), asked[-1].method) == (None, {"replyText": TEXT}, "POST")
    base = "https://androidpublisher.googleapis.com/androidpublisher/v3/applications/pl.kawaraj.app/reviews/"
    assert asked[-1].url == f"{base}gp%3AAOqpTOE-x_1:reply"
    standing = {
        "reviewId": mention.key,
        "comments": [{"userComment": {"text": "x"}}, {"developerComment": {"text": TEXT}}],
    }
    seen, _ = carried_out(SOURCE.look(reply), serving(lambda _: standing))
    assert seen.stands
    none, _ = carried_out(SOURCE.look(reply), serving(lambda _: {"comments": [{"userComment": {"text": "x"}}]}))
    assert not none.stands
    assert carried_out(SOURCE.look(reply), serving(lambda _: _error(404)))[0].gone
    too_long, _ = carried_out(SOURCE.answer(reply), serving(lambda _: _error(400)))
    assert too_long.problem.code == "sources.reply_not_taken"


def test_settings() -> None:
    assert SOURCE.tidy(SETTINGS)["package"] == "pl.kawaraj.app"
    assert SOURCE.check(SETTINGS) is None
    for typed in ("", "kawaraj", "a/../b.c", "https://play.google.com/store"):
        assert SOURCE.check({"package": typed}) == Problem("sources.no_play_app")
    assert SOURCE.place(SETTINGS) == SOURCE.place({"package": " pl.kawaraj.app "})
