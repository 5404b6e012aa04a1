"""Knowing a mention again among many at its address, and its case by thread and person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stores.archive.hearing import NOW, Opened, case, marks, said

from app.core.case import CaseState, Handling
from app.core.identity import prints_of
from app.core.ports.archive import NewMention
from app.core.verdict import Kind

PAGE = "https://a.pl/reviews"
WORDS = "The bread was stale and nobody at the counter wanted to hear of it."


TWO_WEEKS = 14 * 86_400.0


def at_page(number: int) -> NewMention:
    """Return one of many reviews that all have the address of their page."""
    return said(f"tag:r{number}", f"{number} {WORDS}", url=PAGE, author=f"Guest {number}")


def real(new: NewMention) -> NewMention:
    """Return a new mention with the fingerprints it really has."""
    return replace(new, prints=prints_of(new.mention))


@pytest.mark.parametrize(("others", "found"), [(1, True), (299, True), (300, False)])
def test_of_many_at_one_address_the_newest_three_hundred_are_compared(
    opened: Opened, others: int, *, found: bool
) -> None:
    first, *_ = opened.hear(*map(at_page, range(others + 1))).mention_ids
    again = said("tag:anew", f"0 {WORDS}", url=PAGE, author="Guest 0")
    (known,) = opened.listener.known(*marks(again))
    assert known.by_key is None
    assert known.by_place == (first if found else None)


@pytest.mark.parametrize(("seconds", "joins"), [(0.0, True), (1.0, False)])
def test_a_case_is_joined_by_its_customer_for_two_weeks(opened: Opened, seconds: float, *, joins: bool) -> None:
    stored = opened.hear(case("a", handle="@anna", site="x.pl"), at=NOW - TWO_WEEKS - seconds)
    opened.hear(said("b"))
    (known,) = opened.listener.known(*marks(said("c", handle="@anna", site="x.pl")))
    assert known.identity_case == (stored.case_ids[0] if joins else None)


@pytest.mark.parametrize(
    ("handling", "settled"),
    [
        (None, False),
        (Handling(1, CaseState.NEW, changed_at=NOW + 1), False),
        (Handling(1, CaseState.IN_WORK, changed_at=NOW + 1), False),
        (Handling(1, CaseState.NEW, Kind.PRAISE, changed_at=NOW + 1), True),
        (Handling(1, CaseState.RESOLVED, changed_at=NOW + 1), True),
        (Handling(1, CaseState.RESOLVED, changed_at=NOW), True),
        (Handling(1, CaseState.RESOLVED, changed_at=NOW - 1), False),
        (Handling(1, CaseState.NOT_US, changed_at=NOW - 1), True),
    ],
)
def test_what_the_owner_decided_since_it_was_heard_settles_it(
    opened: Opened, handling: Handling | None, *, settled: bool
) -> None:
    opened.hear(case("a"), at=NOW)
    if handling:
        opened.desk.put_handling(handling)
    (known,) = opened.listener.known(*marks(said("a")))
    assert (known.case, known.settled, known.heard_at) == (1, settled, NOW)


def test_whether_it_rang_and_whether_a_loose_one_is_in_hand(opened: Opened) -> None:
    ringing, digested, loose = opened.hear(case("a", rings=True), case("b", digests=True), said("c")).mention_ids
    opened.desk.put_handling(Handling(-loose, CaseState.IN_WORK, changed_at=NOW))
    asked = opened.listener.known(*marks(said("a"), said("b"), said("c")))
    assert [known.by_key for known in asked] == [ringing, digested, loose]
    assert [known.rang for known in asked] == [True, False, False]
    assert [known.in_hand for known in asked] == [False, False, True]


@pytest.mark.parametrize(("author", "case_id"), [("Anna", 1), ("ANNA", 1), ("Ola", None), ("", None)])
def test_the_same_words_under_another_title_are_a_repost_only_of_the_same_author(
    opened: Opened, author: str, case_id: int | None
) -> None:
    words = f"{WORDS} I have asked three times, and three times I was sent away with nothing."
    opened.hear(real(case("a", words, title="Never again", author="Anna")))
    (known,) = opened.listener.known(*marks(real(said("b", words, title="Stale bread", author=author))))
    assert (known.retitled, known.text_case) == (case_id is not None, case_id)


def test_two_people_say_the_same_and_each_is_known_by_their_own(opened: Opened) -> None:
    first, second = opened.hear(
        case("tag:a", WORDS, author="Anna", site="x.pl"), case("tag:b", WORDS, author="Ela", site="x.pl")
    ).mention_ids
    for author, *found in (
        ("Anna", first, 1, True, False),
        ("Ela", second, 2, True, False),
        ("Ola", first, 1, False, True),
    ):
        (known,) = opened.listener.known(*marks(said("tag:c", WORDS, author=author, site="x.pl")))
        assert [known.by_text, known.text_case, known.said_here, known.by_another] == found
        assert known.said_at == frozenset()


def test_of_words_said_twice_the_open_case_counts_and_when_a_closed_one_was_answered(opened: Opened) -> None:
    anna = {"author": "Anna", "site": "x.pl"}
    first, second, third = ({**anna, "published": NOW - ago, "url": f"https://x.pl/{ago}"} for ago in (9_000, 5_000, 0))
    opened.hear(case("tag:a", WORDS, **first), case("tag:b", WORDS, **second))
    asked = marks(said("tag:c", WORDS, **third))
    (known,) = opened.listener.known(*asked)
    assert (len(known.said_at), known.text_case, known.text_closed) == (2, 2, None)
    opened.desk.put_handling(Handling(2, CaseState.RESOLVED, answered_at=NOW - 50, changed_at=NOW - 20))
    (known,) = opened.listener.known(*asked)
    assert (known.text_case, known.text_closed) == (1, None)
    opened.desk.put_handling(Handling(1, CaseState.NO_REPLY, changed_at=NOW - 30))
    (known,) = opened.listener.known(*asked)
    assert (known.text_case, known.text_closed) == (2, NOW - 50)
