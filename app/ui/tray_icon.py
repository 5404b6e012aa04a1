"""Draws the tray icon: a bell with the number of open complaints in a ring that shows how much time is left."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap

SIZES = (16, 18, 20, 22, 24, 28, 32, 36, 40, 44, 48, 56, 64, 96, 128)
"""Pixels: what panels ask for at scale factors from 1 to 2, so that none of them has to scale."""
SMALL = 28
"""Pixels: below it a number stands on a plain disc, since bell and digits together would be mud."""
STEPS = 24
"""Parts of the ring: the icon changes, and the panel is troubled, only when one of them is gone."""

BELL = QColor("#f2a900")
GONE = QColor("#8d8d8d")
LATE = QColor("#e5484d")
HALF = QColor("#f76b15")
PLENTY = QColor("#30a46c")
EDGE = QColor(20, 20, 20, 150)
"""A dark seam round everything: what is bright stays readable on a light panel."""
MARK = 0.28
"""Share of the icon's width that the dot for watches that fail takes, in the lower right corner."""
HALO = QColor(255, 255, 255, 235)


@dataclass(frozen=True, slots=True)
class Face:
    """What the icon shows. `left` counts the parts (0 to STEPS) of the most urgent target still left, None for none.

    `silent` draws the slash: paused, offline, nothing can be kept, or no listener. `failing` draws a dot in the corner: some
    watches are not heard.
    """

    complaints: int = 0
    left: int | None = None
    silent: bool = False
    failing: bool = False


def parts_left(now: float, begun: float, due: float | None) -> int | None:
    """Return how many of STEPS parts are left between `begun` and `due` (Unix seconds); None where nothing is due."""
    if due is None:
        return None
    share = (due - now) / max(due - begun, 1.0)
    return min(STEPS, max(0, math.ceil(share * STEPS)))


def icon(face: Face) -> QIcon:
    """Return the icon in all sizes a panel may ask for."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(pixmap(face, size))
    return made


def pixmap(face: Face, size: int) -> QPixmap:
    """Return the icon as a square of so many device pixels, on a transparent ground."""
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    numbered = face.complaints > 0 and not face.silent
    _ring(painter, face, size)
    if numbered and size < SMALL:
        _disc(painter, face, size)
    else:
        _bell(painter, face, size)
    if numbered:
        _number(painter, face.complaints, size)
    if face.silent:
        _slash(painter, size)
    elif face.failing:
        _mark(painter, size)
    painter.end()
    return made


def _line(size: int, share: float) -> float:
    """Return a pen's width in whole pixels, so that it is crisp at small sizes."""
    return max(1.0, float(round(size * share)))


def _ring(painter: QPainter, face: Face, size: int) -> None:
    if face.left is None or face.silent:
        return
    width = _line(size, 0.1)
    inset = width / 2
    box = QRectF(inset, inset, size - width, size - width)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(LATE if face.left == 0 else QColor(128, 128, 128, 110), width))
    painter.drawEllipse(box)
    if face.left:
        colour = PLENTY if face.left > STEPS / 2 else HALF if face.left > STEPS / 6 else LATE
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, -round(360 * 16 * face.left / STEPS))


def _bell(painter: QPainter, face: Face, size: int) -> None:
    margin = size * (0.16 if face.left is not None and not face.silent else 0.06)
    side = size - 2 * margin
    painter.save()
    painter.translate(margin, margin)
    painter.scale(side, side)
    shape = QPainterPath(QPointF(0.08, 0.78))
    shape.cubicTo(0.24, 0.66, 0.16, 0.14, 0.5, 0.14)
    shape.cubicTo(0.84, 0.14, 0.76, 0.66, 0.92, 0.78)
    shape.closeSubpath()
    shape.addEllipse(QPointF(0.5, 0.13), 0.08, 0.08)
    shape.addEllipse(QPointF(0.5, 0.86), 0.12, 0.1)
    shape.setFillRule(Qt.FillRule.WindingFill)
    painter.setPen(QPen(EDGE, 1.0 / side))
    painter.setBrush(GONE if face.silent else BELL)
    painter.drawPath(shape.simplified())
    painter.restore()


def _disc(painter: QPainter, face: Face, size: int) -> None:
    margin = _line(size, 0.1) + 1 if face.left is not None else 1.0
    painter.setPen(QPen(EDGE, 1.0))
    painter.setBrush(BELL)
    painter.drawEllipse(QRectF(0, 0, size, size).adjusted(margin, margin, -margin, -margin))


def _number(painter: QPainter, number: int, size: int) -> None:
    text = str(number) if number < 100 else "99"
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(8, round(size * (0.62 if len(text) == 1 else 0.5))))
    path = QPainterPath()
    path.addText(0, 0, font, text)
    bounds = path.boundingRect()
    path.translate(size / 2 - bounds.center().x(), size * 0.54 - bounds.center().y())
    if size >= SMALL:
        painter.setPen(_round_pen(HALO, _line(size, 0.1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    painter.fillPath(path, QColor("#1a1a1a"))


def _slash(painter: QPainter, size: int) -> None:
    width = _line(size, 0.1)
    start, end = QPointF(size * 0.14, size * 0.86), QPointF(size * 0.86, size * 0.14)
    for pen in (_round_pen(HALO, width * 2.2), _round_pen(LATE, width)):
        painter.setPen(pen)
        painter.drawLine(start, end)


def _mark(painter: QPainter, size: int) -> None:
    """Draw the dot on a ground of its own, so that it is not taken for a part of the ring or of a number."""
    side, seam = _line(size, MARK), _line(size, 0.06)
    corner = QRectF(size - side, size - side, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.drawEllipse(corner.adjusted(-seam, -seam, seam, seam))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(LATE)
    painter.drawEllipse(corner)


def _round_pen(colour: QColor, width: float) -> QPen:
    return QPen(QBrush(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
