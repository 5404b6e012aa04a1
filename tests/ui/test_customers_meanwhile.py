"""Customers while something of them is being read, made or forgotten: what the owner chose or typed meanwhile stays."""

from __future__ import annotations

import pytest
from fakes.counter import Counter
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.window_samples import OpenShop

from app.core.problems import Problem
from app.ui.pages.customers_page import CustomersPage
from app.ui.widgets.customer_card import CustomerCard
from app.ui.window import MainWindow

NOW = 1_800_000_000.0


@pytest.fixture(autouse=True)
def two_cards(shop: Counter) -> None:
    for name in ("Anna K.", "Jan"):
        shop.desk.customers.create(name, NOW)


def slow_card(open_shop: OpenShop) -> tuple[Later, MainWindow, CustomerCard]:
    """Return a disk that does nothing before it is told to, a window on it, and the card shown there."""
    later = Later()
    window = open_shop(later)
    window.do("page:customers")
    later.go()
    return later, window, window.pages.customers().card


@pytest.fixture
def page(open_shop: OpenShop) -> CustomersPage:
    window = open_shop()
    window.do("page:customers")
    return window.pages.customers()


def shown(card: CustomerCard) -> str:
    """Return the id of the card shown."""
    return card.customer.id if card.customer else ""


def test_who_is_chosen_while_the_list_is_read_anew_stays_chosen(open_shop: OpenShop) -> None:
    later, slow, card = slow_card(open_shop)
    page = slow.pages.customers()
    first, other = page.table.model.rows
    page.load()
    page.table.view.selectRow(1)
    later.go()
    assert (page.table.current.id, shown(card)) == (other.id, other.id)
    card._forget()
    page.table.view.selectRow(0)
    later.go()
    assert shown(card) == first.id


def test_who_is_chosen_while_another_is_being_forgotten_stays_chosen(shop: Counter, open_shop: OpenShop) -> None:
    shop.desk.customers.create("Zofia", NOW)
    later, slow, card = slow_card(open_shop)
    page = slow.pages.customers()
    page.table.view.selectRow(0)
    later.go()
    card._forget()
    page.table.view.selectRow(2)
    wanted = page.table.current.id
    later.go()
    assert (page.table.current.id, shown(card)) == (wanted, wanted)


def test_a_new_card_is_shown_though_the_list_was_being_read_and_nobody_else_is_renamed(
    open_shop: OpenShop,
) -> None:
    later, slow, card = slow_card(open_shop)
    page = slow.pages.customers()
    page.add_card()
    page.load()
    read = later.jobs.pop()
    later.jobs.insert(0, read)
    reading = read[1]()  # before the card is made
    later.jobs[0] = (read[0], lambda: reading, *read[2:])
    later.go("write")
    later.go(most=1)
    card.refresh()
    later.go()
    assert card.name.text() == "New customer"
    assert slow.focusWidget() is card.name


def test_the_keyboard_is_brought_to_the_name_of_the_new_card_only(open_shop: OpenShop) -> None:
    later, slow, card = slow_card(open_shop)
    page = slow.pages.customers()
    page.add_card()
    card.show_customer(card.customer)
    later.go("write")
    later.go(most=1)  # the card that was on its way
    assert slow.focusWidget() is not card.name
    later.go()
    assert slow.focusWidget() is card.name
    assert card.name.text() == "New customer"


def test_a_name_being_typed_stays_when_the_card_is_read_again(page: CustomersPage, qtbot: QtBot) -> None:
    page.card.name.setFocus()
    page.card.name.selectAll()
    qtbot.keyClicks(page.card.name, "Ann")
    page.load()
    assert page.card.name.text() == "Ann"
    page.card.save_name()
    assert page.card.customer is not None
    assert page.card.customer.name == "Ann"
    page.card.customer = None
    page.load()
    assert page.card.name.text() == "Ann"


def test_a_name_that_could_not_be_kept_stays_in_its_field(
    page: CustomersPage, shop: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.card.name.selectAll()
    qtbot.keyClicks(page.card.name, "Ann")
    with monkeypatch.context() as held:
        held.setattr(type(shop.desk.customers), "rename", lambda *_of: Problem("stores.busy", {"path": "x"}))
        page.card.save_name()
    page.load()
    assert page.card.name.text() == "Ann"
    page.card.save_name()
    assert page.card.customer is not None
    assert page.card.customer.name == "Ann"
