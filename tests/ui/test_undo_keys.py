"""Ctrl+Z in a field takes back what was typed there, and with nothing typed the last decision."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui.window_samples import Open

from app.ui.window import MainWindow

UNDO = Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def taken_back() -> list[str]:
    return []


@pytest.fixture
def window(open_window: Open, taken_back: list[str]) -> MainWindow:
    """The window at its settings, after a decision."""
    made = open_window()
    made.do("page:settings")
    made._undo.push("Snoozed.", lambda _desk: taken_back.append("Snoozed."))
    return made


def line_in(field: Any) -> QWidget:
    """Return the field that the keyboard types into."""
    return field.lineEdit() if hasattr(field, "lineEdit") else field


@pytest.mark.parametrize("name", ["shop", "signature", "targets"])
def test_undo_in_a_field_where_nothing_was_typed_takes_the_last_decision_back(
    qtbot: QtBot, window: MainWindow, taken_back: list[str], name: str
) -> None:
    page: Any = window.pages.page("settings")
    field = page.targets["own"] if name == "targets" else getattr(page, name)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, *UNDO)
    assert taken_back == ["Snoozed."]


@pytest.mark.parametrize("name", ["shop", "signature"])
def test_undo_takes_back_what_was_typed_first(
    qtbot: QtBot, window: MainWindow, taken_back: list[str], name: str
) -> None:
    page: Any = window.pages.page("settings")
    field = getattr(page, name)
    before = field.toPlainText() if name == "signature" else field.text()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "slip")
    qtbot.keyClick(field, *UNDO)
    assert not taken_back
    assert (field.toPlainText() if name == "signature" else field.text()) == before
    qtbot.keyClick(field, *UNDO)
    assert taken_back == ["Snoozed."]
