"""Scrolling past a field does not change it."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox, QVBoxLayout, QWidget

from app.ui.widgets.wheel import guard_wheel


def _roll(field: QWidget) -> None:
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle, QPointF(field.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)


def test_the_wheel_moves_only_the_field_that_has_the_focus(qtbot):
    page, field, other = QWidget(), QSpinBox(), QSpinBox()
    qtbot.addWidget(page)
    rows = QVBoxLayout(page)
    for one in (field, other):
        one.setRange(0, 100)
        one.setValue(60)
        rows.addWidget(one)
    guard_wheel(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    _roll(field)
    assert field.value() == 60
    _roll(other)
    assert other.value() != 60
