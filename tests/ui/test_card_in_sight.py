"""On a card that is longer than the window: what is opened is in sight, and another card begins at its beginning."""

from __future__ import annotations

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QEvent, QPoint, Qt
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
    qtbot.waitUntil(lambda: bar.maximum() > 400)
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


def ask_to_forget(page: CustomersPage, entry: str = "Forget this person…") -> None:
    menu = QMenu()
    page.card.fill_menu(menu)
    next(one for one in menu.actions() if one.text().replace("&", "") == entry).trigger()
    QApplication.processEvents()


def keyboard(window: MainWindow) -> str:
    part = window.focusWidget()
    return part.text() if isinstance(part, QPushButton) else part.accessibleName() if part else ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_who_is_asked_whether_to_forget_has_the_question_under_the_keyboard(
    page: CustomersPage, window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    page.table.view.setFocus()
    before = keyboard(window)
    ask_to_forget(page)
    assert keyboard(window) == "Keep", "what the keys do first forgets nobody"
    ask_to_forget(page)
    qtbot.keyClick(window.focusWidget(), key)
    assert page.card.sure.isHidden()
    assert (window.pages.name, keyboard(window)) == ("customers", before)
    assert page.card.customer is not None
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.pages.name == "inbox"


def test_the_keyboard_is_somewhere_once_somebody_is_forgotten(
    page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    for left in (1, 0):
        page.table.view.setFocus()
        ask_to_forget(page)
        (sure,) = (one for one in page.card.findChildren(QPushButton) if one.text() == "Forget for good")
        sure.setFocus()
        with qtbot.waitSignal(page.card.forgotten):
            qtbot.keyClick(sure, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda left=left: page.table.model.rowCount() == left)  # type: ignore[misc]
        part = window.focusWidget()
        assert part is not None
        assert part.isVisible()


def test_a_question_that_is_left_for_a_field_keeps_the_keyboard_there(page: CustomersPage, window: MainWindow) -> None:
    page.table.view.setFocus()
    ask_to_forget(page)
    page.card.note.setFocus()
    assert page.card.leave_panel()
    assert window.focusWidget() is page.card.note
    assert not page.card.leave_panel()


def test_escape_closes_what_is_open_on_the_card_before_it_leaves_the_page(
    page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.table.view.setFocus()
    ask_to_forget(page, "Merge with…")
    assert window.focusWidget() is page.card.merging.field
    ask_to_forget(page)
    assert page.card.merging.isHidden()
    ask_to_forget(page, "Merge with…")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert page.card.merging.isHidden()
    assert (window.pages.name, window.focusWidget()) == ("customers", page.table.view)


@pytest.mark.parametrize("entry", ["Log a contact…", "Merge with…"])
@pytest.mark.parametrize("by", ["Cancel", "Escape"])
def test_what_is_left_gives_the_keyboard_back(
    page: CustomersPage, window: MainWindow, qtbot: QtBot, entry: str, by: str
) -> None:
    (opens,) = (one for one in page.card.findChildren(QPushButton) if one.text() == entry)
    opens.setFocus()
    qtbot.keyClick(opens, Qt.Key.Key_Space)
    panel = page.card.contact if entry[0] == "L" else page.card.merging
    assert panel.isVisible()
    if by == "Cancel":
        (cancel,) = (one for one in panel.findChildren(QPushButton) if one.text() == by)
        cancel.setFocus()
        qtbot.keyClick(cancel, Qt.Key.Key_Space)
    else:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert (window.pages.name, window.focusWidget()) == ("customers", opens)


def test_a_question_closes_though_the_line_it_was_asked_from_is_gone(
    shop: Counter, page: CustomersPage, window: MainWindow
) -> None:
    (line, *_others) = (one for one in page.card.history.findChildren(QPushButton) if one.isVisible())
    line.setFocus()
    ask_to_forget(page)
    card = page.card.customer
    assert card is not None
    shop.desk.customers.log(card.id, Direction.IN, Channel.PHONE, "Called once more", NOW + 5)
    page.card.refresh()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.card.leave_panel()
    assert page.card.sure.isHidden()


def test_what_is_done_gives_the_keyboard_back(
    shop: Counter, page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    buttons = {one.text(): one for one in page.card.findChildren(QPushButton)}
    for entry in ("Log a contact…", "Merge with…"):
        buttons[entry].setFocus()
        qtbot.keyClick(buttons[entry], Qt.Key.Key_Space)
        if entry[0] == "L":
            qtbot.keyClicks(window.focusWidget(), "Rang back")
            qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            assert page.card.contact.isHidden()
        else:
            other = shop.desk.customers.create("Zed", NOW)
            assert not isinstance(other, Problem)
            page.card.merging._take(other)
            page.card.merging.merge.setFocus()
            qtbot.keyClick(page.card.merging.merge, Qt.Key.Key_Space)
            assert page.card.merging.isHidden()
        assert window.focusWidget() is buttons[entry], "else the next letters go to the search"
