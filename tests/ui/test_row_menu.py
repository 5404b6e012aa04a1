"""The menus of rows: by mouse and keys, with the acts that the row has, for the case that is shown."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, heard
from ui.window_samples import RESOURCES, Open, rows

from app.core.case import CaseState
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import HistoryEntry
from app.ui.case_menu import acts_for
from app.ui.row_menu import PATIENCE_MS
from app.ui.widgets.history_list import HistoryList
from app.ui.window import MainWindow
from app.words import use


@pytest.fixture(params=["en", "pl", "ru"])
def _spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    use(request.param, RESOURCES / "translations")
    yield
    use("en", RESOURCES / "translations")


def ask(part: QWidget, at: QPoint, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse) -> None:
    QApplication.sendEvent(part, QContextMenuEvent(reason, at, part.mapToGlobal(at)))


def click_row(view: Any, row: int) -> None:
    """Do what the right mouse button does on a row."""
    at = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    ask(view.viewport(), at)


def words(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().replace("&", "") == text).trigger()
    menu.hide()


def test_a_row_of_the_list_offers_the_acts_of_its_case_with_their_keys(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    menu = window.case_menu.rows.menu
    click_row(window.inbox.list, 1)
    assert window.case.view.mention.id == rows(window)[1] == 1
    assert menu.isVisible()
    told = {action.text().replace("&", ""): action for action in menu.actions()}
    assert {"Open the post", "Mark as answered", "Not a complaint", "Snooze until", "Status of the case"} <= told.keys()
    assert "It is a complaint" not in told
    assert "End the snooze" not in told
    assert told["Open the post"] is window.menu_actions.by_name["case:open"]
    assert told["Open the post"].shortcut().toString() == "Ctrl+O"
    assert told["Open the post"].isShortcutVisibleInContextMenu()
    choose(menu, "Not a complaint")
    assert ("cases.set_kind", 1) in [call[:2] for call in desk.calls] or desk.one(1).kind is Kind.NEUTRAL


def test_the_menu_opens_again_and_again_and_the_menu_bar_keeps_its_acts(open_window: Open) -> None:
    window = open_window()
    menu = window.case_menu.rows.menu
    before = {name: action.text() for name, action in window.menu_actions.by_name.items()}
    for row in (0, 1, 0, 1):
        click_row(window.inbox.list, row)
        assert len(words(menu)) > 8
        menu.hide()
        gc.collect()
    assert {name: action.text() for name, action in window.menu_actions.by_name.items()} == before
    assert [below.actions()[0].text() for below in window.menu_actions.below.values()]
    window.do("page:watches")
    table = window.pages.watches().table
    for _time in range(3):
        click_row(table.view, 0)
        assert len(words(table.row_menu.menu)) == 4
        table.row_menu.menu.hide()


def test_below_the_last_row_there_is_no_menu(open_window: Open) -> None:
    window = open_window()
    view = window.inbox.list
    ask(view.viewport(), QPoint(20, view.viewport().height() - 2))
    assert not window.case_menu.rows.menu.isVisible()


def test_the_menu_waits_for_the_case_of_its_row_and_is_never_that_of_another(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    menu = window.case_menu.rows.menu
    click_row(window.inbox.list, 1)
    assert not menu.isVisible()
    later.go()
    assert window.case.view.mention.id == 1
    assert menu.isVisible()
    window.show_case(rows(window)[0])  # from a notification
    later.go()
    assert not menu.isVisible()
    click_row(window.inbox.list, 1)
    window.inbox.list.go(0)
    later.go()
    assert not menu.isVisible()


def _waiting(open_window: Open, desk: FakeDesk, later: Later, qtbot: QtBot) -> MainWindow:
    """Return a window in whose list a row was asked for its menu while its case is still being read.

    It waits for a minute: longer than the program's menu, so that a busy machine does not end it.
    """
    window = open_window(desk, later)
    window.case_menu.rows._patience.setInterval(60_000)
    later.go()
    qtbot.waitUntil(window.isActiveWindow)
    click_row(window.inbox.list, 1)
    assert window.inbox.list.hasFocus()
    assert not window.case_menu.rows.menu.isVisible()
    return window


def test_a_menu_that_would_come_too_late_does_not_come(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    assert open_window(desk, later).case_menu.rows._patience.interval() == PATIENCE_MS
    window = _waiting(open_window, desk, later, qtbot)
    rows_menu = window.case_menu.rows
    assert rows_menu._patience.isActive()
    with qtbot.waitSignal(rows_menu._patience.timeout):
        rows_menu._patience.start(1)
    later.go()
    assert window.case.view.mention.id == 1
    assert not rows_menu.menu.isVisible()
    click_row(window.inbox.list, 1)
    assert rows_menu.menu.isVisible(), "by now it is here"
    rows_menu.menu.hide()


def test_a_menu_does_not_come_over_what_somebody_types_elsewhere(
    open_window: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    later = Later()
    window = _waiting(open_window, desk, later, qtbot)
    window.bar.field.setFocus()
    later.go()
    assert not window.case_menu.rows.menu.isVisible()
    window.inbox.list.setFocus()
    window.case_menu.rows.go_on()
    assert not window.case_menu.rows.menu.isVisible()


def test_a_menu_does_not_come_after_another_click_on_its_row(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    window = _waiting(open_window, desk, later, qtbot)
    view = window.inbox.list
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center())
    later.go()
    assert not window.case_menu.rows.menu.isVisible()


def test_asked_for_twice_a_menu_comes_once(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    window = _waiting(open_window, desk, later, qtbot)
    click_row(window.inbox.list, 1)
    later.go()
    assert window.case_menu.rows.menu.isVisible()
    window.case_menu.rows.menu.hide()
    window.case_menu.rows.go_on()
    assert not window.case_menu.rows.menu.isVisible()


def test_a_card_that_could_not_be_read_at_once_opens_no_menu_later(
    open_window: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    good = desk.people["jan"]
    desk.people["jan"] = replace(good, unread=Problem("stores.not_readable", {"path": "x", "reason": "y"}))
    window.do("page:customers")
    page = window.pages.customers()
    click_row(page.table.view, [one.id for one in page.table.model.rows].index("jan"))
    menu = page.table.row_menu.menu
    page.field.setFocus()
    desk.people["jan"] = good
    with qtbot.waitSignal(page.card.shown):
        page.card.show_customer(page.card.customer)
    assert not menu.isVisible()


def test_shift_f10_opens_the_menu_of_what_has_the_keyboard(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    window.inbox.focus_list()
    qtbot.keyClick(window.inbox.list, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = window.case_menu.rows.menu
    qtbot.waitUntil(menu.isVisible)
    view = window.inbox.list
    row = view.visualRect(view.currentIndex())
    assert view.viewport().mapFromGlobal(menu.pos()).y() >= row.bottom()
    menu.hide()


@pytest.mark.usefixtures("_spoken")
def test_every_entry_has_a_letter_of_its_own_in_every_language(open_window: Open) -> None:
    window = open_window()
    menus = []
    click_row(window.inbox.list, 0)
    menus.append(window.case_menu.rows.menu)
    for name, page in (("watches", window.pages.watches), ("customers", window.pages.customers)):
        window.do(f"page:{name}")
        click_row(page().table.view, 0)
        menus.append(page().table.row_menu.menu)
    for menu in menus:
        menu.hide()
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert texts
        assert len(set(letters)) == len(texts), texts


def test_what_does_not_hold_for_a_case_is_not_offered(open_window: Open) -> None:
    view = open_window().case.view
    assert {"case:open", "case:site", "snooze", "case:not_complaint"} <= set(acts_for(view, NOW))
    mention = replace(view.mention.mention, url="", site="")
    bare = replace(view, mention=replace(view.mention, mention=mention), kind=Kind.PRAISE, snoozed_until=NOW + 60)
    assert not {"case:open", "case:site", "case:not_complaint", "mark"} & set(acts_for(bare, NOW))
    assert {"case:wake", "case:complaint", "snooze", "state"} <= set(acts_for(bare, NOW))
    over = replace(view, state=CaseState.RESOLVED, snoozed_until=NOW - 60)
    assert "mark" in set(acts_for(over, NOW))
    assert not {"case:wake", "snooze"} & set(acts_for(over, NOW))


def test_a_watch_is_paused_and_opened_from_its_row(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.do("page:watches")
    page = window.pages.watches()
    click_row(page.table.view, 1)
    menu = page.table.row_menu.menu
    assert words(menu) == ["Change", "Pause", "Check now", "Remove"]
    watch = page.table.current.watch
    choose(menu, "Pause")
    assert next(view.watch for view in desk.views if view.watch.id == watch.id).paused
    click_row(page.table.view, 1)
    assert words(menu)[1] == "Go on"
    choose(menu, "Change")
    assert not page.editor.isHidden()


def test_the_menu_of_a_watch_closes_when_another_comes_in_its_place(open_window: Open) -> None:
    window = open_window()
    window.do("page:watches")
    page = window.pages.watches()
    menu = page.table.row_menu.menu
    click_row(page.table.view, 1)
    watch = page.table.current.watch
    page._take(tuple(replace(view, silent=True) for view in reversed(page._views)))  # moved, and told anew
    assert (menu.isVisible(), page.table.current.watch.id) == (True, watch.id)
    page._take(tuple(view for view in page._views if view.watch.id != watch.id))  # removed on the command line
    assert not menu.isVisible()
    click_row(page.table.view, 0)
    assert menu.isVisible()
    page._take(())
    assert not menu.isVisible()


def test_the_menu_of_a_customer_is_never_that_of_another(open_window: Open) -> None:
    window = open_window()
    window.do("page:customers")
    people = window.pages.customers()
    click_row(people.table.view, 0)
    assert people.table.row_menu.menu.isVisible()
    people._take("", people.table.model.rows[1:])
    assert not people.table.row_menu.menu.isVisible()


def test_the_menu_of_a_line_goes_with_its_text(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    entries = [HistoryEntry(NOW, mention=heard(number, f"words {number}").archived) for number in (1, 2)]
    story.show_entries(entries[:1], NOW, "Nothing.")
    story.show()
    ask(next(label for label in story.findChildren(QLabel) if "words 1" in label.text()), QPoint(4, 4))
    assert story.menu.isVisible()
    story.show_entries(entries, NOW, "Nothing.")
    assert not story.menu.isVisible()


def test_a_customer_and_a_contact_have_their_menus(open_window: Open) -> None:
    window = open_window()
    window.do("page:log")
    page = window.pages.page("log")
    click_row(page.table.view, 0)
    customer = page.table.current[0]
    choose(page.table.row_menu.menu, "Open the card")
    assert window.pages.name == "customers"
    people = window.pages.customers()
    assert people.card.customer.id == customer.id
    click_row(people.table.view, 0)
    menu = people.table.row_menu.menu
    assert words(menu) == ["Log a contact…", "Merge with…", "Export…", "Forget this person…"]
    choose(menu, "Forget this person…")
    assert people.card.sure.isVisible()
    assert people.table.model.rows  # it only asks


def test_a_line_of_the_story_shows_its_mention_and_copies_what_is_marked(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    story.show_entries([HistoryEntry(NOW, mention=heard(7, "a" * 50 + " the end").archived)], NOW, "Nothing.")
    story.show()
    said = next(label for label in story.findChildren(QLabel) if "the end" in label.text())
    ask(said, QPoint(4, 4))
    copy = story.menu.actions()[2]
    assert (copy.text(), copy.isEnabled()) == ("&Copy", False)
    story.menu.hide()
    said.setSelection(0, len(said.text()))
    ask(said, QPoint(4, 4))
    choose(story.menu, "Copy")
    assert QGuiApplication.clipboard().text() == "a" * 50 + " the end"
    with qtbot.waitSignal(story.mention_chosen) as chosen:
        choose(story.menu, "Show this mention")
    assert chosen.args == [7]


def test_in_a_low_window_a_button_opens_what_lies_below(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    more = window.case.head.more
    window.resize(1100, 760)
    qtbot.waitUntil(lambda: not more.isVisible())
    window.resize(window.minimumSize())
    qtbot.waitUntil(more.isVisible)
    more.click()
    menu = window.case_menu.rows.menu
    assert menu.isVisible()
    assert {"Not a complaint", "Status of the case"} <= set(words(menu))
    menu.hide()


def test_whether_to_forget_somebody_is_not_asked_any_more_elsewhere(open_window: Open) -> None:
    window = open_window()
    window.do("page:customers")
    card = window.pages.customers().card
    card._ask_forget()
    assert card.sure.isVisible()
    window.do("page:log")
    window.do("page:customers")
    assert not card.sure.isVisible()
    card._ask_forget()
    card._begin_merging()
    assert not card.sure.isVisible()
    card._ask_forget()
    assert not card.merging.isVisible()
    window.hide()
    window.show()
    assert not card.sure.isVisible()


@pytest.mark.parametrize("below", [False, True])
def test_a_menu_goes_with_its_page(open_window: Open, below: bool) -> None:
    window = open_window()
    click_row(window.inbox.list, 1)
    menu, further = window.case_menu.rows.menu, window.menu_actions.below["state"]
    assert menu.isVisible()
    if below:
        further.popup(menu.mapToGlobal(menu.rect().topRight()))
    window.go("log")
    assert (menu.isVisible(), further.isVisible(), QApplication.activePopupWidget()) == (False, False, None)
    window.do("case:saved")
    window.do("page:customers")
    page = window.pages.customers()
    click_row(page.table.view, 0)
    assert page.table.row_menu.menu.isVisible()
    window.show_case(1)  # as a notification does that is clicked meanwhile
    assert not page.table.row_menu.menu.isVisible()


def test_a_popup_whose_closing_leads_to_another_page_closes_once(open_window: Open) -> None:
    window = open_window()

    class Leading(QWidget):
        def closeEvent(self, _event: QCloseEvent) -> None:  # noqa: N802  Qt names it
            window.do("page:reports")

    popup = Leading(window, Qt.WindowType.Popup)
    popup.show()
    window.do("page:log")
    assert (popup.isVisible(), QApplication.activePopupWidget(), window.pages.name) == (False, None, "log")


def test_what_was_chosen_in_a_menu_may_lead_to_another_page(open_window: Open) -> None:
    window = open_window()
    window.do("page:log")
    page: Any = window.pages.page("log")
    click_row(page.table.view, 0)
    choose(page.table.row_menu.menu, "Open the card")
    assert window.pages.name == "customers"


def test_a_page_read_again_leaves_its_menu_open(open_window: Open) -> None:
    window = open_window()
    click_row(window.inbox.list, 1)
    window.go("everything")
    window.refresh()
    assert window.pages.name == "inbox"
    window.do("page:customers")
    page = window.pages.customers()
    click_row(page.table.view, 0)
    window.pages.show_page("customers")
    assert page.table.row_menu.menu.isVisible()
    page.table.row_menu.menu.hide()
