"""The desk while the file of a card cannot be read: nobody gets a second card, nothing is lost, forgotten or passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.counter import Counter
from fakes.held import Held

from app.core.by_hand import Entry, Where
from app.core.customer import Channel, Contact, Customer, Direction
from app.core.problems import Problem

AWFUL = "The bread was awful and nobody answers the phone."
NOW = 1_800_000_000.0


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def card(shop: Counter, mention: int) -> Customer:
    view = shop.desk.inbox.open(mention)
    assert view
    assert view.customer
    return view.customer


def hold(shop: Counter, held: Held, one: Customer) -> None:
    held.hold(shop.profile.folder / "customers" / one.id[:2] / f"{one.id}.json")


@pytest.mark.parametrize("who", ["Anna @anna", "Anna"])
def test_whoever_wrote_keeps_the_one_card(shop: Counter, held: Held, who: str) -> None:
    mention = shop.say(who, AWFUL)
    assert isinstance(shop.desk.customers.log_for(mention, Direction.IN, Channel.PHONE, "Called", NOW), Contact)
    one = card(shop, mention)
    hold(shop, held, one)
    unread = card(shop, mention).unread
    assert unread
    assert unread.code == "stores.card_unread"
    for result in (
        shop.desk.customers.log_for(mention, Direction.IN, Channel.PHONE, "Called again", NOW),
        shop.desk.replies.save_draft(mention, "We are sorry", "public", NOW),
        shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW),
        shop.desk.replies.mark_answered(mention, "", Channel.POST, NOW),
        shop.desk.customers.set_note(one.id, "Regular"),
        shop.desk.customers.record(one.id),
        shop.desk.customers.export(one.id, Path("nowhere.html"), lambda _record: ""),
        shop.desk.customers.forget(one.id),
    ):
        assert result == unread
    view = shop.desk.inbox.open(mention)
    assert view
    assert view.state.is_open
    held.let_go()
    assert card(shop, mention) == one
    assert len(shop.desk.customers.search("")) == 1


def test_what_is_entered_by_hand_goes_to_nobody_else(shop: Counter, held: Held) -> None:
    call = Entry("", Where.PHONE, "Rings and rings", author="Anna", handle="+48 601 202 303")
    assert not isinstance(shop.desk.by_hand.add(call), Problem)
    (one,) = shop.desk.customers.search("")
    hold(shop, held, one)
    visit = Entry("", Where.WEB, "The bread again", author="Anna", handle="+48601202303", url="https://b.example/1")
    shop.desk.by_hand.add(visit)
    held.let_go()
    assert [found.id for found in shop.desk.customers.search("")] == [one.id]


def test_taking_an_entry_back_forgets_no_card_that_cannot_be_read(shop: Counter, held: Held) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.customers.log_for(mention, Direction.IN, Channel.PHONE, "Called", NOW)
    one = card(shop, mention)
    hold(shop, held, one)
    assert shop.desk.by_hand._drop_card(one.id) is None
    held.let_go()
    assert card(shop, mention) == one


def test_an_account_that_may_be_that_of_a_card_nobody_can_read_waits_for_it(shop: Counter, held: Held) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.customers.log_for(mention, Direction.IN, Channel.PHONE, "Called", NOW)
    one = card(shop, mention)
    hold(shop, held, one)
    entry = Entry("", Where.WEB, "The bread again", author="Anna", handle="anna", url="https://b.example/1")
    assert shop.desk.by_hand.add(entry) == card(shop, mention).unread
    held.let_go()
    assert not isinstance(shop.desk.by_hand.add(entry), Problem)
    (found,) = shop.desk.customers.search("")
    assert {each.place for each in found.identities} == {"a.example", "b.example"}
