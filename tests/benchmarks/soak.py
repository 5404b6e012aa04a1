"""An hour of polling 100 feeds with the whole program; prints the memory of window and listener: `make soak`.

«own» is what a process alone has written to, in memory or in the swap: it neither rises nor falls with what other programs do. «all» counts
libraries and files by their share besides, of which the system takes back what it needs elsewhere.

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
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import corpus, profiles

FEEDS = 100
EVERY = 60.0
CHANGE = 300.0


class Memory(NamedTuple):
    """Memory of a process in MB."""

    own: float
    all: float


def _memory(pid: int) -> Memory:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    found = {name: int(size.split()[0]) / 1024 for name, size in (line.split(":") for line in lines)}
    return Memory(found["Pss_Anon"] + found["SwapPss"], found["Pss"])


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
            print(f"{FEEDS} feeds every {interval} s for {minutes:g} min")
            print("minute  window: own   all  listener: own   all  (MB)", flush=True)
            while time.time() - begun < minutes * 60:
                now = time.time() - begun
                one, other = _memory(window.pid), _memory(_children(window.pid)[0])
                seen["window"].append((now, one.own))
                seen["listener"].append((now, other.own))
                print(f"{now / 60:6.1f} {one.own:12.1f} {one.all:5.1f} {other.own:14.1f} {other.all:5.1f}", flush=True)
                if time.time() - changed > CHANGE:
                    corpus.turn(port)
                    changed = time.time()
                time.sleep(EVERY)
            for name, points in seen.items():
                half, quarter = (_slope(points[-len(points) // part :]) for part in (2, 4))
                print(f"{name}: {half:+.1f} MB an hour in the second half, {quarter:+.1f} in the last quarter")
            window.terminate()


if __name__ == "__main__":
    words = sys.argv[1:]
    main(float(words[0]) if words else 60, int(words[1]) if words[1:] else 20)
