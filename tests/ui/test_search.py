"""Searching everything from the bar on top."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import Open, rows

from app.core.customer import Customer


def test_search_looks_everywhere_and_esc_ends_it(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.do("page:watches")
    window.do("search")
    qtbot.keyClicks(window.bar.field, "torty")
    qtbot.waitUntil(lambda: window.inbox.searching == "torty")
    assert window.pages.name == "inbox"
    assert rows(window) == [8]
    window.bar.field.setFocus()
    window.do("back")
    assert window.inbox.searching == ""
    assert len(rows(window)) == 7


@pytest.mark.parametrize("words", ["torty", "nothing has these words"])
def test_esc_leads_from_the_reply_to_what_was_found_and_from_there_out_of_the_search(
    open_window: Open, words: str
) -> None:
    window = open_window()
    window.bar.field.setText(words)
    window.bar._search()
    window.case.reply.edit.setFocus()
    window.do("back")
    assert window.inbox.searching == words
    window.do("back")
    assert window.inbox.searching == ""
    assert window.bar.field.text() == ""
    assert window.inbox.isAncestorOf(window.focusWidget())


def test_search_tells_of_the_customers_it_finds(open_window: Open, desk: FakeDesk) -> None:
    desk.people = {name: Customer(name, name) for name in ("Anna K.", "Anna Nowak", "Joanna", "Hanna", "Ewa")}
    window = open_window()
    found = window.inbox.customers
    assert found.isHidden()
    window._search("ewa")
    assert found.told.text() == "Customers: Ewa"
    window._search("anna")
    assert found.told.text() == "Customers: Anna K., Anna Nowak, Joanna and others"
    assert found.isVisible()
    found.show_button.click()
    assert window.pages.name == "customers"
    page = window.pages.customers()
    assert page.field.text() == "anna"
    assert [page.table.model.index(row, 0).data() for row in range(page.table.model.rowCount())] == [
        "Anna K.",
        "Anna Nowak",
        "Joanna",
        "Hanna",
    ]
    window._search("zzz")
    assert found.isHidden()
    window._search("ewa")
    window.do("page:questions")
    assert found.isHidden()


def test_choosing_a_folder_ends_the_search(open_window: Open) -> None:
    window = open_window()
    window.bar.field.setText("zzz")
    window.bar._search()
    assert rows(window) == []
    window.do("page:praise")
    assert window.bar.field.text() == ""
    assert rows(window) == [10]


def test_an_ended_search_leaves_no_button_to_clear_it(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    field = window.bar.field
    field.setText("zzz")
    buttons = field.findChildren(QToolButton)
    (clear,) = [one for one in buttons if one.defaultAction().objectName() == "_q_qlineeditclearaction"]
    qtbot.waitUntil(lambda: clear.property("opacity") == 1.0)
    window.do("page:praise")
    qtbot.waitUntil(lambda: clear.property("opacity") == 0.0)
    assert (window.inbox.searching, rows(window)) == ("", [10])


@pytest.mark.parametrize("page", ["customers", "log", "reports", "watches", "settings", "learning", "help"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_an_empty_search_is_left_for_the_page_that_is_seen(
    open_window: Open, qtbot: QtBot, page: str, key: Qt.Key
) -> None:
    window = open_window()
    shown = window.case.mention_id
    window.do(f"page:{page}")
    window.do("search")
    qtbot.keyClick(window.bar.field, key)
    focus = window.focusWidget()
    assert window.pages.name == page
    assert focus is not None
    assert focus.isVisible()
    assert window.pages.currentWidget().isAncestorOf(focus)
    qtbot.keyClick(focus, Qt.Key.Key_Down)
    assert window.case.mention_id == shown, "no list out of sight goes on"


def test_a_search_that_was_left_for_another_page_is_gone_on_with_by_enter(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.do("search")
    qtbot.keyClicks(window.bar.field, "torty")
    qtbot.waitUntil(lambda: window.inbox.searching == "torty")
    window.do("page:reports")
    window.do("search")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    assert window.pages.name == "inbox"
    assert window.focusWidget() is window.inbox.list


def test_enter_before_the_search_began_leads_into_what_it_finds(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.do("page:reports")
    window.do("search")
    window.bar.field.setText("torty")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    assert (window.pages.name, window.inbox.searching) == ("inbox", "torty")
    assert window.focusWidget() is window.inbox.list


def test_after_a_search_what_was_open_before_is_open_again(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    before = rows(window)[1]
    window.inbox.select(before, None)
    for words in ("torty", "torty na"):
        window.bar.field.setText(words)
        window.bar._search()
    assert window.case.mention_id == 8
    window.bar.field.clear()
    window.bar._search()
    assert window.inbox.current == window.case.mention_id == before
    window._search("torty")
    desk.heard = [one for one in desk.heard if one.archived.id != before]
    window._search("")
    assert window.inbox.current == window.case.mention_id == rows(window)[0]
