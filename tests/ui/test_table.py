"""A table of rows: its colours, and how its columns share the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.ui.models.rows_model import Shown
from app.ui.stylesheet import stylesheet
from app.ui.theme import Theme
from app.ui.widgets.table import Table

COLUMNS = tuple(Shown(name, str, lambda row: "bad" if row == "fails" else "") for name in ("Name", "Source", "State"))


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(Theme(), "Watches", "watches", COLUMNS)
    made.widths(184, 128, yields=(1,))
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def _reddest(image: QImage) -> int:
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(colour.red() - colour.green() for colour in colours)


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
@pytest.mark.parametrize("focused", [True, False])
def test_a_row_that_is_selected_keeps_its_tone(
    table: Table, qtbot: QtBot, scheme: Qt.ColorScheme, *, focused: bool
) -> None:
    theme = table.model._theme
    theme.follow(scheme)
    table.setStyleSheet(stylesheet(theme.tones, "arrow", QApplication.font()))
    table.show_rows(["fine", "fails"], 1)
    if focused:
        table.view.setFocus()
    index = table.model.index(1, 0)
    option = QStyleOptionViewItem()
    table.view.itemDelegate().initStyleOption(option, index)
    image = table.view.viewport().grab(table.view.visualRect(index)).toImage()
    bad = QColor(theme.tones.bad)
    theme.follow(Qt.ColorScheme.Light)
    assert option.palette.color(QPalette.ColorRole.HighlightedText) == bad
    assert _reddest(image) > (bad.red() - bad.green()) * 0.6


def test_columns_give_way_and_come_back_with_the_room(table: Table, qtbot: QtBot) -> None:
    table.show_rows(["one"])
    view = table.view
    assert [view.columnWidth(number) for number in (0, 1)] == [184, 128]
    for width in range(590, 200, -13):
        table.resize(width, 300)
        assert view.horizontalHeader().length() <= view.viewport().width()
    assert view.isColumnHidden(1)
    table.resize(600, 300)
    assert [view.columnWidth(number) for number in (0, 1)] == [184, 128]


def test_a_width_that_somebody_gave_a_column_is_kept(table: Table) -> None:
    table.view.setColumnWidth(0, 260)
    table.resize(590, 300)
    assert table.view.columnWidth(0) == 260


NUMBERS = (Shown("Place", lambda row: row[0]), Shown("All", lambda row: row[1], right=True))


def _fitted(qtbot: QtBot, columns: tuple[Shown, ...], rows: list[tuple[str, ...]], width: int = 600) -> Table:
    made = Table(Theme(), "Report", "reports", columns)
    qtbot.addWidget(made)
    made.resize(width, 300)
    made.show()
    made.show_rows(rows)
    made.fit()
    return made


def test_a_last_column_of_numbers_is_not_stretched_over_the_rest_of_the_room(qtbot: QtBot) -> None:
    table = _fitted(qtbot, NUMBERS, [("mastodon.social", "12"), ("x.example", "4")])
    header = table.view.horizontalHeader()
    assert header.length() < 300
    assert abs(table.view.columnWidth(1) - header.sectionSizeHint(1)) < 30
    table.resize(900, 300)
    assert header.length() < 300


def test_a_last_column_of_words_takes_the_rest_of_the_room(qtbot: QtBot) -> None:
    table = _fitted(qtbot, NUMBERS[::-1], [("mastodon.social", "12")])
    for width in (600, 900):
        table.resize(width, 300)
        assert table.view.horizontalHeader().length() == table.view.viewport().width()


def test_words_give_way_before_anybody_has_to_scroll_sideways_for_numbers(qtbot: QtBot) -> None:
    columns = (*NUMBERS, Shown("Watches", lambda row: row[2]))
    table = _fitted(qtbot, columns, [("a-very-long-name-of-a-forum.example.org", "12", "watch, " * 9)], 480)
    view, header = table.view, table.view.horizontalHeader()
    assert header.length() == view.viewport().width()
    assert view.columnWidth(1) >= header.sectionSizeHint(1)
    assert abs(view.columnWidth(0) - view.columnWidth(2)) < 90
    table.resize(900, 300)
    assert view.columnWidth(0) > 250


def test_a_table_whose_columns_change_is_fitted_anew(qtbot: QtBot) -> None:
    table = _fitted(qtbot, (*NUMBERS, NUMBERS[1]), [("x", "1")])
    table.model.shape(NUMBERS, [("x", "1")])
    table.resize(700, 300)
    table.fit()
    assert table.view.horizontalHeader().length() < 300


def test_what_is_not_to_be_cut_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    columns = (
        Shown("When", lambda row: "yesterday, as late as 23:59" if row == "long" else "9:00"),
        Shown("Who", str),
        Shown("Way", lambda _row: "from the customer"),
        Shown("Said", lambda _row: "words " * 60),
    )
    made = Table(Theme(), "Log", "log", columns)
    made.widths(40, 200, 40, last=168, yields=(2,), whole=(0, 2))
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    view = made.view
    made.show_rows(["short"])
    narrow = view.columnWidth(0)
    made.show_rows(["long", "short"])
    assert view.columnWidth(0) >= view.sizeHintForColumn(0) > narrow
    for width in range(900, 420, -40):
        made.resize(width, 300)
        assert view.columnWidth(0) >= view.sizeHintForColumn(0)
        assert view.isColumnHidden(2) or view.columnWidth(2) >= view.sizeHintForColumn(2)
        assert view.columnWidth(3) >= 160
        assert view.horizontalHeader().length() <= view.viewport().width()
    assert view.isColumnHidden(2)


def test_a_column_that_somebody_drags_stays_as_narrow_as_that(qtbot: QtBot) -> None:
    made = Table(Theme(), "Log", "log", (Shown("When", lambda _row: "as late as 23:59"), Shown("Said", str)))
    made.widths(40, whole=(0,))
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_rows(["one"])
    header = made.view.horizontalHeader()
    edge, middle = header.sectionPosition(1), header.height() // 2
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, middle))
    qtbot.mouseMove(header.viewport(), QPoint(70, middle))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(70, middle))
    narrow = made.view.columnWidth(0)
    assert narrow < edge
    made.show_rows(["one", "two"])
    assert made.view.columnWidth(0) == narrow


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_a_row_that_is_selected_has_the_colour_it_has_in_lists(table: Table, scheme: Qt.ColorScheme) -> None:
    theme = table.model._theme
    theme.follow(scheme)
    table.setStyleSheet(stylesheet(theme.tones, "arrow", QApplication.font()))
    table.show_rows(["one", "two"], 1)
    place = table.view.visualRect(table.model.index(1, 2))
    ground = table.view.viewport().grab(place).toImage().pixelColor(place.width() - 4, place.height() - 3)
    tint = QColor(theme.tones.tint)
    theme.follow(Qt.ColorScheme.Light)
    assert ground == tint


def test_where_there_is_room_a_column_grows_to_its_words_and_leaves_some_to_the_last(qtbot: QtBot) -> None:
    columns = (Shown("Name", str), Shown("Source", lambda _row: "feed"), Shown("State", lambda _row: "words " * 60))
    made = Table(Theme(), "Watches", "watches", columns)
    made.widths(80, 100, last=120, grows=0)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    view = made.view
    made.show_rows(["short"])
    assert view.columnWidth(0) == 80
    made.show_rows(["The bakery at the market square", "short"])
    assert view.columnWidth(0) == view.sizeHintForColumn(0) > 80
    assert view.columnWidth(1) == 100
    made.show_rows(["The bakery at the market square " * 9])
    assert view.columnWidth(2) == 240
    assert view.horizontalHeader().length() <= view.viewport().width()
    made.resize(240, 300)
    assert view.columnWidth(0) <= 80
