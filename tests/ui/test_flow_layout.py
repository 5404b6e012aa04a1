"""Controls side by side that go on in the next line."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.flow_layout import FlowLayout


def laid_out(qtbot: QtBot, width: int, *sizes: tuple[int, int]) -> tuple[list[QRect], int]:
    """Return where parts of these sizes are put in so much room, and the height they take."""
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    parts = []
    for wide, high in sizes:
        part = QLabel(box)
        part.setFixedSize(wide, high)
        flow.addWidget(part)
        parts.append(part)
    flow.setGeometry(QRect(0, 0, width, 500))
    return [part.geometry() for part in parts], flow.heightForWidth(width)


def test_a_line_that_is_full_goes_on_below(qtbot: QtBot) -> None:
    placed, high = laid_out(qtbot, 200, (90, 30), (90, 30), (90, 30))
    assert [(one.x(), one.y()) for one in placed] == [(0, 0), (98, 0), (0, 38)]
    assert high == 68


def test_what_is_lower_stands_in_the_middle_of_its_line(qtbot: QtBot) -> None:
    placed, high = laid_out(qtbot, 200, (90, 30), (60, 16), (90, 20))
    assert [(one.x(), one.y()) for one in placed] == [(0, 0), (98, 7), (0, 38)]
    assert high == 58


def test_what_is_wider_than_the_room_has_a_line_of_its_own(qtbot: QtBot) -> None:
    placed, high = laid_out(qtbot, 100, (90, 30), (100, 30), (20, 30))
    assert [one.y() for one in placed] == [0, 38, 76]
    assert high == 106
    assert laid_out(qtbot, 100)[1] == 0
