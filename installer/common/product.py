"""What every package is told about the product: its names, its version, its files.

`python -m installer.common.product` prints the names and the version as shell variables.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
"""All that is made on the way; `dist` beside it holds what is finished."""
DIST = ROOT / "dist"

NAME = "counterbell"
TITLE = "Counterbell"
DOMAIN = "counterbell.example"
"""Stands for the maintainer's own: docs/release-checklist.md says to put it in before the first release."""
HOMEPAGE = f"https://{DOMAIN}"
COMPONENT = ".".join(reversed(DOMAIN.split("."))) + f".{NAME}"
"""The product's id in software centres and of the application on macOS."""
MAINTAINER = f"Counterbell maintainers <packages@{DOMAIN}>"

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION: str = _PROJECT["version"]
SUMMARY: str = _PROJECT["description"]

ICONS = ROOT / "resources" / "icons"
ICON = ICONS / f"{NAME}.svg"
LICENCES = "licences.txt"
"""Under this name the licences of all parts lie in the resources of a packaged program."""

PAGES = ROOT / "docs" / "sources"
"""The help pages of the sources, which the watch editor shows; translated ones in a folder for each language."""

_NOT_SHIPPED = (".po", ".pot", ".pyc", ".md")
"""Sources of compiled catalogues, and pages for developers."""


def resource_files() -> dict[Path, Path]:
    """Return the files that the program needs in its folder of resources: where they are to lie there, and lie here."""
    folder = ROOT / "resources"
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in _NOT_SHIPPED]
    pages = {Path("sources") / page.relative_to(PAGES): page for page in PAGES.rglob("*.md") if page.stem != "README"}
    return dict(sorted(({path.relative_to(folder): path for path in found} | pages).items()))


def modules() -> tuple[str, ...]:
    """Return the dotted names of all modules of the program, those included that only a registry finds."""
    found = []
    for path in (ROOT / "app").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return tuple(sorted(found))


def debian_version(version: str = VERSION) -> str:
    """Return a version as Debian sorts it: «1.0~rc1» comes before «1.0»."""
    return re.sub(r"\.?(a|b|rc|dev)(\d*)", r"~\1\2", version)


def released() -> float:
    """Return when this version was made, in Unix seconds: SOURCE_DATE_EPOCH, the newest commit's time, or now."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return float(given)
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 and done.stdout.strip() else time.time()


if __name__ == "__main__":
    for _name in ("NAME", "TITLE", "VERSION", "HOMEPAGE", "COMPONENT"):
        print(f"{_name}='{globals()[_name]}'")
