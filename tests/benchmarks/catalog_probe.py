"""Starts the listener or the window with the whole catalogue of sources or a part of it; run by bench_catalog.

catalog_probe.py listener PROFILE CATALOG  tells of the moment when the first feed is polled
catalog_probe.py window PROFILE CATALOG    tells of the moment when the desk is attached
Told are the seconds since the start, those of them that this process had a processor, and the resident memory in MB.
CATALOG is a folder that stands for app/sources/catalog, or «-» for that itself.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

STARTED = time.perf_counter()
PATIENCE = 30.0


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _loaded() -> list[str]:
    return sorted(name.rpartition(".")[2] for name in sys.modules if name.startswith("app.sources.catalog."))


def _now() -> dict[str, float]:
    return {"seconds": time.perf_counter() - STARTED, "worked": time.process_time(), "memory": _resident()}


def _tell(moment: dict[str, float]) -> None:
    print(json.dumps({**moment, "sources": _loaded()}))


def listener(folder: Path) -> None:
    from app.bootstrap.polling import parts_of
    from app.bootstrap.stores import open_stores
    from app.core.messages import Polled
    from app.core.problems import Problem
    from app.listen.engine import Listener

    stores, polled = open_stores(folder), threading.Event()
    assert not isinstance(stores, Problem), stores
    engine = Listener(parts_of(stores), lambda message: polled.set() if isinstance(message, Polled) else None)
    engine.start()
    assert polled.wait(PATIENCE)
    _tell(_now())
    engine.stop()
    stores.close()


def window(folder: Path) -> None:
    from desktop.in_process import put_together
    from PySide6.QtCore import QTimer

    from app.ui.bench import Bench

    application, running, close = put_together(folder, listener=False)
    (bench,) = running.window.findChildren(Bench)
    attached: list[dict[str, float]] = []

    def look() -> None:
        if bench.is_open and not attached:
            attached.append(_now())
            QTimer.singleShot(500, application, lambda: application.exit(0))

    timer = QTimer(interval=2)
    timer.timeout.connect(look)
    running.begin()
    timer.start()
    application.exec()
    _tell(attached[0])
    close()


if __name__ == "__main__":
    mode, profile, catalog = sys.argv[1:]
    if catalog != "-":
        import app.sources.catalog

        app.sources.catalog.__path__[:] = [catalog]
    {"listener": listener, "window": window}[mode](Path(profile))
