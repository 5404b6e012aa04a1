"""Answers of the shop that nobody marked: which of them settle a case."""

from __future__ import annotations

import pytest
from stores.archive.hearing import NOW, Opened, case, said

from app.core.case import CaseState, Handling
from app.core.outbox import Outgoing, Wish

ANSWER = {"parent": "a", "ours": True}


def heard(opened: Opened, since: float = NOW - 60) -> list[str]:
    return [one.mention.key for one in opened.archive.out_tray().answers_heard(since)]


@pytest.fixture
def asked(opened: Opened) -> int:
    """A complaint, its case being number 1, and ten seconds later the shop's answer «b»."""
    (mention_id,) = opened.hear(case("a"), at=NOW).mention_ids
    opened.hear(said("b", joins_case=1, **ANSWER), at=NOW + 10)
    return mention_id


def test_an_answer_in_the_thread_of_an_open_case_is_one(opened: Opened, asked: int) -> None:
    opened.hear(said("no thread", ours=True, joins_case=1), said("no case", **ANSWER), at=NOW + 20)
    assert heard(opened) == ["b"]
    assert heard(opened, NOW + 11) == []


@pytest.mark.parametrize(
    ("handling", "is_news"),
    [
        (Handling(1, changed_at=NOW + 9), True),
        (Handling(1, CaseState.IN_WORK, changed_at=NOW + 9), True),
        (Handling(1, CaseState.WAITING, changed_at=NOW + 9), True),
        (Handling(1, CaseState.IN_WORK, changed_at=NOW + 11), False),
        (Handling(1, CaseState.RESOLVED, changed_at=NOW + 9), False),
        (Handling(1, CaseState.IN_WORK, answered_at=NOW + 5, changed_at=NOW + 5), False),
    ],
)
def test_what_the_owner_decided_since_stands(opened: Opened, asked: int, handling: Handling, *, is_news: bool) -> None:
    opened.desk.put_handling(handling)
    assert heard(opened) == (["b"] if is_news else [])


def test_the_customers_last_word_is_not_answered_by_what_stood_before_it(opened: Opened, asked: int) -> None:
    opened.hear(said("c", joins_case=1), at=NOW + 30)
    assert heard(opened) == []
    opened.hear(said("d", joins_case=1, parent="c", ours=True), at=NOW + 40)
    assert heard(opened) == ["d"]


def test_what_the_shop_itself_began_is_no_answer(opened: Opened) -> None:
    opened.hear(case("ours", **{**ANSWER, "parent": "elsewhere"}))
    assert heard(opened) == []


def test_a_reply_under_way_is_looked_for_in_its_own_way(opened: Opened, asked: int) -> None:
    tray = opened.archive.out_tray()
    assert tray.put(Outgoing("reply", asked, "w", "Sorry", Wish.SEND, NOW))
    assert heard(opened) == []
    assert tray.cancel("reply", NOW)
    assert heard(opened) == ["b"]


def test_what_was_told_and_said_to_be_there_is_at_rest(opened: Opened, asked: int) -> None:
    tray = opened.archive.out_tray()
    assert tray.put(Outgoing("reply", asked, "w", "Sorry", Wish.LOOK, NOW, said_at=None))
    with opened.listener._connections.writing() as connection:
        connection.execute("UPDATE outgoing SET said_at = ?", (NOW,))
    (one,) = tray.untold()
    assert tray.note(one.outgoing, NOW, None, logged=True)
    assert (tray.untold(), opened.archive.outbox().awaited()) == ((), ())
