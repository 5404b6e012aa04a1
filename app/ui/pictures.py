"""Pictures that are pasted or dropped: read with Qt from memory, made small, written anew. Safe in any thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter

from app.core.problems import Problem, reason_of
from app.words import _

LARGEST_FILE = 60 * 1024 * 1024
"""Bytes of a picture that is read."""
LONGEST_SIDE = 2000
"""Pixels of a kept picture's longer side: a phone's screenshot stays readable."""
LARGEST = 1_500_000
"""Bytes of a kept picture; a larger PNG becomes a JPEG, and that a smaller one."""
MOST_PIXELS = 120_000_000
"""Pixels that are unpacked; a file of a few bytes can claim any number of them."""

_FORMATS = {b"png", b"jpeg", b"jpg", b"gif", b"bmp", b"webp", b"tiff"}


Ready = tuple[bytes, QImage]
"""A picture as it is kept, and what is shown of it."""


def image_of(raw: bytes) -> QImage | None:
    """Return the picture in these bytes, upright and at most `LONGEST_SIDE` long, None where there is none."""
    if not raw or len(raw) > LARGEST_FILE:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(raw))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if (
        bytes(reader.format().data()) not in _FORMATS
        or not size.isValid()
        or size.width() * size.height() > MOST_PIXELS
    ):
        return None
    if max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(size.scaled(QSize(LONGEST_SIDE, LONGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def encoded(image: QImage) -> bytes:
    """Return a picture as PNG, or as JPEG where that would be too large; at most `LARGEST` bytes, nothing else in it."""
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = image.scaled(
            QSize(LONGEST_SIDE, LONGEST_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    for key in image.textKeys():
        image.setText(key, "")
    raw = _written(image, b"PNG", -1)
    flat = _flat(image)
    for quality in (88, 75, 55):
        if len(raw) <= LARGEST:
            return raw
        raw = _written(flat, b"JPEG", quality)
    while len(raw) > LARGEST and flat.width() > 64:
        flat = flat.scaledToWidth(flat.width() * 2 // 3, Qt.TransformationMode.SmoothTransformation)
        raw = _written(flat, b"JPEG", 55)
    return raw


def made_small(raw: bytes) -> bytes | Problem:
    """Return a picture ready to be kept, or why it is none: «ui.no_picture»."""
    image = image_of(raw)
    return Problem("ui.no_picture") if image is None else encoded(image)


def ready(given: bytes | QImage | Path) -> Ready | Problem:
    """Return a picture ready to be kept, with what is shown of it; or why there is none."""
    if isinstance(given, QImage):
        raw: bytes | Problem = encoded(given)
    elif isinstance(given, Path):
        raw = _of_file(given)
    else:
        raw = made_small(given)
    if isinstance(raw, Problem):
        return raw
    image = image_of(raw)
    return Problem("ui.no_picture") if image is None else (raw, image)


def _of_file(path: Path) -> bytes | Problem:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return Problem("ui.file_not_read", {"file": path.name, "reason": _("too large")})
        return made_small(path.read_bytes())
    except OSError as error:
        return Problem("ui.file_not_read", {"file": path.name, "reason": reason_of(error)})


def _flat(image: QImage) -> QImage:
    """Return a picture on white, as a JPEG has no transparency."""
    if not image.hasAlphaChannel():
        return image
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColor("white"))
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat


def _written(image: QImage, kind: bytes, quality: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(content.data())
