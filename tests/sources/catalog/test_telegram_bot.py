"""Telegram bot: what it is told to mentions, forward only over what is stored, refusals told in words, replies sent."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from sources.answering import reply_to, went
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request
from app.sources.catalog.telegram_bot import SOURCE

SECRETS = {"token": "871000:AAtajny_token"}
COMMENT = Mention(
    source="telegram_bot",
    key="-1002222222222/311",
    url="https://t.me/c/2222222222/311",
    text="A moja paczka nie doszła, czwarty tydzień czekam.",
    author="Anna K.",
    handle="@anna_k",
    site="t.me",
    published=1795290600.0,
    parent="c-1001111111111/45",
    thread="c-1001111111111/45",
)


def said(request: Request) -> dict[str, object]:
    """Return what a request says in its body."""
    found = json.loads(request.body or b"{}")
    assert isinstance(found, dict)
    return found


def updates(*rows: Mapping[str, object]) -> dict[str, object]:
    return {"ok": True, "result": list(rows)}


def group_message(number: int, **more: object) -> dict[str, object]:
    chat = {"id": -1002222222222, "type": "supergroup"}
    return {"message_id": number, "chat": chat, "date": int(NOW), "from": {"id": 7, "first_name": "Ola"}, **more}


def test_posts_comments_edits_and_messages_become_mentions() -> None:
    place = Place(lambda _: sample("telegram_bot/getUpdates.json"))
    reading = place.poll(SOURCE, {}, secrets=SECRETS, first=True)
    told = {mention.key: mention for mention in reading.mentions}
    assert list(told) == ["c-1001111111111/45", "-1002222222222/312", "5551003/13", COMMENT.key]
    assert told[COMMENT.key] == COMMENT
    post = told["c-1001111111111/45"]
    assert (post.url, post.author, post.handle) == ("https://t.me/kawaraj/45", "Kawa Raj", "@kawaraj")
    nested = told["-1002222222222/312"]
    assert (nested.parent, nested.thread) == (COMMENT.key, "c-1001111111111/45")
    assert (nested.text, nested.handle) == ("U mnie to samo, zgnieciony karton", "5551002")
    private = told["5551003/13"]
    assert (private.url, private.text, private.thread) == ("https://t.me/olga_s", "Где мой заказ 1182?", "")
    request = place.requests[0]
    assert request.url == "https://api.telegram.org/bot{secret}/getUpdates"
    assert request.url_secret == SECRETS["token"]
    kinds = ["message", "edited_message", "channel_post", "edited_channel_post"]
    assert said(request) == {"limit": 100, "timeout": 0, "allowed_updates": kinds}


def test_the_offset_goes_on_only_from_what_was_stored() -> None:
    rows = [{"update_id": 10 + n, "message": group_message(n + 1, text=f"{n}")} for n in range(100)]
    place = Place(lambda _: updates(*rows))
    first = place.poll(SOURCE, {}, secrets=SECRETS, first=True)
    assert len(place.requests) == 1  # a second request would make Telegram forget what is not stored yet
    assert (len(first.mentions), first.bookmark["offset"], first.more) == (100, "110", True)
    again = Place(lambda _: updates())
    empty = again.poll(SOURCE, {}, secrets=SECRETS, bookmark=first.bookmark)
    assert said(again.requests[0])["offset"] == 110
    assert (empty.mentions, empty.bookmark["offset"], empty.more) == ((), "110", False)
    silent = Place(lambda _: updates()).poll(SOURCE, {}, secrets=SECRETS, first=True)
    assert "offset" not in silent.bookmark


def test_a_full_page_that_brings_nothing_on_is_not_asked_for_again_at_once() -> None:
    rows = [{"update_id": 10 + n, "message": group_message(n + 1, text=f"{n}")} for n in range(100)]
    again = Place(lambda _: updates(*rows)).poll(SOURCE, {}, secrets=SECRETS, bookmark={"offset": "110"})
    assert not again.more
    nameless = [{"message": group_message(n + 1, text=f"{n}")} for n in range(100)]
    assert not Place(lambda _: updates(*nameless)).poll(SOURCE, {}, secrets=SECRETS, first=True).more


def test_a_thread_is_remembered_between_polls() -> None:
    first = Place(lambda _: sample("telegram_bot/getUpdates.json")).poll(SOURCE, {}, secrets=SECRETS)
    later = updates({"update_id": 871000200, "message": group_message(400, text="I co?", message_thread_id=310)})
    reading = Place(lambda _: later).poll(SOURCE, {}, secrets=SECRETS, bookmark=first.bookmark)
    assert reading.mentions[0].thread == "c-1001111111111/45"


def test_bots_say_nothing_and_groups_speak_through_one() -> None:
    bot = group_message(1, text="reklama", **{"from": {"id": 9, "is_bot": True, "first_name": "Bot"}})
    admin = group_message(
        2,
        text="Już sprawdzamy",
        sender_chat={"id": -1002222222222, "title": "Kawa Raj - rozmowy", "type": "supergroup"},
        **{"from": {"id": 1087968824, "is_bot": True, "username": "GroupAnonymousBot"}},
    )
    rows = updates({"update_id": 1, "message": bot}, {"update_id": 2, "message": admin})
    reading = Place(lambda _: rows).poll(SOURCE, {}, secrets=SECRETS)
    assert [(mention.author, mention.handle) for mention in reading.mentions] == [
        ("Kawa Raj - rozmowy", "-1002222222222")
    ]


def test_one_channel_means_its_discussion_group_and_messages_to_the_bot_as_well() -> None:
    def serve(request: Request) -> object:
        if "getChat" in request.url:
            assert said(request) == {"chat_id": "@kawaraj"}
            return {"ok": True, "result": {"id": -1001111111111, "linked_chat_id": -1002222222222}}
        other = {"message_id": 5, "chat": {"id": -1009, "type": "supergroup"}, "date": int(NOW), "text": "obce"}
        found = json.loads(sample("telegram_bot/getUpdates.json"))
        found["result"].append({"update_id": 871000300, "message": other})
        return found

    place = Place(serve)
    reading = place.poll(SOURCE, {"chat": "https://t.me/kawaraj"}, secrets=SECRETS)
    assert len(reading.mentions) == 4
    assert reading.bookmark["offset"] == "871000301"
    place.poll(SOURCE, {"chat": "@kawaraj"}, secrets=SECRETS, bookmark=reading.bookmark)
    assert len(place.requests) == 1
    unknown = Place(lambda _: answer({"ok": False, "description": "Bad Request: chat not found"}, 400))
    problem = unknown.poll(SOURCE, {"chat": "@nikt1"}, secrets=SECRETS).problem
    assert problem
    assert (problem.code, problem.args) == ("sources.telegram_no_chat", {"name": "nikt1"})


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, "sources.telegram_token_refused"),
        (404, {"ok": False, "error_code": 404, "description": "Not Found"}, "sources.telegram_token_refused"),
        (
            409,
            {"description": "Conflict: can't use getUpdates method while webhook is active"},
            "sources.telegram_webhook",
        ),
        (
            409,
            {"description": "Conflict: terminated by other getUpdates request"},
            "sources.telegram_other_program",
        ),
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 17}}, "net.rate_limited"),
        (400, b"<html>", "watch.bad_status"),
        (200, {"ok": False}, "sources.broken_answer"),
    ],
)
def test_refusals_say_what_to_do(status: int, body: object, code: str) -> None:
    bookmark = {"offset": "7"}
    reading = Place(lambda _: answer(body, status)).poll(SOURCE, {}, secrets=SECRETS, bookmark=bookmark)
    assert reading.problem
    assert reading.problem.code == code
    assert reading.bookmark == bookmark
    assert reading.problem.retry_at == (NOW + 17 if code == "net.rate_limited" else None)


def test_without_a_token_nothing_is_asked() -> None:
    place = Place(lambda _: b"")
    problem = place.poll(SOURCE, {}).problem
    assert problem
    assert (problem.code, place.requests) == ("sources.telegram_no_token", [])


def test_a_reply_is_sent_into_the_thread() -> None:
    asked, sent = went(
        SOURCE.answer(reply_to(COMMENT, SECRETS)), lambda _: answer({"ok": True, "result": {"message_id": 320}})
    )
    assert said(asked[0]) == {
        "chat_id": -1002222222222,
        "text": "Dzień dobry, bardzo przepraszamy. Już szukamy paczki.",
        "reply_parameters": {"message_id": 311},
    }
    assert (len(asked), asked[0].url_secret) == (1, SECRETS["token"])
    assert (sent.where, sent.problem) == ("-1002222222222/320", None)
    assert SOURCE.longest_answer(reply_to(COMMENT, {}).watch, COMMENT) == 4096


@pytest.mark.parametrize(
    ("status", "said_there", "code"),
    [
        (400, "Bad Request: message to be replied not found", "sources.answered_post_gone"),
        (400, "Bad Request: message is too long", "sources.answer_too_long"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "sources.telegram_may_not_write"),
        (403, "Forbidden: bot was blocked by the user", "sources.telegram_may_not_write"),
        (401, "Unauthorized", "sources.telegram_token_refused"),
        (429, "Too Many Requests: retry after 5", "net.rate_limited"),
    ],
)
def test_a_reply_that_is_not_taken_says_why(status: int, said_there: str, code: str) -> None:
    body = {"ok": False, "description": said_there, "parameters": {"retry_after": 5}}
    _, sent = went(SOURCE.answer(reply_to(COMMENT, SECRETS)), lambda _: answer(body, status))
    assert sent.problem.code == code
    assert "tajny" not in repr(sent)


def test_what_cannot_be_answered_is_known_before() -> None:
    watch = reply_to(COMMENT, {}).watch
    post = Mention("telegram_bot", "c-1001111111111/45")
    assert isinstance(SOURCE, Answering)
    assert not isinstance(SOURCE, Seeing)  # a bot is shown neither its own messages nor anything from the past
    codes = [
        problem.code if (problem := SOURCE.why_no_answer(watch, mention, secrets)) else ""
        for mention, secrets in ((COMMENT, SECRETS), (COMMENT, {}), (post, SECRETS), (Mention("x", "y"), SECRETS))
    ]
    assert codes == ["", "sources.telegram_no_token", "sources.telegram_own_post", "sources.answer_not_here"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", None),
        ("t.me/kawaraj", None),
        ("-1001111111111", None),
        ("https://t.me/+AbCd", "sources.telegram_bot_private"),
        ("kawa raj", "sources.bad_channel"),
    ],
)
def test_settings_are_checked(typed: str, code: str | None) -> None:
    problem = SOURCE.check({"chat": typed})
    assert (problem and problem.code) == code


def test_two_watches_of_one_bot_are_the_same_place() -> None:
    assert SOURCE.place({"chat": "@kawaraj"}) == SOURCE.place({"chat": "@inny_kanal"})
    assert SOURCE.place({"bot": "@kawaraj_bot"}) != SOURCE.place({"bot": "t.me/drugi_bot"})
