"""A Facebook page: posts, comments and recommendations to mentions, long lists read on, answers. By its documentation."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, Place, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.catalog.facebook_page import SOURCE

SETTINGS = {"page": "https://www.facebook.com/kawaraj/"}
KEY = {"token": "Tajny-token"}
EMPTY = {"data": []}


def _serve(request: Request) -> object:
    path = urlsplit(request.url).path
    return sample("meta/feed.json") if path.endswith("/feed") else (
        sample("meta/ratings.json") if path.endswith("/ratings") else EMPTY
    )  # fmt: skip


def test_posts_comments_and_recommendations_become_mentions() -> None:
    place = Place(_serve)
    reading = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    found = {mention.key: mention for mention in reading.mentions}
    assert found["51_701"] == Mention(
        source="facebook_page",
        key="51_701",
        url="https://www.facebook.com/1001/posts/51?comment_id=701",
        text="Kawa zimna, obsługa niemiła. Więcej nie przyjdę!",
        author="Anna Kowalska",
        handle="https://www.facebook.com/2002",
        site="facebook.com",
        published=1795249800.0,
        parent="1001_51",
        thread="1001_51",
    )
    assert (found["51_702"].parent, found["51_702"].author) == ("51_701", "Kawa Raj")
    assert found["1001_52"].author == ""
    assert (found["900"].stars, found["900"].text, found["901"].stars) == (1.0, "Czekałem godzinę na kawę.", 5.0)
    assert [urlsplit(url).path for url in place.urls] == [
        "/v26.0/kawaraj/feed",
        "/v26.0/kawaraj/tagged",
        "/v26.0/kawaraj/ratings",
    ]
    assert all("Tajny" not in request.url for request in place.requests)
    again = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=reading.bookmark)
    assert (again.mentions, again.bookmark) == ((), reading.bookmark)


def _busy(comments: int) -> object:
    """Return a page with one post that has so many comments, the newest first, twenty-five and then a hundred at a time."""

    def rows(start: int, size: int) -> dict[str, object]:
        numbers = range(start, max(0, start - size), -1)
        data = [
            {"id": f"7_{n}", "message": f"nr {n}", "created_time": f"2026-11-20T{n // 60:02}:{n % 60:02}:00+0000"}
            for n in numbers
        ]
        more = start - size > 0
        return {"data": data, "paging": {"cursors": {"after": str(start - size)}, **({"next": "x"} if more else {})}}

    def serve(request: Request) -> object:
        parts = urlsplit(request.url)
        if parts.path.endswith("/feed"):
            return {"data": [{"id": "1_7", "message": "post", "comments": rows(comments, 25)}]}
        if parts.path.endswith("/comments"):
            return rows(int(parse_qs(parts.query)["after"][0]), 100)
        return EMPTY

    return serve


def test_many_new_comments_below_one_post_are_read_back_to_the_known_ones() -> None:
    first = Place(_busy(20)).poll(SOURCE, SETTINGS, secrets=KEY, first=True)  # type: ignore[arg-type]
    place = Place(_busy(300))  # type: ignore[arg-type]
    later = place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=first.bookmark)
    assert {m.text for m in later.mentions if m.text.startswith("nr")} == {f"nr {n}" for n in range(21, 301)}
    assert len(place.requests) == 3 + 3
    assert Place(_busy(300)).poll(SOURCE, SETTINGS, secrets=KEY, bookmark=later.bookmark).mentions == ()  # type: ignore[arg-type]


def test_what_is_too_much_for_one_poll_is_read_by_the_next() -> None:
    first = Place(_busy(1)).poll(SOURCE, SETTINGS, secrets=KEY, first=True)  # type: ignore[arg-type]
    one = Place(_busy(900)).poll(SOURCE, SETTINGS, secrets=KEY, bookmark=first.bookmark)  # type: ignore[arg-type]
    assert "left" in one.bookmark
    two = Place(_busy(900)).poll(SOURCE, SETTINGS, secrets=KEY, bookmark=one.bookmark)  # type: ignore[arg-type]
    heard = {m.text for m in (*one.mentions, *two.mentions)}
    assert {f"nr {n}" for n in range(2, 901)} <= heard
    assert "left" not in two.bookmark


def test_what_never_comes_takes_away_nothing_that_came() -> None:
    first = Place(_busy(20)).poll(SOURCE, SETTINGS, secrets=KEY, first=True)  # type: ignore[arg-type]
    late, serve = Problem("net.timeout"), _busy(300)
    for part in ("/tagged", "after="):
        broken = Place(lambda r, part=part: late if part in r.url else serve(r))  # type: ignore[misc, operator]
        reading = broken.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=first.bookmark)
        assert (reading.problem, bool(reading.mentions)) == (late, True)
        rest = Place(_busy(300)).poll(SOURCE, SETTINGS, secrets=KEY, bookmark=reading.bookmark)  # type: ignore[arg-type]
        heard = {m.text for m in (*reading.mentions, *rest.mentions)}
        assert {f"nr {n}" for n in range(21, 301)} <= heard


def _error(code: int, subcode: int = 0, status: int = 400) -> Response:
    return answer({"error": {"message": "x", "code": code, "error_subcode": subcode}}, status)


@pytest.mark.parametrize(
    ("said", "code", "again"),
    [
        (_error(190, 463, 401), "sources.meta_token_ended", None),
        (_error(10, 0, 403), "sources.meta_no_right", None),
        (_error(100, 33), "sources.meta_unknown", None),
        (_error(32), "net.rate_limited", NOW + 1800),
        (_error(4, 0, 403), "net.rate_limited", NOW + 1800),
        (_error(2, 0, 500), "watch.server_error", None),
        (answer({"data": 7}), "sources.broken_answer", None),
        (answer(b"<html>"), "sources.broken_answer", None),
    ],
)
def test_refusals_say_what_to_do(said: Response, code: str, again: float | None) -> None:
    reading = Place(lambda _: said).poll(SOURCE, SETTINGS, secrets=KEY)
    assert reading.problem
    assert (reading.problem.code, reading.problem.retry_at) == (code, again)


def test_a_page_without_recommendations_is_heard_all_the_same() -> None:
    place = Place(lambda r: _error(283) if "/ratings" in r.url or "/tagged" in r.url else _serve(r))
    assert len(place.poll(SOURCE, SETTINGS, secrets=KEY, first=True).mentions) == 4


def test_the_place_is_left_alone_when_the_hour_is_used_up() -> None:
    def serve(request: Request) -> Response:
        usage = json.dumps({"1001": [{"call_count": 99, "estimated_time_to_regain_access": 12}]})
        return Response("", 200, {"x-business-use-case-usage": usage}, json.dumps(EMPTY).encode())

    assert Place(serve).poll(SOURCE, SETTINGS, secrets=KEY).wait == 720.0


def _mention(key: str) -> Mention:
    return next(m for m in Place(_serve).poll(SOURCE, SETTINGS, secrets=KEY, first=True).mentions if m.key == key)


@pytest.mark.parametrize(
    ("key", "above"), [("51_701", "51_701"), ("51_702", "51_701"), ("1001_52", "1001_52"), ("900", "900")]
)
def test_an_answer_is_a_comment_below(key: str, above: str) -> None:
    assert isinstance(SOURCE, Answering)
    sent, asked = carried_out(SOURCE.answer(reply_to(_mention(key), SETTINGS, KEY)), lambda _: {"id": "51_800"})
    assert (sent.where, sent.problem) == ("51_800", None)
    assert (asked[0].method, urlsplit(asked[0].url).path) == ("POST", f"/v26.0/{above}/comments")
    assert parse_qs((asked[0].body or b"").decode()) == {"message": [TEXT]}


def test_an_answer_to_a_deleted_comment_is_told_and_a_look_says_it_is_gone() -> None:
    reply = reply_to(_mention("51_701"), SETTINGS, KEY)
    sent, _ = carried_out(SOURCE.answer(reply), lambda _: _error(100, 33))
    assert sent.problem
    assert sent.problem.code == "sources.answered_post_gone"
    assert isinstance(SOURCE, Seeing)
    seen, _ = carried_out(SOURCE.look(reply), lambda _: _error(100, 33))
    assert seen.gone


def test_our_answer_is_seen_below_the_comment() -> None:
    row = {
        "id": "51_800",
        "message": TEXT,
        "from": {"id": "1001", "name": "Kawa Raj"},
        "created_time": "2026-11-21T23:50:00+0000",
    }
    reply = reply_to(_mention("51_701"), SETTINGS, KEY)
    seen, _ = carried_out(SOURCE.look(reply), lambda _: {"data": [row]})
    assert (seen.stands, seen.where) == (True, "51_800")
    other, _ = carried_out(SOURCE.look(reply), lambda _: {"data": [{**row, "message": "Kiedy otwieracie?"}]})
    assert not other.stands
