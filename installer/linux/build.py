"""Builds the Linux packages into dist/: `python -m installer.linux.build [deb] [run]`, both where none is named.

FAST=1 in the environment packs more loosely, which takes a third of the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from installer.common.product import DIST, NAME, VERSION
from installer.linux import deb, home_installer, sizes
from installer.linux.freeze import FROZEN, WORK, freeze, write_bill


def main(wanted: list[str]) -> int:
    """Build, check and report; 1 where a package is larger than it may be."""
    begun = time.monotonic()
    fast = os.environ.get("FAST", "0") not in {"", "0"}
    parts = freeze()
    made = []
    if "deb" in wanted or not wanted:
        made.append(deb.build(FROZEN, DIST, fast=fast))
        check(WORK / "deb" / f"{NAME}-{VERSION}")
    if "run" in wanted or not wanted:
        made.append(home_installer.build(FROZEN, DIST, fast=fast))
    bill = write_bill(parts, f"{NAME}-{VERSION}-linux", DIST)
    tree = WORK / "deb" / f"{NAME}-{VERSION}"
    print(sizes.report(FROZEN, tree if tree.is_dir() else FROZEN, tuple(made)))
    print(f"{len(parts)} parts of others in {bill.name}; built in {time.monotonic() - begun:.0f} s")
    return 0 if fast else too_large(tuple(made), tree)


def check(tree: Path) -> None:
    """Have desktop entry and metainfo checked; raises CalledProcessError where they are wrong."""
    share = tree / "usr" / "share"
    for command in (
        ("desktop-file-validate", share / "applications" / f"{NAME}.desktop"),
        ("appstreamcli", "validate", "--no-net", *sorted((share / "metainfo").iterdir())),
        ("appstreamcli", "validate-tree", "--no-net", tree),
    ):
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


def too_large(made: tuple[Path, ...], tree: Path) -> int:
    """Return 1 and say so where the Debian package or what it installs is larger than it may be."""
    packed = next((path.stat().st_size for path in made if path.suffix == ".deb"), 0)
    if packed > sizes.LARGEST_DEB or sizes.installed_bytes(tree) > sizes.LARGEST_INSTALLED:
        print("TOO LARGE: at most 40 MB packed and 130 MB installed are allowed", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
