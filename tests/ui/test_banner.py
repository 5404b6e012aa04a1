"""The line in the corner: where it lies, how high it is, and that it moves no button and hides nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from ui.fake_desk import FakeDesk
from ui.fake_shop import heard
from ui.window_samples import Open

from app.ui.widgets.banner import GAP, MARGIN, WIDEST
from app.ui.widgets.pieces import lay_out_now
from app.ui.window import MainWindow


def place(window: MainWindow) -> QRect:
    return QRect(window.banner.mapTo(window.centralWidget(), QPoint(0, 0)), window.banner.size())


def test_it_moves_nothing_when_it_comes_and_goes(open_window: Open) -> None:
    window = open_window()
    parts = (window.folders, window.inbox.list, window.case.reply._copy, window.case.reply.edit)
    before = [one.mapTo(window, QPoint(0, 0)) for one in parts]
    height = window.folders.height()
    window.banner.tell("The case is answered.", undo=True)
    assert window.banner.isVisible()
    assert [one.mapTo(window, QPoint(0, 0)) for one in parts] == before
    window.banner.hide()
    lay_out_now()
    assert ([one.mapTo(window, QPoint(0, 0)) for one in parts], window.folders.height()) == (before, height)


@pytest.mark.parametrize("size", [(1300, 800), (760, 480)])
def test_the_last_row_and_the_last_page_can_be_seen_beside_it(
    open_window: Open, desk: FakeDesk, size: tuple[int, int]
) -> None:
    desk.heard += [heard(100 + n, f"Skarga {n}", due=-99_999) for n in range(30)]
    window = open_window()
    window.resize(*size)
    window.banner.tell("The case is answered.", undo=True)
    lay_out_now()
    for part in (window.inbox.list, window.folders):
        part.scrollToBottom()
        lowest = part.mapTo(window.centralWidget(), QPoint(0, part.height())).y()
        assert lowest <= place(window).top()
    window.banner.tell("A sentence that is too long for one line of this window. " * 4, stays=True)
    lay_out_now()
    assert (
        window.inbox.list.mapTo(window.centralWidget(), QPoint(0, window.inbox.list.height())).y()
        <= place(window).top()
    )


def test_the_row_that_is_open_stays_in_sight_above_it(open_window: Open, desk: FakeDesk) -> None:
    desk.heard += [heard(100 + n, f"Skarga {n}", due=-99_999) for n in range(30)]
    window = open_window()
    window.resize(1300, 800)
    rows_shown = window.inbox.list.shown
    window.inbox.list.go(rows_shown[-2])
    bar = window.inbox.list.verticalScrollBar()
    top = bar.value()
    window.banner.tell("The case is answered.", undo=True)
    lay_out_now()
    row = window.inbox.list.visualRect(window.inbox.list.currentIndex())
    assert row.bottom() <= window.inbox.list.viewport().height()
    window.banner.hide()
    window.inbox.list.go(0)
    bar.setValue(0)
    window.banner.tell("The case is answered.", undo=True)
    lay_out_now()
    assert bar.value() == 0 <= top, "what is in sight anyway does not move"


def test_a_sentence_over_a_page_spares_it_too_and_only_then(open_window: Open) -> None:
    window = open_window()
    window.resize(760, 480)
    window.do("page:settings")
    window.banner.tell("A sentence that is too long for a narrow column of this window. " * 6, stays=True)
    lay_out_now()
    page = window.pages.currentWidget()
    assert page.mapTo(window.centralWidget(), QPoint(0, page.height())).y() <= place(window).top()
    window.do("page:everything")
    assert window.pages.contentsMargins().bottom() == 0


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


@pytest.mark.parametrize("size", [(1300, 800), (760, 480)])
def test_it_covers_nothing_of_a_page_beside_the_inbox(open_window: Open, size: tuple[int, int]) -> None:
    window = open_window()
    window.resize(*size)
    for page in ("customers", "log", "reports", "watches", "settings", "learning", "help"):
        window.do("page:everything")
        window.banner.tell("The case is answered.", undo=True)
        window.do(f"page:{page}")
        covered = QRect(window.pages.mapTo(window.centralWidget(), QPoint(0, 0)), window.pages.size())
        assert window.banner.isVisible(), page
        assert not place(window).intersects(covered), page
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


def test_a_name_in_quotation_marks_has_others_inside_them_and_is_withdrawn_as_it_was_told(open_window: Open) -> None:
    window = open_window()
    said = "Записано у «Кофейня «Зерно»»."
    window.banner.tell(said, undo=True)
    assert window.banner.text == "Записано у «Кофейня „Зерно“»."
    window.banner.end_undo(said)
    assert window.banner._undo.isHidden()
    window.banner.withdraw(said)
    assert window.banner.isHidden()
