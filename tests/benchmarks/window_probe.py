"""Runs the real window on a profile and measures it; run by bench_window.

window_probe.py start PROFILE STARTED     prints the seconds from STARTED to the first paint and to the first rows
window_probe.py loop PROFILE MODE SECONDS prints the delays of the event loop in ms while it scrolls; MODE is
                                          «idle», «process» (the listener polls) or «threads» (polling in here)
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from desktop.in_process import put_together
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView

from app.core.messages import PollNow
from app.core.problems import Problem
from app.core.views import WatchTurn


def _rows(window: QObject) -> int:
    return max((view.model().rowCount() for view in window.findChildren(QAbstractItemView) if view.model()), default=0)


def start(folder: Path, started: float) -> None:
    application, running, close = put_together(folder, started)
    times: dict[str, float] = {}
    running.window.painted.connect(lambda: times.setdefault("painted", time.time() - started))

    def look() -> None:
        if "painted" in times and ("empty" in folder.name or _rows(running.window) > 20):
            times["rows"] = time.time() - started
            application.exit(0)

    timer = QTimer(interval=5)
    timer.timeout.connect(look)
    running.begin()
    timer.start()
    application.exec()
    close()
    print(json.dumps(times))


class Probe(QObject):
    """Notes how late a 1 ms timer comes, and scrolls the list meanwhile."""

    def __init__(self, window: QObject) -> None:
        super().__init__()
        self.window = window
        self.delays: list[float] = []
        self.last = 0.0
        self.timer = QTimer(self, interval=1)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.scroller = QTimer(self, interval=16)
        self.scroller.timeout.connect(self.scroll)

    def begin(self) -> None:
        self.last = time.perf_counter()
        self.timer.start()
        self.scroller.start()

    def tick(self) -> None:
        now = time.perf_counter()
        self.delays.append(max(0.0, now - self.last - 0.001) * 1000)
        self.last = now

    def scroll(self) -> None:
        for view in self.window.findChildren(QAbstractItemView):
            bar = view.verticalScrollBar()
            bar.setValue(0 if bar.value() >= bar.maximum() else bar.value() + 7)


def loop(folder: Path, mode: str, seconds: float) -> None:
    application, running, close = put_together(folder)
    probe = Probe(running.window)
    polled: set[str] = set()
    running._link.polled.connect(lambda message: polled.add(message.watch_id))

    def begin() -> None:
        polled.clear()
        probe.begin()
        if mode == "process":
            running._link.send(PollNow())
        if mode == "threads":
            threading.Thread(target=lambda: polled.update(_poll_here(folder)), daemon=True).start()
        QTimer.singleShot(int(seconds * 1000), application, lambda: application.exit(0))

    running.begin()
    QTimer.singleShot(4000, application, begin)
    application.exec()
    delays = sorted(probe.delays)
    close()
    print(
        json.dumps(
            {
                "delays": [delays[int(len(delays) * part)] for part in (0.5, 0.95, 0.99)] + [delays[-1]],
                "polled": len(polled),
            }
        )
    )


def _poll_here(folder: Path) -> list[str]:
    from app.bootstrap.polling import round_of_polls
    from app.bootstrap.stores import open_stores

    stores = open_stores(folder)
    assert not isinstance(stores, Problem), stores
    turns = list(round_of_polls(stores, everything=True))
    polled = [turn.watch.id for turn in turns if isinstance(turn, WatchTurn)]
    assert len(polled) == len(turns), turns
    return polled


if __name__ == "__main__":
    if sys.argv[1] == "start":
        start(Path(sys.argv[2]), float(sys.argv[3]))
    else:
        loop(Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
