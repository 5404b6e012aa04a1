"""On a card that is longer than the window: what is opened is in sight, and another card begins at its beginning."""

from __future__ import annotations

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot
from ui.window_samples import AWFUL, OpenShop

from app.core.customer import Channel, Direction
from app.core.problems import Problem
from app.ui.pages.customers_page import CustomersPage
from app.ui.window import MainWindow

NOW = 1_800_000_000.0


@pytest.fixture
def window(shop: Counter, open_shop: OpenShop) -> MainWindow:
    mention = shop.say("Anna K. @anna", AWFUL)
    shop.desk.customers.log_for(mention, Direction.OUT, Channel.PHONE, "Called back", NOW, "Eva")
    assert not isinstance(shop.desk.customers.create("Jan", NOW - 9), Problem)
    return open_shop()


@pytest.fixture
def page(window: MainWindow) -> CustomersPage:
    window.do("page:customers")
    return window.pages.customers()


def long_story(shop: Counter, page: CustomersPage, qtbot: QtBot) -> QScrollArea:
    """Have the card shown be longer than the window, and scroll to its end."""
    card = page.card.customer
    assert card is not None
    for number in range(30):
        shop.desk.customers.log(card.id, Direction.IN, Channel.PHONE, "A long talk about a cake. " * 12, NOW - number)
    page.card.show_customer(card)
    area = page.card.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 400, timeout=20_000)
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    return area


@pytest.mark.parametrize("size", [(760, 480), (1024, 640)])
@pytest.mark.parametrize("entry", ["Log a contact…", "Merge with…", "Forget this person…"])
def test_what_an_entry_of_the_menu_opens_is_in_sight(
    shop: Counter, page: CustomersPage, window: MainWindow, qtbot: QtBot, entry: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    area = long_story(shop, page, qtbot)
    menu = QMenu()
    page.card.fill_menu(menu)
    next(one for one in menu.actions() if one.text().replace("&", "") == entry).trigger()
    QApplication.processEvents()
    part = {"L": page.card.contact, "M": page.card.merging, "F": page.card.sure}[entry[0]]
    seen = part.visibleRegion().boundingRect()
    assert seen.height() == min(part.height(), area.viewport().height())
    low = part.geometry().bottom() - page.card.name.y() > area.viewport().height()
    assert low or not page.card.name.visibleRegion().isEmpty(), "whose card it is, where there is room"


@pytest.mark.parametrize("entry", ["Log a contact…", "Forget this person…"])
def test_a_button_of_the_card_stays_where_it_is_where_what_it_opens_is_in_sight(
    page: CustomersPage, window: MainWindow, qtbot: QtBot, entry: str
) -> None:
    window.resize(1366, 728)
    QApplication.processEvents()
    (button,) = (one for one in page.card.findChildren(QPushButton) if one.text() == entry)
    before = button.mapTo(window, QPoint())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert button.mapTo(window, QPoint()) == before


def test_another_card_is_shown_from_its_beginning_and_the_same_one_where_it_was(
    shop: Counter, page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 640)
    bar = long_story(shop, page, qtbot).verticalScrollBar()
    before = page.card.customer.id
    page.refresh()
    page.load()
    page.card.show_customer(page.card.customer)
    QApplication.processEvents()
    assert bar.value() == bar.maximum(), "something was heard meanwhile"
    page.table.view.selectRow(1 - page.table.view.currentIndex().row())
    assert page.card.customer.id != before
    assert bar.value() == 0
