"""Parts of a page are seen on that page only: none of them is a window of its own for a moment, while the page is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from ui.window_samples import Open


class Windows(QObject):
    """Notes everything that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's own name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("page", ["welcome", "watches", "customers", "log", "reports", "settings", "learning", "help"])
def test_no_part_of_a_page_is_a_window(open_window: Open, qapp: QApplication, tmp_path: Path, page: str) -> None:
    window = open_window(None, show=False)  # a desk without watches would have made the first page already
    window.pages.sample_command, window.pages.version = ("counterbell", "demo"), "1.2.3"
    window.pages.licences = tmp_path / "LICENCES.txt"
    window.pages.licences.write_text("Free.", "utf-8")
    windows = Windows()
    qapp.installEventFilter(windows)
    try:
        window.pages.page(page)
    finally:
        qapp.removeEventFilter(windows)
    assert windows.shown == []
