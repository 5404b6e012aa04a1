"""The way of the Tab key through parts that are laid out, and laid out anew."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.tab_order import chain

MADE_ANEW = """
import gc, random
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from app.core.playbook import CRISIS, Plan
from app.ui.widgets.plan_note import PlanNote
from app.ui.widgets.tab_order import chain

app = QApplication([])
gc.disable()
window = QWidget()
rows, note, button = QVBoxLayout(window), PlanNote(), QPushButton("x")
rows.addWidget(note)
rows.addWidget(button)
window.show()
kept = []
for number in range(2_000):
    note.show_plans((Plan(CRISIS, "a\\nb"),), anew=True)
    chain([note, button])
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.processEvents()
    kept += [QLabel(str(place)) for place in range(random.randrange(4))]
    if len(kept) > 50:
        kept.clear()
print("alive")
"""


def test_nested_rows_and_grids_are_gone_through_as_they_are_laid_out(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    last, first, left, right, lower, inner = (QPushButton(window) for _ in range(6))
    rows, line, grid, part = QVBoxLayout(window), QHBoxLayout(), QGridLayout(), QWidget()
    QVBoxLayout(part).addWidget(inner)
    rows.addWidget(first)
    rows.addWidget(QLabel("no stop"))
    rows.addLayout(line)
    line.addWidget(left)
    line.addStretch()
    line.addWidget(right)
    rows.addWidget(part)
    rows.addLayout(grid)
    grid.addWidget(lower, 0, 0)
    rows.addWidget(last)
    chain([window])
    way: list[QWidget] = []
    at: QWidget | None = first
    while at and at not in way:
        way += [at] if isinstance(at, QPushButton) else []
        at = at.nextInFocusChain()
    assert way == [first, left, right, inner, lower, last]


def test_parts_made_anew_again_and_again_do_not_end_the_program() -> None:
    """What Qt frees unseen by Python showed only after some hundred times."""
    done = subprocess.run([sys.executable, "-c", MADE_ANEW], check=False, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "alive\n")
