"""How large the window is at first, and what its columns get of that."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QPushButton
from ui.window_samples import Open

from app.ui.columns import FRAME, SIZE, first_size, first_widths


@pytest.mark.parametrize("room", [(1366, 728), (1280, 680), (1093, 574), (911, 512)])
def test_the_window_lies_within_a_small_screen_at_first(room: tuple[int, int]) -> None:
    size = first_size(QSize(*room))
    assert size.width() + FRAME.width() <= room[0]
    assert size.height() + FRAME.height() <= room[1]
    assert first_size(QSize(2560, 1400)) == SIZE


def test_a_window_that_remembers_nothing_asks_for_the_screen(open_window: Open) -> None:
    window = open_window(show=False)
    assert window.size() == first_size(window.screen().availableSize()).expandedTo(window.minimumSize())


def test_the_list_gives_way_before_the_case_does(open_window: Open) -> None:
    folders = open_window(show=False).folders
    (side, rest), (beside, case) = first_widths(1240, folders)
    assert (side + rest, beside, beside + case) == (1240, 400, rest)
    (side, rest), (beside, case) = first_widths(side + 800, folders)
    assert (beside, case) == (320, 480)
    (side, rest), (beside, case) = first_widths(side + 600, folders)
    assert (beside, case) == (240, 360)


@pytest.mark.usefixtures("spoken")
def test_no_page_is_wider_than_the_smallest_window_gives_it(open_window: Open) -> None:
    window = open_window()
    for page in ("complaints", "customers", "log", "reports", "watches", "settings", "learning", "help"):
        window.resize(1200, 800)
        window.do(f"page:{page}")
        window.resize(100, 100)
        shown = window.pages.currentWidget()
        assert shown.minimumSizeHint().width() <= shown.width(), page


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("page", ["complaints", "customers"])
def test_the_smallest_window_cuts_off_no_button(open_window: Open, page: str) -> None:
    window = open_window()
    window.do(f"page:{page}")
    window.resize(100, 100)
    assert window.width() == window.minimumWidth()
    shown = window.pages.currentWidget()
    buttons = [one for one in shown.findChildren(QPushButton) if one.isVisible()]
    assert len(buttons) > 4
    for one in buttons:
        assert one.mapTo(window, QPoint(one.width(), 0)).x() <= window.width(), one.text()
        assert one.width() >= one.minimumSizeHint().width(), one.text()
