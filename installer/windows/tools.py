"""Where the parts of the Windows installer are made, and how a tool is run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer.common.product import BUILD

HERE = Path(__file__).resolve().parent
WORK = BUILD / "windows"
STAGE = WORK / "stage"
"""The folder that will be installed, as it will be."""


class BrokenBuildError(Exception):
    """The build cannot go on; the text says why."""


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a tool and return what it printed; raises `BrokenBuildError` with its last lines where it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, errors="replace", check=False)
    except FileNotFoundError:
        raise BrokenBuildError(f"{words[0]} is missing: sh installer/prepare.sh windows") from None
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise BrokenBuildError(f"{Path(words[0]).name} ended with {done.returncode}:\n{last}")
    return done.stdout + done.stderr


def beside_python(name: str) -> Path:
    """Return a command of the environment this runs in."""
    return Path(sys.executable).parent / name
