"""J and K walk through the list from wherever the keyboard is beside it, and no field loses a letter to them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.window_samples import Open

from app.ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, open_window: Open) -> MainWindow:
    """The window with the first of its cases."""
    made = open_window()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.do("page:everything")
    made.inbox.list.go(0)
    return made


def step(qtbot: QtBot, window: MainWindow, part: QWidget, key: Qt.Key) -> int:
    """Press a key in a part, and return how many rows on that went."""
    part.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is part)
    before = window.inbox.list.currentIndex().row()
    qtbot.keyClick(part, key)
    return window.inbox.list.currentIndex().row() - before


def buttons(window: MainWindow) -> list[QPushButton]:
    """Return the buttons of the case that the keyboard can come to."""
    found = window.case.findChildren(QPushButton)
    return [one for one in found if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_they_work_from_every_button_of_the_case(qtbot: QtBot, window: MainWindow) -> None:
    assert window.inbox.model.total >= 3
    window.inbox.list.go(1)
    parts = buttons(window)
    assert len(parts) >= 8
    for part in parts:
        for key, by in ((Qt.Key.Key_J, 1), (Qt.Key.Key_K, -1)):
            window.inbox.list.go(1)
            if not part.isVisible():  # it was of the other case
                continue
            assert step(qtbot, window, part, key) == by
            assert window.focusWidget() is window.inbox.list, "a button would now decide about another case"


def test_they_work_from_the_text_that_was_heard(qtbot: QtBot, window: MainWindow) -> None:
    part = next(
        one
        for one in window.case.head.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(one, QPushButton)
    )
    assert step(qtbot, window, part, Qt.Key.Key_J) == 1


def fields(window: MainWindow) -> list[QWidget]:
    window.do("case:contact")
    window.case.reply._audiences["hand_over"].click()
    kinds = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
    within = [one for kind in kinds for one in window.centralWidget().findChildren(kind)]
    seen = [one for one in within if one.isVisible() and one.isEnabled() and not _only_tells(one)]
    return [one for one in seen if one.focusPolicy() is not Qt.FocusPolicy.NoFocus and one.parent() not in seen]


def _only_tells(part: QWidget) -> bool:
    return isinstance(part, QLineEdit | QPlainTextEdit) and part.isReadOnly()


def test_no_field_loses_a_letter_to_them(qtbot: QtBot, window: MainWindow) -> None:
    count = len(fields(window))
    assert count >= 6
    for number in range(count):
        part = fields(window)[number]
        for key in (Qt.Key.Key_J, Qt.Key.Key_K):
            assert step(qtbot, window, part, key) == 0, f"{part.accessibleName()} lost a letter"
        if isinstance(part, QLineEdit) and not part.validator():
            assert part.text().endswith("jk")


def test_in_the_list_they_go_on_as_before(qtbot: QtBot, window: MainWindow) -> None:
    assert step(qtbot, window, window.inbox.list, Qt.Key.Key_J) == 1
    assert step(qtbot, window, window.inbox.list, Qt.Key.Key_K) == -1


@pytest.mark.parametrize("letters", ["ол", "ОЛ"])
def test_the_same_keys_work_where_the_keyboard_writes_russian_alone(
    qtbot: QtBot, window: MainWindow, letters: str
) -> None:
    part = buttons(window)[0]
    for place in (window.inbox.list, part):
        window.inbox.list.go(0)
        rows = []
        for letter in letters:
            place.setFocus()
            qtbot.waitUntil(place.hasFocus)
            _type(letter)
            rows.append(window.inbox.list.currentIndex().row())
        assert rows == [1, 0]


def test_no_field_loses_a_russian_letter_to_them(qtbot: QtBot, window: MainWindow) -> None:
    for number in range(len(fields(window))):
        part = fields(window)[number]
        part.setFocus()
        qtbot.waitUntil(lambda part=part: QApplication.focusWidget() is part)  # type: ignore[misc]
        before = window.inbox.list.currentIndex().row()
        for letter in "ол":
            _type(letter)
        assert window.inbox.list.currentIndex().row() == before
        if isinstance(part, QLineEdit) and not part.validator():
            assert part.text().endswith("ол")


def _type(letter: str) -> None:
    """Press the key of a letter on a keyboard that writes Russian."""
    key, part = Qt.Key(ord(letter.upper())), QApplication.focusWidget()
    QTest.sendKeyEvent(QTest.KeyAction.Click, part, key, letter, Qt.KeyboardModifier.NoModifier)
