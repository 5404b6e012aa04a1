"""The listener's side of the outbox: tries, what is broken off, and what the shop was heard to write."""

from __future__ import annotations

import pytest
from stores.archive.hearing import NOW, Opened, said

from app.core.outbox import SETTLING, Delivery, Outgoing, Stand, Wish
from app.core.problems import Problem, ProblemError

DAY = 86_400.0


@pytest.fixture
def asked(opened: Opened) -> int:
    """A mention to which a reply is to be sent."""
    (mention_id,) = opened.hear(said("a", thread="t")).mention_ids
    assert opened.archive.out_tray().put(Outgoing("reply", mention_id, "w", "Sorry", Wish.SEND, NOW))
    return mention_id


def delivery(opened: Opened) -> Delivery:
    (one,) = opened.archive.outbox().awaited()
    return one.outgoing.delivery


@pytest.mark.parametrize(("later", "next_at"), [(5.0, NOW + SETTLING), (SETTLING, NOW + SETTLING), (90.0, NOW + 90)])
def test_what_was_being_sent_when_the_program_ended_may_be_there(
    opened: Opened, asked: int, later: float, next_at: float
) -> None:
    """The place may still be at work on it: nothing is done for a minute, and the try counts as one of which nobody knows."""
    first, second = opened.archive.outbox(), opened.archive.outbox()
    assert first.begin(NOW)
    assert first.claim("reply", NOW)
    first.end()
    assert second.begin(NOW + later)
    broken = delivery(opened)
    assert (broken.stand, broken.unsure, broken.tries, broken.at) == (Stand.UNKNOWN, 1, 1, NOW + later)
    assert (broken.next_at, broken.problem) == (next_at, Problem("outbox.broken_off"))
    second.end()


def test_a_new_order_begins_anew_but_since_when_it_was_tried_stays(opened: Opened, asked: int) -> None:
    tray, outbox = opened.archive.out_tray(), opened.archive.outbox()
    assert outbox.begin(NOW)
    for now, tries in ((NOW, 1), (NOW + 60, 2)):
        sending = outbox.claim("reply", now)
        assert sending
        assert (sending.tries, sending.unsure, sending.begun) == (tries, tries - 1, NOW)
        outbox.put("reply", Delivery(Stand.WAITING, 1, sending.tries, tries, begun=sending.begun, at=now))
    outbox.put("reply", Delivery(Stand.FAILED, 1, 2, 2, begun=NOW, at=NOW + 60))
    assert outbox.claim("reply", NOW + 70) is None, "the owner has to say so"
    assert tray.order("reply", NOW + 80)
    sending = outbox.claim("reply", NOW + 80)
    assert sending
    assert (sending.order, sending.tries, sending.unsure, sending.begun) == (2, 1, 0, NOW)
    outbox.end()


def test_without_the_lock_nothing_is_claimed(opened: Opened, asked: int) -> None:
    outbox = opened.archive.outbox()
    assert outbox.claim("reply", NOW) is None
    assert outbox.begin(NOW)
    outbox.end()
    assert outbox.claim("reply", NOW) is None
    assert delivery(opened).stand is Stand.WAITING


@pytest.mark.parametrize(("before", "found"), [(DAY - 1, True), (3600.0, True), (DAY + 1, False)])
def test_an_answer_heard_before_it_was_marked_by_hand_may_be_it(opened: Opened, before: float, *, found: bool) -> None:
    """Who answers in the browser is often heard before the case is marked as answered."""
    (asked,) = opened.hear(said("a"), at=NOW - 3 * DAY).mention_ids
    (answer,) = opened.hear(said("b", parent="a", ours=True), at=NOW - before).mention_ids
    assert opened.archive.out_tray().put(Outgoing("reply", asked, "w", "Sorry", Wish.LOOK, NOW))
    assert [mention.id for _reply, mention in opened.archive.outbox().heard()] == ([answer] if found else [])


def test_what_stands_in_another_place_or_was_taken_back_is_not_it(opened: Opened, asked: int) -> None:
    opened.hear(said("b", parent="a", source="mastodon", ours=True), said("c", parent="a", ours=True))
    assert [mention.mention.key for _reply, mention in opened.archive.outbox().heard()] == ["c"]
    assert opened.archive.out_tray().cancel("reply", NOW)
    assert opened.archive.outbox().heard() == ()


def test_a_start_that_fails_holds_no_lock(opened: Opened, asked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the next start would think that it had looked at what was broken off."""
    outbox = opened.archive.outbox()

    def full(_now: float) -> None:
        raise ProblemError(Problem("stores.disk_full"))

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_break_off", full)
        with pytest.raises(ProblemError):
            outbox.begin(NOW)
    other = opened.archive.outbox()
    assert other.begin(NOW)
    other.end()
