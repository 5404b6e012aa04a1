"""A laptop whose clock is years behind: its certificates say so themselves, the library does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_clock_that_is_years_behind_prints_nothing_of_the_librarys_own() -> None:
    lines = (
        "import warnings",
        "import app.net.connection",
        "from urllib3.exceptions import InsecureRequestWarning, SystemTimeWarning",
        "warnings.warn('System time is way off', SystemTimeWarning)",
        "warnings.warn('told', InsecureRequestWarning)",
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert "way off" not in done.stderr
    assert "told" in done.stderr
