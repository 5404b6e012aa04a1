"""Replies sent off at the desk: written down, taken back, logged once, seen, and asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk.sending import SORRY, Sending, sending_in
from fakes.profile import profile_in
from fakes.replies import TIMEOUT, ReplySource

from app.core.case import CaseState
from app.core.customer import Channel
from app.core.outbox import HOLD, SETTLING, Outgoing, Stand
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.views import Way
from app.core.watch import Watch


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Sending]:
    with sending_in(tmp_path) as made:
        yield made


def test_what_is_delivered_is_logged_and_its_case_answered_once(shop: Sending) -> None:
    shop.desk.replies.put_saved(SavedReply("r", "Sorry", "Sorry!", "en", "complaint"))
    view = shop.desk.inbox.open(shop.mention_id)
    assert view
    assert view.proposals
    shop.desk.replies.save_draft(shop.mention_id, SORRY, "public", shop.profile.clock())
    shop.send()
    view = shop.desk.inbox.open(shop.mention_id)
    assert view
    assert view.draft is None, "the reply is safe in the outbox"
    assert view.proposals == {}, "nothing else is to be said yet"
    assert [entry.reply.text for entry in view.history if entry.reply] == [SORRY]
    assert (shop.settle(), shop.answers, shop.state) == ([], (), CaseState.NEW)
    shop.deliver()
    assert shop.settle() == [Stand.SENT]
    assert shop.settle() == []
    (answer,) = shop.answers
    assert (answer.text, answer.channel, answer.seen_at) == (SORRY, Channel.POST, None)
    assert shop.state is CaseState.ANSWERED
    shop.deliver("a")
    assert shop.settle() == [Stand.SEEN]
    (seen,) = shop.answers
    assert seen.id == answer.id
    assert seen.seen_at
    assert seen.url == "https://a.example/1#reply"
    again = shop.open_desk()
    assert again.outbox.settle(shop.profile.clock()) == ()
    assert again.outbox.list(open_only=True) == ()


@pytest.mark.parametrize("is_reminder", [False, True])
def test_a_delivered_reply_ends_the_snooze_that_it_came_after(shop: Sending, is_reminder: bool) -> None:
    now = shop.profile.clock()
    acts = [lambda: shop.desk.cases.snooze(shop.mention_id, now + 60.0, shop.profile.clock()), shop.send]
    for act in reversed(acts) if is_reminder else acts:
        act()
        shop.profile.clock.shift += 1
    shop.deliver()
    shop.settle()
    assert shop.state is CaseState.ANSWERED
    assert (shop.desk.bells.back(now + 61.0) is not None) is is_reminder


def test_what_was_delivered_while_no_window_ran_is_logged_once_though_the_log_broke_first(shop: Sending) -> None:
    shop.send()
    shop.deliver()
    shop.files.problem = Problem("stores.disk_full")
    assert shop.settle() == []
    shop.files.problem = None
    two = shop.open_desk()
    assert shop.settle() == [Stand.SENT]
    assert two.outbox.settle(shop.profile.clock()) == ()
    assert len(shop.answers) == 1
    assert shop.state is CaseState.ANSWERED


def test_in_the_seconds_before_it_goes_it_is_taken_back_and_a_draft_again(shop: Sending) -> None:
    reply = shop.send(hold=HOLD)
    shop.deliver()
    assert shop.board.posts == 0
    back = shop.desk.outbox.cancel(reply.id, shop.profile.clock())
    assert isinstance(back, Outgoing)
    assert back.stand is Stand.CANCELLED
    view = shop.desk.inbox.open(shop.mention_id)
    assert view
    assert view.draft
    assert (view.draft.text, view.replies, view.history) == (SORRY, (), ())
    shop.profile.clock.shift += HOLD + 1
    shop.deliver()
    assert shop.board.posts == 0
    assert shop.settle() == []


def test_what_is_sent_cannot_be_taken_back(shop: Sending) -> None:
    reply = shop.send()
    shop.deliver()
    assert shop.desk.outbox.cancel(reply.id, shop.profile.clock()) == Problem("outbox.too_late")
    assert shop.desk.outbox.again(reply.id, shop.profile.clock()) == Problem("outbox.not_now")
    assert shop.desk.outbox.cancel("nothing", 1.0) == Problem("outbox.no_reply", {"id": "nothing"})


def test_of_what_cannot_be_decided_about_the_true_reason_is_told(shop: Sending) -> None:
    reply, outbox, now = shop.send(hold=HOLD), shop.desk.outbox, shop.profile.clock()
    for act in (outbox.again, outbox.say_there):
        assert act(reply.id, now) == Problem("outbox.not_now", {"why": "waiting"})
    outbox.cancel(reply.id, now)
    for act in (outbox.again, outbox.say_there):
        assert act(reply.id, now) == Problem("outbox.not_now", {"why": "cancelled"})
    shop.desk.replies.mark_answered(shop.mention_id, "We answered there.", Channel.POST, now)
    (posted,) = outbox.list(open_only=True)
    for act in (outbox.again, outbox.say_there):
        assert act(posted.outgoing.id, now) == Problem("outbox.not_now", {"why": "posted"})


def test_what_failed_is_told_once_and_can_be_sent_again_or_written_anew(shop: Sending) -> None:
    shop.board.then = [403, 403]
    reply = shop.send()
    shop.deliver()
    assert shop.settle() == [Stand.FAILED]
    assert shop.settle() == []
    assert shop.state is CaseState.NEW
    again = shop.desk.outbox.again(reply.id, shop.profile.clock())
    assert isinstance(again, Outgoing)
    assert again.stand is Stand.WAITING
    shop.deliver()
    assert shop.settle() == [Stand.FAILED]
    shop.desk.outbox.cancel(reply.id, shop.profile.clock())
    view = shop.desk.inbox.open(shop.mention_id)
    assert view
    assert view.draft
    assert view.draft.text == SORRY


def test_of_an_unknown_one_the_owner_says_that_it_is_there(shop: Sending) -> None:
    shop.board.then, shop.board.sees = [TIMEOUT], [Problem("watch.denied")]
    reply = shop.send()
    shop.deliver()
    assert shop.settle() == [Stand.UNKNOWN]
    assert not shop.answers
    said = shop.desk.outbox.say_there(reply.id[:6], shop.profile.clock())
    assert isinstance(said, Outgoing)
    assert shop.settle() == [Stand.SENT]
    assert len(shop.answers) == 1
    shop.profile.clock.shift += SETTLING + 1
    shop.deliver("a")
    assert shop.board.posts == 1
    assert shop.board.looks == 0


def test_an_earlier_decision_taken_back_does_not_take_the_answer_back(shop: Sending) -> None:
    shop.desk.cases.set_state(shop.mention_id, CaseState.IN_WORK, shop.profile.clock())
    shop.send()
    shop.deliver()
    shop.settle()
    shop.desk.cases.undo()
    assert shop.state is CaseState.ANSWERED


def test_what_is_posted_by_hand_is_looked_for_and_its_entry_says_that_it_was_seen(shop: Sending) -> None:
    shop.desk.replies.mark_answered(shop.mention_id, SORRY, Channel.POST, shop.profile.clock())
    shop.board.said.append(SORRY)
    shop.deliver("a")
    assert shop.settle() == [Stand.SEEN]
    (answer,) = shop.answers
    assert answer.seen_at
    view = shop.desk.inbox.open(shop.mention_id)
    assert view
    assert [one.outgoing.stand for one in view.replies] == [Stand.SEEN]


@pytest.mark.parametrize(("text", "channel"), [("", Channel.POST), (SORRY, Channel.MESSAGE), (SORRY, Channel.PHONE)])
def test_what_stands_in_no_public_place_is_not_looked_for(shop: Sending, text: str, channel: Channel) -> None:
    shop.desk.replies.mark_answered(shop.mention_id, text, channel, shop.profile.clock())
    shop.deliver("a")
    assert shop.board.looks == 0


def test_an_answer_taken_back_is_not_looked_for(shop: Sending) -> None:
    shop.desk.replies.mark_answered(shop.mention_id, SORRY, Channel.POST, shop.profile.clock())
    shop.desk.cases.undo()
    shop.deliver("a")
    assert shop.board.looks == 0
    assert shop.desk.outbox.list(open_only=True) == ()


def test_an_answer_heard_that_nobody_marked_settles_its_case_once(shop: Sending) -> None:
    shop._listening.meet((shop.watch,))
    shop.source.parents = {"2": "1"}
    shop.say("The baker @baker", "We have called you, Anna, and the bread is on its way.")
    assert shop.settle() == []
    assert shop.state is CaseState.ANSWERED
    (answer,) = shop.answers
    assert answer.text.startswith("We have called you")
    assert answer.seen_at
    shop.desk.cases.set_state(shop.mention_id, CaseState.NEW, shop.profile.clock() + 1.0)
    shop.settle()
    assert shop.state is CaseState.NEW, "what the owner opened again stays open"
    assert len(shop.answers) == 1


def test_the_customers_last_word_keeps_a_case_open(shop: Sending) -> None:
    shop._listening.meet((shop.watch,))
    shop.source.parents = {"2": "1", "3": "1"}
    shop.say("The baker @baker", "We have called you, Anna, and the bread is on its way.")
    shop.say("Anna @anna", "That is not true, it is awful.")
    shop.settle()
    assert shop.state is CaseState.NEW


def test_whether_it_can_be_sent_is_said_with_the_limit_of_the_place(shop: Sending) -> None:
    shop.source.limit = 10
    assert shop.desk.outbox.way(shop.mention_id) == Way(None, 10)
    assert shop.desk.outbox.send(shop.mention_id, SORRY, 1.0) == Problem("outbox.too_long", {"length": 27, "limit": 10})
    assert shop.desk.outbox.send(shop.mention_id, " \n", 1.0) == Problem("outbox.empty")
    shop.source.why = Problem("sources.needs_token")
    assert shop.desk.outbox.way(shop.mention_id) == Way(Problem("sources.needs_token"))
    assert shop.desk.outbox.way(99) == Way(Problem("desk.no_mention", {"id": 99}))


def test_another_watch_of_the_same_place_may_send(shop: Sending) -> None:
    shop.profile.watch("b", "")
    why = Problem("sources.needs_token")
    shop.source.why_no_answer = lambda watch, _mention, _secrets: why if watch.id == "a" else None  # type: ignore[method-assign]
    assert shop.send().watch_id == "b"


def test_replies_to_forgotten_people_are_forgotten(shop: Sending) -> None:
    shop.send()
    shop.deliver()
    shop.settle()
    (customer,) = shop.desk.customers.search("Anna")
    assert shop.desk.customers.forget(customer.id) is None
    assert shop.desk.outbox.list() == ()
    with shop.profile.archive._handled.reading() as connection:
        assert connection.execute("SELECT count(*) FROM delivery").fetchone() == (0,)


def test_a_letter_is_logged_as_one(tmp_path: Path) -> None:
    with profile_in(tmp_path) as profile:
        shop = Sending(profile, ReplySource(private=True))
        shop.send()
        shop.deliver()
        shop.settle()
        assert [one.channel for one in shop.answers] == [Channel.EMAIL]
        assert shop.desk.outbox.way(shop.mention_id).in_private
        shop.close()


def test_a_secret_renewed_in_a_test_is_kept_with_the_watch_that_was_tested(shop: Sending) -> None:
    shop.source.renews = {"session": "second"}
    new = Watch("", "New", "page", settings={"url": "https://a.example/feed?2"})
    shop.profile.web.pages["https://a.example/feed?2"] = ""
    shop.desk.watches.test(new, {"password": "typed"})
    kept = shop.desk.watches.save(new, {"password": "typed"})
    assert isinstance(kept, Watch), kept
    assert shop.profile.secrets.kept[kept.id, "session"] == "second"
    other = shop.desk.watches.save(
        Watch("", "Other", "page", settings={"url": "https://b.example/"}), {"password": "else"}
    )
    assert isinstance(other, Watch)
    assert (other.id, "session") not in shop.profile.secrets.kept
    shop.profile.secrets.kept[other.id, "session"] = "brought by the listener"
    assert shop.desk.watches.remove(other.id) is None
    assert not [key for key in shop.profile.secrets.kept if key[0] == other.id]
