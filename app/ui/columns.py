"""How large the window is and how it is divided: lines on top, the lists on the left, and the list of mentions beside the case."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.ui.widgets.folder_list import FolderList
from app.ui.widgets.layouts import column_in

SIZE = QSize(1240, 780)
FRAME = QSize(16, 40)
"""What the desktop draws around the window."""

_MOST_AT_SIDE = 320
"""Pixels that the names of the lists get at the least, as far as they need them."""


_SIDE, _LIST, _CASE = 200, 400, 480
"""Pixels of the lists on the left, of the list of mentions, and of the case before that list gives way."""

_LEAST_LIST, _LEAST_CASE, _HANDLE = 240, 360, 1
"""Pixels that the list of mentions and the case always have, and those of the line between two columns."""

_LEAST, _LARGE, _MOST_GROWN = QSize(760, 480), 19, 1.25
"""The smallest window, the pixels of the letters up to which that is enough (14 points at the usual 96 dpi), and how many
times that it has to be at the most: screens of 1,280 by 720 have room for it."""


def first_size(room: QSize) -> QSize:
    """Return how large the window is at first on a screen with so much room: never so that its lower buttons lie outside."""
    return SIZE.boundedTo(room - FRAME)


def first_widths(whole: int, folders: FolderList) -> tuple[list[int], list[int]]:
    """Return the pixels of the lists on the left and of the rest at first, and how list and case share that rest.

    In a small window the list gives way, so that the case keeps its buttons on few lines.
    """
    side = max(_SIDE, _least_side(folders))
    rest = whole - side
    beside = max(_LEAST_LIST, min(_LIST, rest - _CASE))
    return [side, rest], [beside, rest - beside]


def least_size(folders: FolderList) -> QSize:
    """Return how large a window is at the least to show its columns whole."""
    width = _least_side(folders) + _grown(_LEAST_LIST, folders) + _grown(_LEAST_CASE, folders) + 2 * _HANDLE
    return QSize(max(_LEAST.width(), width), _grown(_LEAST.height(), folders))


def _grown(pixels: int, part: QWidget) -> int:
    """Return pixels that are enough for letters of `_LARGE`, or more for larger ones."""
    return round(pixels * min(_MOST_GROWN, max(1.0, QFontInfo(part.font()).pixelSize() / _LARGE)))


def halves(inbox: QWidget, case: QWidget) -> QSplitter:
    """Return the list of mentions and the case side by side; what the window grows by goes to the case."""
    middle = _splitter()
    for place, half in enumerate((inbox, case)):
        half.setMinimumWidth(_grown((_LEAST_LIST, _LEAST_CASE)[place], half))
        middle.addWidget(half)
        middle.setStretchFactor(place, place)
    return middle


def columns(folders: FolderList, pages: QWidget) -> QSplitter:
    """Return the lists on the left with the pages beside them; what the window grows by goes to the pages."""
    side = QWidget()
    side.setObjectName("side")
    side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    side.setMinimumWidth(_least_side(folders))
    rows = QVBoxLayout(side)
    rows.setContentsMargins(4, 8, 4, 8)
    rows.addWidget(folders)
    whole = _splitter()
    whole.addWidget(side)
    whole.addWidget(pages)
    whole.setStretchFactor(1, 1)
    return whole


def _least_side(folders: FolderList) -> int:
    return max(152, min(_MOST_AT_SIDE, folders.words_width() + 24))


def stacked(lines: Iterable[QWidget], rest: QWidget) -> QWidget:
    """Return lines one below the other, and below them what takes the rest of the height."""
    whole = QWidget()
    below = column_in(whole, 0)
    for line in lines:
        below.addWidget(line)
    below.addWidget(rest, 1)
    return whole


def _splitter() -> QSplitter:
    return QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=_HANDLE)
