"""The rows of the middle column, a hundred at a time."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.core.views import InboxRow, Page
from app.ui import labels
from app.ui.format import one_line, stars
from app.words import _

CHUNK = 100
"""Rows asked for at a time."""

ROW = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class InboxModel(QAbstractListModel):
    """Asks for rows by `rows_wanted(ticket, offset, limit)`; what comes for an outdated ticket is left aside."""

    rows_wanted = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[InboxRow] = []
        self._total = 0
        self._ticket = 0
        self._asked = False

    @property
    def total(self) -> int:
        """Rows of the whole list, loaded or not."""
        return self._total

    def begin(self) -> None:
        """Start another list: forget the rows and ask for the first ones."""
        self.beginResetModel()
        self._rows, self._total = [], 0
        self.endResetModel()
        self._ask(0, CHUNK)

    def renew(self) -> None:
        """Ask for what is loaded once more; the rows on screen stay until the answer comes."""
        self._ask(0, max(CHUNK, len(self._rows)))

    def take(self, ticket: int, page: Page) -> bool:
        """Take rows that came; returns False where they were for an earlier list."""
        if ticket != self._ticket:
            return False
        self._asked = False
        if page.offset == 0:
            self._replace(page)
        else:
            self._append(page)
        return True

    def _replace(self, page: Page) -> None:
        new = list(page.rows)
        if [row.mention_id for row in new] == [row.mention_id for row in self._rows]:
            self._rows, self._total = new, page.total
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self._rows, self._total = new, page.total
        self.endResetModel()

    def _append(self, page: Page) -> None:
        known = {row.mention_id for row in self._rows}
        new = [row for row in page.rows if row.mention_id not in known]
        self._total = page.total if new else len(self._rows)
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    def _ask(self, offset: int, limit: int) -> None:
        self._ticket += 1
        self._asked = True
        self.rows_wanted.emit(self._ticket, offset, limit)

    def row(self, number: int) -> InboxRow | None:
        """Return a loaded row, or None."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, mention_id: int, case_id: int | None = None) -> int:
        """Return where a mention stands, or else its case; -1 for nowhere among the loaded rows."""
        for number, row in enumerate(self._rows):
            if row.mention_id == mention_id:
                return number
        if case_id is None:
            return -1
        return next((number for number, row in enumerate(self._rows) if row.case_id == case_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(row)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asked and len(self._rows) < self._total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(len(self._rows), CHUNK)


def spoken(row: InboxRow) -> str:
    """Return a row as a screen reader says it."""
    return _("{kind} of {author}, {place}: {text} {stars}").format(
        kind=", ".join(part for part in (labels.kind(row.kind), labels.about(row.kind, row.cause)) if part),
        author=one_line(row.author) or _("somebody"),
        place=one_line(row.site or row.source),
        text=one_line(row.excerpt or row.title),
        stars=stars(row.stars),
    )
