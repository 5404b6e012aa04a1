"""A window over a desk in memory, for the tests of the face."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes.counter import Counter, counter_in
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, SOURCES
from ui.window_samples import RESOURCES, Open, OpenShop

from app.handover.registry import HandOverRegistry
from app.ui.window import MainWindow

DOUBLE_CLICK_MS = 150
"""How long the second half of a double click may take in tests; the usual 400 ms would be waited for again and again."""


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    qapp.setDoubleClickInterval(DOUBLE_CLICK_MS)
    return qapp


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, desk: FakeDesk) -> Open:
    def opened(
        of: FakeDesk | None = desk, background: Any = None, *, sources: Any = SOURCES, show: bool = True
    ) -> MainWindow:
        window = MainWindow(background or AtOnce(), RESOURCES, settings_path=tmp_path / "window.ini", now=lambda: NOW)
        qtbot.addWidget(window, before_close_func=lambda w: setattr(w, "keep_in_tray", False))
        if of is not None:
            window.attach(of, sources)
        if show:
            window.show()
            window.activateWindow()
        return window

    return opened


@pytest.fixture
def opened_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pages: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(url.toString()) or True)
    return pages


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    """A shop whose desk, stores and listener are the real ones."""
    with counter_in(tmp_path / "shop") as made:
        made.desk.hand_over = HandOverRegistry()  # type: ignore[assignment]  only asked for its names
        yield made


@pytest.fixture
def open_shop(qtbot: QtBot, tmp_path: Path, shop: Counter) -> Iterator[OpenShop]:
    windows: list[MainWindow] = []

    def opened(background: object = None) -> MainWindow:
        now = shop.profile.clock
        made = MainWindow(background or AtOnce(), RESOURCES, settings_path=tmp_path / "window.ini", now=now)  # type: ignore[arg-type]
        qtbot.addWidget(made, before_close_func=lambda w: setattr(w, "keep_in_tray", False))
        made.attach(shop.desk, None)
        made.show()
        windows.append(made)
        return made

    yield opened
    for each in windows:  # before the shop is closed
        each.close()
        for timer in each.findChildren(QTimer):
            timer.stop()
