"""Builds the disk image on a Mac: `python -m installer.macos.build`. Never tried: see README.md."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from installer.common import environment, icons, licences, sbom
from installer.common.locks import runtime_names
from installer.common.parts import nested_parts, python_itself, python_parts, sqlite_itself
from installer.common.product import BUILD, DIST, LICENCES, NAME, ROOT, TITLE, VERSION

WORK = BUILD / "macos"


def main() -> int:
    """Freeze, collect the licences, sign where there is a certificate, and pack."""
    if sys.platform != "darwin":
        print("This needs a Mac.", file=sys.stderr)
        return 1
    python = environment.prepare()
    site = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
    )  # fmt: skip
    parts = (
        python_itself((Path(sysconfig.get_path("stdlib")) / "LICENSE.txt").read_text(encoding="utf-8")),
        sqlite_itself(),
        *python_parts(site, [*runtime_names(("darwin",)), "pyinstaller"]),
        *nested_parts(site, runtime_names(("darwin",))),
    )
    resources = environment.gather_resources(WORK / "resources")
    licences.write(parts, resources / LICENCES)
    icons.write(WORK / "icons")
    environment.run(
        python.with_name("pyinstaller"), "--noconfirm", "--distpath", WORK, "--workpath", WORK / "pyinstaller",
        ROOT / "installer" / "common" / "counterbell.spec",
        cwd=ROOT,
        env=dict(os.environ) | {"RESOURCES": str(resources), "ICNS": str(WORK / "icons" / f"{NAME}.icns")},
    )  # fmt: skip
    image = f"{NAME}-{VERSION}-macos-{platform.machine()}"
    stage = WORK / "image"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    shutil.copytree(WORK / f"{TITLE}.app", stage / f"{TITLE}.app", symlinks=True)
    (stage / "Applications").symlink_to("/Applications")
    DIST.mkdir(exist_ok=True)
    environment.run(
        "hdiutil", "create", "-volname", TITLE, "-srcfolder", stage, "-ov", "-format", "UDZO", DIST / f"{image}.dmg"
    )
    sbom.write(parts, image, DIST / f"{image}.cdx.json")
    if not os.environ.get("CODESIGN_ID"):
        print("::warning::NOT SIGNED: there is no certificate; macOS will warn of this application.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
