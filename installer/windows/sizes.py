"""How large the installer and what it installs are, and which parts make them so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

MOST_SETUP = 30_000_000
MOST_INSTALLED = 130_000_000
"""Bytes."""
TOLD = 10


def parts(folder: Path) -> Counter[str]:
    """Return bytes by part: the libraries of Qt and of Python one by one, other packages and rooms of ours as a whole."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file():
            found[_part(path.relative_to(folder))] += path.stat().st_size
    return found


def _part(path: Path) -> str:
    if path.suffix in {".dll", ".pyd", ".exe", ".zip", ".bin"}:
        return path.name
    return "/".join(path.parts[: 3 if path.parts[0] == "program" else 2])


def report(folder: Path, setup: Path) -> str:
    """Return the table: totals, then the largest parts."""
    found = parts(folder)
    lines = [f"{setup.name}: {setup.stat().st_size / 1e6:.1f} MB; installed: {found.total() / 1e6:.1f} MB"]
    lines += [f"{size / 1e6:8.1f} MB  {name}" for name, size in found.most_common(TOLD)]
    return "\n".join(lines)


def too_large(folder: Path, setup: Path, *, packed_well: bool) -> str:
    """Return which limit does not hold, «» where both do; the setup's counts only where it was packed for release."""
    if parts(folder).total() > MOST_INSTALLED:
        return f"more than {MOST_INSTALLED / 1e6:.0f} MB would be installed"
    if packed_well and setup.stat().st_size > MOST_SETUP:
        return f"{setup.name} has more than {MOST_SETUP / 1e6:.0f} MB"
    return ""
