"""Where a reply stands next: how often it is looked for, and what counts as having heard it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.mention import ArchivedMention, Mention
from app.core.our_reply import EARLY
from app.core.outbox import MOST_LOOKS, Awaited, Delivery, Outgoing, Stand, Wish
from app.core.ports.answer import Answer, SendSteps, Sent, Standing
from app.core.problems import Problem
from app.core.verdict import Kind, Verdict
from app.core.watch import Watch
from app.listen.answering import send_reply
from app.listen.stands import after_look, after_try, is_heard

NOW = 1_800_000_000.0
DAY = 86_400.0
SORRY = "We are sorry and bake anew."
POSTED = Outgoing("r", 1, "w", SORRY, Wish.LOOK, created=NOW - DAY)
UNKNOWN = replace(POSTED, wish=Wish.SEND, delivery=Delivery(Stand.UNKNOWN, order=1, begun=NOW - DAY))
SENT = replace(POSTED, wish=Wish.SEND, delivery=Delivery(Stand.SENT, order=1, begun=NOW - DAY))


def heard(mention_id: int, **more: object) -> ArchivedMention:
    mention = replace(Mention("page", str(mention_id), "", "", "The bread was awful."), **more)  # type: ignore[arg-type]
    return ArchivedMention(mention_id, "w", mention, Verdict(Kind.NEUTRAL, 0.0), NOW)


@pytest.mark.parametrize(
    ("outgoing", "found", "last"),
    [
        (POSTED, Standing(), Stand.NOT_SEEN),
        (SENT, Standing(), Stand.SENT),
        (UNKNOWN, Standing(problem=Problem("watch.server_error")), Stand.UNKNOWN),
    ],
    ids=["posted by hand", "sent", "unknown"],
)
def test_a_place_is_not_asked_for_ever(outgoing: Outgoing, found: Standing, last: Stand) -> None:
    for look in range(MOST_LOOKS):
        assert outgoing.delivery.next_at is not None, f"given up after {look} looks"
        outgoing = replace(outgoing, delivery=after_look(outgoing, found, NOW))
    assert (outgoing.stand, outgoing.delivery.next_at) == (last, None)


def test_a_look_without_a_network_is_none() -> None:
    looked = replace(POSTED, delivery=Delivery(looks=MOST_LOOKS - 1))
    assert after_look(looked, Standing(problem=Problem("net.offline")), NOW).next_at is not None


@pytest.mark.parametrize("outgoing", [POSTED, SENT, UNKNOWN], ids=lambda one: one.stand.value)
@pytest.mark.parametrize(
    ("published", "is_it"),
    [(NOW - 3 * DAY, False), (NOW - DAY - EARLY - 1, False), (NOW - DAY - EARLY + 1, True), (NOW, True), (None, True)],
)
def test_what_the_shop_said_before_a_reply_was_begun_is_not_that_reply(
    outgoing: Outgoing, published: float | None, is_it: bool
) -> None:
    waiting = Awaited(outgoing, heard(1))
    assert is_heard(waiting, heard(2, parent="1", text=SORRY, published=published)) is is_it
    other_words = heard(2, parent="1", text="Please write to us.", published=published)
    assert is_heard(waiting, other_words) is (is_it and outgoing is not UNKNOWN)
    assert not is_heard(waiting, heard(2, parent="9", text="Please write to us.", published=published))


NO_COPY = Problem("mail.no_copy", {"host": "smtp.kawaraj.example"})


class Post:
    """Takes every reply; `beside` is what went wrong beside it."""

    def __init__(self, beside: Problem | None) -> None:
        self.beside = beside

    def why_no_answer(self, *_args: object) -> Problem | None:
        return None

    def longest_answer(self, *_args: object) -> int | None:
        return None

    def answer(self, answer: Answer) -> SendSteps:
        yield from ()
        return Sent("key", beside=self.beside)


def sent_with(beside: Problem | None) -> Outgoing:
    """Return a reply that its place took."""
    answer = Answer("r", SORRY, heard(1).mention, Watch("w", "w", "mailbox"), NOW, NOW)
    tried = send_reply(Post(beside), answer, None)  # type: ignore[arg-type]  nothing is asked of the net
    sending = Delivery(Stand.SENDING, order=1, begun=NOW)
    return replace(SENT, delivery=after_try(sending, tried, can_look=True, now=NOW))


@pytest.mark.parametrize("beside", [NO_COPY, None], ids=["refused", "taken"])
def test_what_went_wrong_beside_a_reply_is_known_as_long_as_the_reply_is_not_seen(beside: Problem | None) -> None:
    one = sent_with(beside)
    assert (one.stand, one.beside) == (Stand.SENT, beside)
    for found in (Standing(), Standing(problem=Problem("net.offline")), Standing(problem=Problem("watch.login"))):
        one = replace(one, delivery=after_look(one, found, NOW))
        assert (one.stand, one.beside) == (Stand.SENT, beside)
    seen = replace(one, delivery=after_look(one, Standing(stands=True, where="key"), NOW))
    assert (seen.stand, seen.beside) == (Stand.SEEN, None)


def test_a_reply_that_came_back_is_told_of_alone() -> None:
    came_back = Problem("mail.returned", {"status": "5.1.1"})
    one = sent_with(NO_COPY)
    one = replace(one, delivery=after_look(one, Standing(refused=came_back), NOW))
    assert (one.stand, one.problem, one.beside) == (Stand.FAILED, came_back, None)
