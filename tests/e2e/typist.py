"""Runs the real program on a profile and types into the reply box of the first case, telling what was shown as saved.

    typist.py PROFILE

Prints «SAVED text» each time the window says a draft is saved. Ends only by force.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import window as bootstrap
from app.bootstrap.troubles import Troubles
from app.stores.paths import prepare_profile
from app.ui import program
from app.ui.drafts import DraftKeeper
from app.ui.single import SingleInstance
from app.ui.widgets.reply_box import ReplyBox

PATIENCE = 1.5
"""Seconds without an answer after which it types on: a case may not have been open yet."""


class Typist:
    """Types a word, waits until it is said to be saved, tells so, and types the next."""

    def __init__(self, window: object) -> None:
        self.window = window
        self.count = 0
        self.patient_until = 0.0
        self.unsaved: list[str] = []
        self.timer = QTimer()
        self.timer.timeout.connect(self.go_on)
        self.timer.start(20)
        self.drafts: DraftKeeper | None = None

    def go_on(self) -> None:
        box = self.window.findChild(ReplyBox)  # type: ignore[attr-defined]
        if self.drafts is None:
            self.drafts = self.window.findChild(DraftKeeper)  # type: ignore[attr-defined]
            if self.drafts is None:
                return
            self.drafts.saved.connect(self.tell)
        if box is None or not box.isVisible() or not box.edit.isEnabled():
            return
        if time.monotonic() > self.patient_until:
            self.count += 1
            self.patient_until = time.monotonic() + PATIENCE
            box.edit.setFocus()
            QTest.keyClicks(box.edit, f"slowo{self.count} ")
            self.unsaved.append(box.edit.toPlainText())

    def tell(self, _place: object, _at: float) -> None:
        """Tell what was typed first of what was not told yet: what was typed on since may not be saved."""
        if self.unsaved:
            print("SAVED", self.unsaved.pop(0), flush=True)
        if not self.unsaved:
            self.patient_until = 0.0


def main(folder: Path) -> None:
    profile = prepare_profile(folder)
    parts = bootstrap._parts(profile, Troubles(profile), hidden=False, sample=False, started=time.time())
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    single = SingleInstance(parts.socket)
    if not single.listen():
        single.take_over()
    running = program.Program(parts, application, single, "look")
    running.begin()
    typist = Typist(running.window)
    application.exec()
    del typist


if __name__ == "__main__":
    main(Path(sys.argv[1]))
