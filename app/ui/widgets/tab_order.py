"""The way the Tab key goes through a form whose fields were made in another order, or late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


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
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item and (widget := item.widget()):
            yield from _stops(widget)
        elif item and (below := item.layout()):
            yield from _inside(below)
