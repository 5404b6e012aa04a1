"""The rows of the middle column: how many there are is known at once, the rows come where somebody looks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.core.views import InboxRow, Page
from app.ui import labels
from app.ui.format import one_line, stars
from app.ui.row_told import ASIDE, first_words, time_told
from app.words import _

CHUNK = 100
"""Rows asked for at a time."""

AHEAD = CHUNK // 2
"""Rows before and after those on screen that are asked for with them."""

ROW = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class InboxModel(QAbstractListModel):
    """Asks for rows by `rows_wanted(ticket, spans)`, the spans being (offset, limit); what comes for an outdated ticket is left aside.

    It has a row for each of the whole list; those that have not come yet hold nothing. One request is under way at a time.
    `outdated` says that the list has changed since it was read.
    """

    rows_wanted = Signal(int, object)
    outdated = Signal()

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now = now
        self._rows: dict[int, InboxRow] = {}
        self._places: dict[int, int] = {}
        self._total = 0
        self._ticket = 0
        self._asked: set[int] = set()
        self._waits = self._renews = False

    @property
    def total(self) -> int:
        """Rows of the whole list, loaded or not."""
        return self._total

    def begin(self) -> None:
        """Start another list: forget the rows and ask for the first ones."""
        self._replace({}, 0)
        self.renew(())

    def renew(self, places: Iterable[int]) -> None:
        """Read the list anew where these places are, or else its beginning; the rows on screen stay until the answer comes."""
        self._renews = True
        self._asked = set(_chunks(places)) or {0}
        self._ask(self._asked)

    def look(self, places: Iterable[int]) -> bool:
        """Ask for the rows at and around these places that are missing; False where none are, or an answer is awaited."""
        last = (self._total - 1) // CHUNK
        missing = {chunk for chunk in _chunks(places) if chunk <= last} - self._asked
        if not missing or self._waits:
            return False
        self._asked |= missing
        self._ask(missing)
        return True

    def take(self, ticket: int, pages: Sequence[Page]) -> bool:
        """Take rows that came; returns False where they were for an earlier list, or the list has changed since."""
        if ticket != self._ticket:
            return False
        self._waits = False
        new = {page.offset + number: row for page in pages for number, row in enumerate(page.rows)}
        total = pages[-1].total
        if self._renews:
            self._renews = False
            self._renew(new, total)
        elif total != self._total or any(row.mention_id in self._places for row in new.values()):
            self.outdated.emit()
            return False
        else:
            self._add(new)
        return True

    def _renew(self, new: dict[int, InboxRow], total: int) -> None:
        held = self._rows
        if total == self._total and held and all(_same(held.get(place), row) for place, row in new.items()):
            self._rows, self._places = {}, {}
            self._add(new)
        else:
            self._replace(new, total)

    def _replace(self, rows: dict[int, InboxRow], total: int) -> None:
        self.beginResetModel()
        self._rows, self._total = rows, total
        self._places = {row.mention_id: place for place, row in rows.items()}
        self.endResetModel()

    def _add(self, rows: dict[int, InboxRow]) -> None:
        self._rows |= rows
        self._places |= {row.mention_id: place for place, row in rows.items()}
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def _ask(self, chunks: set[int]) -> None:
        self._ticket += 1
        self._waits = True
        self.rows_wanted.emit(self._ticket, _spans(chunks))

    def row(self, number: int) -> InboxRow | None:
        return self._rows.get(number)

    def place_of(self, mention_id: int, case_id: int | None = None) -> int:
        """Return where a mention stands, or else its case; -1 for nowhere among the loaded rows."""
        place = self._places.get(mention_id, -1)
        if place >= 0 or case_id is None:
            return place
        return min((place for place, row in self._rows.items() if row.case_id == case_id), default=-1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows.get(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(row, self._now())
        return None

    def headerData(
        self, _section: int, _orientation: Qt.Orientation, _role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return None


def _same(before: InboxRow | None, now: InboxRow) -> bool:
    return before is None or before.mention_id == now.mention_id


def _chunks(places: Iterable[int]) -> set[int]:
    """Return the numbers of the chunks in which these places and those around them are."""
    return {chunk for place in places for chunk in range(max(0, place - AHEAD) // CHUNK, (place + AHEAD) // CHUNK + 1)}


def _spans(chunks: set[int]) -> tuple[tuple[int, int], ...]:
    """Return chunks as (offset, limit), those beside each other as one."""
    ordered = sorted(chunks)
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    return tuple((start * CHUNK, (end - start + 1) * CHUNK) for start, end in zip(starts, ends, strict=True))


def spoken(row: InboxRow, now: float) -> str:
    """Return a row as a screen reader says it; `now` is Unix seconds."""
    words, stands = time_told(row, now)
    if stands == ASIDE:
        words = f"{_('snoozed')} {words}"
    said = (
        _("{kind} of {author}, {place}: {text} {stars}")
        .format(
            kind=", ".join(part for part in (labels.kind(row.kind), labels.about(row.kind, row.cause)) if part),
            author=one_line(row.author) or _("somebody"),
            place=one_line(row.site or row.source),
            text=first_words(row),
            stars=stars(row.stars),
        )
        .strip()
    )
    return ", ".join(filter(None, (said, words)))
