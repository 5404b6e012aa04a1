"""What tests of the whole window share: how it is opened, filled and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fakes.counter import Counter
from PySide6.QtGui import QColor, QImage

from app.core.problems import Problem
from app.listen.by_hand import at_once
from app.ui.widgets.add_dialog import AddDialog
from app.ui.window import MainWindow

AWFUL = "The bread was awful and nobody answers the phone."

RESOURCES = Path(__file__).parents[2] / "resources"

Open = Callable[..., MainWindow]
"""Opens a window: over the test's desk, or another one or None; with another background; unshown with `show=False`."""

OpenShop = Callable[..., MainWindow]
"""Opens a window over the desk of a real shop: with another background."""


def type_reply(window: MainWindow, text: str) -> None:
    window.case.reply.edit.setPlainText(text)


def rows(window: MainWindow) -> list[int]:
    model = window.inbox.model
    return [model.row(number).mention_id for number in range(model.rowCount())]


def begun(window: MainWindow) -> AddDialog:
    """Open the window in which something is entered."""
    window.do("add")
    return window.by_hand.add_dialog()


def picture(width: int = 40, height: int = 20) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def listen(shop: Counter, window: MainWindow) -> None:
    """Be the listener: take in what waits and tell the window."""
    for step in at_once(shop.profile.parts, shop.profile.waiting):
        assert not isinstance(step, Problem)
        window.by_hand.taken_in(step.told)
