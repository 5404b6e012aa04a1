"""The page of watches in every room: nothing is clipped beside an open panel, and only what can act is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import RESOURCES, Open

from app.core.messages import Status
from app.core.verdict import Kind
from app.core.views import Folder
from app.ui.format import FIRST_STRONG
from app.ui.widgets.folder_list import FolderList
from app.ui.window import MainWindow
from app.words import use

ARABIC = "محل"
LATIN = ("Blog", "Opinie Żabka", "Кофейня Рай", "5-A · 24/7", "Café «Été»")
"""Names that look out of the ordinary and turn nothing."""


@pytest.fixture(params=["en", "pl", "ru"])
def _spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    use(request.param, RESOURCES / "translations")
    yield
    use("en", RESOURCES / "translations")


def _settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def _clipped(page: Any) -> list[str]:
    """Return the words of the page, and its forms, that have less room than they need or stand beyond its edge."""
    out = []
    for one in page.findChildren(QAbstractButton) + page.findChildren(QLabel):
        if not one.isVisible() or not one.text():
            continue
        wraps = isinstance(one, QLabel) and one.wordWrap()
        needed = (one.minimumSizeHint() if wraps else one.sizeHint()).width()
        seen = one.visibleRegion().boundingRect().width()
        if min(one.width(), seen) < needed:
            out.append(f"{one.text()} has {min(one.width(), seen)} of {needed}")
    areas = [one for one in page.findChildren(QScrollArea) if one.isVisible()]
    wide = [one for one in areas if one.widget().width() > one.viewport().width()]
    return [*out, *(f"{one.widget().width()} pixels in {one.viewport().width()}" for one in wide)]


@pytest.mark.usefixtures("_spoken")
@pytest.mark.parametrize("size", [(0, 0), (911, 500), (1366, 768)])
def test_no_word_is_clipped_beside_an_open_panel(open_window: Open, size: tuple[int, int]) -> None:
    window = open_window()
    window.resize(*size)
    window.do("page:watches")
    page: Any = window.pages.watches()
    _settle()
    assert _clipped(page) == []
    page.add()
    page.editor.source.setCurrentIndex(page.editor.source.findData("imap"))
    page.editor._page.verticalScrollBar().setValue(0)
    _settle()
    wide = [line for line in _clipped(page) if "pixels in" in line]
    heads = [
        one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.width() < one.sizeHint().width()
    ]
    assert (wide, [one.text() for one in heads]) == ([], [])
    assert page._list.width() >= page._list.minimumSizeHint().width() or page._list.isHidden()
    assert page.editor.width() >= page.editor.minimumSizeHint().width()
    page.find_places()
    _settle()
    assert _clipped(page) == []


@pytest.mark.usefixtures("_spoken")
def test_a_panel_covers_the_list_where_there_is_no_room_for_both(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    window.do("page:watches")
    page: Any = window.pages.watches()
    page.edit()
    qtbot.waitUntil(page._list.isHidden)
    qtbot.waitUntil(lambda: page.editor.width() == page.width())
    page.editor.leave()
    assert page._list.isVisible()
    assert window.focusWidget() is page.table.view
    page.edit()
    window.resize(1240, 700)
    qtbot.waitUntil(page._list.isVisible)
    window.resize(window.minimumSize())
    qtbot.waitUntil(page._list.isHidden)
    assert window.pages.watches().leave_panel()
    assert page._list.isVisible()


@pytest.mark.parametrize("panel", ["edit", "add", "find_places"])
def test_the_keyboard_goes_into_the_panel_that_covers_the_list(
    open_window: Open, qtbot: QtBot, desk: FakeDesk, panel: str
) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    window.do("page:watches")
    page: Any = window.pages.watches()
    getattr(page, panel)()
    qtbot.waitUntil(page._list.isHidden)
    field = window.focusWidget()
    assert page._panel.isAncestorOf(field)
    for begin in (lambda: window.do("page:watches"), lambda: page.choose(desk.watches.list()[0].watch.id)):
        window.bar.field.setFocus()
        begin()
        assert window.focusWidget() is field
        assert field.isVisible()
    window.resize(1366, 700)
    qtbot.waitUntil(page._list.isVisible)
    window.do("page:watches")
    assert window.focusWidget() is page.table.view, "beside the panel the list is there for it"


def test_a_watch_saved_in_the_end_leaves_the_keyboard_on_the_page_that_is_seen(open_window: Open) -> None:
    window = open_window()
    window.do("page:watches")
    page: Any = window.pages.watches()
    page.edit()
    window.do("page:reports")
    focus = window.focusWidget()
    page.editor.saved.emit(page.table.current.watch)
    assert page.editor.isHidden()
    assert window.focusWidget() is focus


def test_new_watches_are_offered_while_no_panel_offers_them(open_window: Open) -> None:
    window = open_window()
    window.do("page:watches")
    page: Any = window.pages.watches()
    assert [bool(one.property("main")) for one in (page._find, page._add)] == [True, False]
    page.edit()
    assert page._find.isHidden()
    assert page._add.isHidden()
    page.editor.leave()
    assert page._find.isVisible()
    assert page._add.isVisible()


def test_without_watches_finding_some_is_the_main_way_and_nothing_is_grey(open_window: Open) -> None:
    window = open_window(FakeDesk(views=[]))
    window.do("page:watches")
    page: Any = window.pages.watches()
    shown = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    assert {one.text(): bool(one.property("main")) for one in shown} == {"Add a watch": False, "Find for me": True}
    assert all(one.isEnabled() for one in shown)
    page.find_places()
    main = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.property("main")]
    assert main == [page.finder.find_button]


def test_how_a_watch_goes_is_told_only_where_its_row_says_too_little(open_window: Open) -> None:
    window = open_window()
    window.do("page:watches")
    page: Any = window.pages.watches()
    told = {}
    for row in range(5):
        page.table.view.selectRow(row)
        told[page.table.current.watch.id] = page.told.isVisible()
    assert told == {"w1": False, "w2": False, "w3": True, "w4": True, "w5": False}


def _with_names(*names: str) -> FakeDesk:
    desk = FakeDesk()
    one = desk.views[2]
    desk.views = [replace(one, watch=replace(one.watch, id=f"w{n}", name=name)) for n, name in enumerate(names)]
    return desk


def test_a_name_from_right_to_left_turns_nothing_but_itself(open_window: Open) -> None:
    window = open_window(_with_names(ARABIC))
    window.do("page:watches")
    page: Any = window.pages.watches()
    assert page.told.text().startswith(f"{FIRST_STRONG}{ARABIC}")
    assert page.told.alignment() & Qt.AlignmentFlag.AlignAbsolute
    line = page.told.grab().toImage()
    ground, ratio = line.pixelColor(line.width() - 1, line.height() - 1), line.devicePixelRatio()
    left = [line.pixelColor(x, y) for x in range(int(40 * ratio)) for y in range(line.height())]
    assert any(colour != ground for colour in left), "it begins at the left edge"
    assert page.table.model.index(0, 0).data().startswith(FIRST_STRONG)
    assert FIRST_STRONG in window.folders.item(9).toolTip()


def test_other_names_stand_as_they_are(open_window: Open) -> None:
    window = open_window(_with_names(*LATIN))
    window.do("page:watches")
    page: Any = window.pages.watches()
    for row, name in enumerate(LATIN):
        page.table.view.selectRow(row)
        assert page.told.text().startswith(f"{name}: ")
        assert page.table.model.index(row, 0).data() == name


@pytest.mark.usefixtures("_spoken")
@pytest.mark.parametrize("count", [9, 32, 999])
def test_no_name_of_a_folder_gives_way_to_its_count(open_window: Open, count: int) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    folders: FolderList = window.folders
    bold = folders.font()
    bold.setBold(True)
    words = QFontMetrics(bold)
    folders.show_counts(dict.fromkeys(Folder, count))
    for row in range(folders.count()):
        counted = row < 6 and folders.item(row).data(256) != Folder.EVERYTHING.value
        mark = words.horizontalAdvance(str(count)) + 8 if counted else 0
        assert 44 + words.horizontalAdvance(folders.item(row).text()) + mark + 16 <= folders.viewport().width() + 2


def test_a_count_is_red_where_something_is_overdue_whatever_the_folder(open_window: Open, desk: FakeDesk) -> None:
    for one in desk.heard:
        if one.kind is Kind.COMPLAINT:
            one.due_at = None
        elif one.kind is Kind.LEAD:
            one.due_at = 1.0
    window = open_window()
    late = {window.folders.item(row).text() for row in range(6) if window.folders.item(row).data(260)}
    assert late == {"Leads"}
    spoken = window.folders.item(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Leads, 1 open, overdue"
    window.folders.show_counts({Folder.LEADS: 0}, {Folder.LEADS})
    assert not window.folders.item(3).data(260), "there is nothing left to be late with"


def test_the_line_on_top_leads_to_the_watches_by_click_and_by_key(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    window.listener.show_status(Status(4, False, False, 0, 0, failing=2))
    line = window.bar.status
    assert line.text() == line.accessibleName() == "4 of 5 watches · 2 failing"
    assert line.accessibleDescription() == "Shows the watches"
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert window.pages.name == "watches"
    window.do("page:reports")
    window.bar.field.setFocus()
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Tab)
    assert line.hasFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.pages.name == "watches"


@pytest.mark.usefixtures("_spoken")
def test_a_pause_and_a_failure_are_told_whole_in_the_smallest_window(open_window: Open) -> None:
    window: MainWindow = open_window()
    window.resize(window.minimumSize())
    for status in (
        Status(12, True, False, 0, 1.0, failing=2),
        Status(4, False, False, 0, window._now() - 60, failing=2),
        Status(112, False, False, 0, window._now() - 60, failing=112),
    ):
        window.listener.show_quiet(0, window._now() + 3600 if status.paused else 0)
        window.listener.show_status(status)
        _settle()
        assert window.bar.status.width() >= window.bar.status.sizeHint().width()


def test_areas_that_take_the_keyboard_have_names(open_window: Open) -> None:
    window = open_window()
    for name in ("customers", "watches", "settings"):
        window.do(f"page:{name}")
    window.pages.watches().add()
    window.pages.watches().find_places()
    nameless = [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for page in ("customers", "watches", "settings")
        for one in (window.pages.page(page), *window.pages.page(page).findChildren(QScrollArea))
        if isinstance(one, QScrollArea) and not one.accessibleName()
    ]
    assert nameless == []
    settings: Any = window.pages.page("settings")
    assert [field.lineEdit().accessibleName() for field in settings.targets.values()] == [
        field.accessibleName() for field in settings.targets.values()
    ]
