"""The file that holds the licences of all parts inside a package; the program shows it under Help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from installer.common.parts import TEXTS, Part
from installer.common.product import ROOT, SUMMARY, TITLE, VERSION

LINE = "=" * 78
COMMON = (
    "LGPL-3.0",
    "MIT",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Zlib",
    "libpng-2.0",
    "FTL",
    "Unicode-3.0",
    "Apache-2.0",
    "MPL-2.0",
)
"""Licences that the list of Qt's parts only names, with Qt's own first."""


def licences(parts: Sequence[Part]) -> str:
    """Return the whole text: ours in a few words, the list of parts, then each part's licence."""
    width = max(len(part.name) for part in parts) + 2
    lines = [
        f"{TITLE} {VERSION}: {SUMMARY}",
        "",
        f"{TITLE} is free software: you can redistribute it and change it under the terms",
        "of the GNU General Public License, version 3 or later, which stands at the end.",
        "It comes without any warranty. These parts of others are inside:",
        "",
        *(f"  {part.name:<{width}}{part.version:<16} {part.licence}" for part in parts),
    ]
    for part in parts:
        lines += _section(f"{part.name} {part.version}", part.texts)
    for name in COMMON:
        lines += _section(f"The licence {name}", [(TEXTS / f"{name}.txt").read_text(encoding="utf-8")])
    lines += _section("The GNU General Public License", [(ROOT / "LICENSE").read_text(encoding="utf-8")])
    return "\n".join(lines) + "\n"


def _section(title: str, texts: Iterable[str]) -> list[str]:
    found = [text.replace("\r\n", "\n").strip("\n") for text in texts]
    return ["", LINE, title, LINE, "", *("\n\n".join(found).splitlines())] if found else []


def write(parts: Sequence[Part], path: Path) -> None:
    """Write the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(licences(parts), encoding="utf-8", newline="\n")
