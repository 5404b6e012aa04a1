"""Qt's Python binding must not eat references: PySide6 6.12.0 does on Python 3.11 and dies after some hours in the tray."""

import sys

import PySide6
from PySide6.QtCore import QEventLoop, QTimer

CALLS = 20_000


def test_a_slot_called_often_leaves_the_references_to_none_alone(qtbot):
    calls = 0
    loop = QEventLoop()

    def slot():
        nonlocal calls
        calls += 1
        if calls == CALLS:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(slot)
    timer.start(0)
    before = sys.getrefcount(None)
    loop.exec()
    timer.stop()
    assert calls >= CALLS
    assert abs(sys.getrefcount(None) - before) < 1000


def test_the_installed_pyside_is_older_than_the_broken_one():
    assert tuple(int(part) for part in PySide6.__version__.split(".")[:2]) < (6, 12)
