"""Start to the first painted window, and the event loop's delay while 100 changed feeds are polled beside it."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from benchmarks import corpus, profiles
from desktop.session import desktop_session, missing_programs

PROBE = Path(__file__).with_name("window_probe.py")
ROOT = PROBE.parents[2]
COMMAND = Path(sys.executable).with_name("counterbell")
BARE = "from PySide6.QtWidgets import QApplication, QWidget; a = QApplication([]); w = QWidget(); w.show(); a.processEvents()"


def _probe(env: dict[str, str], *words: object) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, PROBE, *map(str, words)],
        env=env | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _bare(env: dict[str, str]) -> float:
    begun = time.time()
    subprocess.run([sys.executable, "-c", BARE], env=env, check=True)
    return time.time() - begun


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_start(tmp_path: Path) -> None:
    if missing := missing_programs():
        pytest.skip(f"not installed: {missing}")
    (tmp_path / "empty").mkdir()
    cases = [(tmp_path / "empty", 0), (profiles.with_mentions(tmp_path / "full", 10_000), 10_000)]
    with desktop_session(tmp_path / "desk") as desk:
        print(
            f"\nstart, warm, median of 7 (s); a bare Qt window: {statistics.median(_bare(desk.env) for _ in range(7)):.2f}"
        )
        for folder, count in cases:
            runs = [_probe(desk.env, "start", folder, time.time()) for _ in range(8)][1:]
            painted = statistics.median(run["painted"] for run in runs)
            rows = statistics.median(run["rows"] for run in runs)
            print(f"  {count:>6} mentions: first paint {painted:.2f}, list filled {rows:.2f}")
            assert painted


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_event_loop(tmp_path: Path) -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    with corpus.serving(100, 35) as port:
        print("\nevent loop's delay while it scrolls (ms)         p50    p95    p99     max  polls")
        for mode in ("idle", "process", "threads"):
            folder = profiles.with_mentions(profiles.with_watches(tmp_path / mode, port, 100), 2_000)
            subprocess.run([COMMAND, "listen", "--once", "--all", "--profile", folder], check=True, capture_output=True)
            corpus.turn(port)
            seen = _probe(env, "loop", folder, mode, 30)
            p50, p95, p99, most = seen["delays"]
            print(f"  {mode:<44} {p50:6.1f} {p95:6.1f} {p99:6.1f} {most:7.1f} {seen['polled']:>5}")
            assert mode == "idle" or seen["polled"]
