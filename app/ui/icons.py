"""Icons drawn by code, crisp at any density and in any colour."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

BOX = 24.0
"""Side of the square in which icons are drawn."""

DENSITIES = (1, 2, 3)
"""Pixels a logical pixel may have on the screens people own."""


def _lines(path: QPainterPath, *strokes: str) -> None:
    """Add strokes, each «x,y x,y …»; one that ends in «z» is closed."""
    for stroke in strokes:
        closed = stroke.endswith("z")
        points = [QPointF(*map(float, pair.split(","))) for pair in stroke.removesuffix("z").split()]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
        if closed:
            path.closeSubpath()


def _complaints(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(3, 4, 18, 13), 3, 3)
    _lines(path, "8,17 8,21 12,17", "12,7.5 12,11", "12,13.6 12,13.9")


def _questions(path: QPainterPath) -> None:
    path.addEllipse(QPointF(12, 12), 9, 9)
    path.moveTo(9.4, 9.6)
    path.cubicTo(9.4, 6.2, 14.6, 6.2, 14.6, 9.6)
    path.cubicTo(14.6, 11.6, 12, 11.8, 12, 13.8)
    _lines(path, "12,16.6 12,16.9")


def _praise(path: QPainterPath) -> None:
    path.moveTo(12, 20)
    path.cubicTo(2, 13, 3, 5, 8, 5)
    path.cubicTo(10.4, 5, 12, 7.4, 12, 8.2)
    path.cubicTo(12, 7.4, 13.6, 5, 16, 5)
    path.cubicTo(21, 5, 22, 13, 12, 20)


def _leads(path: QPainterPath) -> None:
    _lines(path, "5,8 19,8 20,20 4,20 z")
    path.moveTo(8.5, 11)
    path.cubicTo(8.5, 1.5, 15.5, 1.5, 15.5, 11)


def _everything(path: QPainterPath) -> None:
    _lines(path, "4,13 7,5 17,5 20,13 20,19 4,19 z", "4,13 9,13 10,16 14,16 15,13 20,13")


def _snoozed(path: QPainterPath) -> None:
    path.addEllipse(QPointF(12, 12), 9, 9)
    _lines(path, "12,7 12,12 15.5,14")


def _customers(path: QPainterPath) -> None:
    path.addEllipse(QPointF(9, 8), 3.5, 3.5)
    path.moveTo(3, 20)
    path.cubicTo(3, 12.5, 15, 12.5, 15, 20)
    path.moveTo(15.5, 4.8)
    path.cubicTo(19, 5.5, 19, 10.5, 15.5, 11.2)
    path.moveTo(17.5, 14.2)
    path.cubicTo(20, 15, 21, 17, 21, 20)


def _log(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(5, 3, 14, 18), 2, 2)
    _lines(path, "9,8 15,8", "9,12 15,12", "9,16 13,16")


def _reports(path: QPainterPath) -> None:
    _lines(path, "4,20 20,20", "7,16 7,12", "12,16 12,5", "17,16 17,9")


def _watches(path: QPainterPath) -> None:
    path.addEllipse(QPointF(12, 12), 1.5, 1.5)
    for radius in (5.0, 9.0):
        for start in (-45, 135):
            box = QRectF(12 - radius, 12 - radius, 2 * radius, 2 * radius)
            path.arcMoveTo(box, start)
            path.arcTo(box, start, 90)


def _settings(path: QPainterPath) -> None:
    for height, knob in ((6, 15), (12, 9), (18, 16)):
        _lines(path, f"4,{height} {knob - 2},{height}", f"{knob + 2},{height} 20,{height}")
        path.addEllipse(QPointF(knob, height), 2, 2)


def _learning(path: QPainterPath) -> None:
    path.moveTo(12, 7)
    path.cubicTo(9.5, 5, 6, 5, 3.5, 6)
    path.lineTo(3.5, 18.5)
    path.cubicTo(6, 17.5, 9.5, 17.5, 12, 19.5)
    path.cubicTo(14.5, 17.5, 18, 17.5, 20.5, 18.5)
    path.lineTo(20.5, 6)
    path.cubicTo(18, 5, 14.5, 5, 12, 7)
    path.lineTo(12, 19.5)


def _search(path: QPainterPath) -> None:
    path.addEllipse(QPointF(10.5, 10.5), 6, 6)
    _lines(path, "15,15 20,20")


def _refresh(path: QPainterPath) -> None:
    box = QRectF(4.5, 4.5, 15, 15)
    path.arcMoveTo(box, 50)
    path.arcTo(box, 50, 290)
    _lines(path, "17.5,2.5 17.5,6.8 13.2,6.8")


def _close(path: QPainterPath) -> None:
    _lines(path, "6,6 18,18", "18,6 6,18")


def _open(path: QPainterPath) -> None:
    _lines(path, "10,5 5,5 5,19 19,19 19,14", "14,4 20,4 20,10", "20,4 11,13")


def _bell(path: QPainterPath) -> None:
    path.moveTo(5, 17)
    path.cubicTo(8, 14, 5, 5, 12, 5)
    path.cubicTo(19, 5, 16, 14, 19, 17)
    path.closeSubpath()
    _lines(path, "12,3 12,5", "10.5,20.5 13.5,20.5")


def _add(path: QPainterPath) -> None:
    _lines(path, "12,5 12,19", "5,12 19,12")


def _help(path: QPainterPath) -> None:
    path.addEllipse(QPointF(12, 12), 9, 9)
    path.addEllipse(QPointF(12, 12), 3.6, 3.6)
    _lines(path, "5.7,5.7 9.4,9.4", "14.6,9.4 18.3,5.7", "14.6,14.6 18.3,18.3", "5.7,18.3 9.4,14.6")


_DRAWN: dict[str, Callable[[QPainterPath], None]] = {
    "complaints": _complaints,
    "questions": _questions,
    "praise": _praise,
    "leads": _leads,
    "everything": _everything,
    "snoozed": _snoozed,
    "customers": _customers,
    "log": _log,
    "reports": _reports,
    "watches": _watches,
    "settings": _settings,
    "learning": _learning,
    "search": _search,
    "refresh": _refresh,
    "close": _close,
    "open": _open,
    "bell": _bell,
    "add": _add,
    "help": _help,
}


def pixmap(name: str, colour: str, side: int, density: float = 1.0) -> QPixmap:
    """Return one icon, `side` logical pixels wide, for a screen of that density."""
    made = QPixmap(math.ceil(side * density), math.ceil(side * density))
    made.setDevicePixelRatio(density)
    made.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    _DRAWN[name](path)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / BOX, side / BOX)
    painter.setPen(QPen(QColor(colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.end()
    return made


def icon(name: str, colour: str, side: int = 18) -> QIcon:
    """Return an icon with a picture for each usual density."""
    made = QIcon()
    for density in DENSITIES:
        made.addPixmap(pixmap(name, colour, side, density))
    return made
