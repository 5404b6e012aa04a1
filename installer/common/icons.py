"""The program's icon in the sizes and formats the systems want, drawn from resources/icons/counterbell.svg.

`python -m installer.common.icons FOLDER` writes counterbell-SIZE.png, counterbell.ico and counterbell.icns.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.common.product import ICON, NAME

PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
ICNS_TYPES = {
    "icp4": 16, "icp5": 32, "ic07": 128, "ic08": 256, "ic09": 512,
    "ic11": 32, "ic12": 64, "ic13": 256, "ic14": 512,
}  # fmt: skip
"""What Apple calls each size; the second line is for screens with double the pixels."""


def image(size: int) -> QImage:
    """Return the icon, this many pixels wide and high."""
    drawn = QImage(size, size, QImage.Format.Format_ARGB32)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(str(ICON)).render(painter)
    painter.end()
    return drawn


def png(size: int) -> bytes:
    """Return the icon as a PNG file."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image(size).save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes, which are refused
    return bytes(held.data())


def bitmap(size: int) -> bytes:
    """Return the icon as an ICO file holds small ones: a bitmap bottom up with transparency, and an empty mask."""
    drawn = image(size)
    row = size * 4
    pixels = bytes(drawn.constBits())
    upwards = b"".join(pixels[line * row : (line + 1) * row] for line in reversed(range(size)))
    mask = bytes((size + 31) // 32 * 4 * size)
    return struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(upwards), 0, 0, 0, 0) + upwards + mask


def ico() -> bytes:
    """Return the icon as Windows wants it."""
    blobs = [png(size) if size == 256 else bitmap(size) for size in ICO_SIZES]
    head = struct.pack("<HHH", 0, 1, len(blobs))
    offset = len(head) + 16 * len(blobs)
    for size, blob in zip(ICO_SIZES, blobs, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(blob), offset)
        offset += len(blob)
    return head + b"".join(blobs)


def icns() -> bytes:
    """Return the icon as macOS wants it."""
    body = b""
    for name, size in ICNS_TYPES.items():
        blob = png(size)
        body += name.encode() + struct.pack(">I", len(blob) + 8) + blob
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def write(folder: Path) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in PNG_SIZES:
        (folder / f"{NAME}-{size}.png").write_bytes(png(size))
    (folder / f"{NAME}.ico").write_bytes(ico())
    (folder / f"{NAME}.icns").write_bytes(icns())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
