"""VK: finds, a wall and its comments to mentions; errors that come with status 200; replies and looks for them."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from sources.answering import reply_to, went
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request
from app.core.problems import Problem
from app.sources.catalog.vk import SOURCE

SECRETS = {"token": "vk1.tajny", "group_token": "vk1.grupy"}
SEARCH = {"what": "search", "name": "«Kawa Raj»"}
WALL = {"what": "community", "name": "https://vk.com/kawaraj"}
COMMENT = Mention(
    source="vk",
    key="wall-222333_77?reply=101",
    url="https://vk.com/wall-222333_77?reply=101",
    text="Доставка опоздала на неделю",
    author="Анна К.",
    handle="@anna_k",
    site="vk.com",
    published=1795210000.0,
    parent="wall-222333_77",
    thread="wall-222333_77",
)


def asked_of(request: Request) -> dict[str, str]:
    """Return what a call asks for."""
    return {name: values[0] for name, values in parse_qs((request.body or b"").decode()).items()}


def error(code: int) -> dict[str, object]:
    params = [{"key": "oauth", "value": "1"}, {"key": "q", "value": "tajny?"}]
    return {"error": {"error_code": code, "error_msg": "x", "request_params": params}}


def wall(posts: dict[int, int], *, at: float = NOW - 3_600) -> dict[str, object]:
    """Return a wall of posts with so many comments each, the newest first."""
    rows = [
        {
            "id": number,
            "owner_id": -222333,
            "from_id": -222333,
            "date": int(at),
            "text": f"p{number}",
            "comments": {"count": count},
        }
        for number, count in posts.items()
    ]
    return {"response": {"count": len(rows), "items": rows}}


def comments(*numbers: int, thread: int = 0) -> dict[str, object]:
    rows = [
        {
            "id": n,
            "from_id": 5,
            "date": int(NOW) - 600,
            "text": f"komentarz {n}",
            "thread": {"count": thread, "items": []},
        }
        for n in numbers
    ]
    return {"response": {"count": len(rows), "items": rows}}


def test_finds_become_mentions() -> None:
    place = Place(lambda _: sample("vk/newsfeed.search.json"))
    reading = place.poll(SOURCE, SEARCH, secrets=SECRETS, first=True)
    assert reading.mentions[0] == Mention(
        source="vk",
        key="wall5551001_9001",
        url="https://vk.com/wall5551001_9001",
        text="Заказала в Kawa Raj, кофе пришёл горелый :(\nБольше не буду.",
        author="Анна К.",
        handle="@anna_k",
        site="vk.com",
        published=1795290600.0,
    )
    comment = reading.mentions[1]
    assert (comment.key, comment.handle) == ("wall-444555_8800?reply=9002", "@id5551002")
    assert (comment.parent, comment.text) == ("wall-444555_8800", "А Kawa Raj & Co. вообще отвечают?")
    assert len(reading.mentions) == 2
    request = place.requests[0]
    said = asked_of(request)
    assert (request.url, request.method) == ("https://api.vk.com/method/newsfeed.search", "POST")
    assert (said["q"], said["v"], said["extended"], said["access_token"]) == ('"Kawa Raj"', "5.199", "1", "vk1.tajny")
    assert int(said["start_time"]) == int(NOW - 7 * 86_400)
    assert "tajny" not in repr(request)


def test_a_search_goes_back_to_what_was_read_and_no_further() -> None:
    first = Place(lambda _: sample("vk/newsfeed.search.json")).poll(SOURCE, SEARCH, secrets=SECRETS, first=True)

    def serve(request: Request) -> object:
        page = int(asked_of(request).get("start_from", "0"))
        rows = [
            {"id": 100 + page * 10 + n, "owner_id": 1, "from_id": 1, "date": int(NOW) - page * 5_000 - n, "text": "x"}
            for n in range(3)
        ]
        return {"response": {"items": rows, "next_from": str(page + 1)}}

    place = Place(serve)
    reading = place.poll(SOURCE, SEARCH, secrets=SECRETS, bookmark=first.bookmark)
    assert len(place.requests) == 3  # back to 1795290600, which is 9,400 seconds ago
    assert len(reading.mentions) == 9
    assert int(asked_of(place.requests[0])["start_time"]) == 1795290600 - 86_400
    again = place.poll(SOURCE, SEARCH, secrets=SECRETS, bookmark=reading.bookmark)
    assert (len(place.requests), again.mentions) == (1, ())


def test_a_wall_brings_its_posts_comments_answers_and_what_is_gone() -> None:
    place = Place(
        lambda r: sample("vk/wall.get.json" if r.url.rpartition("/")[2] == "wall.get" else "vk/wall.getComments.json")
    )
    reading = place.poll(SOURCE, WALL, secrets=SECRETS)
    told = {mention.key: mention for mention in reading.mentions}
    assert told[COMMENT.key] == COMMENT
    reply = told["wall-222333_77?reply=104"]
    assert (reply.author, reply.handle, reply.text) == ("Kawa Raj", "@kawaraj", "Анна, простите, уже ищем посылку")
    assert (reply.parent, reply.thread) == (COMMENT.key, COMMENT.key)
    assert set(told) == {COMMENT.key, reply.key, "wall-222333_70", "wall-222333_77"}
    assert reading.gone == ("wall-222333_77?reply=103",)
    assert asked_of(place.requests[0])["domain"] == "kawaraj"
    assert asked_of(place.requests[1])["post_id"] == "77"
    again = place.poll(SOURCE, WALL, secrets=SECRETS, bookmark=reading.bookmark)
    assert (again.mentions, again.problem) == ((), None)


def test_comments_are_read_where_their_number_changed_and_one_post_in_turn() -> None:
    posts = {9: 1, 8: 1, 7: 0}

    def serve(request: Request) -> object:
        said = asked_of(request)
        return (
            wall(posts)
            if request.url.endswith("wall.get")
            else comments(int(said["post_id"]) * 10 + posts[int(said["post_id"])])
        )

    place = Place(serve)
    bookmark = place.poll(SOURCE, WALL, secrets=SECRETS).bookmark
    read = []
    for _ in range(2):
        bookmark = place.poll(SOURCE, WALL, secrets=SECRETS, bookmark=bookmark).bookmark
        read += [asked_of(request)["post_id"] for request in place.requests[1:]]
    assert read == ["9", "8"]
    posts[8] = 2
    reading = place.poll(SOURCE, WALL, secrets=SECRETS, bookmark=bookmark)
    assert [asked_of(request)["post_id"] for request in place.requests[1:]] == ["8", "9"]
    assert [mention.key for mention in reading.mentions] == ["wall-222333_8?reply=82"]


def test_a_post_with_very_many_comments_is_read_to_its_end_by_several_polls() -> None:
    total = 900

    def serve(request: Request) -> object:
        said = asked_of(request)
        if request.url.endswith("wall.get"):
            return wall({5: total})
        offset = int(said.get("offset", "0"))
        return comments(*range(total - offset, max(0, total - offset - 100), -1))

    place = Place(serve)
    heard: set[str] = set()
    bookmark: dict[str, str] = {"told": "", "since": str(NOW - 7_200)}
    for _ in range(3):
        reading = place.poll(SOURCE, WALL, secrets=SECRETS, bookmark=bookmark)
        heard |= {mention.key for mention in reading.mentions}
        bookmark = dict(reading.bookmark)
        assert len(place.requests) <= 7
    assert len(heard) == total + 1
    assert "left" not in bookmark


def test_a_long_thread_is_asked_for_by_itself() -> None:
    def serve(request: Request) -> object:
        said = asked_of(request)
        if request.url.endswith("wall.get"):
            return wall({5: 13})
        if said.get("comment_id") == "1":
            return comments(*range(20, 32))
        return comments(1, thread=12)

    place = Place(serve)
    reading = place.poll(SOURCE, WALL, secrets=SECRETS)
    assert len(reading.mentions) == 14
    inner = next(mention for mention in reading.mentions if mention.key.endswith("=20"))
    assert inner.thread == "wall-222333_5?reply=1"
    place.poll(SOURCE, WALL, secrets=SECRETS, bookmark=reading.bookmark)
    assert not any("comment_id" in asked_of(request) for request in place.requests)


def test_a_first_poll_leaves_old_comments_alone_and_takes_a_hundred() -> None:
    old = Place(lambda r: wall({5: 3}, at=NOW - 9 * 86_400) if r.url.endswith("wall.get") else comments(1, 2, 3))
    first = old.poll(SOURCE, WALL, secrets=SECRETS, first=True)
    assert (len(old.requests), len(first.mentions)) == (1, 1)
    many = Place(lambda r: wall({5: 100}) if r.url.endswith("wall.get") else comments(*range(1, 101)))
    assert len(many.poll(SOURCE, WALL, secrets=SECRETS, first=True).mentions) == 100


@pytest.mark.parametrize(
    ("code", "problem", "wait"),
    [
        (5, "sources.vk_token_refused", None),
        (6, "net.rate_limited", 60),
        (9, "net.rate_limited", 3600),
        (29, "net.rate_limited", 3600),
        (14, "sources.vk_captcha", 3600),
        (17, "sources.vk_captcha", 3600),
        (15, "sources.vk_no_access", None),
        (203, "sources.vk_no_access", None),
        (28, "sources.vk_token_kind", None),
        (100, "sources.vk_unknown", None),
        (10, "watch.server_error", None),
        (4711, "sources.broken_answer", None),
    ],
)
def test_errors_come_with_status_200(code: int, problem: str, wait: int | None) -> None:
    reading = Place(lambda _: error(code)).poll(SOURCE, WALL, secrets=SECRETS, bookmark={"told": "x"})
    assert reading.problem
    assert reading.problem.code == problem
    assert reading.problem.retry_at == (NOW + wait if wait else None)
    assert reading.bookmark == {"told": "x"}
    assert "tajny" not in repr(reading.problem)


def test_trouble_with_comments_waits_or_is_told_and_loses_nothing() -> None:
    def place(code: int) -> Place:
        return Place(lambda r: wall({5: 2}) if r.url.endswith("wall.get") else error(code))

    slow = place(6).poll(SOURCE, WALL, secrets=SECRETS)
    assert (slow.problem, slow.wait, "counts" in slow.bookmark) == (None, 60.0, False)
    denied = place(5).poll(SOURCE, WALL, secrets=SECRETS)
    assert denied.problem
    assert denied.problem.code == "sources.vk_token_refused"
    closed = place(212).poll(SOURCE, WALL, secrets=SECRETS)
    assert (closed.problem, closed.bookmark["counts"]) == (None, "5:2")


def test_comments_that_never_come_take_no_posts_away() -> None:
    late = Problem("net.timeout")
    reading = Place(lambda r: wall({5: 2}) if r.url.endswith("wall.get") else late).poll(SOURCE, WALL, secrets=SECRETS)
    assert (len(reading.mentions), reading.bookmark, reading.problem) == (1, {}, late)


def test_a_reply_is_the_communitys_comment_with_its_own_guid() -> None:
    asked, sent = went(
        SOURCE.answer(reply_to(COMMENT, SECRETS, WALL)), lambda _: answer({"response": {"comment_id": 110}})
    )
    said = asked_of(asked[0])
    assert (asked[0].url, said["guid"], said["access_token"]) == (
        "https://api.vk.com/method/wall.createComment",
        "reply-1",
        "vk1.grupy",
    )
    assert (said["owner_id"], said["post_id"], said["reply_to_comment"], said["from_group"]) == (
        "-222333",
        "77",
        "101",
        "222333",
    )
    assert (sent.where, sent.problem) == ("wall-222333_77?reply=110", None)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (5, "sources.vk_group_token_refused"),
        (27, "sources.vk_group_token_refused"),
        (213, "sources.vk_may_not_comment"),
        (100, "sources.answered_post_gone"),
        (9, "net.rate_limited"),
        (14, "sources.vk_captcha"),
    ],
)
def test_a_reply_that_is_not_taken_says_why(code: int, problem: str) -> None:
    _, sent = went(SOURCE.answer(reply_to(COMMENT, SECRETS, WALL)), lambda _: answer(error(code)))
    assert sent.problem.code == problem
    assert "grupy" not in repr(sent)


def test_what_cannot_be_answered_is_known_before() -> None:
    watch = reply_to(COMMENT, {}, WALL).watch
    assert isinstance(SOURCE, Answering)
    assert isinstance(SOURCE, Seeing)
    assert SOURCE.why_no_answer(watch, COMMENT, SECRETS) is None
    missing = SOURCE.why_no_answer(watch, COMMENT, {"token": "x"})
    elsewhere = SOURCE.why_no_answer(reply_to(COMMENT, {}, SEARCH).watch, COMMENT, SECRETS)
    assert missing
    assert elsewhere
    assert (missing.code, elsewhere.code) == ("sources.vk_no_group_token", "sources.answer_not_here")


def test_our_reply_is_seen_by_its_place_or_its_text() -> None:
    text = "Анна, простите, уже ищем посылку"
    found = {
        "response": {
            "items": [{"id": 110, "from_id": -222333, "date": int(NOW) - 60, "text": f"[id5551001|Анна], {text[6:]}"}]
        }
    }
    asked, seen = went(SOURCE.look(reply_to(COMMENT, SECRETS, WALL, text=text)), lambda _: answer(found))
    assert (seen.stands, seen.where, seen.at) == (True, "wall-222333_77?reply=110", NOW - 60)
    assert asked_of(asked[0])["comment_id"] == "101"
    _, unseen = went(SOURCE.look(reply_to(COMMENT, SECRETS, WALL)), lambda _: answer(found))
    assert (unseen.stands, unseen.problem) == (False, None)
    _, refused = went(SOURCE.look(reply_to(COMMENT, SECRETS, WALL)), lambda _: answer(error(5)))
    assert refused.problem.code == "sources.vk_token_refused"


@pytest.mark.parametrize(
    ("typed", "name", "good"),
    [
        ("vk.com/kawaraj", "kawaraj", True),
        ("https://m.vk.com/club222333?w=wall", "club222333", True),
        ("@kawaraj", "kawaraj", True),
        ("-222333", "-222333", True),
        ("Kawa Raj", "Kawa Raj", False),
        ("", "", False),
    ],
)
def test_a_community_is_read_from_what_owners_type(typed: str, name: str, good: bool) -> None:
    settings = {"what": "community", "name": typed}
    assert SOURCE.tidy(settings)["name"] == name
    assert (SOURCE.check(settings) is None) is good
