"""Drafts begun for mentions that became one case since: none is lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from fakes.counter import Counter

from app.core.case import CaseState
from app.core.customer import Channel, Customer, Draft
from app.core.ports.desk import Desk
from app.desk.drafts import Drafts

AWFUL = "The bread was awful and nobody answers the phone."
NOW = 1_800_000_000.0


def begun(desk: Desk, mention: int) -> str | None:
    view = desk.inbox.open(mention)
    assert view
    return view.draft.text if view.draft else None


@pytest.fixture
def two(shop: Counter) -> tuple[int, int]:
    """Two mentions of one person with a draft for each, which edits have made one case of since."""
    first, second = shop.say("Anna @anna", "Hello everybody."), shop.say("Anna @anna", "Hello once more.")
    shop.desk.replies.save_draft(second, "About the second", "private", NOW)
    shop.desk.replies.save_draft(first, "About the first", "public", NOW + 1)
    shop.edit(first, AWFUL)
    shop.edit(second, f"{AWFUL} Still.")
    rows = [shop.desk.inbox.row(each) for each in (first, second)]
    assert rows[0].case_id == rows[1].case_id is not None
    return first, second


def test_two_drafts_for_what_is_one_case_by_now_are_one_the_newer_first(shop: Counter, two: tuple[int, int]) -> None:
    first, second = two
    assert begun(shop.desk, first) == begun(shop.desk, second) == "About the first\n\nAbout the second"
    assert shop.desk.inbox.open(first).draft.audience == "public"


def test_what_is_typed_on_takes_the_place_of_both(shop: Counter, two: tuple[int, int]) -> None:
    first, second = two
    shop.desk.replies.save_draft(first, "About both", "public", NOW + 2)
    assert begun(shop.open_desk(), second) == "About both"
    shop.desk.replies.save_draft(first, "", "public", NOW + 3)
    assert begun(shop.desk, first) is None


def test_that_a_reply_was_copied_is_kept_with_it(shop: Counter) -> None:
    mention = shop.say("Ola @ola", AWFUL)
    shop.desk.replies.save_draft(mention, "Sorry", "public", NOW, copied_at=NOW - 5)

    def kept() -> float | None:
        view = shop.open_desk().inbox.open(mention)
        assert view
        assert view.draft
        return view.draft.copied_at

    assert kept() == NOW - 5
    shop.desk.replies.mark_answered(mention, "Sorry", Channel.POST, NOW + 2)
    shop.desk.cases.undo()
    assert kept() == NOW - 5
    shop.desk.replies.save_draft(mention, "Very sorry", "public", NOW + 3)
    assert kept() is None


def test_an_answer_taken_back_gives_both_back(shop: Counter, two: tuple[int, int]) -> None:
    first, _second = two
    shop.desk.replies.mark_answered(first, "About both", Channel.POST, NOW + 2)
    assert begun(shop.desk, first) is None
    shop.desk.cases.undo()
    assert begun(shop.desk, first) == "About the first\n\nAbout the second"


def test_a_draft_of_the_case_takes_in_that_of_a_mention_that_joins_it(shop: Counter) -> None:
    case = shop.say("Anna @anna", AWFUL)
    loose = shop.say("Anna @anna", "Hello everybody.")
    shop.desk.replies.save_draft(loose, "About the greeting", "public", NOW)
    shop.desk.replies.save_draft(case, "About the bread", "public", NOW + 1)
    shop.edit(loose, f"{AWFUL} Still.")
    assert shop.desk.inbox.row(loose).case_id == shop.desk.inbox.row(case).case_id
    assert begun(shop.desk, case) == "About the bread\n\nAbout the greeting"


def test_words_that_stand_in_the_newer_one_already_are_not_repeated(shop: Counter) -> None:
    case, loose = shop.say("Anna @anna", AWFUL), shop.say("Anna @anna", "Hello everybody.")
    shop.desk.replies.save_draft(loose, "Dear Anna", "public", NOW)
    shop.desk.replies.save_draft(case, "Dear Anna, sorry", "public", NOW + 1)
    shop.edit(loose, f"{AWFUL} Still.")
    assert begun(shop.desk, case) == "Dear Anna, sorry"


def test_a_draft_of_another_case_stays_its_own(shop: Counter) -> None:
    anna, jan = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", f"{AWFUL} Order 2.")
    shop.desk.replies.save_draft(anna, "Dear Anna", "public", NOW)
    shop.desk.replies.save_draft(jan, "Dear Jan", "public", NOW)
    assert (begun(shop.desk, anna), begun(shop.desk, jan)) == ("Dear Anna", "Dear Jan")


def test_what_is_answered_has_no_draft_left_on_any_card(shop: Counter, two: tuple[int, int]) -> None:
    first, second = two
    shop.desk.replies.mark_answered(first, "About both", Channel.POST, NOW + 2)
    assert shop.desk.inbox.row(second).state is CaseState.ANSWERED
    assert [draft for card in shop.desk.customers.search("") for draft in card.drafts] == []


def test_of_drafts_on_several_cards_the_one_with_the_newest_words_keeps_them() -> None:
    kept = {
        -number: (Customer(str(number), ""), Draft(-number, f"Words {number}", at))
        for number, at in ((1, 5.0), (2, 9.0), (3, 7.0))
    }
    archive = SimpleNamespace(case_mentions=lambda _case_id: [SimpleNamespace(id=number) for number in (1, 2, 3)])
    found = Drafts(archive, SimpleNamespace(draft_for=kept.get)).of(7)  # type: ignore[arg-type]
    assert found
    assert (found[0].id, found[1]) == ("2", Draft(7, "Words 2\n\nWords 3\n\nWords 1", 9.0))
