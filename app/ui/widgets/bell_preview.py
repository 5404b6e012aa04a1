"""What another setting of the bell would have done with the last 30 days, while the owner moves the slider."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.core.bands import Band
from app.core.ports.desk import Learning
from app.core.views import InboxRow
from app.ui.bench import Bench, Errand
from app.ui.format import one_line, percent
from app.ui.widgets.pieces import Elided, plain
from app.words import _, ngettext

DAYS = 30
MOST = 5
"""Examples shown."""

PAUSE_MS = 150
"""How long the slider rests before the archive is asked."""

DEPTHS = (25, 400)
"""How many of the newest mentions of each band are looked through for examples: few, and more where few did not do."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How many mentions each band would hold, and the newest of those that ring at one of two settings only.

    `total` counts all of these.
    """

    counts: Mapping[Band, int]
    rows: tuple[InboxRow, ...]
    total: int


def compared(learning: Learning, ring_at: float, before: float, since: float) -> Compared:
    """Compare what would have rung at `ring_at` with what would have at `before`."""
    if ring_at == before:
        return Compared(learning.preview(ring_at, since, 0).counts, (), 0)
    least, below = sorted((ring_at, before))
    total, found = 0, list[InboxRow]()
    for depth in DEPTHS:
        lower, upper = learning.preview(least, since, depth), learning.preview(below, since, depth)
        total = max(0, lower.counts[Band.RING] - upper.counts[Band.RING])
        shown = (*lower.examples[Band.RING], *upper.examples[Band.DIGEST], *upper.examples[Band.SILENT])
        between = {row.mention_id: row for row in shown if least <= row.level < below}
        found = sorted(between.values(), key=lambda row: (-row.heard_at, -row.mention_id))[:MOST]
        if len(found) >= min(MOST, total):
            break
    return Compared((lower if ring_at == least else upper).counts, tuple(found), total)


class BellPreview(QWidget):
    """Asks off the GUI thread a moment after the slider rests; the answer to an older question is left aside.

    `begin` says which setting all others are compared with, until `leave`.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._before: float | None = None
        self._wanted = 0.0
        self._ticket = 0
        self._errand: Errand | None = None
        self.told, self.head = plain(), plain(tone="muted")
        self._more = plain(tone="muted", wrap=False)
        self._rows: list[tuple[Elided, Elided, QLabel]] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 3)
        for place in range(MOST):
            row = (Elided(), Elided(tone="muted"), plain(wrap=False))
            row[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, part in enumerate(row):
                grid.addWidget(part, place, column)
                part.hide()
            self._rows.append(row)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(self.told)
        rows.addWidget(self.head)
        rows.addLayout(grid)
        rows.addWidget(self._more)
        for part in (self.told, self.head, self._more):
            part.hide()

    @property
    def lines(self) -> list[str]:
        return [
            f"{author.text()} {words.text()} {score.text()}"
            for author, words, score in self._rows
            if not author.isHidden()
        ]

    def begin(self, ring_at: float) -> None:
        """Show at once what the setting in force does; it is what others are compared with, if none is yet."""
        if self._before is None:
            self._before = ring_at
        self._wanted = ring_at
        self._ask()

    def ask(self, ring_at: float) -> None:
        """Show soon what a setting would do."""
        self._wanted = ring_at
        if self._before is not None:
            self._timer.start()

    def leave(self) -> None:
        """Forget what settings are compared with."""
        self._before = None
        self._timer.stop()

    def _ask(self) -> None:
        self._timer.stop()
        if self._errand:
            self._errand.cancel()
        before = self._wanted if self._before is None else self._before
        wanted, since = self._wanted, self._bench.now() - DAYS * 86_400.0
        self._ticket += 1
        self._errand = self._bench.read(
            self,
            lambda desk: compared(desk.learning, wanted, before, since),
            partial(self._take, self._ticket, wanted, before),
        )

    def _take(self, ticket: int, ring_at: float, before: float, found: Compared) -> None:
        if ticket == self._ticket:
            self._errand = None
            self._show_counts(found.counts)
            self._show_rows(found, ring_at, before)

    def _show_counts(self, counts: Mapping[Band, int]) -> None:
        if any(counts.values()):
            told = _(
                "In the last 30 days {ring} would have rung, {digest} come in the digest, {silent} stayed silent."
            ).format(ring=counts[Band.RING], digest=counts[Band.DIGEST], silent=counts[Band.SILENT])
        else:
            told = _("Nothing was heard in the last 30 days. Once something is, this shows what would have rung.")
        self.told.setText(told)
        self.told.show()

    def _show_rows(self, found: Compared, ring_at: float, before: float) -> None:
        words = (
            _("These would ring now, but not at {percent}:")
            if ring_at < before
            else _("These would ring at {percent}, but not now:")
        )
        self.head.setText(words.format(percent=percent(before)))
        self.head.setVisible(bool(found.rows))
        for place, (author, excerpt, score) in enumerate(self._rows):
            row = found.rows[place] if place < len(found.rows) else None
            if row:
                author.setText(one_line(row.author) or _("somebody"))
                excerpt.setText(one_line(row.excerpt or row.title))
                score.setText(percent(math.floor(row.level * 100 + 1e-6) / 100))  # 74.9% did not ring at 75%
            for part in (author, excerpt, score):
                part.setVisible(row is not None)
        more = found.total - len(found.rows) if found.rows else 0
        self._more.setText(ngettext("and {n} more", "and {n} more", more).format(n=more))
        self._more.setVisible(more > 0)
