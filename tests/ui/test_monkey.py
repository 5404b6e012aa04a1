"""Somebody who presses anything at random, while customers write: nothing breaks, and the keyboard is never out of sight."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from ui.window_samples import AWFUL, OpenShop

from app.handover.registry import HandOverRegistry
from app.ui.pages.reports_page import ReportsPage
from app.ui.window import MainWindow

ACTS = 600
TEXTS = (
    "zażółć gęślą jaźń",
    "Привет, это жалоба!",
    "😀👨‍👩‍👧‍👦",
    "שלום עולם",
    "a@b.example 600 700 800",
    "x" * 5000,
    "{order}\n\n",
    "<b>",
    "%s{}",
)
KEYS = tuple(
    getattr(Qt.Key, f"Key_{name}")
    for name in ["Tab", "Backtab", "Return", "Escape", "Up", "Down", "Home", "End", "Space", "Delete"]
)
NO_ACTS = {"close", "quit", "page:reports", "report:save", "report:all"}
"""They end the window, or ask for reports, which this shop has none of."""


class Monkey:
    def __init__(self, window: MainWindow, shop: Counter, seed: int) -> None:
        self.window, self.shop, self.random = window, shop, random.Random(seed)
        self.said = 0

    def pressable(self, *kinds: type[QWidget]) -> list[Any]:
        top = QApplication.activePopupWidget() or self.window
        parts = [one for one in top.findChildren(QWidget) if isinstance(one, kinds)]
        return [one for one in parts if one.isEnabled() and not one.visibleRegion().isEmpty()]

    def click(self) -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu) and (entries := [one for one in menu.actions() if one.isEnabled()]):
            at = menu.actionGeometry(self.random.choice(entries)).center()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
        elif parts := self.pressable(QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit):
            part = self.random.choice(parts)
            QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=part.visibleRegion().boundingRect().center())

    def press(self) -> None:
        popup = QApplication.activePopupWidget()
        QTest.keyClick(popup or self.window.focusWidget() or self.window, self.random.choice(KEYS))

    def act(self) -> None:
        acts = self.window.menu_actions.by_name
        names = sorted(name for name in acts if name not in NO_ACTS and acts[name].isEnabled())
        acts[self.random.choice(names)].trigger()

    def ask_for_menu(self) -> None:
        views = [one for one in self.pressable(QTableView) if one.model() and one.model().rowCount()]
        if views:
            view = self.random.choice(views)
            at = view.visualRect(view.model().index(self.random.randrange(view.model().rowCount()), 0)).center()
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, at, view.viewport().mapToGlobal(at)))

    def type(self) -> None:
        if parts := self.pressable(QLineEdit, QPlainTextEdit):
            part = self.random.choice(parts)
            part.setFocus()
            (part.insert if isinstance(part, QLineEdit) else part.insertPlainText)(self.random.choice(TEXTS))

    def resize(self) -> None:
        self.window.resize(self.random.choice((self.window.minimumSize(), QSize(1366, 728), QSize(1900, 1000))))

    def hear(self) -> None:
        self.said += 1
        with suppress(ValueError):  # somebody who was blocked meanwhile is not heard
            self.shop.say(f"Anna {self.said % 5} @anna{self.said % 5}", f"{AWFUL} Order {self.said}.")
        self.window.refresh()


@pytest.mark.slow
@pytest.mark.usefixtures("opened_pages")
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_pressed_nothing_breaks(
    seed: int, shop: Counter, open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.deleteLater())
    monkeypatch.setattr(HandOverRegistry, "link", lambda *_given: "mailto:service@shop.example")
    monkeypatch.setattr(ReportsPage, "load", lambda _page: None)  # this shop has no reports, and keys lead to them too
    window = open_shop()
    monkey = Monkey(window, shop, seed)
    for _ in range(5):
        monkey.hear()
    ways: tuple[tuple[Callable[[], None], int], ...] = (
        (monkey.click, 40), (monkey.press, 20), (monkey.act, 20), (monkey.ask_for_menu, 12), (monkey.type, 8),
        (monkey.resize, 3), (monkey.hear, 3),
    )  # fmt: skip
    for number in range(ACTS):
        (way,) = monkey.random.choices([one for one, _weight in ways], [weight for _one, weight in ways])
        way()
        QApplication.processEvents()
        focus = window.focusWidget()
        if QApplication.activePopupWidget() is None and QApplication.activeWindow() is window:
            assert focus is None or focus.isVisible(), f"{number}: {way.__name__} left the keyboard in {focus}"
    while popup := QApplication.activePopupWidget():
        QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
