"""The small controls that all pages are made of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.ui.widgets.pieces import button, flat_button


@pytest.fixture(params=["push", "icon"])
def pressed(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[tuple[QAbstractButton, list[str]]]:
    """A button in a dialog with another one that Enter would press, and what was pressed."""
    dialog, said = QDialog(), []
    qtbot.addWidget(dialog)
    other = button("", lambda: said.append("other"))
    other.setParent(dialog)
    other.setDefault(True)
    make = button if request.param == "push" else flat_button
    made = make("Add", lambda: said.append("this"))
    made.setParent(dialog)
    dialog.show()
    yield made, said
    dialog.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_keyboard(
    pressed: tuple[QAbstractButton, list[str]], qtbot: QtBot, key: Qt.Key
) -> None:
    made, said = pressed
    qtbot.keyClick(made, key)
    assert said == ["this"]


def test_enter_held_down_presses_once_and_with_ctrl_it_is_a_shortcut_of_the_window(
    pressed: tuple[QAbstractButton, list[str]], qtbot: QtBot
) -> None:
    made, said = pressed
    qtbot.keyClick(made, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    for _again in range(3):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", autorep=True)
        QApplication.sendEvent(made, held)
    assert said == ["this"]
    with_ctrl = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(made, with_ctrl)
    assert said.count("this") == 1
