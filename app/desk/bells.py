"""Bells: one notification for what is new, silence in quiet hours, one summary afterwards, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from app.core.case import CaseState, Handling
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import ShopFile
from app.core.target import is_quiet
from app.core.views import Alert, InboxRow

SHOWN = 8
"""Rows an alert carries at most; `total` counts them all."""
LOOK_BACK = 7 * 86_400.0
"""Seconds: what waited longer for its bell is found in the inbox, not rung."""


class Bells:
    """Called on the desk's writing thread only."""

    def __init__(self, archive: DeskArchive, shop: ShopFile, zone: tzinfo) -> None:
        self._archive = archive
        self._shop = shop
        self._zone = zone
        self._hushed_until = 0.0

    def ring(self, mention_ids: Sequence[int], now: float) -> Alert | None:
        if self._is_quiet(now):
            return None
        return self._alert(mention_ids, now, summary=False)

    def catch_up(self, now: float) -> Alert | None:
        if self._is_quiet(now):
            return None
        return self._alert(self._archive.unrung(now - LOOK_BACK), now, summary=True)

    def hush(self, until: float) -> None:
        self._hushed_until = until

    def _is_quiet(self, now: float) -> bool:
        return now < self._hushed_until or is_quiet(now, self._shop.preferences().quiet, self._zone)

    def _alert(self, mention_ids: Sequence[int], now: float, *, summary: bool) -> Alert | None:
        rung = self._archive.rung(mention_ids)
        fresh = [mention_id for mention_id in dict.fromkeys(mention_ids) if mention_id not in rung]
        if not fresh:
            return None
        rows = sorted(self._archive.rows(fresh), key=_urgency)
        self._archive.mark_rung(fresh, now)
        wanted = [self._reopened(row, now) for row in rows if row.state is not CaseState.NOT_US]
        if not wanted:
            return None
        return Alert(f"{now:.3f}-{fresh[0]}", tuple(wanted[:SHOWN]), len(wanted), summary)

    def _reopened(self, row: InboxRow, now: float) -> InboxRow:
        """Open a case again that was settled: somebody complains anew."""
        if row.case_id is not None and not row.state.is_open and row.state is not CaseState.NOT_US:
            before = self._archive.handling(row.case_id)
            kind = before.kind if before else None
            self._archive.put_handling(Handling(row.case_id, CaseState.NEW, kind, changed_at=now))
        return row


def _urgency(row: InboxRow) -> tuple[bool, float, int]:
    return (row.due_at is None, row.due_at or 0.0, -int(row.severity))
