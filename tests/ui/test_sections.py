"""The way to the parts of the settings: a list beside them, or a field above them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot
from ui.window_samples import Open

from app.ui.pages.settings_page import SettingsPage
from app.ui.widgets.sections import ABOVE


@pytest.fixture
def page(open_window: Open) -> SettingsPage:
    window = open_window()
    window.resize(1300, 700)
    window.do("page:settings")
    QApplication.processEvents()
    made: Any = window.pages.page("settings")
    return made


def top_of(page: SettingsPage, row: int) -> int:
    """Return how far below the top of what is seen the title of a part stands (pixels)."""
    title = page.sections._parts[row][0]
    return title.mapTo(page.viewport(), QPoint()).y()


def test_the_list_names_every_part_and_leads_there(page: SettingsPage, qtbot: QtBot) -> None:
    names = page.sections.list
    assert [names.item(row).text() for row in range(names.count())] == [title for title, _part in page._parts()]
    assert names.isVisible()
    assert not page.sections.choice.isVisible()
    assert not names.verticalScrollBar().isVisible()
    assert names.geometry().right() < page.viewport().geometry().left()
    names.setFocus()
    for _press in range(4):
        qtbot.keyClick(names, Qt.Key.Key_Down)
    assert names.currentRow() == 4
    assert top_of(page, 4) == ABOVE
    assert names.hasFocus()
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert page.phrases.isAncestorOf(QApplication.focusWidget())
    item = names.visualItemRect(names.item(4)).center()
    page.verticalScrollBar().setValue(0)
    assert names.currentRow() == 0
    qtbot.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=item)
    assert top_of(page, 4) == ABOVE


def test_what_is_marked_goes_along_with_the_page(page: SettingsPage) -> None:
    bar, names = page.verticalScrollBar(), page.sections.list
    bar.setValue(bar.value() + top_of(page, 2))
    assert names.currentRow() == 2
    bar.setValue(bar.maximum())
    assert names.currentRow() == names.count() - 1
    names.setCurrentRow(names.count() - 2)  # it cannot come to the top, and is marked all the same
    assert bar.value() == bar.maximum()
    assert names.currentRow() == names.count() - 2
    assert 0 <= top_of(page, names.count() - 2) < page.viewport().height()


def test_a_narrow_window_has_a_field_above_instead(page: SettingsPage, qtbot: QtBot) -> None:
    page.sections.list.setFocus()
    page.resize(600, 400)
    QApplication.processEvents()
    field = page.sections.choice
    assert field.isVisible()
    assert field.hasFocus()
    assert not page.sections.list.isVisible()
    assert page.viewport().width() >= 580
    assert field.geometry().bottom() < page.viewport().geometry().top()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert top_of(page, 1) == ABOVE


def takes(field: QWidget) -> bool:
    """Say whether a field takes the keyboard; that to start with the computer cannot everywhere."""
    return bool(field.focusPolicy() & Qt.FocusPolicy.TabFocus) and field.isEnabled() and field.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
@pytest.mark.parametrize("width", [760, 950, 1300])
def test_the_keyboard_goes_on_into_the_part_that_is_marked(
    page: SettingsPage, qtbot: QtBot, key: Qt.Key, width: int
) -> None:
    window = page.window()
    qtbot.waitUntil(window.isActiveWindow)
    window.resize(width, 600)
    QApplication.processEvents()
    sections = page.sections
    ways: Any = sections.list if sections.list.isVisible() else sections.choice
    assert isinstance(ways, QListWidget) is (width == 1300)
    for row in range(sections.list.count()):
        ways.setFocus()
        qtbot.keyClick(ways, Qt.Key.Key_Home)
        for _press in range(row):
            qtbot.keyClick(ways, Qt.Key.Key_Down)
        assert (sections.list.currentRow(), sections.choice.currentIndex()) == (row, row)
        qtbot.keyClick(ways, key)
        field = window.focusWidget()
        parts = [
            part for _title, part in sections._parts[row:] if any(takes(one) for one in part.findChildren(QWidget))
        ]
        assert parts[0].isAncestorOf(field), sections.list.item(row).text()
        assert page.viewport().rect().contains(field.mapTo(page.viewport(), QPoint(2, 2)))
        if row == 0:
            assert field is page.shop


def test_back_from_the_parts_the_keyboard_leaves_the_page_as_ever(page: SettingsPage, qtbot: QtBot) -> None:
    window = page.window()
    qtbot.waitUntil(window.isActiveWindow)
    names = page.sections.list
    names.setFocus()
    names.setCurrentRow(4)
    qtbot.keyClick(names, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert not any(part.isAncestorOf(window.focusWidget()) for _title, part in page.sections._parts[:5])
    assert window.focusWidget() is not names


def test_the_list_of_the_field_opens_and_return_in_it_only_chooses(page: SettingsPage, qtbot: QtBot) -> None:
    page.window().resize(760, 600)
    QApplication.processEvents()
    field = page.sections.choice
    field.setFocus()
    field.showPopup()
    qtbot.waitUntil(field.view().isVisible)
    field.view().setCurrentIndex(field.model().index(3, 0))
    qtbot.keyClick(field.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not field.view().isVisible())
    assert page.sections.list.currentRow() == 3
    assert top_of(page, 3) == ABOVE


def test_tab_comes_to_the_parts_before_their_fields(page: SettingsPage) -> None:
    at, way = page.nextInFocusChain(), []
    while at is not page:
        way.append(at)
        at = at.nextInFocusChain()
    assert way.index(page.sections.list) < way.index(page.shop) < way.index(page.replies.proposing)
