"""Layouts of parts that stand within others: they have no margins of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

USUAL = -1
"""The spacing that the style has."""


def column_in(part: QWidget, spacing: int = USUAL) -> QVBoxLayout:
    """Give a part a column, and return it."""
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column


def row_in(part: QWidget, spacing: int = USUAL) -> QHBoxLayout:
    """Give a part a row, and return it."""
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    return row


def form_in(part: QWidget) -> QFormLayout:
    """Give a part a form, and return it."""
    form = QFormLayout(part)
    form.setContentsMargins(0, 0, 0, 0)
    form.setSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form
