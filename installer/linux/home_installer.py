"""Builds the .run file, which installs what was frozen for one user without root."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from installer.common import icons
from installer.common.product import ICON, NAME, TITLE, VERSION, released
from installer.linux.freeze import WORK

HERE = Path(__file__).parent


def build(frozen: Path, folder: Path, *, fast: bool = False) -> Path:
    """Write the file into a folder and return it; `fast` packs it more loosely, for trials."""
    stage = WORK / "run"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    shutil.copytree(frozen, stage / NAME, symlinks=True)
    for path in (HERE / "home").iterdir():
        shutil.copy2(path, stage)
    shutil.copy2(HERE / f"{NAME}.desktop", stage)
    shutil.copy2(ICON, stage)
    (stage / f"{NAME}.png").write_bytes(icons.png(256))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}-{VERSION}-linux-x86_64.run"
    subprocess.run(
        [
            "makeself", "--quiet", "--sha256", "--nomd5", "--nocrc", "--nox11", "--nowait", "--xz", "--threads", "2",
            "--complevel", "1" if fast else "6", "--tar-extra", f"--owner=0 --group=0 --sort=name --mtime=@{int(released())}",
            stage, path, f"{TITLE} {VERSION}", "./install.sh",
        ],
        check=True, stdout=subprocess.DEVNULL, env=dict(os.environ) | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    return path
