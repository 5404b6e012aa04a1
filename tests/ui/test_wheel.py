"""Scrolling past a field does not change it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QScrollArea, QSlider, QSpinBox, QVBoxLayout, QWidget

from app.ui.widgets.wheel import guard_wheel


def _spin() -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(5, 100)
    spin.setValue(60)
    return spin


def _choice() -> QComboBox:
    choice = QComboBox()
    choice.addItems(["a", "b", "c"])
    return choice


def _slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(60)
    return slider


@pytest.mark.parametrize(
    ("make", "value"), [(_spin, QSpinBox.value), (_choice, QComboBox.currentIndex), (_slider, QSlider.value)]
)
@pytest.mark.parametrize("focused", [False, True])
def test_the_wheel_scrolls_the_page_and_changes_no_field(qtbot, make, value, focused):
    page, inner, field = QScrollArea(), QWidget(), make()
    qtbot.addWidget(page)
    rows = QVBoxLayout(inner)
    rows.addWidget(field)
    rows.addStretch(1)
    inner.setMinimumHeight(2000)
    page.setWidgetResizable(True)
    page.setWidget(inner)
    guard_wheel(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    (field if focused else page).setFocus()
    qtbot.waitUntil(lambda: field.hasFocus() is focused)
    before = value(field)
    QTest.wheelEvent(page.windowHandle(), QPointF(field.mapTo(page, field.rect().center())), QPoint(0, -120))
    assert value(field) == before
    assert page.verticalScrollBar().value() > 0
