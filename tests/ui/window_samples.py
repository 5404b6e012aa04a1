"""What tests of the whole window share: how it is opened, filled and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.ui.window import MainWindow

RESOURCES = Path(__file__).parents[2] / "resources"

Open = Callable[..., MainWindow]
"""Opens a window: over the test's desk, or another one or None; with another background; unshown with `show=False`."""


def type_reply(window: MainWindow, text: str) -> None:
    window.case.reply.edit.setPlainText(text)


def rows(window: MainWindow) -> list[int]:
    model = window.inbox.model
    return [model.row(number).mention_id for number in range(model.rowCount())]
