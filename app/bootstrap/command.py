"""The command that starts this very program once more, frozen or not."""

from __future__ import annotations

import sys


def own_command(*words: str) -> tuple[str, ...]:
    """Return the command line of this program with these words."""
    program = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "app")
    return (*program, *words)
