"""The way the Tab key goes through a form whose fields were made in another order, or late, and into a page that scrolls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def chain(parts: Iterable[QWidget]) -> None:
    """Have the Tab key go through the parts of one window in this order; a part made of others is gone through inside."""
    stops = [stop for part in parts for stop in _stops(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> Iterator[QWidget]:
    proxy = part.focusProxy()
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not (proxy and part.isAncestorOf(proxy)):
        yield part
    elif layout := part.layout():
        yield from _inside(layout)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    # Asked for its items a layout gives things that Qt frees with their widgets, unseen by Python: the next widget at
    # that place in memory would be taken for the old item, and the program would crash. So they are never asked for.
    within = layout.parentWidget()
    held: list[QWidget | QLayout] = [
        part
        for part in (*layout.children(), *(within.children() if within else ()))
        if isinstance(part, QWidget | QLayout) and layout.indexOf(part) >= 0
    ]
    for part in sorted(held, key=layout.indexOf):
        if isinstance(part, QWidget):
            yield from _stops(part)
        else:
            yield from _inside(part)


def bring_into_sight(part: QWidget | None) -> None:
    """Scroll what holds a part so that it is seen: Qt does that only where the keyboard was inside already."""
    area = part.parentWidget() if part else None
    while part and area:
        if isinstance(area, QScrollArea):
            seen = area.viewport()
            if not seen.rect().contains(QRect(part.mapTo(seen, QPoint()), part.size())):
                area.ensureWidgetVisible(part)
        area = area.parentWidget()
