"""Builds the setup for Windows on Linux: `make package-windows`. FAST=1 packs quickly and loosely, for tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.common import sbom
from installer.common.product import DIST, ICON, NAME, ROOT, VERSION
from installer.windows import sign, sizes, stage
from installer.windows.tools import HERE, WORK, BrokenBuildError, run


def build(*, fast: bool = False) -> Path:
    """Lay out, sign and pack; returns the setup. Raises `BrokenBuildError`."""
    signs = sign.can_sign()
    folder = stage.lay_out()
    if signs:
        for name, *_ in stage.LAUNCHERS:
            sign.sign(folder / name)
    setup = pack(folder, fast=fast, signs=signs)
    bill = f"{NAME}-{VERSION}-windows"
    sbom.write(stage.parts(), bill, DIST / f"{bill}.cdx.json")
    print(sizes.report(folder, setup))
    if wrong := sizes.too_large(folder, setup, packed_well=not fast):
        raise BrokenBuildError(wrong)
    if not signs:
        print(sign.UNSIGNED, file=sys.stderr)
    return setup


def pack(folder: Path, *, fast: bool, signs: bool = False, version: str = VERSION, into: Path = DIST) -> Path:
    """Make the setup of a folder laid out. Another `version` is how a test makes an older one."""
    into.mkdir(exist_ok=True)
    setup = into / f"{NAME}-{version}-setup.exe"
    draw_welcome(WORK / "welcome.bmp")
    told = {
        "VERSION": version,
        "NUMBERS": ".".join(stage.numbers(version)),
        "STAGE": folder,
        "WORK": WORK,
        "OUT": setup,
    }
    words = [f"-D{name}={value}" for name, value in told.items()]
    words += ["-DFAST"] if fast else []
    words += [f"-DSIGN=env PYTHONPATH={ROOT} {sys.executable} -m installer.windows.sign"] if signs else []
    run("nice", "makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, HERE / "counterbell.nsi")
    return setup


def draw_welcome(target: Path) -> None:
    """Draw the picture beside the wizard's first and last page: twice its 164 × 314 points, for dense screens."""
    image = QImage(328, 628, QImage.Format.Format_RGB888)
    image.fill(QColor("#fff6e0"))
    painter = QPainter(image)
    QSvgRenderer(str(ICON)).render(painter, QRectF(52, 180, 224, 224))
    painter.end()
    if not image.save(str(target), "BMP"):  # type: ignore[call-overload]  # the stub asks for bytes, which are refused
        raise BrokenBuildError(f"{target} cannot be written")


if __name__ == "__main__":
    try:
        print(build(fast=bool(os.environ.get("FAST"))))
    except BrokenBuildError as error:
        sys.exit(str(error))
