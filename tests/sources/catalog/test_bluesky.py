"""Bluesky: recorded posts to mentions, sessions opened and refreshed, order by the network's own time."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.catalog.bluesky import BlueskySource

SEARCH = {"what": "search", "name": "KawaRaj", "user": "@sklep.test", "server": "http://localhost:2583"}
MENTIONS = {**SEARCH, "what": "mentions", "name": ""}
SECRETS = {"password": "abcd-efgh"}
ROOT = "at://did:plc:y3zwigahjoi7oykvntoi2ulr/app.bsky.feed.post/3n2tpqo6jn22v"


def _jwt(name: str, end: float) -> str:
    body = base64.urlsafe_b64encode(json.dumps({"exp": int(end), "name": name}).encode()).decode().rstrip("=")
    return f"e30.{body}.x"


class _Server:
    """A server with sessions. `refuse` names tokens that are no good whatever they say."""

    def __init__(self, answers: object = None, life: float = 7_200.0) -> None:
        self.answers, self.life, self.now = answers, life, NOW
        self.opened = 0
        self.refuse: set[str] = set()

    def __call__(self, request: Request) -> object:
        token = request.secret_headers.get("Authorization", "").removeprefix("Bearer ")
        if "createSession" in request.url:
            said = json.loads(request.body or b"{}")
            if said != {"identifier": "sklep.test", "password": "abcd-efgh"}:
                return answer({"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, 401)
            return self._session()
        if "refreshSession" in request.url:
            return answer({"error": "ExpiredToken"}, 400) if token in self.refuse else self._session()
        if not token or token in self.refuse:
            return answer({"error": "ExpiredToken" if token else "AuthMissing", "message": "x"}, 400 if token else 401)
        return self.answers(request) if callable(self.answers) else self.answers

    def _session(self) -> Response:
        self.opened += 1
        recorded = json.loads(sample("bluesky/createSession.json"))
        tokens = {
            "accessJwt": _jwt(f"a{self.opened}", self.now + self.life),
            "refreshJwt": _jwt(f"r{self.opened}", self.now + 9e6),
        }
        return answer({**recorded, **tokens})


def test_a_recorded_search() -> None:
    place = Place(_Server(sample("bluesky/searchPosts.json")))
    anna, shop = place.poll(BlueskySource(), SEARCH, secrets=SECRETS, first=True).mentions
    assert anna == Mention(
        source="bluesky",
        key="at://did:plc:lfgueycdlkq7xxyrqex72msn/app.bsky.feed.post/3n2tpqonadk2v",
        url="https://bsky.app/profile/did:plc:lfgueycdlkq7xxyrqex72msn/post/3n2tpqonadk2v",
        text="KawaRaj spóźnił się z dostawą, jestem zła 😠",
        author="Anna Nowak",
        handle="@anna.test",
        site="bsky.app",
        published=1795285278.0,
        language="pl",
        parent=ROOT,
        thread=ROOT,
    )
    assert (shop.key, shop.author, shop.thread) == (ROOT, "sklep.test", "")
    assert [urlsplit(url).path for url in place.urls] == [
        "/xrpc/com.atproto.server.createSession",
        "/xrpc/app.bsky.feed.searchPosts",
    ]
    assert place.urls[1].endswith("?q=KawaRaj&sort=latest&limit=100")


def test_recorded_notifications_without_likes() -> None:
    place = Place(_Server(sample("bluesky/listNotifications.json")))
    reading = place.poll(BlueskySource(), MENTIONS, secrets=SECRETS, first=True)
    assert [(m.text, m.thread) for m in reading.mentions] == [
        ("@sklep.test kiedy wysyłka? #kawaraj", ""),
        ("KawaRaj spóźnił się z dostawą, jestem zła 😠", ROOT),
    ]
    assert "reasons=mention&reasons=reply&reasons=quote" in place.urls[1]


def test_one_session_serves_many_polls_and_is_refreshed() -> None:
    server, source = _Server({"posts": []}), BlueskySource()
    place = Place(server)

    def asked(now: float) -> list[str]:
        server.now = now
        place.poll(source, SEARCH, secrets=SECRETS, now=now)
        return [url.rpartition(".")[2].partition("?")[0] for url in place.urls]

    assert asked(NOW) == ["createSession", "searchPosts"]
    assert asked(NOW + 3_600) == ["searchPosts"]
    assert asked(NOW + 7_150) == ["refreshSession", "searchPosts"]
    assert place.requests[0].body == b""
    server.refuse = {_jwt("r2", NOW + 7_150 + 9e6)}
    assert asked(NOW + 20_000) == ["refreshSession", "createSession", "searchPosts"]


def test_a_token_refused_before_its_time_is_renewed_once() -> None:
    server, source = _Server({"posts": []}), BlueskySource()
    place = Place(server)
    place.poll(source, SEARCH, secrets=SECRETS)
    server.refuse = {_jwt("a1", NOW + 7_200)}
    reading = place.poll(source, SEARCH, secrets=SECRETS)
    assert reading.problem is None
    assert [url.rpartition(".")[2].partition("?")[0] for url in place.urls] == [
        "searchPosts",
        "refreshSession",
        "searchPosts",
    ]
    server.refuse = {_jwt(f"a{n}", NOW + 7_200) for n in range(9)}
    reading = place.poll(source, SEARCH, secrets=SECRETS)
    assert reading.problem
    assert (reading.problem.code, len(place.requests)) == ("sources.app_password_refused", 3)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (None, 0, "sources.app_password_refused"),
        ({"error": "AuthFactorTokenRequired"}, 401, "sources.wants_app_password"),
        ({"error": "AccountTakedown"}, 401, "sources.account_closed"),
        (b"<html>", 403, "watch.denied"),
        ({"accessJwt": 5}, 200, "sources.broken_answer"),
        ({"accessJwt": "a\nb", "refreshJwt": "c"}, 200, "sources.broken_answer"),
    ],
)
def test_why_there_is_no_session(body: object, status: int, code: str) -> None:
    server = _Server()
    place = Place(lambda request: server(request) if body is None else answer(body, status))
    reading = place.poll(BlueskySource(), SEARCH, secrets={"password": "wrong-pass"}, bookmark={"since": "5.0"})
    assert reading.problem
    assert (reading.problem.code, dict(reading.bookmark)) == (code, {"since": "5.0"})
    assert "wrong-pass" not in repr(reading)


def test_without_an_app_password_nothing_is_asked() -> None:
    place = Place(lambda _: {})
    for secrets, settings in (({}, SEARCH), (SECRETS, {**SEARCH, "user": ""})):
        reading = place.poll(BlueskySource(), settings, secrets=secrets)
        assert reading.problem
        assert reading.problem.code == "sources.needs_app_password"
    assert place.requests == []


def test_secrets_stay_where_they_belong() -> None:
    source = BlueskySource()
    place = Place(_Server(sample("bluesky/searchPosts.json")))
    reading = place.poll(source, SEARCH, secrets=SECRETS, first=True)
    told = repr((reading, [(r.url, dict(r.headers)) for r in place.requests], vars(source), vars(source._sessions)))
    assert "abcd-efgh" not in told
    assert "e30." not in told


def _post(number: int, claimed: float | None = None) -> dict[str, object]:
    def iso(moment: float) -> str:
        return datetime.fromtimestamp(moment, UTC).isoformat()

    indexed = NOW - 500_000 + number * 60
    record = {"text": f"post {number}", "createdAt": iso(claimed or indexed)}
    uri = f"at://did:plc:abc/app.bsky.feed.post/k{number}"
    return {
        "uri": uri,
        "author": {"handle": "a.test", "did": "did:plc:abc"},
        "record": record,
        "indexedAt": iso(indexed),
    }


class _Posts:
    def __init__(self, count: int) -> None:
        self.rows = [_post(number) for number in range(count)]

    def __call__(self, request: Request) -> object:
        skip = int(parse_qs(urlsplit(request.url).query).get("cursor", ["0"])[0])
        page = self.rows[::-1][skip : skip + 100]
        return {"posts": page, **({"cursor": str(skip + 100)} if skip + 100 < len(self.rows) else {})}


def test_pages_are_read_back_and_claimed_times_decide_nothing() -> None:
    posts, source = _Posts(20), BlueskySource()
    place = Place(_Server(posts))
    bookmark = place.poll(source, SEARCH, secrets=SECRETS, first=True).bookmark
    posts.rows += [_post(number, claimed=NOW - 9e7 if number % 2 else NOW + 80_000) for number in range(20, 290)]
    reading = place.poll(source, SEARCH, secrets=SECRETS, bookmark=bookmark)
    assert {mention.text for mention in reading.mentions} == {f"post {n}" for n in range(20, 290)}
    assert all(mention.published and NOW - 500_000 <= mention.published <= NOW for mention in reading.mentions)
    assert place.poll(source, SEARCH, secrets=SECRETS, bookmark=reading.bookmark).mentions == ()
    assert len(place.requests) == 1


def test_a_token_that_ends_on_the_way_back_makes_no_hole() -> None:
    posts, source, server = _Posts(20), BlueskySource(), _Server()
    server.answers = posts
    place = Place(server)
    bookmark = place.poll(source, SEARCH, secrets=SECRETS, first=True).bookmark
    posts.rows = _Posts(320).rows
    ending = Place(lambda r: answer({"error": "ExpiredToken"}, 400) if "cursor" in r.url else server(r))
    reading = ending.poll(source, SEARCH, secrets=SECRETS, bookmark=bookmark)
    rest = place.poll(source, SEARCH, secrets=SECRETS, bookmark=reading.bookmark)
    assert {m.text for m in (*reading.mentions, *rest.mentions)} >= {f"post {n}" for n in range(20, 320)}


def test_a_page_that_never_comes_takes_away_nothing_that_came() -> None:
    posts, source = _Posts(20), BlueskySource()
    server = _Server(posts)
    bookmark = Place(server).poll(source, SEARCH, secrets=SECRETS, first=True).bookmark
    posts.rows = _Posts(320).rows
    late = Problem("net.timeout")
    broken = Place(lambda r: late if "cursor" in r.url else server(r))
    reading = broken.poll(source, SEARCH, secrets=SECRETS, bookmark=bookmark)
    assert ({m.text for m in reading.mentions}, reading.problem) == ({f"post {n}" for n in range(220, 320)}, late)
    rest = Place(server).poll(source, SEARCH, secrets=SECRETS, bookmark=reading.bookmark)
    assert {m.text for m in rest.mentions} == {f"post {n}" for n in range(20, 220)}


def _account(replies: int) -> Place:
    feed = {
        "feed": [{"post": json.loads(sample("bluesky/getPostThread.json"))["thread"]["post"] | {"replyCount": replies}}]
    }
    return Place(lambda r: sample("bluesky/getPostThread.json") if "getPostThread" in r.url else feed)


def test_an_account_needs_no_key_and_its_own_answers_are_heard() -> None:
    settings = {"what": "account", "name": "https://bsky.app/profile/sklep.test"}
    source = BlueskySource()
    place = _account(0)
    first = place.poll(source, settings, first=True, own=True)
    assert [m.key for m in first.mentions] == [ROOT]
    assert place.urls == ["https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=sklep.test&limit=50"]
    place = _account(1)
    reading = place.poll(source, settings, bookmark=first.bookmark, own=True)
    assert [(m.author, m.thread) for m in reading.mentions] == [("Anna Nowak", ROOT)]
    assert len(place.requests) == 2
    assert place.poll(source, settings, bookmark=reading.bookmark, own=True).mentions == ()
    assert len(place.requests) == 1
    assert all(not request.secret_headers for request in place.requests)


def test_a_thread_that_could_not_be_read_is_read_the_next_time() -> None:
    settings = {"what": "account", "name": "sklep.test"}
    source = BlueskySource()
    place = _account(1)
    serve = place._serve
    place._serve = lambda r: answer(b"", 502) if "getPostThread" in r.url else serve(r)
    limited = place.poll(source, settings, own=True)
    assert [m.key for m in limited.mentions] == [ROOT]
    place._serve = serve
    assert [m.author for m in place.poll(source, settings, bookmark=limited.bookmark, own=True).mentions] == [
        "Anna Nowak"
    ]


@pytest.mark.parametrize(("code", "asked_again"), [("net.timeout", True), ("net.too_large", False)])
def test_a_thread_that_never_comes_takes_nothing_else_away(code: str, asked_again: bool) -> None:
    settings = {"what": "account", "name": "sklep.test"}
    place, source = _account(1), BlueskySource()
    serve = place._serve
    place._serve = lambda r: Problem(code) if "getPostThread" in r.url else serve(r)
    reading = place.poll(source, settings, own=True)
    assert ([m.key for m in reading.mentions], reading.problem) == ([ROOT], Problem(code))
    place.poll(source, settings, own=True, bookmark=reading.bookmark)
    assert any("getPostThread" in url for url in place.urls) is asked_again


def test_a_recorded_author_feed_and_an_unknown_account() -> None:
    settings = {"what": "account", "name": "anna.test"}
    feed = Place(lambda _: sample("bluesky/getAuthorFeed.anna.json")).poll(BlueskySource(), settings, first=True)
    assert [m.text for m in feed.mentions] == [
        "@sklep.test kiedy wysyłka? #kawaraj",
        "KawaRaj spóźnił się z dostawą, jestem zła 😠",
    ]
    gone = Place(lambda _: answer({"error": "InvalidRequest", "message": "Profile not found"}, 400)).poll(
        BlueskySource(), settings
    )
    assert gone.problem
    assert gone.problem.code == "sources.no_account"


def test_settings() -> None:
    source = BlueskySource()
    assert (
        source.check(SEARCH)
        is source.check(MENTIONS)
        is source.check({"what": "account", "name": "@kawaraj.bsky.social"})
        is None
    )
    codes = [
        source.check(bad)
        for bad in (
            {"what": "account", "name": "kawa raj"},
            {"name": "", "user": "a.test"},
            {"name": "x", "user": ""},
            {**SEARCH, "server": "a b"},
        )
    ]
    assert [p and p.code for p in codes] == [
        "sources.bad_account",
        "sources.no_words",
        "sources.no_handle",
        "sources.space_in_address",
    ]
    for settings in (SEARCH, MENTIONS):
        assert source.tidy(source.tidy(settings)) == source.tidy(settings)
    assert source.place({"what": "account", "name": "a.test"}) == "public.api.bsky.app/account/a.test"
    assert source.place(SEARCH) == "localhost:2583/search/kawaraj"
    assert source.place({**MENTIONS, "user": "sklep.test"}) == source.place(MENTIONS)
