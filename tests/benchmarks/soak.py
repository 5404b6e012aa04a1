"""An hour of polling 100 feeds with the whole program; prints the memory of window and listener: `make soak`.

    soak.py [MINUTES [INTERVAL]]   60 minutes and 20 seconds (the sample shop's interval) unless said otherwise

Every five minutes each feed has one new item. At the end a line is laid through the second half of the measurements of
each process: flat means that its slope is noise.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import corpus, profiles

FEEDS = 100
EVERY = 60.0
CHANGE = 300.0


def _pss(pid: int) -> float:
    """Return the memory of a process in MB, what it shares counted by its share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _slope(points: list[tuple[float, float]]) -> float:
    """Return MB an hour through points (seconds, MB), by least squares."""
    count = len(points)
    x, y = sum(p[0] for p in points) / count, sum(p[1] for p in points) / count
    spread = sum((p[0] - x) ** 2 for p in points)
    return 3600 * sum((p[0] - x) * (p[1] - y) for p in points) / spread if spread else 0.0


def main(minutes: float, interval: int) -> None:
    with tempfile.TemporaryDirectory() as place, corpus.serving(FEEDS, 35) as port:
        profile = profiles.with_watches(Path(place) / "p", port, FEEDS, interval)
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": place, "HOME": place}
        env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        with subprocess.Popen([sys.executable, "-m", "app", "--profile", profile], env=env) as window:
            begun, changed = time.time(), time.time()
            time.sleep(40 + FEEDS * 0.25)
            seen: dict[str, list[tuple[float, float]]] = {"window": [], "listener": []}
            print(f"{FEEDS} feeds every {interval} s for {minutes:g} min\nminute  window MB  listener MB", flush=True)
            while time.time() - begun < minutes * 60:
                now = time.time() - begun
                seen["window"].append((now, _pss(window.pid)))
                seen["listener"].append((now, _pss(_children(window.pid)[0])))
                print(f"{now / 60:6.1f} {seen['window'][-1][1]:10.1f} {seen['listener'][-1][1]:12.1f}", flush=True)
                if time.time() - changed > CHANGE:
                    corpus.turn(port)
                    changed = time.time()
                time.sleep(EVERY)
            for name, points in seen.items():
                print(f"{name}: {_slope(points[len(points) // 2 :]):+.1f} MB an hour in the second half")
            window.terminate()


if __name__ == "__main__":
    words = sys.argv[1:]
    main(float(words[0]) if words else 60, int(words[1]) if words[1:] else 20)
