"""A table of whole rows: watches, customers, contacts, reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app.ui.format import tip
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


def _no_tone(_row: Any) -> str:
    return ""


def _not_strong(_row: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: its heading, the text of a row in it, the tone («bad», «warn», «muted», «») it is written in, and whether bold."""

    heading: str
    text: Callable[[Any], str]
    tone: Callable[[Any], str] = _no_tone
    right: bool = False
    is_strong: Callable[[Any], bool] = _not_strong


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font


class RowsModel(QAbstractTableModel):
    """Shows rows through columns; `give` replaces the rows, `shape` the columns."""

    def __init__(self, theme: Theme, columns: Sequence[Shown] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = tuple(columns)
        self._rows: tuple[Any, ...] = ()

    @property
    def rows(self) -> tuple[Any, ...]:
        return self._rows

    def give(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def shape(self, columns: Sequence[Shown], rows: Sequence[Any] = ()) -> None:
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def is_right(self, number: int) -> bool:
        return self._columns[number].right

    def row(self, number: int) -> Any:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.text(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and (tone := column.tone(row)):
            return QColor(getattr(self._theme.tones, tone))
        if role == Qt.ItemDataRole.FontRole and column.is_strong(row):
            return _bold()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
