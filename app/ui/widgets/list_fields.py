"""Fields that take one entry a line, one below the other in a form."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QWidget

from app.ui.widgets.pieces import plain

HIGH = 72
"""Pixels: three lines."""


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines typed, trimmed, each once."""
    return tuple(dict.fromkeys(one.strip() for one in text.splitlines() if one.strip()))


def form_in(part: QWidget) -> QFormLayout:
    """Give a part of a page a form, and return it."""
    form = QFormLayout(part)
    form.setContentsMargins(0, 0, 0, 0)
    form.setSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def align(forms: Iterable[QFormLayout]) -> None:
    """Have the fields of several forms begin at one edge: that of the widest name."""
    names = [
        name
        for form in forms
        for row in range(form.rowCount())
        if (item := form.itemAt(row, QFormLayout.ItemRole.LabelRole)) and (name := item.widget())
    ]
    widest = max((name.sizeHint().width() for name in names), default=0)
    for name in names:
        name.setMinimumWidth(widest)


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
