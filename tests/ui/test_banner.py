"""The line in the corner: where it lies, how high it is, and that it moves nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from ui.window_samples import Open

from app.ui.widgets.banner import GAP, MARGIN, WIDEST
from app.ui.window import MainWindow


def place(window: MainWindow) -> QRect:
    return QRect(window.banner.mapTo(window.centralWidget(), QPoint(0, 0)), window.banner.size())


def test_it_moves_nothing_when_it_comes_and_goes(open_window: Open) -> None:
    window = open_window()
    before = window.folders.mapTo(window, QPoint(0, 0)), window.folders.height()
    window.banner.tell("The case is answered.", undo=True)
    assert window.banner.isVisible()
    assert (window.folders.mapTo(window, QPoint(0, 0)), window.folders.height()) == before
    window.banner.hide()
    assert (window.folders.mapTo(window, QPoint(0, 0)), window.folders.height()) == before


def test_it_lies_in_the_lower_left_corner_whatever_the_size(open_window: Open) -> None:
    window = open_window()
    window.banner.tell("The case is answered.", undo=True)
    for width, height, least in ((1300, 800, 0), (911, 600, 0), (800, 600, 0), (1300, 800, 9999)):
        window.resize(width, height)
        window._middle.setSizes([least, 9999])  # the list as narrow, and as wide, as the owner may make it
        inside = window.centralWidget().rect()
        assert (place(window).left(), inside.bottom() - place(window).bottom()) == (MARGIN, MARGIN)
        assert place(window).width() <= WIDEST
        assert not place(window).intersects(
            QRect(window.case.mapTo(window.centralWidget(), QPoint(0, 0)), window.case.size())
        )


def test_a_long_sentence_is_shown_whole(open_window: Open) -> None:
    window = open_window()
    window.banner.tell("Short.")
    low = place(window).height()
    window.banner.tell("A sentence that is too long for one line of this window. " * 4, stays=True)
    assert place(window).height() > low
    label = window.banner._label
    assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("page", ["customers", "log", "reports", "watches", "settings", "learning", "help"])
@pytest.mark.parametrize("size", [(1300, 800), (760, 480)])
def test_it_covers_nothing_of_a_page_beside_the_inbox(open_window: Open, page: str, size: tuple[int, int]) -> None:
    window = open_window()
    window.resize(*size)
    window.banner.tell("The case is answered.", undo=True)
    window.do(f"page:{page}")
    covered = QRect(window.pages.mapTo(window.centralWidget(), QPoint(0, 0)), window.pages.size())
    assert window.banner.isVisible()
    assert not place(window).intersects(covered)
    assert window.banner._undo.isVisible()
    assert window.banner._label.height() >= window.banner._label.heightForWidth(window.banner._label.width())
    window._columns.setSizes([300, 1000])
    assert place(window).width() == window.folders.parentWidget().width() - 2 * GAP
    window.do("page:everything")
    assert place(window).left() == MARGIN


def test_a_sentence_too_long_for_the_left_column_takes_more_room(open_window: Open) -> None:
    window = open_window()
    window.resize(760, 480)
    window.do("page:settings")
    window.banner.tell("A sentence that is too long for a narrow column of this window. " * 6, stays=True)
    label = window.banner._label
    assert label.height() >= label.heightForWidth(label.width())
    assert place(window).left() == MARGIN
    assert window.centralWidget().rect().contains(place(window))


def test_the_first_sentence_told_beside_a_page_is_shown_whole(open_window: Open) -> None:
    window = open_window()
    window.do("page:customers")
    window.banner.tell(
        "Listening stopped 3 times in a row and was started again each time. It may go on so.", stays=True
    )
    label = window.banner._label
    assert place(window).right() <= window.folders.mapTo(window.centralWidget(), window.folders.rect().topRight()).x()
    assert label.height() >= label.heightForWidth(label.width())
    assert window.banner.height() >= window.banner._row.heightForWidth(window.banner.width())
