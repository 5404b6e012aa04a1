"""Decisions about cases: state, corrected verdict, snooze, blocks; each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.case import CaseState, Handling
from app.core.customer import identity_of
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import ShopFile
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.verdict import Kind

MOST_UNDO = 100
"""Changes that can be taken back, newest first."""


@dataclass(frozen=True, slots=True)
class _Change:
    case_id: int
    before: Handling | None
    preferences: Preferences | None = None


class Cases:
    """Called on the desk's writing thread only, so that changes and their undo keep their order."""

    def __init__(self, archive: DeskArchive, shop: ShopFile) -> None:
        self._archive = archive
        self._shop = shop
        self._changes: list[_Change] = []

    def set_state(self, mention_id: int, state: CaseState, now: float) -> int | Problem:
        answered = now if state is CaseState.ANSWERED else None
        return self._change(mention_id, now, lambda h: replace(h, state=state, answered_at=h.answered_at or answered))

    def set_kind(self, mention_id: int, kind: Kind | None, now: float) -> int | Problem:
        return self._change(mention_id, now, lambda h: replace(h, kind=kind))

    def snooze(self, mention_id: int, until: float | None, now: float) -> int | Problem:
        return self._change(mention_id, now, lambda h: replace(h, snoozed_until=until))

    def undo(self) -> int | None:
        if not self._changes:
            return None
        change = self._changes.pop()
        if change.preferences is not None:
            self._shop.put_preferences(change.preferences)
        if change.before is None:
            self._archive.drop_handling(change.case_id)
        else:
            self._archive.put_handling(change.before)
        return change.case_id

    def block_author(self, mention_id: int, now: float) -> Problem | None:
        mention = self._archive.mention(mention_id)
        identity = identity_of(mention.mention) if mention else None
        if identity is None:
            return Problem("desk.no_author")
        preferences = self._shop.preferences()
        blocked = tuple(dict.fromkeys((*preferences.blocked_authors, identity.key)))
        return self._block(mention_id, preferences, replace(preferences, blocked_authors=blocked), now)

    def block_site(self, mention_id: int, now: float) -> Problem | None:
        mention = self._archive.mention(mention_id)
        if mention is None or not mention.mention.site:
            return Problem("desk.no_site")
        preferences = self._shop.preferences()
        blocked = tuple(dict.fromkeys((*preferences.blocked_sites, mention.mention.site)))
        return self._block(mention_id, preferences, replace(preferences, blocked_sites=blocked), now)

    def _block(self, mention_id: int, before: Preferences, after: Preferences, now: float) -> Problem | None:
        if problem := self._shop.put_preferences(after):
            return problem
        done = self.set_state(mention_id, CaseState.NOT_US, now)
        if isinstance(done, Problem):
            return done
        self._changes[-1] = replace(self._changes[-1], preferences=before)
        return None

    def _change(self, mention_id: int, now: float, change: Callable[[Handling], Handling]) -> int | Problem:
        if self._archive.mention(mention_id) is None:
            return Problem("desk.no_mention", {"id": mention_id})
        case_id = self._archive.case_for(mention_id, now)
        before = self._archive.handling(case_id)
        after = change(before or Handling(case_id))
        self._archive.put_handling(replace(after, changed_at=now))
        self._changes = [*self._changes[1 - MOST_UNDO :], _Change(case_id, before)]
        return case_id
