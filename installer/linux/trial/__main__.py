"""Builds the Linux packages, loosely packed, and tries them: `python -m installer.linux.trial`, as root, with tests/ importable.

Prints each thing it checked; ends with 1 at the first that is wrong. «--as-built» tries what was frozen before.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop.session import desktop_session, missing_programs

from installer.common.product import NAME, VERSION
from installer.linux import build, deb, home_installer, sizes
from installer.linux.freeze import FROZEN, WORK, check_symbols, freeze, packages_needed
from installer.linux.trial.deb import PREVIOUS, as_version, try_package
from installer.linux.trial.home import try_home
from installer.linux.trial.told import checked


def main() -> int:
    """Build what is to be tried, and try it."""
    missing = (
        *missing_programs(),
        *(name for name in ("debootstrap", "lintian", "makeself") if not shutil.which(name)),
    )
    if os.getuid() != 0 or missing:
        print(f"This must run as root, and needs: {' '.join(missing)}", file=sys.stderr)
        return 1
    if "--as-built" not in sys.argv:
        freeze()
    newest = ", ".join(f"{name} {version}" for name, version in check_symbols(FROZEN).items())
    checked(f"asks for no newer symbols than Ubuntu 22.04 has: {newest}")
    checked(f"depends on {len(packages_needed(FROZEN))} packages: {' '.join(packages_needed(FROZEN))}")
    made = Path(tempfile.mkdtemp(prefix="packages-", dir=WORK))
    made.chmod(0o755)
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    try:
        package = deb.build(FROZEN, made, fast=True)
        tree = WORK / "deb" / f"{NAME}-{VERSION}"
        check_package(package, tree)
        previous = deb.build(as_version(FROZEN, PREVIOUS), made, PREVIOUS, fast=True)
        portable = home_installer.build(FROZEN, made, fast=True)
        print(sizes.report(FROZEN, tree, (package, portable)))
        checked("installed in at most 130 MB", sizes.installed_bytes(tree / "usr") <= sizes.LARGEST_INSTALLED)
        with desktop_session(folder / "session") as desk:
            try_package(package, previous, desk, folder)
            try_home(desk, portable)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(made, ignore_errors=True)
    print("All of it holds.")
    return 0


def check_package(package: Path, tree: Path) -> None:
    """Have lintian and the desktop's own checkers look at the package."""
    build.check(tree)
    checked("menu entry and metainfo are valid")
    done = subprocess.run(
        ["lintian", "--allow-root", "--tag-display-limit", "0", "--fail-on", "error,warning", package],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    checked(f"lintian finds nothing that has no reason given {done.stdout}", done.returncode == 0)


if __name__ == "__main__":
    sys.exit(main())
