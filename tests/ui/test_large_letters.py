"""Large letters in the smallest window: nothing is cut that says where one is or what can be done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.window_samples import Open, OpenShop

from app.ui.pages.settings_page import SettingsPage
from app.ui.widgets.add_dialog import AddDialog
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.pieces import Elided
from app.ui.widgets.target_field import INSET
from app.ui.window import MainWindow

PAGES = ("complaints", "everything", "snoozed", "watches", "customers", "log", "reports", "settings", "learning")


@pytest.fixture(params=[10, 14, 16])
def points(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    """The size of the letters."""
    usual, large = qapp.font(), qapp.font()
    large.setPointSizeF(request.param)
    qapp.setFont(large)
    yield request.param
    qapp.setFont(usual)


@pytest.fixture
def window(spoken: str, points: int, open_window: Open) -> MainWindow:
    """The smallest window."""
    made = open_window(show=False)
    made.resize(made.minimumSize())
    made.show()
    settle()
    return made


def settle() -> None:
    """Let every layout, and those inside it, take its place."""
    for _turn in range(4):
        QApplication.processEvents()


def cut(part: QWidget) -> str:
    """Return the words of a label or button that are not seen whole, «» where all are."""
    if isinstance(part, QLabel) and part.wordWrap():
        return part.text() if part.heightForWidth(part.width()) > part.height() + 1 else ""
    if isinstance(part, QLabel | QPushButton) and part.sizeHint().width() > part.width() + 1:
        return part.text()
    return ""


def test_no_words_are_cut_on_any_page(window: MainWindow, qapp: QApplication) -> None:
    for name in PAGES:
        window.do(f"page:{name}")
        settle()
        parts = [*window.pages.findChildren(QLabel), *window.pages.findChildren(QPushButton)]
        seen = [one for one in parts if one.isVisible() and not isinstance(one, Elided)]
        assert [words for one in seen if (words := cut(one))] == [], name


@pytest.mark.parametrize("folder", ["complaints", "questions", "praise", "leads", "everything", "snoozed"])
def test_the_title_of_the_list_stands_there_whole(window: MainWindow, folder: str) -> None:
    window.do(f"page:{folder}")
    settle()
    assert cut(window.inbox.head.title) == ""
    assert cut(window.inbox.head.add) == ""
    assert window.inbox.head.add.accessibleName().rstrip("…") not in {"", "+"}, "a screen reader reads its words"


def test_the_customers_name_comes_before_the_button_that_the_menu_has_too(window: MainWindow) -> None:
    window.show_case(1)
    settle()
    head = window.case.head
    assert head._times.isVisible()
    assert cut(head._author) == ""
    assert head._open.isVisible() or head.more.isVisible()


def test_where_there_is_room_all_stand_in_one_line_with_their_words(open_window: Open, qapp: QApplication) -> None:
    window = open_window()
    window.resize(1240, 780)
    window.show_case(1)
    settle()
    assert window.inbox.head.add.text() == "Add…"
    assert window.case.head._open.isVisible()
    assert not window.case.head.more.isVisible()
    for name in ("watches", "customers", "learning"):
        window.do(f"page:{name}")
        settle()
        titles = [one for one in window.pages.findChildren(QLabel) if one.property("title") and one.isVisible()]
        title = titles[0]
        beside = [
            one
            for one in title.parentWidget().findChildren(QPushButton)
            if one.isVisible() and one.geometry().intersects(title.geometry().adjusted(0, 0, 2000, 0))
        ]
        assert beside, name
        assert not any(one.geometry().intersects(title.geometry()) for one in beside), name


def test_a_search_is_cut_and_its_button_is_not(open_window: Open) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    window.inbox.search("paczka infolinia wtorek i jeszcze dużo innych słów")
    settle()
    assert cut(window.inbox.head.title)
    assert cut(window.inbox.head.add) == ""


def test_what_stands_where_a_list_is_empty_does_without_its_icon_before_its_words(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.do("page:learning")
    settle()
    (empty,) = [one for one in window.pages.learning().findChildren(EmptyState) if one.isVisible()]
    assert cut(empty._text) == ""
    window.resize(1240, 780)
    qtbot.waitUntil(empty._picture.isVisible)


@pytest.mark.usefixtures("spoken", "points")
def test_no_two_fields_of_what_is_added_lie_over_each_other(open_shop: OpenShop, qapp: QApplication) -> None:
    window = open_shop()
    window.do("add")
    (dialog,) = window.findChildren(AddDialog)
    for width in (dialog.width(), dialog.minimumSizeHint().width()):
        dialog.resize(width, 100)
        settle()
        parts = [dialog.text, dialog.link, dialog.where, dialog.at, dialog.stars, dialog.who, dialog.add]
        places = [QRect(one.mapTo(dialog, QPoint()), one.size()) for one in parts]
        over = [(n, m) for n in range(len(places)) for m in range(n) if places[n].intersects(places[m])]
        assert over == []
        assert dialog.rect().contains(places[-1])
    dialog.close()


def test_the_settings_scroll_down_only(window: MainWindow) -> None:
    window.do("page:settings")
    settle()
    page = window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.horizontalScrollBar().maximum() == 0
    for field in (one.lineEdit() for one in page.targets.values()):
        assert field.fontMetrics().horizontalAdvance(field.text()) + 2 * INSET < field.width()
