"""X: posts to mentions, what they cost, and the limit that stops it. Answers are written by its documentation."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.core.ports.source import Poll
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.sources.catalog.x import SOURCE

SETTINGS = {"what": "search", "name": "kawaraj", "limit": "5", "authors": "with the names of authors"}
KEY = {"token": "Tajny-token"}
DECEMBER = 1_796_083_200.0


def _asked(request: Request, name: str) -> str:
    return parse_qs(urlsplit(request.url).query).get(name, [""])[0]


def test_posts_become_mentions_and_their_price_is_counted() -> None:
    place = Place(lambda _: sample("x/search.json"))
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert reading.mentions[0] == Mention(
        source="x",
        key="1990000000000000002",
        url="https://x.com/anna_k/status/1990000000000000002",
        text="@kawaraj trzeci dzień bez odpowiedzi, gdzie moja paczka?",
        author="Anna K.",
        handle="@anna_k",
        site="x.com",
        published=1795291200.0,
        language="pl",
        parent="1990000000000000001",
        thread="1990000000000000001",
    )
    assert (reading.mentions[1].text, reading.mentions[1].thread) == ("Zamówiłem w KawaRaj & nic", "")
    assert reading.bookmark["~spent"] == "20"  # two posts, one name
    assert reading.bookmark["since_id"] == "1990000000000000002"
    assert place.requests[0].secret_headers == {"Authorization": "Bearer Tajny-token"}
    assert _asked(place.requests[0], "query") == "kawaraj -is:retweet"
    empty = Place(lambda _: {"meta": {"result_count": 0}})
    again = empty.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=reading.bookmark)
    assert _asked(empty.requests[0], "since_id") == "1990000000000000002"
    assert (again.mentions, again.bookmark["since_id"], again.bookmark["~spent"]) == ((), "1990000000000000002", "20")


@pytest.mark.parametrize(
    ("authors", "limit", "asked"),
    [
        ("with the names of authors", "1", "66"),
        ("without names, a third of the price", "0.75", "100"),
        ("without names, a third of the price", "0,30", "60"),
        ("with the names of authors", "0.15", "10"),
        ("with the names of authors", "0.14", None),
        ("without names, a third of the price", "0.05", "10"),
        ("without names, a third of the price", "0.04", None),
    ],
)
def test_no_more_posts_are_asked_for_than_the_rest_of_the_limit_pays(
    authors: str, limit: str, asked: str | None
) -> None:
    """With names a post may cost three times as much: each could be by somebody else."""
    place = Place(lambda _: {"meta": {"result_count": 0}})
    place.poll(SOURCE, {**SETTINGS, "authors": authors, "limit": limit}, secrets=KEY)
    assert [_asked(request, "max_results") for request in place.requests] == ([] if asked is None else [asked])


def _storm(newest: int) -> object:
    """Return a place that had so many posts, one a minute, and pages through those after `since_id`."""

    def serve(request: Request) -> object:
        size, since = int(_asked(request, "max_results")), int(_asked(request, "since_id") or 0)
        start = int(_asked(request, "next_token").removeprefix("t") or newest)
        shown = list(range(start, max(since, start - size), -1))
        rows = [
            {
                "id": str(n),
                "text": f"kawaraj {n}",
                "created_at": f"2026-11-{10 + n // 1440:02}T{n // 60 % 24:02}:{n % 60:02}:00Z",
            }
            for n in shown
        ]
        more = {"next_token": f"t{shown[-1] - 1}"} if shown and shown[-1] - 1 > since else {}
        return {"data": rows, "meta": more}

    return serve


def test_a_storm_is_read_back_without_holes_and_nothing_twice() -> None:
    settings = {**SETTINGS, "authors": "without names, a third of the price"}
    first = Place(_storm(50)).poll(SOURCE, settings, secrets=KEY, first=True)  # type: ignore[arg-type]
    place = Place(_storm(400))  # type: ignore[arg-type]
    later = place.poll(SOURCE, settings, secrets=KEY, bookmark=first.bookmark)
    assert sorted(int(mention.key) for mention in later.mentions) == list(range(51, 401))
    assert {_asked(request, "since_id") for request in place.requests} == {"50"}
    assert later.bookmark["~spent"] == str(400 * 5)


def test_the_limit_stops_reading_and_the_rest_is_read_next_month() -> None:
    settings = {**SETTINGS, "authors": "without names, a third of the price", "limit": "1,00"}
    first = Place(_storm(50)).poll(SOURCE, settings, secrets=KEY, first=True)  # type: ignore[arg-type]
    stopped = Place(_storm(400)).poll(SOURCE, settings, secrets=KEY, bookmark=first.bookmark)  # type: ignore[arg-type]
    assert (len(stopped.mentions), stopped.bookmark["~spent"]) == (150, "1000")
    assert stopped.wait == DECEMBER - NOW
    place = Place(_storm(400))  # type: ignore[arg-type]
    refused = place.poll(SOURCE, settings, secrets=KEY, bookmark=stopped.bookmark)
    assert place.requests == []
    assert refused.problem
    assert (refused.problem.code, refused.problem.args, refused.problem.retry_at) == (
        "sources.x_limit_reached",
        {"sum": "1.00"},
        DECEMBER,
    )
    december = place.poll(SOURCE, settings, secrets=KEY, bookmark=stopped.bookmark, now=DECEMBER + 60)
    keys = {int(mention.key) for mention in (*stopped.mentions, *december.mentions)}
    assert keys == set(range(101, 401)) | set(range(51, 101))


def test_what_a_storm_cost_is_counted_though_the_connection_breaks_in_it() -> None:
    first = Place(_storm(50)).poll(SOURCE, SETTINGS, secrets=KEY, first=True)  # type: ignore[arg-type]
    watch = Watch("w1", "X", SOURCE.id, settings=SETTINGS)
    steps = SOURCE.poll(Poll(watch, NOW, first.bookmark, KEY))
    request = next(steps)
    request = steps.send(answer(_storm(400)(request), url=request.url))  # type: ignore[operator]
    assert _asked(request, "next_token")
    with pytest.raises(StopIteration) as ended:
        steps.throw(ProblemError(Problem("net.timeout")))
    reading = ended.value.value
    assert len(reading.mentions) == 100
    assert reading.bookmark["~spent"] == str(150 * 5)


def test_mentions_of_an_account_are_found_by_its_number_looked_up_once() -> None:
    def serve(request: Request) -> object:
        return {"data": {"id": "4711"}} if "/by/username/" in request.url else json.loads(sample("x/search.json"))

    place = Place(serve)
    settings = {**SETTINGS, "what": "mentions", "name": "https://x.com/KawaRaj"}
    reading = place.poll(SOURCE, settings, secrets=KEY, first=True)
    assert [urlsplit(url).path for url in place.urls] == ["/2/users/by/username/KawaRaj", "/2/users/4711/mentions"]
    assert reading.bookmark["~spent"] == "30", "the account, two posts, one name"
    again = place.poll(SOURCE, settings, secrets=KEY, bookmark=reading.bookmark)
    assert [urlsplit(url).path for url in place.urls] == ["/2/users/4711/mentions"]
    assert again.bookmark["~spent"] == "50"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "sources.x_not_understood"),
        (401, "sources.x_token_refused"),
        (402, "sources.x_no_credit"),
        (403, "sources.x_no_access"),
        (429, "status 429"),
    ],
)
def test_refusals_say_what_to_do(status: int, code: str) -> None:
    reading = Place(lambda _: answer({"title": "x"}, status)).poll(SOURCE, SETTINGS, secrets=KEY)
    assert reading.problem
    assert reading.problem.code == code


@pytest.mark.parametrize("limit", ["", "0", "viel", "-3", "1e9", "99999999"])
def test_without_a_limit_nothing_is_read(limit: str) -> None:
    problem = SOURCE.check({**SETTINGS, "limit": limit})
    assert problem
    assert problem.code == "sources.x_no_limit"
    place = Place(lambda _: sample("x/search.json"))
    assert place.poll(SOURCE, {**SETTINGS, "limit": limit}, secrets=KEY).problem
    assert place.requests == []


def test_an_account_is_looked_up_and_paid_once_though_its_posts_are_refused() -> None:
    def serve(request: Request) -> object:
        return {"data": {"id": "4711"}} if "/by/username/" in request.url else answer({"title": "x"}, 403)

    place = Place(serve)
    settings = {**SETTINGS, "what": "mentions", "name": "@KawaRaj"}
    before = {"since_id": "17", "~month": "2026-11", "~spent": "100", "told": "x", "since": "5.0"}
    refused = place.poll(SOURCE, settings, secrets=KEY, bookmark=before)
    assert refused.problem
    assert refused.bookmark == {**before, "~spent": "110", "account": "4711"}
    again = place.poll(SOURCE, settings, secrets=KEY, bookmark=refused.bookmark)
    assert [urlsplit(url).path for url in place.urls] == ["/2/users/4711/mentions"]
    assert again.bookmark == refused.bookmark


def test_after_december_comes_january_of_the_next_year() -> None:
    spent = {"~month": "2026-12", "~spent": "5000"}
    refused = Place(lambda _: sample("x/search.json")).poll(
        SOURCE, SETTINGS, secrets=KEY, bookmark=spent, now=DECEMBER + 60
    )
    assert refused.problem
    assert refused.problem.retry_at == 1_798_761_600.0  # 1 January 2027
