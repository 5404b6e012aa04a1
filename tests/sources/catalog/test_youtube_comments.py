"""YouTube comments: threads and replies to mentions within the day's units; refusals; replies and looks for them."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.answering import reply_to, went
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.catalog import youtube_comments
from app.sources.catalog.youtube_comments import SOURCE

CHANNEL = {"channel": "UCabcdefghijklmnopqrstuv"}
KEY = {"key": "AIza-tajny"}
GRANT = {**KEY, "client_id": "c", "client_secret": "tajny-s", "refresh_token": "tajny-r"}
COMMENT = Mention(
    source="youtube_comments",
    key="UgxAnnaComment000000001",
    url="https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=UgxAnnaComment000000001",
    text="Kawa przyszła spalona & zimna",
    author="@anna_k",
    handle="@anna_k",
    site="youtube.com",
    published=1795168800.0,
)


def query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def thread(number: int, replies: int = 0, *, hours: float = 1.0) -> dict[str, object]:
    written = f"2026-11-2{1 if hours < 24 else 0}T{int(20 - hours) % 24:02d}:00:00Z"
    top = {"id": f"UgxThread{number:05d}", "snippet": {"textDisplay": f"t{number}", "publishedAt": written}}
    return {"id": top["id"], "snippet": {"topLevelComment": top, "totalReplyCount": replies, "videoId": "dQw4w9WgXcQ"}}


def reply(top: str, number: int) -> dict[str, object]:
    return {
        "id": f"{top}.reply{number:03d}",
        "snippet": {"textDisplay": f"r{number}", "publishedAt": "2026-11-21T18:00:00Z"},
    }


def refused(status: int, reason: str, *, newer: bool = False) -> Response:
    inner = {"code": status, "message": "x", "errors": [{"reason": "badRequest" if newer else reason}]}
    inner |= {"details": [{"reason": reason}]} if newer else {}
    return answer({"error": inner}, status)


def test_threads_and_replies_become_mentions() -> None:
    def serve(request: Request) -> object:
        if "commentThreads" in request.url:
            return sample("youtube_comments/commentThreads.json")
        return {"items": [reply("UgyLongThread0000000002", n) for n in range(7)]}

    place = Place(serve)
    reading = place.poll(SOURCE, CHANNEL, secrets=KEY)
    told = {mention.key: mention for mention in reading.mentions}
    assert told[COMMENT.key] == COMMENT
    answered = told["UgxAnnaComment000000001.9abcDEFghij9abcDEFghiK"]
    assert (answered.parent, answered.thread) == (COMMENT.key, COMMENT.key)
    assert (answered.author, answered.handle) == ("Jan Nowak", "UCjanjanjanjanjanjanjanj")
    assert len(told) == 10
    assert [urlsplit(url).path.rpartition("/")[2] for url in place.urls] == ["commentThreads", "comments"]
    asked = query(place.requests[0])
    assert (asked["allThreadsRelatedToChannelId"], asked["order"]) == (CHANNEL["channel"], "time")
    assert query(place.requests[1])["parentId"] == "UgyLongThread0000000002"
    assert place.requests[0].secret_headers == {"X-Goog-Api-Key": "AIza-tajny"}
    assert "tajny" not in repr((place.requests, place.urls))
    again = place.poll(SOURCE, CHANNEL, secrets=KEY, bookmark=reading.bookmark)
    assert (len(place.requests), again.mentions) == (1, ())


def test_a_handle_is_looked_up_once() -> None:
    def serve(request: Request) -> object:
        if "/channels" in request.url:
            return {"items": [{"id": CHANNEL["channel"]}]} if query(request)["forHandle"] == "@kawaraj" else {}
        return {"items": []}

    place = Place(serve)
    first = place.poll(SOURCE, {"channel": "https://www.youtube.com/@kawaraj/videos"}, secrets=KEY)
    assert len(place.requests) == 2
    place.poll(SOURCE, {"channel": "@kawaraj"}, secrets=KEY, bookmark=first.bookmark)
    assert len(place.requests) == 1
    unknown = place.poll(SOURCE, {"channel": "@nikt"}, secrets=KEY).problem
    assert unknown
    assert unknown.code == "sources.unknown_youtube_channel"


def test_the_units_of_a_day_hold_at_the_shortest_interval() -> None:
    def serve(request: Request) -> object:
        if "/channels" in request.url:
            return {"items": [{"id": CHANNEL["channel"]}]}
        page = int(query(request).get("pageToken", "0"))
        if "commentThreads" not in request.url:
            return {"items": [reply(query(request)["parentId"], page)], "nextPageToken": str(page + 1)}
        return {"items": [thread(page * 100 + n, 9) for n in range(100)], "nextPageToken": str(page + 1)}

    place = Place(serve)
    bookmark = {"told": "", "since": "1000000000"}
    reading = place.poll(SOURCE, {"channel": "@kawaraj"}, secrets=KEY, bookmark=bookmark)
    polls = 86_400 // SOURCE.shortest_interval
    assert len(place.requests) == 1 + youtube_comments.MOST_PAGES + youtube_comments.MOST_THREADS
    assert len(place.requests) * polls == 2_304
    assert "gap" in reading.bookmark
    assert "pending" in reading.bookmark


def test_replies_left_over_are_read_by_the_next_poll_though_nothing_changed() -> None:
    rows = [thread(n, 9) for n in range(7)]

    def serve(request: Request) -> object:
        if "commentThreads" in request.url:
            return {"items": rows}
        return {"items": [reply(query(request)["parentId"], 1)]}

    place = Place(serve)
    first = place.poll(SOURCE, CHANNEL, secrets=KEY)
    second = place.poll(SOURCE, CHANNEL, secrets=KEY, bookmark=first.bookmark)
    assert (len(first.mentions), len(second.mentions)) == (12, 2)
    third = place.poll(SOURCE, CHANNEL, secrets=KEY, bookmark=second.bookmark)
    assert (len(place.requests), third.mentions) == (1, ())
    rows[3] = thread(3, 10)
    place.poll(SOURCE, CHANNEL, secrets=KEY, bookmark=third.bookmark)
    assert [query(request).get("parentId") for request in place.requests] == [None, "UgxThread00003"]


def test_a_first_poll_takes_a_hundred_and_leaves_old_replies_alone() -> None:
    old = thread(1, 30)
    old["snippet"]["topLevelComment"]["snippet"]["publishedAt"] = "2026-10-01T10:00:00Z"  # type: ignore[index]
    place = Place(lambda _: {"items": [*(thread(n) for n in range(2, 110)), old]})
    reading = place.poll(SOURCE, CHANNEL, secrets=KEY, first=True)
    assert (len(reading.mentions), len(place.requests)) == (100, 1)


@pytest.mark.parametrize(
    ("response", "code", "wait"),
    [
        (refused(403, "quotaExceeded"), "net.rate_limited", 86_400 - (NOW - 8 * 3_600) % 86_400),
        (refused(403, "rateLimitExceeded"), "net.rate_limited", 900.0),
        (refused(429, "RATE_LIMIT_EXCEEDED", newer=True), "net.rate_limited", 60.0),
        (refused(403, "commentsDisabled"), "sources.youtube_comments_off", None),
        (refused(400, "API_KEY_INVALID", newer=True), "sources.google_key_refused", None),
        (refused(400, "keyInvalid"), "sources.google_key_refused", None),
        (refused(403, "API_KEY_SERVICE_BLOCKED", newer=True), "sources.google_key_restricted", None),
        (refused(403, "accessNotConfigured"), "sources.google_api_off", None),
        (refused(404, "channelNotFound"), "sources.unknown_youtube_channel", None),
        (answer(b"<html>", 400), "watch.bad_status", None),
        (answer({"items": 7}), "sources.broken_answer", None),
    ],
)
def test_refusals_say_what_to_do(response: Response, code: str, wait: float | None) -> None:
    bookmark = {"told": "x", "counts": "a:1"}
    reading = Place(lambda _: response).poll(SOURCE, CHANNEL, secrets=KEY, bookmark=bookmark)
    assert reading.problem
    assert reading.problem.code == code
    assert reading.problem.retry_at == (NOW + wait if wait else None)
    assert reading.bookmark == bookmark


def test_without_a_key_nothing_is_asked() -> None:
    place = Place(lambda _: b"")
    problem = place.poll(SOURCE, CHANNEL).problem
    assert problem
    assert (problem.code, place.requests) == ("sources.google_no_key", [])


def google(request: Request, said: Response) -> Response:
    return answer({"access_token": "ya29.x"}) if "oauth2" in request.url else said


def test_a_reply_is_posted_below_the_first_comment_of_the_thread() -> None:
    mention = Mention("youtube_comments", "UgxAnnaComment000000001.9abcDEFghij", parent=COMMENT.key, thread=COMMENT.key)
    said = answer({"id": "UgxAnnaComment000000001.ours5"})
    asked, sent = went(SOURCE.answer(reply_to(mention, GRANT)), lambda request: google(request, said))
    posted = asked[-1]
    assert json.loads(posted.body or b"")["snippet"]["parentId"] == COMMENT.key
    assert posted.secret_headers["Authorization"] == "Bearer ya29.x"
    assert (sent.where, sent.problem) == ("UgxAnnaComment000000001.ours5", None)
    assert isinstance(SOURCE, Answering)


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (refused(404, "parentCommentNotFound"), "sources.answered_post_gone"),
        (refused(400, "commentTextTooLong"), "sources.answer_too_long"),
        (refused(403, "forbidden"), "sources.youtube_may_not_comment"),
        (refused(403, "insufficientPermissions"), "sources.google_scope"),
        (refused(403, "quotaExceeded"), "net.rate_limited"),
        (refused(401, "authError"), "sources.google_grant_ended"),
    ],
)
def test_a_reply_that_is_not_taken_says_why(response: Response, code: str) -> None:
    _, sent = went(SOURCE.answer(reply_to(COMMENT, GRANT)), lambda request: google(request, response))
    assert sent.problem.code == code
    assert "tajny" not in repr(sent)


def test_what_cannot_be_answered_is_known_before() -> None:
    watch = reply_to(COMMENT, {}).watch
    missing = SOURCE.why_no_answer(watch, COMMENT, KEY)
    odd = SOURCE.why_no_answer(watch, Mention("x", "?"), GRANT)
    assert missing
    assert odd
    assert (missing.code, odd.code) == ("sources.google_no_grant", "sources.answer_not_here")
    assert SOURCE.why_no_answer(watch, COMMENT, GRANT) is None


def test_our_reply_is_seen_with_the_key_alone() -> None:
    ours = reply("UgxAnnaComment000000001", 7)
    ours["snippet"] = {**ours["snippet"], "textDisplay": "Dzień dobry, bardzo przepraszamy.  Już szukamy paczki."}  # type: ignore[dict-item]
    ours["snippet"]["publishedAt"] = "2026-11-21T22:00:00Z"  # type: ignore[index]
    pages = iter(
        [answer({"items": [reply("UgxAnnaComment000000001", 1)], "nextPageToken": "n"}), answer({"items": [ours]})]
    )
    assert isinstance(SOURCE, Seeing)
    asked, seen = went(SOURCE.look(reply_to(COMMENT, KEY)), lambda _: next(pages))
    assert (len(asked), seen.stands, seen.where) == (2, True, "UgxAnnaComment000000001.reply007")
    _, gone = went(SOURCE.look(reply_to(COMMENT, KEY)), lambda _: refused(404, "commentNotFound"))
    assert gone.gone
    _, unseen = went(SOURCE.look(reply_to(COMMENT, KEY)), lambda _: answer({"items": []}))
    assert (unseen.stands, unseen.gone, unseen.problem) == (False, False, None)


def test_a_thread_that_is_closed_does_not_keep_the_others_waiting() -> None:
    def serve(request: Request) -> object:
        if "commentThreads" in request.url:
            return {"items": [thread(1, 9), thread(2, 9)]}
        top = query(request)["parentId"]
        return refused(403, "commentsDisabled") if top.endswith("1") else {"items": [reply(top, 1)]}

    place = Place(serve)
    reading = place.poll(SOURCE, CHANNEL, secrets=KEY)
    assert (len(reading.mentions), "pending" in reading.bookmark) == (3, False)
    tired = Place(lambda r: {"items": [thread(1, 9)]} if "Threads" in r.url else refused(403, "quotaExceeded"))
    waits = tired.poll(SOURCE, CHANNEL, secrets=KEY)
    assert (waits.wait > 3_600, "pending" in waits.bookmark, waits.problem) == (True, True, None)


def test_replies_that_never_come_take_no_comments_away() -> None:
    late = Problem("net.timeout")
    place = Place(lambda r: {"items": [thread(1, 9)]} if "commentThreads" in r.url else late)
    reading = place.poll(SOURCE, CHANNEL, secrets=KEY)
    assert (len(reading.mentions), "pending" in reading.bookmark, reading.problem) == (1, True, late)
