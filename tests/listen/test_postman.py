"""Replies sent once, looked for politely, and never twice by the program alone, whatever breaks in between."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest
from fakes.replies import POST, TIMEOUT
from listen.posting import AWFUL, SORRY, Shop

from app.core.messages import PollNow, ReplyMoved
from app.core.outbox import GAPS, LOOK_FOR, RETRIES, SETTLING, STALE, Stand, Wish
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.problems import Problem, ProblemError
from app.listen import postman
from app.listen.once import poll_once
from app.listen.postman import LOOKS, SOON


def test_a_reply_is_sent_once_and_seen_after_the_next_poll(shop: Shop) -> None:
    reply = shop.write()
    shop.tend()
    shop.tend()
    assert shop.of(reply).stand is Stand.SENT
    assert shop.of(reply).delivery.where == "r1"
    shop.tend("a")
    assert shop.of(reply).stand is Stand.SEEN
    assert shop.of(reply).delivery.where == "https://a.example/1#reply"
    assert (shop.board.said, shop.board.looks) == ([SORRY], 1)
    assert [one.stand for one in shop.told if isinstance(one, ReplyMoved)] == ["sending", "sent", "seen"]


def test_one_that_is_given_back_is_not_sent_and_left_to_the_owner(shop: Shop) -> None:
    reply, back = shop.write(), Problem("mail.returned", {"status": "5.1.1"})
    taken = []
    shop.tend()
    shop.source.look = lambda answer: _at_once(taken.append(answer.taken) or Standing(refused=back))  # type: ignore[method-assign]
    shop.tend("a")
    found = shop.of(reply)
    assert (found.stand, found.problem) == (Stand.FAILED, back)
    assert found.stand.needs_owner
    assert taken == [found.delivery.there_at]
    shop.later(86_400)
    assert shop.tend("a") is None
    assert (shop.board.posts, len(taken)) == (1, 1)
    assert shop.tray.order(reply, shop.profile.clock())
    shop.tend()
    assert shop.of(reply).stand is Stand.SENT


def _at_once(standing: Standing) -> LookSteps:
    yield from ()
    return standing


def test_it_is_written_down_before_the_first_request(shop: Shop) -> None:
    stands: list[Stand] = []
    reply = shop.write()
    shop.source.sent = lambda _answer: stands.append(shop.of(reply).stand)
    shop.tend()
    assert stands == [Stand.SENDING]


def test_it_is_held_back_until_its_time_and_can_be_taken_back(shop: Shop) -> None:
    now = shop.profile.clock()
    reply, other = shop.write(not_before=now + 5.0), shop.write("Other words, and longer.", not_before=now + 9.0)
    wait = shop.tend()
    assert wait is not None
    assert 4.0 < wait <= 5.0
    assert shop.tray.cancel(reply, now)
    shop.later(10.0)
    shop.tend()
    assert shop.board.said == ["Other words, and longer."]
    assert shop.of(reply).stand is Stand.CANCELLED
    assert not shop.tray.cancel(other, now), "what was sent cannot be taken back"


def test_killed_while_sending_it_is_unknown_and_looked_for_before_anything_else(shop: Shop) -> None:
    reply = shop.write()
    shop.board.then = ["swallows"]

    class Killed(BaseException):
        pass

    def die(_answer: Answer) -> None:
        shop.board.said.append(SORRY)
        raise Killed

    shop.source.sent = die
    with pytest.raises(Killed):
        shop.tend()
    assert shop.of(reply).stand is Stand.SENDING
    shop.source.sent = lambda _answer: None
    wait = shop.tend()
    assert shop.of(reply).stand is Stand.UNKNOWN
    assert wait is not None
    assert SETTLING - 5.0 < wait <= SETTLING
    assert shop.board.posts == 0
    shop.later(SETTLING)
    shop.tend()
    assert shop.of(reply).stand is Stand.SEEN
    assert shop.board.said == [SORRY]


def test_after_a_time_out_a_look_finds_it(shop: Shop) -> None:
    reply = shop.write()
    shop.board.then = ["swallows"]
    shop.tend()
    assert shop.of(reply).stand is Stand.UNKNOWN
    shop.later(SETTLING + 1)
    shop.tend()
    assert shop.of(reply).stand is Stand.SEEN
    assert (shop.board.said, shop.board.posts) == ([SORRY], 1)


def test_after_a_time_out_a_look_that_surely_finds_nothing_has_it_sent_once_more(shop: Shop) -> None:
    reply = shop.write()
    shop.board.then = ["loses"]
    shop.tend()
    shop.tend("a")
    assert shop.board.looks == 0, "not before the place had time to finish"
    shop.later(SETTLING + 1)
    shop.tend()
    shop.tend()
    assert shop.of(reply).stand is Stand.SENT
    assert (shop.board.said, shop.board.posts) == ([SORRY], 2)


def test_it_is_not_sent_a_third_time_without_the_owner(shop: Shop) -> None:
    reply = shop.write()
    shop.board.then = ["loses"] * 3
    for _round in range(6):
        shop.tend()
        shop.later(SETTLING + 1)
    assert shop.of(reply).stand is Stand.FAILED
    assert shop.of(reply).delivery.problem == Problem("outbox.not_there")
    assert shop.board.posts == 2
    assert shop.tray.order(reply, shop.profile.clock())
    shop.board.then = []
    shop.tend()
    assert shop.of(reply).stand is Stand.SENT


def test_a_look_that_says_nothing_changes_nothing(shop: Shop) -> None:
    reply = shop.write()
    shop.board.then, shop.board.sees = ["swallows"], [Problem("watch.server_error"), Problem("net.offline")]
    shop.tend()
    for _look in range(2):
        shop.later(GAPS[0] + SETTLING)
        shop.tend()
        assert shop.of(reply).stand is Stand.UNKNOWN
    assert (shop.board.looks, shop.board.posts) == (2, 1)
    shop.later(GAPS[0])
    shop.tend()
    assert shop.of(reply).stand is Stand.SEEN


def test_where_nobody_can_look_the_owner_is_asked(blind: Shop) -> None:
    reply = blind.write()
    blind.board.then = ["swallows"]
    blind.tend()
    blind.later(30 * 86_400)
    assert blind.tend("a") is None
    assert blind.of(reply).stand is Stand.UNKNOWN
    assert blind.board.posts == 1
    assert blind.tray.say_there(reply, blind.profile.clock())
    assert blind.of(reply).stand is Stand.SENT
    assert not blind.tray.order(reply, blind.profile.clock())


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_breaks_down_over_it_leaves_it_unknown(shop: Shop, status: int) -> None:
    reply = shop.write()
    shop.board.then = [status]
    shop.tend()
    assert shop.of(reply).stand is Stand.UNKNOWN


@pytest.mark.parametrize(
    "then",
    [
        401,
        403,
        404,
        422,
        Problem("net.refused"),
        Problem("net.tls", {"unsent": 1}),
        Problem("net.timeout", {"unsent": 1}),
    ],
    ids=repr,
)
def test_what_surely_changed_nothing_is_told_and_left_to_the_owner(shop: Shop, then: object) -> None:
    reply = shop.write()
    shop.board.then = [then]
    shop.tend()
    shop.later(86_400)
    shop.tend("a")
    assert shop.of(reply).stand is Stand.FAILED
    assert shop.of(reply).delivery.problem is not None
    assert (shop.board.posts, shop.board.looks) == (1, 0)


@pytest.mark.parametrize("then", [Problem("net.offline"), Problem("net.waiting", retry_at=1.0), 429], ids=repr)
def test_without_network_it_goes_by_itself_later(shop: Shop, then: object) -> None:
    reply = shop.write()
    shop.board.then = [then, then]
    waits = []
    for wait in RETRIES[:3]:
        waits.append(shop.tend())
        shop.later(wait + 1)
    assert [round(wait or 0) for wait in waits] == [30, 60, 0] or waits[-1] is None
    assert shop.of(reply).stand is Stand.SENT
    assert shop.board.said == [SORRY]


def test_once_a_poll_went_well_nothing_waits_for_the_network_any_more(shop: Shop) -> None:
    reply = shop.write()
    shop.board.then = [Problem("net.offline")]
    shop.tend()
    shop.tend()
    assert shop.of(reply).stand is Stand.WAITING
    shop.tend("a")
    assert shop.board.said == [SORRY]


def test_what_waited_for_days_is_not_sent_without_another_word_of_the_owner(shop: Shop) -> None:
    reply = shop.write()
    shop.later(STALE + 1)
    shop.tend()
    assert shop.of(reply).stand is Stand.FAILED
    assert shop.of(reply).problem == Problem("outbox.too_old")
    assert shop.board.posts == 0
    assert shop.tray.order(reply, shop.profile.clock())
    shop.tend()
    assert shop.of(reply).stand is Stand.SENT


def test_a_clock_put_back_holds_no_reply_back(shop: Shop) -> None:
    held = shop.write(not_before=shop.profile.clock() + 5.0)
    shop.later(-7_200)
    shop.tend()
    assert shop.of(held).stand is Stand.SENT
    shop.board.then = [Problem("net.offline")]
    waiting = shop.write("Other words, and longer.")
    shop.tend()
    shop.later(-7_200)
    shop.tend()
    assert shop.of(waiting).stand is Stand.SENT
    shop.tend("a")
    assert shop.board.looks == 2


def test_of_two_processes_only_one_sends(shop: Shop) -> None:
    reply = shop.write()
    with shop.postman() as one, shop.postman() as other:
        assert one.tend() is None
        shop.write("Second words, also long.")
        assert other.tend() is None
        assert shop.board.said == [SORRY]
        assert shop.of(reply).stand is Stand.SENT
        one.close()
        other.tend()
    assert shop.board.said == [SORRY, "Second words, also long."]


def test_the_same_words_are_not_written_off_twice(shop: Shop) -> None:
    reply = shop.write()
    again = replace(shop.of(reply), id="twice")
    assert not shop.tray.put(again)
    shop.tend()
    assert shop.board.said == [SORRY]


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (None, "outbox.no_watch"),
        (Problem("sources.needs_token"), "sources.needs_token"),
        (Problem("stores.keyring_locked"), "stores.keyring_locked"),
    ],
)
def test_what_cannot_be_sent_at_all_fails_in_words(shop: Shop, problem: Problem | None, code: str) -> None:
    if problem is None:
        reply = shop.write(watch_id="gone")
    elif code.startswith("stores"):
        shop.profile.secrets.problem = problem
        shop.profile.watch("a", AWFUL, settings={"url": "https://a.example/feed", "has_password": "1"})
        reply = shop.write()
    else:
        shop.source.why = problem
        reply = shop.write()
    shop.tend()
    assert shop.of(reply).stand is Stand.FAILED
    assert shop.of(reply).delivery.problem
    assert shop.of(reply).delivery.problem.code == code
    assert shop.board.posts == 0


def test_a_source_that_crashes_after_it_asked_leaves_it_unknown(shop: Shop, allowed_logs: list[str]) -> None:
    allowed_logs.append("crashed")
    reply = shop.write()

    def odd(answer: Answer):  # type: ignore[no-untyped-def]
        from app.core.ports.net import Request

        yield Request(POST, "POST", body=answer.text.encode())
        raise ZeroDivisionError

    shop.source.answer = odd  # type: ignore[method-assign]
    shop.tend()
    assert shop.of(reply).stand is Stand.UNKNOWN
    assert shop.of(reply).delivery.problem == Problem("outbox.crashed", {"error": "ZeroDivisionError"})


def test_what_was_posted_by_hand_is_looked_for_at_growing_distances(shop: Shop) -> None:
    reply = shop.write(wish=Wish.LOOK)
    assert shop.tend() is None
    assert shop.board.looks == 0, "only after a poll"
    for _poll in range(3):
        shop.tend("a")
    assert shop.board.looks == 1
    shop.later(GAPS[0] + 1)
    shop.tend("a")
    assert shop.board.looks == 2
    shop.board.said.append(SORRY)
    shop.later(GAPS[1] + 1)
    shop.tend("a")
    assert shop.of(reply).stand is Stand.SEEN
    assert shop.board.posts == 0


def test_what_was_never_found_is_given_up(shop: Shop) -> None:
    reply = shop.write(wish=Wish.LOOK)
    shop.later(LOOK_FOR + 1)
    shop.tend()
    assert shop.of(reply).stand is Stand.NOT_SEEN
    assert shop.board.looks == 0


def test_five_looks_a_poll(shop: Shop) -> None:
    for number in range(LOOKS + 2):
        shop.write(f"Words number {number}, and longer.", wish=Wish.LOOK)
    shop.tend("a")
    assert shop.board.looks == LOOKS
    shop.tend("a")
    assert shop.board.looks == LOOKS + 2


@pytest.mark.parametrize("error", [ProblemError(Problem("stores.disk_full")), ZeroDivisionError()], ids=repr)
def test_looks_that_a_fault_kept_it_from_are_made_up_for_and_no_others(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    for number in range(LOOKS + 2):
        shop.write(f"Words number {number}, and longer.", wish=Wish.LOOK)
    with shop.postman() as postman:
        outbox = postman._parts.outbox
        assert outbox
        heard = outbox.heard

        def fail() -> tuple[()]:
            raise error

        monkeypatch.setattr(outbox, "heard", fail)
        with nullcontext() if isinstance(error, ProblemError) else pytest.raises(ZeroDivisionError):
            postman.tend(("a",))
        assert shop.board.looks == 0
        monkeypatch.setattr(outbox, "heard", heard)
        for _round in range(2):
            postman.tend()
    assert shop.board.looks == LOOKS


def test_a_look_waits_for_a_host_that_is_busy_with_another_poll(shop: Shop) -> None:
    shop.write(wish=Wish.LOOK)
    busy = iter((False, True))
    with shop.postman(lambda _watch: nullcontext(next(busy))) as postman:
        assert postman.tend(("a",)) == SOON
        assert shop.board.looks == 0
        postman.tend()
        postman.tend()
    assert shop.board.looks == 1


def test_a_crash_in_one_round_leaves_the_looks_to_the_next(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, allowed_logs: list[str]
) -> None:
    allowed_logs.append("a round of the postman failed")
    reply = shop.write(wish=Wish.LOOK)
    shop.board.said.append(SORRY)
    crashes, wants = [ZeroDivisionError()], postman.wants_look

    def wants_look(*given: Any) -> bool:
        if crashes:
            raise crashes.pop()
        return wants(*given)

    with shop.profile.listening(beat=0.03) as (listener, ears):
        monkeypatch.setattr(postman, "wants_look", wants_look)
        listener.obey(PollNow())
        ears.expect(ReplyMoved, reply_id=reply, stand="seen")
    assert not crashes


def test_a_mention_that_is_gone_is_noted_and_nothing_more_is_looked_for(shop: Shop) -> None:
    shop.source.gone = True
    reply = shop.write(wish=Wish.LOOK)
    shop.tend("a")
    assert shop.of(reply).stand is Stand.NOT_SEEN
    mention = shop.profile.desk_archive.mention(shop.mention_id)
    assert mention
    assert mention.gone_at


def test_what_the_shop_is_heard_to_write_confirms_a_reply_without_a_look(blind: Shop) -> None:
    reply = blind.write()
    blind.board.then = ["swallows"]
    blind.tend()
    blind.source.parents = {"2": "1"}
    blind.hear(f"2; The baker @baker; {SORRY} Your bakery.\n{AWFUL}")
    blind.tend()
    assert blind.of(reply).stand is Stand.SEEN
    assert blind.of(reply).delivery.where == "https://a.example/2"


def test_other_words_of_the_shop_do_not_settle_whether_it_is_sent_again(blind: Shop) -> None:
    unknown, posted = blind.write(), blind.write("By hand, quite other words.", wish=Wish.LOOK)
    blind.board.then = ["swallows"]
    blind.tend()
    blind.source.parents = {"2": "1"}
    blind.hear(f"2; Bakery; Please write us an e-mail, we care.\n{AWFUL}")
    blind.tend()
    assert blind.of(unknown).stand is Stand.UNKNOWN
    assert blind.of(posted).stand is Stand.SEEN, "an answer to that very mention is what was waited for"


def test_renewed_secrets_are_kept_whatever_became_of_the_reply(shop: Shop) -> None:
    shop.source.renews = {"session": "new"}
    shop.board.then = [TIMEOUT]
    reply = shop.write()
    shop.tend()
    assert shop.of(reply).stand is Stand.UNKNOWN
    assert shop.profile.secrets.kept["a", "session"] == "new"


def test_a_disk_that_takes_nothing_never_has_it_sent_twice(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = shop.write()
    with shop.postman() as postman:
        outbox = postman._parts.outbox
        put = outbox.put

        def full(*_: object, **__: object) -> None:
            from app.core.problems import ProblemError

            raise ProblemError(Problem("stores.disk_full"))

        monkeypatch.setattr(outbox, "put", full)
        postman.tend()
        postman.tend()
        assert [one.code for one in shop.failing] == ["stores.disk_full"] * 2
        assert shop.of(reply).stand is Stand.SENDING
        monkeypatch.setattr(outbox, "put", put)
        postman.tend()
    assert shop.of(reply).stand is Stand.SENT
    assert shop.board.said == [SORRY]


def test_one_round_on_the_command_line_sends_and_looks(shop: Shop) -> None:
    reply, posted = shop.write(), shop.write("By hand, quite other words.", wish=Wish.LOOK)
    shop.board.said.append("By hand, quite other words.")
    assert [turn.problem for turn in poll_once(shop.profile.parts, (shop.watch,))] == [None]
    assert shop.of(posted).stand is Stand.SEEN
    assert shop.of(reply).stand.is_there


def test_a_listener_sends_what_waits_and_what_it_is_told_of(shop: Shop) -> None:
    from app.core.messages import OutboxChanged

    first = shop.write()
    with shop.profile.listening() as (listener, ears):
        ears.expect(ReplyMoved, reply_id=first, stand="sent")
        second = shop.write("Second words, also long.")
        listener.obey(OutboxChanged())
        ears.expect(ReplyMoved, reply_id=second, stand="sent")
    assert sorted(shop.board.said) == sorted([SORRY, "Second words, also long."])
