"""Where a reply stands next: how often it is looked for, and what counts as having heard it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.mention import ArchivedMention, Mention
from app.core.our_reply import EARLY
from app.core.outbox import MOST_LOOKS, Awaited, Delivery, Outgoing, Stand, Wish
from app.core.ports.answer import Standing
from app.core.problems import Problem
from app.core.verdict import Kind, Verdict
from app.listen.stands import after_look, is_heard

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
