"""The keyboard alone: it reaches every part of a page, is seen where it is, and what is typed is in sight."""

from __future__ import annotations

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.window_samples import AWFUL, Open, OpenShop

from app.ui.pages.settings_page import SettingsPage
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.playbook_fields import PlaybookFields
from app.ui.window import MainWindow


def walked(window: MainWindow, steps: int = 60) -> list[QWidget]:
    """Return what the Tab key comes to, one after the other."""
    met: list[QWidget] = []
    for _step in range(steps):
        at = window.focusWidget()
        assert at
        QTest.keyClick(at, Qt.Key.Key_Tab)
        now = window.focusWidget()
        assert now
        met.append(now)
    return met


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("watches", ["Add a watch", "Find a watch"]),
        ("log", ["Show only contacts with these words"]),
        ("customers", ["New card", "Search customers"]),
        ("learning", ["Back to the settings"]),
        ("reports", ["Report", "Period", "Copy as CSV"]),
    ],
)
def test_tab_comes_to_the_head_of_a_page(open_window: Open, qtbot: QtBot, page: str, wanted: list[str]) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    window.do(f"page:{page}")
    window._focus_page()
    names = {one.accessibleName() for one in walked(window)}
    assert set(wanted) <= names


def test_an_empty_log_is_no_trap_and_says_what_it_is(shop: Counter, open_shop: OpenShop, qtbot: QtBot) -> None:
    shop.say("Anna @anna", AWFUL)
    window = open_shop()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.do("page:log")
    window._focus_page()
    at = window.focusWidget()
    assert isinstance(at, EmptyState)
    assert at.accessibleName().startswith("No contacts yet. ")
    assert at.findChild(FocusRing).isVisible()
    assert len({id(one) for one in walked(window)}) > 3


def _is_in_sight(page: SettingsPage, part: QWidget, at: QPoint) -> bool:
    return page.viewport().rect().contains(part.mapTo(page.viewport(), at))


def test_the_settings_scroll_after_the_keyboard_and_after_the_caret(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    qtbot.waitUntil(window.isActiveWindow)
    window.do("page:settings")
    page = window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    bar = page.verticalScrollBar()
    window.bar.field.setFocus()
    bar.setValue(bar.maximum())
    page.shop.setFocus(Qt.FocusReason.TabFocusReason)
    assert _is_in_sight(page, page.shop, QPoint(8, 8))
    bar.setValue(bar.maximum())
    QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImCursorRectangle)  # as when the window comes back
    assert bar.value() == bar.maximum()
    field = next(one for one in page.findChild(PlaybookFields).findChildren(QPlainTextEdit))
    field.setPlainText("\n".join(f"{n}. Do this." for n in range(12)))
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.verticalScrollBar().setValue(0)
    QTest.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "!")
    assert _is_in_sight(page, field.viewport(), field.cursorRect().center())


def test_complaints_that_come_to_an_empty_list_are_marked_where_they_are_shown(
    shop: Counter, open_shop: OpenShop, qtbot: QtBot
) -> None:
    shop.say("Ola @ola", "Best bread in town!")
    window = open_shop()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.do("page:complaints")
    window.inbox.focus_list()
    assert window.inbox.empty.hasFocus()
    made = [shop.say(f"Anna {n} @anna{n}", AWFUL) for n in range(2)]
    window.refresh()
    assert window.case.view
    assert window.case.view.mention.id in made
    (marked,) = window.inbox.list.selectionModel().selectedRows()
    assert marked.row() == window.inbox.list.currentIndex().row()
    assert window.inbox.current == window.case.view.mention.id


def test_an_empty_list_does_not_send_for_coffee_while_a_watch_is_not_heard(open_window: Open) -> None:
    window = open_window()
    window.inbox.show_trouble("Failing at the moment: Blog")
    window.inbox._say_empty()
    assert window.inbox.empty.text == "No open complaints Failing at the moment: Blog"
    (button,) = window.inbox.empty.findChildren(QPushButton)
    button.click()
    assert window.pages.name == "watches"
    window.inbox.show_trouble("")
    window.inbox._say_empty()
    assert "coffee" in window.inbox.empty.text


def test_in_a_case_the_story_comes_before_the_reply_as_it_stands(
    shop: Counter, open_shop: OpenShop, qtbot: QtBot
) -> None:
    first = shop.say("Anna @anna", AWFUL)
    shop.say("Anna @anna", "Still nobody answers, the service is awful beyond words.")
    window = open_shop()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_case(first)
    qtbot.waitUntil(lambda: any(link.isVisible() for link in window.case.others.findChildren(QPushButton)))
    window.case.head._text.setFocus()
    names = [one.accessibleName() for one in walked(window, 24)]
    assert names.index("Show this mention") < names.index("Public") < names.index("Your reply")


def test_what_has_the_keyboard_shows_it(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    text = window.case.head._text
    text.setFocus()
    assert text._ring.isVisible()
    ring = text._ring.rect().translated(text._ring.mapTo(window, QPoint()))
    assert ring.contains(text.rect().translated(text.mapTo(window, QPoint())))
    window.inbox.focus_list()
    assert not text._ring.isVisible()
    window.do("page:watches")
    view = window.pages.watches().table.view
    edge = QPoint(view.width() // 2, 0)
    view.setFocus()
    QApplication.processEvents()
    focused = view.grab().toImage().pixelColor(edge)
    window.bar.field.setFocus()
    QApplication.processEvents()
    assert focused != view.grab().toImage().pixelColor(edge)


@pytest.mark.parametrize("is_forward", [True, False])
def test_what_tab_comes_to_from_beside_a_scrolled_page_is_in_sight(
    open_window: Open, qtbot: QtBot, *, is_forward: bool
) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    qtbot.waitUntil(window.isActiveWindow)
    window.show_case(1)
    QApplication.processEvents()
    area = window.case._scroll
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum() if is_forward else 0)
    at = window.inbox.list if is_forward else window.case.reply._audiences["public"]
    at.setFocus()
    QTest.keyClick(
        at, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier if is_forward else Qt.KeyboardModifier.ShiftModifier
    )
    now = window.focusWidget()
    assert now is not None
    assert area.isAncestorOf(now)
    assert area.viewport().rect().contains(now.mapTo(area.viewport(), now.rect().center()))
