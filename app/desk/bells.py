"""Bells: one notification for what is new, silence in quiet hours, one summary afterwards, a daily digest, never twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, tzinfo

from app.core.case import CaseState, Handling
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import ShopFile
from app.core.problems import ProblemError
from app.core.quiet import quiet_end
from app.core.target import digest_time, is_quiet
from app.core.verdict import Kind, Severity
from app.core.views import Alert, InboxRow

SHOWN = 8
"""Rows an alert carries at most; `total` counts them all."""
CLOCK_SLACK = 60.0
"""Seconds: what the owner did longer from now than this was dated by a clock that has been put back, and says nothing."""
LOOK_BACK = 7 * 86_400.0
"""Seconds: what waited longer for its bell is found in the inbox, not rung."""
JUST_NOW = 120.0
"""Seconds: what was heard no longer ago is news, though a look round comes upon it before the listener tells of it."""

BroughtBack = Callable[[int, float, bool], None]
"""Takes a case, when it was brought back (Unix seconds), and whether news in it did that."""


class Bells:
    """Called on the desk's writing thread only. `brought_back` is told of each case that is open again."""

    def __init__(self, archive: DeskArchive, shop: ShopFile, zone: tzinfo, brought_back: BroughtBack) -> None:
        self._archive = archive
        self._brought_back = brought_back
        self._shop = shop
        self._zone = zone
        self._hushed_until = 0.0
        self._unmarked: set[int] = set()
        self._told: set[int] = set()

    def ring(self, mention_ids: Sequence[int], now: float) -> Alert | None:
        return None if self._is_quiet(now) else self._alert(mention_ids, now)

    def catch_up(self, now: float) -> Alert | None:
        return None if self._is_quiet(now) else self._alert(self._archive.unrung(now - LOOK_BACK), now, late=True)

    def bring_back(self, now: float) -> None:
        for row in self._archive.rows(self._archive.unrung_settled(now - LOOK_BACK)):
            if row.news_at <= now + CLOCK_SLACK:  # else each look would find it newer than what the owner did
                self._still_rings(row, now, rung=False)

    def digest(self, now: float) -> Alert | None:
        preferences = self._shop.preferences()
        due = None if self._is_quiet(now) else digest_time(now, preferences.hours, preferences.days_off, self._zone)
        if due is None:
            return None
        ids = self._archive.undigested(now - LOOK_BACK, due)
        untold = [mention_id for mention_id in ids if mention_id not in self._told]
        if not untold:
            return None
        self._told.update(untold)
        with suppress(ProblemError):  # told all the same, and again only after a restart before the next digest
            self._archive.mark_digested(tuple(self._told), now)
            self._told.clear()
        rows = [row for row in self._archive.rows(untold) if self._is_open(row, now)]
        if not rows:
            return None
        rows.sort(key=lambda row: -row.score)
        return Alert(f"{now:.3f}-digest", tuple(rows[:SHOWN]), len(rows), digest=True)

    def back(self, now: float) -> Alert | None:
        if self._is_quiet(now):
            return None
        ids = [mention_id for case_id, mention_id in self._archive.awake(now) if self._wake(case_id, now)]
        if not ids:
            return None
        rows = sorted(self._archive.rows(ids), key=_urgency)
        return Alert(f"{now:.3f}-back", tuple(rows[:SHOWN]), len(rows), back=True)

    def hush(self, until: float) -> None:
        self._hushed_until = until

    def quiet_until(self, now: float) -> float:
        preferences = self._shop.preferences()
        return quiet_end(max(now, self._hushed_until), preferences.quiet, preferences.days_off, self._zone)

    def _is_quiet(self, now: float) -> bool:
        preferences = self._shop.preferences()
        today = datetime.fromtimestamp(now, self._zone).date().isoformat()
        return now < self._hushed_until or today in preferences.days_off or is_quiet(now, preferences.quiet, self._zone)

    def _alert(self, mention_ids: Sequence[int], now: float, *, late: bool = False) -> Alert | None:
        rung = self._archive.rung(mention_ids) | self._unmarked
        fresh = [mention_id for mention_id in dict.fromkeys(mention_ids) if mention_id not in rung]
        if not fresh:
            return None
        self._mark(fresh, now)
        wanted = [row for row in self._archive.rows(fresh) if self._still_rings(row, now)]
        if not wanted:
            return None
        wanted.sort(key=_urgency)
        summary = late and any(row.news_at < now - JUST_NOW for row in wanted)
        return Alert(f"{now:.3f}-{fresh[0]}", tuple(wanted[:SHOWN]), len(wanted), summary)

    def _mark(self, mention_ids: Sequence[int], now: float) -> None:
        """Remember on the disk that these ring. A disk that takes nothing must not keep a complaint from being heard.

        What it did not take is remembered here and tried again with the next bell; only a restart before that rings
        once more.
        """
        self._unmarked.update(mention_ids)
        try:
            self._archive.mark_rung(tuple(self._unmarked), now)
        except ProblemError:
            return
        self._unmarked.clear()

    def _still_rings(self, row: InboxRow, now: float, *, rung: bool = True) -> bool:
        """Say whether the owner has yet to hear of a row; a settled case to which it is news is opened again.

        Where no bell has `rung` for it the row stays newer than what was done to its case.
        """
        handled = self._archive.handling(-row.mention_id if row.case_id is None else row.case_id)
        if handled is None:
            return True
        if handled.state is CaseState.NOT_US:
            return False
        snoozed = handled.snoozed_until is not None and handled.snoozed_until > now
        if row.news_at <= handled.changed_at <= now + CLOCK_SLACK:
            return handled.state.is_open and row.kind is Kind.COMPLAINT and not snoozed
        corrected = handled.kind not in {None, Kind.COMPLAINT}
        if snoozed or corrected or not handled.state.is_open:
            self._reopen(handled, now, now if rung else handled.changed_at)
        elif handled.back_at is not None and handled.back_at > handled.changed_at:  # by another process: `bring_back`
            self._brought_back(handled.case_id, handled.back_at, True)  # noqa: FBT003  as the type has it
        return True

    def _is_open(self, row: InboxRow, now: float) -> bool:
        """Say whether the owner has decided nothing about a row yet that would take it off the lists."""
        handled = self._archive.handling(-row.mention_id if row.case_id is None else row.case_id)
        if handled is None:
            return True
        snoozed = handled.snoozed_until is not None and handled.snoozed_until > now
        return handled.state.is_open and handled.kind in {None, Kind.COMPLAINT} and not snoozed

    def _wake(self, case_id: int, now: float) -> bool:
        """End a snooze that is over; False where the disk takes nothing: it is tried again."""
        if (handled := self._archive.handling(case_id)) is None:
            return False
        state = handled.state if handled.state.is_open else CaseState.IN_WORK
        awake = replace(handled, state=state, snoozed_until=None, changed_at=now, back_at=now)
        try:
            if not self._archive.put_handling(awake, before=handled):
                return False
        except ProblemError:
            return False
        self._brought_back(case_id, now, False)  # noqa: FBT003  as the type has it
        return True

    def _reopen(self, handled: Handling, now: float, changed_at: float) -> None:
        """Bring a case back among the open complaints; one that was in work stays so.

        What the owner does to it at this very moment, in another process, stands.
        """
        state = handled.state if handled.state.is_open else CaseState.NEW
        answered = handled.answered_at if handled.state.is_open else None
        back = Handling(handled.case_id, state, None, answered, None, changed_at, back_at=now)
        try:
            if not self._archive.put_handling(back, before=handled):
                return
        except ProblemError:
            return  # it rings all the same; the owner opens the case from there
        self._brought_back(handled.case_id, now, True)  # noqa: FBT003  as the type has it


def _urgency(row: InboxRow) -> tuple[bool, bool, float, int]:
    """Sort danger before all else, then by when the first answer is due: of many only the first are named."""
    return (row.severity is not Severity.DANGER, row.due_at is None, row.due_at or 0.0, -int(row.severity))
