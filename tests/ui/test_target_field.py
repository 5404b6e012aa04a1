"""How soon an answer is due, as it is shown and typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from ui.window_samples import RESOURCES

from app import words
from app.ui.stylesheet import stylesheet
from app.ui.theme import LIGHT
from app.ui.widgets.target_field import TargetField


@pytest.fixture
def field(qtbot):
    field = TargetField()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.activateWindow()
    return field


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(1440, "24 h of opening time"), (60, "1 h of opening time"), (90, "90 min of opening time")],
)
def test_whole_hours_are_shown_as_hours(field, minutes, shown):
    field.setValue(minutes)
    assert field.text() == shown


@pytest.mark.parametrize(
    ("before", "typed", "minutes"),
    [
        (1440, "8", 480),
        (90, "60", 60),
        (90, "120", 120),
        (90, "2 h", 120),
        (90, "2h", 120),
        (1440, "45 min", 45),
        (1440, "2", 120),
    ],
)
def test_a_bare_number_is_typed_in_the_unit_that_stood_there(field, qtbot, before, typed, minutes):
    field.setValue(before)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    assert field.value() == minutes
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == minutes
    assert field.text() == field.textFromValue(minutes) + field.suffix()


@pytest.mark.parametrize("typed", ["x", "-4", "9999999999", "45 minutes", "3 days"])
def test_what_is_no_length_of_time_cannot_be_typed(field, qtbot, typed):
    field.setValue(1440)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, typed)
    assert field.value() == 1440
    assert field.text() == "24 h of opening time"


def test_the_arrows_step_by_a_quarter_of_an_hour(field, qtbot):
    field.setValue(90)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "2 h of opening time"
    assert field.value() == 120


@pytest.mark.parametrize(
    ("language", "shown", "typed"),
    [("pl", "24 godz. czasu otwarcia", "8 godz."), ("ru", "24 ч рабочего времени", "8 ч"), ("ru", "", "480 мин")],
)
def test_hours_are_understood_in_every_language(qtbot, language, shown, typed):
    words.use(language, RESOURCES / "translations")
    field = TargetField()
    qtbot.addWidget(field)
    field.setValue(1440)
    assert field.text() == shown or not shown
    assert field.valueFromText(typed + field.suffix()) == 480


def test_the_text_begins_where_that_of_other_fields_does(qtbot):
    page, field, other = QWidget(), TargetField(), QLineEdit("1 h")
    rows = QVBoxLayout(page)
    rows.addWidget(field)
    rows.addWidget(other)
    page.setStyleSheet(stylesheet(LIGHT, "", page.font()))
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()

    def beginning(line):
        line.setCursorPosition(0)
        cursor = line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        return line.mapTo(page, cursor.topLeft()).x()

    assert abs(beginning(field.lineEdit()) - beginning(other)) <= 1
