"""The list of watches while it is read again and again, and while one of them is removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.ui.window import MainWindow


@pytest.fixture
def window(open_window: Open, desk: FakeDesk) -> MainWindow:
    """The window with its page of sixty watches, more than fit."""
    one = desk.views[0]
    desk.views[:] = [replace(one, watch=replace(one.watch, id=f"w{n}", name=f"Watch {n}")) for n in range(60)]
    made = open_window()
    made.do("page:watches")
    return made


@pytest.fixture
def page(window: MainWindow) -> Any:
    return window.pages.watches()


def test_news_leave_the_list_where_it_was_scrolled_to(page: Any, qtbot: QtBot) -> None:
    bar = page.table.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200, timeout=20_000)
    bar.setValue(200)
    page.load()
    assert page.table.current.watch.id == "w0"
    assert bar.value() == 200


def test_a_double_click_removes_one_watch_and_the_next_one_is_marked(page: Any, desk: FakeDesk, qtbot: QtBot) -> None:
    page.table.view.selectRow(30)
    for _click in range(2):
        qtbot.mouseClick(page._remove, Qt.MouseButton.LeftButton)
    left = [view.watch.id for view in desk.views]
    assert len(left) == 59
    assert "w30" not in left
    assert page.table.current.watch.id == "w31"


def test_a_double_click_pauses_once(page: Any, desk: FakeDesk, qtbot: QtBot) -> None:
    for _click in range(2):
        qtbot.mouseClick(page._pause, Qt.MouseButton.LeftButton)
    assert desk.views[0].watch.paused
