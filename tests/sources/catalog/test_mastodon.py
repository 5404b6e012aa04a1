"""Mastodon: recorded statuses to mentions, and lists read forward without holes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.core.ports.source import Reading
from app.core.problems import Problem
from app.sources.catalog.mastodon import SOURCE

SERVER = "http://localhost:8086"
TAG = {"what": "hashtag", "server": SERVER, "name": "#kawaraj"}
TOKEN = {"token": "s3cret-token"}


def test_a_recorded_hashtag() -> None:
    place = Place(lambda _: sample("mastodon/tag-timeline.json"))
    reading = place.poll(SOURCE, TAG, first=True)
    anna, shop = reading.mentions
    assert anna == Mention(
        source="mastodon",
        key="http://localhost:8086/users/anna/statuses/01M7ZP5D0F7BFT1B9RGPRTQY72",
        url="http://localhost:8086/@anna/statuses/01M7ZP5D0F7BFT1B9RGPRTQY72",
        text="Polecam <KawaRaj> & spółka, ale dostawa... #kawaraj",
        author="anna",
        handle="@anna@localhost",
        site="localhost",
        published=1795286021.0,
        language="pl",
    )
    assert shop.handle == "@sklep@localhost"
    assert (reading.title, place.urls) == ("#kawaraj", [f"{SERVER}/api/v1/timelines/tag/kawaraj?limit=40"])
    assert place.requests[0].secret_headers == {}


def test_recorded_mentions_name_what_they_answer() -> None:
    place = Place(lambda _: sample("mastodon/notifications.mention.json"))
    (anna,) = place.poll(SOURCE, {"what": "mentions", "server": SERVER}, secrets=TOKEN, first=True).mentions
    assert anna.text == "@sklep zamówienie z #kawaraj nie doszło 😠"
    assert anna.parent == anna.thread == "localhost:8086 01M7ZP5CVY8Y54NKTN70TQWQFH"
    assert place.requests[0].secret_headers == {"Authorization": "Bearer s3cret-token"}
    assert place.urls == [f"{SERVER}/api/v1/notifications?limit=40&types%5B%5D=mention"]


def test_a_recorded_search() -> None:
    place = Place(lambda _: sample("mastodon/search-v2.json"))
    reading = place.poll(SOURCE, {"what": "search", "server": SERVER, "name": "KawaRaj"}, secrets=TOKEN, first=True)
    assert len(reading.mentions) == 3
    assert "q=KawaRaj&type=statuses&resolve=false" in place.urls[0]


class _Server:
    """Statuses with growing ids, in pages of forty, with the meaning of `min_id` that was seen on a running server."""

    def __init__(self, count: int = 0) -> None:
        self.ids = list(range(1, count + 1))
        self.texts: dict[int, str] = {}

    def add(self, count: int) -> None:
        last = self.ids[-1] if self.ids else 0
        self.ids += range(last + 1, last + count + 1)

    def status(self, number: int) -> dict[str, object]:
        at = datetime.fromtimestamp(NOW - 500_000 + number, UTC).isoformat()
        return {
            "id": str(100_000 + number),
            "uri": f"https://m.example/users/a/statuses/{number}",
            "url": f"https://m.example/@a/{number}",
            "created_at": at,
            "content": f"<p>{self.texts.get(number, f'post {number}')}</p>",
            "account": {"acct": "a@other.example", "display_name": "A :kawa:", "emojis": [{"shortcode": "kawa"}]},
        }

    def __call__(self, request: Request) -> object:
        asked = parse_qs(urlsplit(request.url).query)
        after = int(asked.get("min_id", ["0"])[0])
        newer = [number for number in self.ids if 100_000 + number > after]
        page = newer[:40] if after else newer[-40:]
        return [self.status(number) for number in reversed(page)]


def _numbers(reading: Reading) -> list[int]:
    return [int(mention.key.rpartition("/")[2]) for mention in reading.mentions]


def test_a_quiet_poll_is_one_request_and_tells_nothing_twice() -> None:
    server = _Server(100)
    place = Place(server)
    first = place.poll(SOURCE, TAG, first=True)
    assert (len(first.mentions), len(place.requests)) == (40, 1)
    assert first.mentions[0].author == "A"
    quiet = place.poll(SOURCE, TAG, bookmark=first.bookmark)
    assert (quiet.mentions, len(place.requests), dict(quiet.bookmark)) == ((), 1, dict(first.bookmark))
    server.add(3)
    reading = place.poll(SOURCE, TAG, bookmark=quiet.bookmark)
    assert (_numbers(reading), len(place.requests)) == ([103, 102, 101], 1)


def test_after_an_absence_there_is_no_hole() -> None:
    server = _Server(10)
    place = Place(server)
    bookmark = place.poll(SOURCE, TAG, first=True).bookmark
    server.add(170)
    reading = place.poll(SOURCE, TAG, bookmark=bookmark)
    assert sorted(_numbers(reading)) == list(range(11, 181))
    assert "min_id=100010" in place.urls[1]
    assert len(place.requests) == 5


def test_a_long_absence_is_caught_up_over_several_polls() -> None:
    server = _Server(10)
    place = Place(server)
    bookmark = place.poll(SOURCE, TAG, first=True).bookmark
    server.add(900)
    heard: list[int] = []
    for _ in range(4):
        reading = place.poll(SOURCE, TAG, bookmark=bookmark)
        bookmark = reading.bookmark
        heard += _numbers(reading)
        assert len(place.requests) <= 10
    assert set(heard) == set(range(11, 911))
    assert place.poll(SOURCE, TAG, bookmark=bookmark).mentions == ()
    assert len(place.requests) == 1


def test_a_limit_while_catching_up_keeps_what_was_read() -> None:
    server = _Server(10)
    bookmark = Place(server).poll(SOURCE, TAG, first=True).bookmark
    server.add(100)
    limited = Place(
        lambda r: answer({"error": "rate limit reached"}, 429, wait=240.0) if "min_id" in r.url else server(r)
    )
    reading = limited.poll(SOURCE, TAG, bookmark=bookmark)
    assert (len(reading.mentions), reading.wait) == (40, 240.0)
    rest = Place(server).poll(SOURCE, TAG, bookmark=reading.bookmark)
    assert set(_numbers(reading)) | set(_numbers(rest)) == set(range(11, 111))


def test_edited_and_late_posts_are_told() -> None:
    server = _Server(30)
    server.ids.remove(20)
    bookmark = Place(server).poll(SOURCE, TAG, first=True).bookmark
    server.ids.insert(19, 20)
    server.texts[25] = "post 25, mended"
    reading = Place(server).poll(SOURCE, TAG, bookmark=bookmark)
    assert [mention.text for mention in reading.mentions] == ["post 25, mended", "post 20"]


def test_an_empty_hashtag_that_fills_up() -> None:
    server = _Server()
    bookmark = Place(server).poll(SOURCE, TAG, first=True).bookmark
    server.add(90)
    reading = Place(server).poll(SOURCE, TAG, bookmark=bookmark)
    assert sorted(_numbers(reading)) == list(range(1, 91)) or len(reading.mentions) >= 40


def test_ids_may_be_letters() -> None:
    rows = json.loads(sample("mastodon/tag-timeline.json"))
    bookmark = Place(lambda _: rows[1:]).poll(SOURCE, TAG, first=True).bookmark
    assert bookmark["last"] == "01M7ZP5CWRRDC0MZAE8KP2TXGE"
    assert [m.author for m in Place(lambda _: rows).poll(SOURCE, TAG, bookmark=bookmark).mentions] == ["anna"]


def _account(replies: int) -> Place:
    status = json.loads(sample("mastodon/tag-timeline.json"))[1] | {"replies_count": replies}

    def serve(request: Request) -> object:
        if "/lookup" in request.url:
            return sample("mastodon/lookup.json")
        return sample("mastodon/context.json") if "/context" in request.url else [status]

    return Place(serve)


def test_answers_under_posts_of_the_shops_own_account_are_heard() -> None:
    settings = {"what": "account", "server": SERVER, "name": "@sklep"}
    place = _account(0)
    first = place.poll(SOURCE, settings, first=True, own=True)
    assert [urlsplit(url).path for url in place.urls] == [
        "/api/v1/accounts/lookup",
        "/api/v1/accounts/01H706GXHCCHEYE756XASW2895/statuses",
    ]
    place = _account(1)
    reading = place.poll(SOURCE, settings, bookmark=first.bookmark, own=True)
    assert [mention.handle for mention in reading.mentions] == ["@anna@localhost"]
    assert reading.mentions[0].thread == first.mentions[0].key
    assert len(place.requests) == 2
    assert place.poll(SOURCE, settings, bookmark=reading.bookmark, own=True).mentions == ()
    assert len(place.requests) == 1
    assert _account(1).poll(SOURCE, settings, bookmark=first.bookmark).mentions == ()


def test_threads_that_could_not_be_read_are_read_the_next_time() -> None:
    settings = {"what": "account", "server": SERVER, "name": "sklep"}
    bookmark = _account(0).poll(SOURCE, settings, first=True, own=True).bookmark
    place = _account(1)
    serve = place._serve
    place._serve = lambda r: answer(b"", 429, wait=60.0) if "/context" in r.url else serve(r)
    limited = place.poll(SOURCE, settings, bookmark=bookmark, own=True)
    assert (limited.mentions, limited.wait) == ((), 60.0)
    place._serve = serve
    assert len(place.poll(SOURCE, settings, bookmark=limited.bookmark, own=True).mentions) == 1


@pytest.mark.parametrize(("code", "asked_again"), [("net.timeout", True), ("net.too_large", False)])
def test_a_thread_that_never_comes_takes_nothing_else_away(code: str, asked_again: bool) -> None:
    settings = {"what": "account", "server": SERVER, "name": "sklep"}
    place = _account(1)
    serve = place._serve
    place._serve = lambda r: Problem(code) if "/context" in r.url else serve(r)
    reading = place.poll(SOURCE, settings, own=True, bookmark={"account": "7"})
    assert (len(reading.mentions), reading.problem) == (1, Problem(code))
    place.poll(SOURCE, settings, own=True, bookmark=reading.bookmark)
    assert any("/context" in url for url in place.urls) is asked_again


def test_a_page_that_never_comes_while_catching_up_is_asked_for_by_the_next_poll() -> None:
    server = _Server(10)
    place = Place(server)
    bookmark = place.poll(SOURCE, TAG, first=True).bookmark
    server.add(100)
    place._serve = lambda r: Problem("net.timeout") if "min_id" in r.url else server(r)
    late = place.poll(SOURCE, TAG, bookmark=bookmark)
    assert (_numbers(late), late.problem) == (list(range(110, 70, -1)), Problem("net.timeout"))
    place._serve = server
    assert set(_numbers(place.poll(SOURCE, TAG, bookmark=late.bookmark))) == set(range(11, 71))


@pytest.mark.parametrize(
    ("status", "body", "secrets", "code"),
    [
        (401, {"error": "The access token is invalid"}, TOKEN, "sources.token_refused"),
        (403, {"error": "This action is outside the authorized scopes"}, TOKEN, "sources.token_scope"),
        (401, {"error": "Unauthorized: token not supplied"}, {}, "sources.needs_token"),
        (422, {"error": "This method requires an authenticated user"}, {}, "sources.needs_token"),
        (404, b"", TOKEN, "watch.not_found"),
        (401, b"<html>", {}, "sources.needs_token"),
    ],
)
def test_refusals_say_what_to_do(status: int, body: object, secrets: dict[str, str], code: str) -> None:
    reading = Place(lambda _: answer(body, status)).poll(SOURCE, TAG, secrets=secrets, bookmark={"last": "5"})
    assert reading.problem
    assert (reading.problem.code, dict(reading.bookmark)) == (code, {"last": "5"})
    assert "s3cret" not in repr(reading)


def test_without_a_token_mentions_and_searches_are_not_asked_for() -> None:
    place = Place(lambda _: [])
    for what in ("mentions", "search"):
        reading = place.poll(SOURCE, {"what": what, "server": SERVER, "name": "x"})
        assert reading.problem
        assert reading.problem.code == "sources.needs_token"
    assert place.requests == []


def test_an_unknown_account_says_so() -> None:
    settings = {"what": "account", "server": SERVER, "name": "nobody"}
    reading = Place(lambda _: answer({"error": "Record not found"}, 404)).poll(SOURCE, settings)
    assert reading.problem
    assert reading.problem.code == "sources.no_account"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"server": "", "name": "x"}, "sources.no_server"),
        ({"server": "mastodon.social", "name": ""}, "sources.bad_hashtags"),
        ({"server": "mastodon.social", "name": "a b c d e f"}, "sources.bad_hashtags"),
        ({"server": "mastodon.social", "name": "a-b"}, "sources.bad_hashtags"),
        ({"server": "mastodon.social", "name": "", "what": "account"}, "sources.bad_account"),
        ({"server": "mastodon.social", "name": "", "what": "search"}, "sources.no_words"),
        ({"server": "http://mastodon.social", "name": "a"}, "sources.plain_server"),
        ({"server": "ftp://mastodon.social", "name": "a"}, "sources.not_web_address"),
        ({"server": "https://me:pw@mastodon.social", "name": "a"}, "sources.password_in_address"),
    ],
)
def test_settings_are_checked(settings: dict[str, str], code: str) -> None:
    problem = SOURCE.check(settings)
    assert problem
    assert problem.code == code


def test_settings_are_tidied() -> None:
    tags = {"server": "https://Mastodon.social/@kawaraj", "name": "#KawaRaj, kawa_raj #żur"}
    assert SOURCE.check(tags) is None
    assert SOURCE.tidy(tags) == {
        "what": "hashtag",
        "server": "https://mastodon.social",
        "name": "KawaRaj, kawa_raj, żur",
    }
    assert SOURCE.check({**tags, "server": "http://192.168.1.4:3000"}) is None
    account = {"what": "account", "server": "mastodon.social", "name": "https://mastodon.social/@kawaraj"}
    assert SOURCE.tidy(account)["name"] == "kawaraj"
    assert SOURCE.place(account) == "mastodon.social/account/kawaraj"
    place = Place(lambda _: [])
    place.poll(SOURCE, tags)
    assert place.urls == [
        "https://mastodon.social/api/v1/timelines/tag/KawaRaj?limit=40&any%5B%5D=kawa_raj&any%5B%5D=%C5%BCur"
    ]
