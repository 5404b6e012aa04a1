"""What a catalogue of this size costs at the start: time and memory with all sources beside those with «feed» alone."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import corpus, profiles

PROBE = Path(__file__).with_name("catalog_probe.py")
ROOT = PROBE.parents[2]
RUNS = 10
ALLOWED = 1.05
"""How much more memory the whole catalogue may cost before it is used."""

NOISE = 1.10
"""The same of the time at work, which shifts by some percent from run to run where the machine has other work."""


def _feed_alone(folder: Path) -> Path:
    """Return a catalogue in which there is nothing but feeds."""
    folder.mkdir()
    for name in ("__init__.py", "feed.py"):
        shutil.copy(ROOT / "app/sources/catalog" / name, folder)
    return folder


def _run(mode: str, profile: Path, catalog: str, home: Path) -> dict[str, float]:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(home), "HOME": str(home)}
    env |= {
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
    }
    done = subprocess.run(
        [sys.executable, PROBE, mode, profile, catalog],
        env=env, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = dict(json.loads(done.stdout.splitlines()[-1]))
    assert told.pop("sources") == ["feed"]
    return told


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_start_with_and_without_the_catalogue(tmp_path: Path) -> None:
    number = len(list((ROOT / "app/sources/catalog").glob("[a-z]*.py")))
    alone = str(_feed_alone(tmp_path / "catalog"))
    print(
        f"\nstart with one feed watch, medians of {RUNS} alternating runs: by the clock, at work (the quickest), memory"
    )
    print(f"                      {'feed alone':>26}    {f'all {number} sources':>26}    at work, memory")
    with corpus.serving(1, 5) as port:
        for mode in ("listener", "window"):
            runs: dict[str, list[dict[str, float]]] = {alone: [], "-": []}
            for turn in range(RUNS + 1):
                for catalog in (alone, "-") if turn % 2 else ("-", alone):
                    profile = profiles.with_watches(tmp_path / f"{mode}-{turn}-{len(catalog)}", port, 1)
                    runs[catalog].append(_run(mode, profile, catalog, tmp_path))
            without, whole = (_figures(runs[catalog][1:]) for catalog in (alone, "-"))  # the first of each warms up
            print(f"  {mode:<16}{_cells(without)}{_cells(whole)}  {_more(without, whole)}")
            assert whole["memory"] <= ALLOWED * without["memory"]
            assert whole["quickest"] <= NOISE * without["quickest"]


def _figures(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return what runs come to. The quickest counts: nothing but other work on the machine makes one slower."""
    return {
        "clock": statistics.median(run["seconds"] for run in runs),
        "quickest": min(run["worked"] for run in runs),
        "memory": statistics.median(run["memory"] for run in runs),
    }


def _cells(found: dict[str, float]) -> str:
    return f"    {found['clock']:6.2f} s {found['quickest']:7.3f} s {found['memory']:6.1f} MB"


def _more(without: dict[str, float], whole: dict[str, float]) -> str:
    return "  ".join(f"{whole[name] / without[name] - 1:+.1%}" for name in ("quickest", "memory"))
