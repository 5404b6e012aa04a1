"""A double click decides once, and the keyboard rests where no press of it decides."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import Open, rows, type_reply

from app.core.problems import Problem
from app.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until a click decides again."""
    qtbot.waitUntil(lambda: not window.case._pause.is_on)


def double_click(qtbot: QtBot, on: QPushButton) -> None:
    for _click in range(2):
        qtbot.mouseClick(on, LEFT)


def button(window: MainWindow, name: str) -> QPushButton:
    return window.case.reply._answered if name == "answered" else window.case.head._buttons[name]


@pytest.mark.parametrize("name", ["not_complaint", "not_us", "answered"])
def test_a_double_click_decides_once(open_window: Open, desk: FakeDesk, qtbot: QtBot, name: str) -> None:
    window = open_window()
    settled(window, qtbot)
    before = len(rows(window))
    double_click(qtbot, button(window, name))
    assert window.case.view.mention.id == 1
    assert (len(desk.undone), len(rows(window))) == (1, before - 1)
    settled(window, qtbot)
    qtbot.mouseClick(button(window, name), LEFT)
    assert (len(desk.undone), len(rows(window))) == (2, before - 2)


def test_a_double_click_decides_once_though_the_disk_is_slow(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    settled(window, qtbot)
    double_click(qtbot, button(window, "answered"))
    later.go()
    assert [call[1] for call in desk.calls if call[0] == "replies.mark_answered"] == [2]
    assert window.case._pause.is_on  # a third one meant the case before as well


def test_a_menu_closed_by_a_double_click_decides_once(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    settled(window, qtbot)
    window.case.head._snooze.menu().actions()[0].trigger()
    qtbot.mouseClick(button(window, "not_complaint"), LEFT)
    assert len(desk.undone) == 1


@pytest.mark.parametrize("name", ["not_complaint", "answered"])
def test_after_a_decision_by_keyboard_the_list_has_the_keyboard(
    open_window: Open, desk: FakeDesk, qtbot: QtBot, name: str
) -> None:
    window = open_window()
    settled(window, qtbot)
    button(window, name).setFocus(Qt.FocusReason.TabFocusReason)
    assert window.focusWidget() is button(window, name)
    for _press in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        settled(window, qtbot)
    assert len(desk.undone) == 1
    assert window.focusWidget() is window.inbox.list


def test_keys_of_a_decision_leave_the_keyboard_in_the_reply(open_window: Open) -> None:
    window = open_window()
    window.case.reply.edit.setFocus()
    window.do("case:answered")
    assert window.focusWidget() is window.case.reply.edit


@pytest.mark.parametrize("name", ["not_complaint", "answered", "no_reply", "snooze:hour", "author"])
def test_keys_pressed_twice_decide_once_and_then_about_the_next(
    open_window: Open, desk: FakeDesk, qtbot: QtBot, name: str
) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    first = window.case.view.mention.id
    for lane, most in (("none", 0), ("write", 9), ("read", 1), ("read", 1)):  # from the first press to the next case
        window.do(f"case:{name}")
        later.go(lane, most)
    later.go()
    assert window.case.view.mention.id != first
    window.do(f"case:{name}")
    later.go()
    assert len(desk.undone) == 1
    qtbot.waitUntil(lambda: not window.case._again.is_on)
    window.do(f"case:{name}")
    later.go()
    assert len(desk.undone) == 2


@pytest.mark.parametrize("name", ["not_complaint", "answered"])
def test_a_decision_that_was_refused_can_be_made_again(open_window: Open, desk: FakeDesk, name: str) -> None:
    window = open_window()
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    window.do(f"case:{name}")
    desk.problem = None
    assert desk.undone == []
    window.do(f"case:{name}")
    assert len(desk.undone) == 1


@pytest.mark.parametrize("name", ["not_complaint", "answered", "copy"])
def test_keys_mean_the_row_just_chosen_and_never_the_case_before(
    open_window: Open, desk: FakeDesk, opened_pages: list[str], name: str
) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    type_reply(window, "Sorry!")
    before = window.case.view.mention.id
    window.do("next")
    QGuiApplication.clipboard().setText("of before")
    window.do(f"case:{name}")
    later.go()
    assert (desk.undone, opened_pages) == ([], [])
    assert QGuiApplication.clipboard().text() == "of before"
    assert window.case.view.mention.id != before


def test_a_double_click_removes_one_saved_reply(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    window.do("page:settings")
    page: Any = window.pages.page("settings")
    page.load()
    before = len(desk.replies_kept)
    (remove,) = (one for one in page.replies.findChildren(QPushButton) if one.text() == "Remove")
    double_click(qtbot, remove)
    assert len(desk.replies_kept) == before - 1
    qtbot.waitUntil(lambda: not page.replies._pause.is_on)
    qtbot.mouseClick(remove, LEFT)
    assert len(desk.replies_kept) == before - 2


def test_a_key_held_down_decides_once(open_window: Open) -> None:
    window = open_window()
    held = {name for name, action in window.menu_actions.by_name.items() if action.autoRepeat()}
    assert {"next", "previous"} <= held
    assert not [name for name in held if name.startswith("case:")]
