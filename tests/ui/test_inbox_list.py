"""The middle column: paging, stale answers, selection, and rows nobody expects."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from ui.contrast import contrast
from ui.fake_background import AtOnce, Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, heard

from app.core.case import CaseState
from app.core.verdict import Kind
from app.core.views import Folder, InboxRow, Page
from app.ui.bench import Bench
from app.ui.delegates.inbox_delegate import InboxDelegate
from app.ui.models.inbox_model import CHUNK, ROW, InboxModel
from app.ui.pages.inbox_page import InboxPage
from app.ui.theme import Theme

DESK = FakeDesk()
ROW_1 = DESK.row_of(DESK.heard[0])


def rows(start: int, many: int) -> tuple[InboxRow, ...]:
    return tuple(replace(ROW_1, mention_id=n, case_id=n) for n in range(start, start + many))


@pytest.fixture
def model(qtbot: QtBot) -> InboxModel:
    model = InboxModel()
    model.wanted = []  # type: ignore[attr-defined]
    model.rows_wanted.connect(lambda *asked: model.wanted.append(asked))  # type: ignore[attr-defined]
    return model


def came(model: InboxModel, *pages: Page) -> bool:
    """Answer the newest question."""
    return model.take(model.wanted[-1][0], pages)  # type: ignore[attr-defined]


def test_rows_come_where_somebody_looks(model: InboxModel) -> None:
    model.begin()
    assert model.wanted[-1][1] == ((0, CHUNK),)
    assert came(model, Page(rows(0, 100), 0, 100_000))
    assert model.rowCount() == 100_000
    assert model.row(99_999) is None
    assert not model.look((3, 12))
    assert model.look((99_990, 99_999))
    assert model.wanted[-1][1] == ((99_900, CHUNK),)
    assert came(model, Page(rows(99_900, 100), 99_900, 100_000))
    assert model.row(99_999).mention_id == 99_999
    assert model.place_of(99_999) == 99_999
    assert not model.look((99_990, 99_999))


def test_one_question_is_under_way_at_a_time(model: InboxModel) -> None:
    model.begin()
    came(model, Page(rows(0, 100), 0, 1000))
    assert model.look((520, 530))
    assert not model.look((720, 730))
    assert len(model.wanted) == 2
    came(model, Page(rows(400, 200), 400, 1000))
    assert model.look((720, 730))


def test_the_model_keeps_to_the_rules_of_qt(model: InboxModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.begin()
    came(model, Page(rows(0, 100), 0, 250))
    model.look((190,))
    came(model, Page(rows(100, 150), 100, 250))
    model.renew((3, 9))
    came(model, Page(rows(5, 20), 0, 20))
    assert model.rowCount() == 20


def test_what_comes_for_an_older_list_is_left_aside(model: InboxModel) -> None:
    model.begin()
    old = model.wanted[-1][0]
    model.begin()
    assert not model.take(old, (Page(rows(0, 5), 0, 5),))
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    "page", [Page(rows(99, 100), 100, 300), Page(rows(100, 100), 100, 301)], ids=["a row moved", "one more"]
)
def test_a_list_that_changed_between_two_pages_is_read_anew(model: InboxModel, qtbot: QtBot, page: Page) -> None:
    model.begin()
    came(model, Page(rows(0, 100), 0, 300))
    model.look((120,))
    with qtbot.waitSignal(model.outdated):
        assert not came(model, page)
    assert model.row(100) is None


def test_rows_that_do_not_come_are_asked_for_once(model: InboxModel) -> None:
    model.begin()
    came(model, Page(rows(0, 100), 0, 150))
    assert model.look((120,))
    came(model, Page((), 100, 150))
    assert not model.look((120,))


def test_renewing_keeps_the_rows_until_the_answer_comes(model: InboxModel, qtbot: QtBot) -> None:
    model.begin()
    came(model, Page(rows(0, 100), 0, 30_000))
    model.look((20_050,))
    came(model, Page(rows(20_000, 200), 20_000, 30_000))
    model.renew((20_045, 20_055, 3))
    assert model.wanted[-1][1] == ((0, CHUNK), (19_900, 3 * CHUNK))
    assert model.row(20_050)
    with qtbot.assertNotEmitted(model.modelReset):
        came(model, Page(rows(0, 100), 0, 30_000), Page(rows(19_900, 300), 19_900, 30_000))
    assert model.row(19_950)


def test_a_row_is_spoken_whole(model: InboxModel) -> None:
    model.begin()
    came(model, Page((ROW_1,), 0, 1))
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "complaint" in said
    assert "Anna K." in said
    assert "infolinia" in said
    assert model.index(0).data(ROW) is ROW_1


ODD = {
    "empty": replace(ROW_1, author="", title="", excerpt="", source="", site="", due_at=None, kind=Kind.NEUTRAL),
    "huge": replace(ROW_1, author="W" * 5000, excerpt="ż" * 5000, site="x" * 3000),
    "right to left": replace(ROW_1, author="محمد العربي", excerpt="שלום עולם \u202e abc"),
    "emoji": replace(ROW_1, author="👩‍👩‍👧‍👦" * 30, excerpt="🎂" * 200),
    "control characters": replace(ROW_1, author="a\x00\x1b[31m\n\n", excerpt="\x07\u2028b"),
    "lone surrogate": replace(ROW_1, excerpt="half \ud83d of a pair"),
    "times from nowhere": replace(ROW_1, due_at=math.inf, published=math.nan, heard_at=-1e30, stars=math.nan),
    "overdue": replace(ROW_1, due_at=1.0, stars=-3),
    "answered": replace(ROW_1, due_at=None, state=CaseState.ANSWERED, places=7),
}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_the_dot_of_every_kind_is_seen(qtbot: QtBot, kind: Kind, scheme: Qt.ColorScheme) -> None:
    theme = Theme()
    theme.follow(scheme)
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.tones.base))
    painter = QPainter(image)
    InboxDelegate(theme, lambda: NOW, str)._dot(painter, image.rect(), replace(ROW_1, kind=kind, due_at=None))
    painter.end()
    theme.follow(Qt.ColorScheme.Light)
    assert contrast(image.pixelColor(8, 8).name(), image.pixelColor(0, 0).name()) >= 3


@pytest.mark.parametrize("row", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("width", [4, 60, 900])
def test_odd_rows_are_painted_within_their_place(qtbot: QtBot, model: InboxModel, row: InboxRow, width: int) -> None:
    model.begin()
    came(model, Page((row,), 0, 1))
    delegate = InboxDelegate(Theme(), lambda: NOW, str)
    delegate.kinds_shown = True
    option = QStyleOptionViewItem()
    option.rect.setSize(QSize(width, delegate.sizeHint(option, model.index(0)).height()))
    image = QImage(width + 100, option.rect.height() + 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    assert delegate.sizeHint(option, model.index(0)).height() < 120
    if width == 900:
        beyond = {image.pixelColor(x, y).name() for x in range(width, width + 100) for y in range(option.rect.height())}
        assert beyond == {"#123456"}


def page_of(desk: FakeDesk, background: object, qtbot: QtBot) -> InboxPage:
    bench = Bench(background, lambda: NOW)
    bench.open(desk, ())
    page = InboxPage(Theme(bench), bench)
    bench.setParent(page)
    qtbot.addWidget(page)
    page.picked = []  # type: ignore[attr-defined]
    page.chosen.connect(page.picked.append)  # type: ignore[attr-defined]
    return page


def test_the_most_urgent_row_is_chosen_first(qtbot: QtBot) -> None:
    page = page_of(FakeDesk(), AtOnce(), qtbot)
    page.show_folder(Folder.COMPLAINTS)
    assert page.picked == [2]


def test_a_sought_mention_is_dug_out_of_later_pages(qtbot: QtBot) -> None:
    desk = FakeDesk(heard=[heard(n, "Zimno tu.", due=n) for n in range(1, 351)])
    page = page_of(desk, AtOnce(), qtbot)
    page.show_folder(Folder.COMPLAINTS, sought=(333, 333))
    assert page.current == 333
    assert page.picked == []


def test_the_selection_stays_when_rows_come_above_it(qtbot: QtBot) -> None:
    desk = FakeDesk()
    page = page_of(desk, AtOnce(), qtbot)
    page.show_folder(Folder.COMPLAINTS)
    page.list.step(2)
    before = page.current
    desk.heard.append(heard(99, "Nowe!", due=-9999))
    page.refresh()
    assert page.current == before
    assert page.model.row(0).mention_id == 99
    assert page.picked[-1] == before
    assert page.picked.count(before) == 1


def test_after_a_decision_the_next_row_is_chosen(qtbot: QtBot) -> None:
    desk = FakeDesk()
    page = page_of(desk, AtOnce(), qtbot)
    page.show_folder(Folder.COMPLAINTS)
    second = page.model.row(1).mention_id
    desk.one(2).kind = Kind.NEUTRAL
    page.refresh(decided=True)
    assert page.current == second
    assert page.picked[-1] == second


def test_news_on_the_way_do_not_keep_a_decision_from_going_on(qtbot: QtBot) -> None:
    desk, later = FakeDesk(), Later()
    page = page_of(desk, later, qtbot)
    page.show_folder(Folder.COMPLAINTS)
    later.go()
    second = page.model.row(1).mention_id
    desk.one(2).kind = Kind.NEUTRAL
    page.refresh(decided=True)
    page.refresh()
    later.go()
    assert page.current == second
    assert page.picked[-1] == second


def test_news_that_take_the_row_away_do_not_choose_another(qtbot: QtBot) -> None:
    desk = FakeDesk()
    page = page_of(desk, AtOnce(), qtbot)
    page.show_folder(Folder.COMPLAINTS)
    desk.one(2).kind = Kind.NEUTRAL
    page.refresh()
    assert page.picked == [2]


@pytest.mark.parametrize("decided", [False, True])
def test_a_row_chosen_while_the_rows_are_read_anew_stays_chosen(qtbot: QtBot, decided: bool) -> None:
    later = Later()
    page = page_of(FakeDesk(), later, qtbot)
    page.show_folder(Folder.COMPLAINTS)
    later.go()
    page.refresh(decided=decided)
    page.list.go(1)
    later.go()
    assert page.picked == [2, 1]
    assert page.list.currentIndex().row() == 1


def test_each_empty_folder_says_what_to_do(qtbot: QtBot) -> None:
    page = page_of(FakeDesk(heard=[]), AtOnce(), qtbot)
    said = set()
    for folder in Folder:
        page.show_folder(folder)
        assert len(page.empty.text) > 25
        said.add(page.empty.text)
    page.search("nothing")
    said.add(page.empty.text)
    assert len(said) == len(Folder) + 1


def test_a_slow_answer_of_another_folder_is_not_shown(qtbot: QtBot) -> None:
    later = Later()
    page = page_of(FakeDesk(), later, qtbot)
    page.show_folder(Folder.QUESTIONS)
    page.show_folder(Folder.PRAISE)
    later.go()
    assert [page.model.row(n).kind for n in range(page.model.rowCount())] == [Kind.PRAISE]


def test_keys_walk_the_list(qtbot: QtBot) -> None:
    page = page_of(FakeDesk(), AtOnce(), qtbot)
    page.show_folder(Folder.COMPLAINTS)
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    qtbot.keyClick(page.list, Qt.Key.Key_K)
    assert page.list.currentIndex().row() == 1
    for _step in range(50):
        qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert page.list.currentIndex().row() == page.model.rowCount() - 1
    with qtbot.waitSignal(page.list.left_for_case):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)


@pytest.fixture
def long_page(qtbot: QtBot) -> InboxPage:
    """A page of 1,000 complaints, the most urgent first, each with its place (from 1) for an id."""
    desk = FakeDesk(heard=[heard(n, "Zimno tu.", due=n) for n in range(1, 1001)])
    page = page_of(desk, AtOnce(), qtbot)
    page.desk = desk  # type: ignore[attr-defined]
    page.resize(400, 700)
    page.show()
    page.show_folder(Folder.COMPLAINTS)
    return page


def test_end_goes_to_the_last_of_all_rows(long_page: InboxPage, qtbot: QtBot) -> None:
    qtbot.keyClick(long_page.list, Qt.Key.Key_End)
    assert long_page.current == 1000
    assert long_page.picked == [1, 1000]
    assert long_page.list.shown[-1] == 999
    qtbot.keyClick(long_page.list, Qt.Key.Key_Home)
    assert long_page.picked == [1, 1000, 1]


def test_page_down_and_the_scroll_bar_reach_rows_that_have_not_come(long_page: InboxPage, qtbot: QtBot) -> None:
    bar = long_page.list.verticalScrollBar()
    assert bar.maximum() > 60_000
    bar.setValue(bar.maximum() // 2)
    assert all(long_page.model.row(place) for place in long_page.list.shown)
    bar.setValue(0)
    for _press in range(40):
        qtbot.keyClick(long_page.list, Qt.Key.Key_PageDown)
    assert long_page.list.currentIndex().row() > 200
    assert long_page.current == long_page.picked[-1] == long_page.list.currentIndex().row() + 1


def test_a_row_still_to_come_is_chosen_when_it_comes(qtbot: QtBot) -> None:
    later = Later()
    page = page_of(FakeDesk(heard=[heard(n, "Zimno tu.", due=n) for n in range(1, 1001)]), later, qtbot)
    page.show()
    page.show_folder(Folder.COMPLAINTS)
    later.go()
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    assert page.current is None
    assert page.picked == [1]
    page.refresh()
    later.go()
    assert page.current == 1000
    assert page.picked == [1, 1000]


def test_news_leave_what_is_read_in_the_middle_of_the_list_where_it_was(long_page: InboxPage, qtbot: QtBot) -> None:
    bar = long_page.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top, cut = long_page.model.row(long_page.list.shown[0]), bar.value() % long_page.list.row_height
    long_page.desk.heard.append(heard(5000, "Nowe!", due=-9999))  # type: ignore[attr-defined]
    long_page.refresh()
    assert long_page.model.row(long_page.list.shown[0]).mention_id == top.mention_id
    assert bar.value() % long_page.list.row_height == cut
    assert long_page.current == 1
    bar.setValue(0)
    assert long_page.model.row(0).mention_id == 5000


def test_a_letter_typed_looks_through_no_rows(long_page: InboxPage, qtbot: QtBot) -> None:
    qtbot.keyClick(long_page.list, Qt.Key.Key_C)
    assert long_page.current == 1


def test_large_letters_make_higher_rows(long_page: InboxPage) -> None:
    before = long_page.list.row_height
    font = long_page.list.font()
    font.setPointSizeF(2 * font.pointSizeF())
    long_page.list.setFont(font)
    assert long_page.list.row_height > 1.4 * before
