"""The colours: readable in both schemes, and following the system."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot
from ui.contrast import TEXT_PAIRS, contrast

from app.ui import icons
from app.ui.stylesheet import stylesheet
from app.ui.theme import DARK, LIGHT, Theme, Tones
from app.ui.widgets.pieces import button


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_is_readable(tones: Tones, pair: tuple[str, str]) -> None:
    colours = asdict(tones)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
def test_an_empty_field_and_an_hour_not_heard_are_found(tones: Tones) -> None:
    assert all(contrast(tones.edge, one) >= 3 for one in (tones.base, tones.window))
    assert contrast(tones.edge, tones.hover) >= 3


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
def test_style_sheet_leaves_no_blank(qapp: QApplication, tones: Tones) -> None:
    sheet = stylesheet(tones, "/icons/arrow.svg", qapp.font())
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert set(re.findall(r"#[0-9a-f]{6}\b", sheet)) <= set(asdict(tones).values())


def test_large_letters_have_larger_titles_and_fields(qapp: QApplication) -> None:
    font = QFont(qapp.font())
    for points, title in ((9, 15), (10, 15), (18, 25), (24, 34)):
        font.setPointSizeF(points)
        sheet = stylesheet(LIGHT, "", font)
        assert f"font-size: {title}pt" in sheet
        (least,) = re.findall(r"QDateTimeEdit { min-height: (\d+)px; }", sheet)
        assert int(least) >= QFontMetrics(font).height()
    assert stylesheet(LIGHT, "", font) != stylesheet(LIGHT, "", qapp.font())


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("checked", [False, True])
def test_a_box_to_tick_shows_that_it_has_the_keyboard(qtbot: QtBot, tones: Tones, checked: bool) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setStyleSheet(stylesheet(tones, "", page.font()))
    box = QCheckBox("", page)
    box.setChecked(checked)
    box.resize(30, 30)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    box.clearFocus()
    assert box.grab().toImage().pixelColor(1, 15).name() != tones.accent
    box.setFocus()
    assert box.grab().toImage().pixelColor(1, 15).name() == tones.accent


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
def test_the_main_button_looks_off_where_it_is(qtbot: QtBot, tones: Tones) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setStyleSheet(stylesheet(tones, "", page.font()))
    main = button("", main=True)
    main.setParent(page)
    main.resize(60, 30)
    assert main.grab().toImage().pixelColor(30, 15).name() == tones.accent
    main.setEnabled(False)
    assert main.grab().toImage().pixelColor(30, 15).name() == tones.window


def test_theme_follows_the_system(qtbot: object, qapp: QApplication) -> None:
    theme = Theme()
    changes = []
    theme.changed.connect(lambda: changes.append(theme.tones))
    theme.follow(Qt.ColorScheme.Dark)
    assert qapp.palette().window().color() == QColor(DARK.window)
    theme.follow(Qt.ColorScheme.Unknown)
    assert qapp.palette().window().color() == QColor(LIGHT.window)
    assert changes == [DARK, LIGHT]


@pytest.mark.parametrize("name", icons._DRAWN)
def test_icon_is_drawn_crisply_at_every_density(qapp: QApplication, name: str) -> None:
    drawn = icons.pixmap(name, "#ff0000", 20, 2.0)
    assert drawn.width() == 40
    assert drawn.deviceIndependentSize().width() == 20
    image = drawn.toImage()
    assert any(image.pixelColor(x, y).alpha() > 200 for x in range(40) for y in range(40))
    assert icons.icon(name, "#ff0000").availableSizes()
