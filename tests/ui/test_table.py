"""A table of rows: its colours, and how its columns share the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
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
