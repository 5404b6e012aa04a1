"""The line in the corner: where it lies, how high it is, and that it moves nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from ui.window_samples import Open

from app.ui.widgets.banner import MARGIN, WIDEST
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
    for width, height in ((1300, 800), (800, 600)):
        window.resize(width, height)
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
