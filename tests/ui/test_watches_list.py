"""The list of watches while it is read again and again, and while one of them is removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import RESOURCES, Open

from app.ui.pages.watches_page import trouble
from app.ui.window import MainWindow
from app.words import use


@pytest.fixture
def window(open_window: Open, desk: FakeDesk) -> MainWindow:
    """The window with its page of sixty watches, more than fit."""
    one = desk.views[0]
    desk.views[:] = [replace(one, watch=replace(one.watch, id=f"w{n}", name=f"Watch {n}")) for n in range(60)]
    made = open_window()
    made.do("page:watches")
    return made


@pytest.fixture
def page(window: MainWindow) -> Any:
    return window.pages.watches()


def test_news_leave_the_list_where_it_was_scrolled_to(page: Any, qtbot: QtBot) -> None:
    bar = page.table.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(200)
    page.load()
    assert page.table.current.watch.id == "w0"
    assert bar.value() == 200


def test_a_double_click_removes_one_watch_and_the_next_one_is_marked(page: Any, desk: FakeDesk, qtbot: QtBot) -> None:
    page.table.view.selectRow(30)
    for _click in range(2):
        qtbot.mouseClick(page._remove, Qt.MouseButton.LeftButton)
    left = [view.watch.id for view in desk.views]
    assert len(left) == 59
    assert "w30" not in left
    assert page.table.current.watch.id == "w31"


def test_a_double_click_pauses_once(page: Any, desk: FakeDesk, qtbot: QtBot) -> None:
    for _click in range(2):
        qtbot.mouseClick(page._pause, Qt.MouseButton.LeftButton)
    assert desk.views[0].watch.paused


@pytest.fixture
def found(open_window: Open) -> Any:
    """The page of watches of every mood: w1 and w2 go well, w3 fails, w4 is silent, w5 paused."""
    made = open_window()
    made.do("page:watches")
    return made.pages.watches()


def shown(page: Any) -> list[str]:
    return [view.watch.id for view in page.table.model.rows]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", ["w1", "w2", "w3", "w4", "w5"]),
        ("FORUM poznan", ["w3"]),
        ("google", ["w4"]),
        ("example.org/5", ["w5"]),
        ("failing", ["w3"]),
        ("error", ["w3"]),
        ("paused", ["w5"]),
        ("silent", ["w4"]),
        ("listening feed", ["w1"]),
    ],
)
def test_a_watch_is_found_by_name_source_address_and_state(found: Any, typed: str, left: list[str]) -> None:
    found.filter.setText(typed)
    assert shown(found) == left


def test_of_two_that_hear_the_same_by_now_the_one_to_remove_says_so(found: Any) -> None:
    views = tuple(replace(view, twin="Nowy blog" if view.watch.id == "w1" else "") for view in found._views)
    found._take(views)
    told = "leads where «Nowy blog» does and hears the same: remove this one"
    assert trouble(found.table.model.rows[0]) == (told, "warn")
    assert trouble(found.table.model.rows[1]) == ("listening", "good")


@pytest.mark.parametrize(("language", "typed"), [("pl", "z błędem"), ("ru", "С ОШИБКОЙ")])
def test_those_that_fail_are_found_by_what_the_top_line_calls_them(
    open_window: Open, language: str, typed: str
) -> None:
    use(language, RESOURCES / "translations")
    window = open_window()
    window.do("page:watches")
    page = window.pages.watches()
    page.filter.setText(typed)
    assert shown(page) == ["w3"]


def test_what_is_selected_stays_so_while_the_field_leaves_less(found: Any) -> None:
    found.table.view.selectRow(3)
    found.filter.setText("google")
    assert found.table.current.watch.id == "w4"
    found.filter.setText("")
    assert found.table.current.watch.id == "w4"


def test_nothing_that_matches_says_so_and_how_to_see_all(found: Any, qtbot: QtBot) -> None:
    found.filter.setText("zzz")
    assert found.table.currentWidget() is found.table.empty
    assert "Nothing matches" in found.table.empty.text
    assert not found._remove.isEnabled()
    found.load()
    assert "Nothing matches" in found.table.empty.text
    qtbot.mouseClick(found.table.empty._button, Qt.MouseButton.LeftButton)
    assert len(shown(found)) == 5
    assert found.filter.hasFocus()


def test_the_field_is_reached_and_left_by_keys(found: Any, qtbot: QtBot) -> None:
    found.table.view.setFocus()
    qtbot.keyClick(found.table.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert found.filter.hasFocus()
    qtbot.keyClicks(found.filter, "google")
    qtbot.keyClick(found.filter, Qt.Key.Key_Down)
    assert found.table.view.hasFocus()
    assert found.table.current.watch.id == "w4"


def test_escape_empties_the_field_before_the_page_is_left(found: Any) -> None:
    window = found.window()
    found.filter.setText("google")
    found.filter.setFocus()
    window.do("back")
    assert found.filter.text() == ""
    assert window.pages.name == "watches"
    window.do("back")
    assert window.pages.name == "inbox"


def test_who_comes_back_sees_all_watches(found: Any) -> None:
    window = found.window()
    found.filter.setText("google")
    window.do("page:complaints")
    window.do("page:watches")
    assert found.filter.text() == ""
    assert len(shown(found)) == 5


def test_a_watch_just_added_is_shown_whatever_the_field_holds(found: Any, desk: FakeDesk) -> None:
    found.filter.setText("google")
    new = replace(desk.views[0].watch, id="w9", name="New one")
    desk.views.append(replace(desk.views[0], watch=new, state=None))
    found._saved(new)
    assert found.table.current.watch.id == "w9"


def test_without_watches_there_is_no_field(open_window: Open, desk: FakeDesk) -> None:
    desk.views.clear()
    window = open_window()
    window.do("page:watches")
    page = window.pages.watches()
    assert page.filter.isHidden()
    assert "No watches yet" in page.table.empty.text


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
@pytest.mark.parametrize("width", [1180, 911])
def test_nobody_scrolls_sideways_beside_the_open_form(
    open_window: Open, language: str, width: int, qtbot: QtBot
) -> None:
    use(language, RESOURCES / "translations")
    window = open_window()
    window.resize(width, 768)
    window.do("page:watches")
    page = window.pages.watches()
    page.edit()
    view = page.table.view
    qtbot.waitUntil(lambda: view.width() < width - 400)
    qtbot.waitUntil(lambda: not view.horizontalScrollBar().isVisible())
    assert view.horizontalHeader().length() <= view.viewport().width()
    for name, least in ((0, 120), (4, 120)):
        assert view.columnWidth(name) >= least
    page.editor.leave()
    window.resize(1180, 768)
    qtbot.waitUntil(lambda: not any(map(view.isColumnHidden, range(5))))


def test_a_watch_that_is_to_be_looked_at_is_selected_under_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages.watches()
    window.do("page:complaints")
    page.filter.setText("Watch 59")
    window.do("page:watches")
    page.choose("w30")
    qtbot.waitUntil(lambda: page.table.current is not None and page.table.current.watch.id == "w30")
    assert page.filter.text() == ""
    assert window.focusWidget() is page.table.view


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_names_that_begin_alike_are_told_apart_where_there_is_room(
    open_window: Open, desk: FakeDesk, language: str
) -> None:
    use(language, RESOURCES / "translations")
    one = desk.views[0]
    names = [f"Kwiaciarnia Pod Różą Łódź: {words}" for words in ("reklamacja", "oszuści")]
    desk.views[:] = [replace(one, watch=replace(one.watch, id=name, name=name)) for name in names]
    window = open_window()
    window.resize(1180, 768)
    window.do("page:watches")
    view = window.pages.watches().table.view
    assert view.columnWidth(0) >= view.sizeHintForColumn(0)
    assert view.columnWidth(4) >= 128


def _dragged(text: str = "", *urls: str) -> QMimeData:
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if text:
        data.setText(text)
    return data


def _drop(onto: QWidget, data: QMimeData) -> bool:
    """Drop something on a widget as the window system does; say whether it was taken."""
    place, button = QPointF(5, 5), Qt.MouseButton.LeftButton
    actions = Qt.DropAction.CopyAction | Qt.DropAction.LinkAction
    enters = QDragEnterEvent(place.toPoint(), actions, data, button, Qt.KeyboardModifier.NoModifier)
    enters.ignore()
    QApplication.sendEvent(onto, enters)
    if not enters.isAccepted():
        return False
    QApplication.sendEvent(onto, QDropEvent(place, actions, data, button, Qt.KeyboardModifier.NoModifier))
    return True


@pytest.mark.parametrize(
    ("text", "urls", "address"),
    [
        ("https://forum.example/kawa", (), "https://forum.example/kawa"),
        ("", ("https://forum.example/kawa",), "https://forum.example/kawa"),
        ("Forum o kawie", ("https://forum.example/kawa",), "https://forum.example/kawa"),
        (" kwiaty.pl/opinie\n", (), "kwiaty.pl/opinie"),
        ("127.0.0.1:8971", (), "127.0.0.1:8971"),
    ],
)
def test_an_address_that_is_dropped_opens_the_form_with_it(
    page: Any, text: str, urls: tuple[str, ...], address: str
) -> None:
    for onto in (page, page.filter):
        assert _drop(onto, _dragged(text, *urls))
        assert page.editor.isVisible()
        assert page.editor.settings.values()["url"] == address
        assert page.editor._title.text() == "New watch"
        assert page.filter.text() == ""
        page.editor.leave()


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Kwiaty Basi", ()),
        ("see https://forum.example/kawa and weep", ()),
        ("jan@kwiaty.pl", ()),
        ("", ("file:///home/jan/kwiaty.pl",)),
        ("9.30", ()),
        ("", ()),
    ],
)
def test_what_is_no_address_opens_nothing(page: Any, text: str, urls: tuple[str, ...]) -> None:
    assert not _drop(page, _dragged(text, *urls))
    assert page.editor.isHidden()


def test_words_that_are_dropped_on_the_field_are_looked_for(page: Any) -> None:
    assert _drop(page.filter, _dragged("Watch 59"))
    assert page.filter.text() == "Watch 59"
    assert page.editor.isHidden()


def test_a_form_that_is_open_keeps_what_was_typed(page: Any) -> None:
    page.add()
    page.editor.name.setText("Half done")
    assert not _drop(page, _dragged("https://forum.example/kawa"))
    assert page.editor.name.text() == "Half done"


def test_a_watch_that_was_saved_is_not_said_to_be_heard_yet(page: Any, qtbot: QtBot) -> None:
    page.add()
    page.editor.settings.fields["url"].setText("https://forum.example/kawa")
    with qtbot.waitSignal(page._bench.announced) as told:
        page.editor.save_button.click()
    assert told.args == ["Saved: forum.example/kawa. The list will show how its next check goes."]
