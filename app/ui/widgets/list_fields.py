"""Fields that take one entry a line, one below the other in a form."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QWidget

from app.ui.widgets.layouts import form_in
from app.ui.widgets.pieces import plain

HIGH = 72
"""Pixels: three lines."""


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines typed, trimmed, each once."""
    return tuple(dict.fromkeys(one.strip() for one in text.splitlines() if one.strip()))


def align(forms: Iterable[QFormLayout]) -> None:
    """Have the fields of several forms begin at one edge, that of the widest name, and each name stand level with its text."""
    pairs = [pair for form in forms for pair in pairs_of(form)]
    widest = max((name.sizeHint().width() for name, _field in pairs), default=0)
    heights = [field.sizeHint().boundedTo(field.maximumSize()).height() for _name, field in pairs]
    for (name, field), height in zip(pairs, heights, strict=True):
        name.setMinimumWidth(widest)
        # a form centres a name in less than the height of its field; where there are several lines it goes with the first
        name.setFixedHeight(min(heights) if isinstance(field, QPlainTextEdit) else height)


def pairs_of(form: QFormLayout) -> list[tuple[QWidget, QWidget]]:
    """Return the names of a form with their fields, of rows that have both."""
    within = form.parentWidget()
    fields = within.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if within else []
    return [(name, field) for field in fields if (name := form.labelForField(field))]


def lay_out_lists(part: QWidget, *fields: tuple[str, QPlainTextEdit], hint: str = "") -> None:
    """Lay out fields under their names in a part of a page, the hint below them."""
    form = form_in(part)
    for name, field in fields:
        field.setAccessibleName(name)
        field.setAccessibleDescription(hint)
        field.setTabChangesFocus(True)
        field.setFixedHeight(HIGH)
        form.addRow(name, field)
    if hint:
        form.addRow(plain(hint, "muted"))
