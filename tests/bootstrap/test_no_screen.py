"""Where there is no screen the program says so instead of ending in the toolkit's own words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux runs without a screen")
@pytest.mark.parametrize("words", [[], ["demo"], ["--hidden"]], ids=str)
def test_without_a_screen_one_sentence_is_said(tmp_path: Path, words: list[str]) -> None:
    env = {name: value for name, value in os.environ.items() if name not in SCREENS} | {"LANGUAGE": "en"}
    command = [sys.executable, "-m", "app", *words, "--profile", str(tmp_path / "profile")]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no screen here for the window.")
    assert len(done.stderr.splitlines()) == 1
