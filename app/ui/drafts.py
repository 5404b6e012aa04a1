"""Drafts of a reply, or of a contact to be logged: kept by the case they are for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.core.ports.desk import Desk
from app.core.views import CaseView
from app.ui.bench import Bench
from app.ui.keeper import Keeper, Place


def place_of(view: CaseView) -> int:
    """Return the number under which a draft is kept: the case's, or minus the mention's where there is none."""
    return view.case_id if view.case_id is not None else -view.mention.id


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the reply box of one mention, or in its contact form, where `audience` tells how it went."""

    mention_id: int
    text: str
    audience: str


class DraftKeeper(Keeper[Typed]):
    """Saves drafts by case, or mention without one; of replies, or with `contacts` of contacts to be logged."""

    def __init__(self, bench: Bench, parent: QObject | None = None, *, contacts: bool = False) -> None:
        def save(desk: Desk, _place: Place, typed: Typed, now: float) -> object:
            return desk.replies.save_draft(typed.mention_id, typed.text, typed.audience, now, contact=contacts)

        super().__init__(bench, save, parent)

    def typed(self, mention_id: int, text: str, audience: str) -> None:
        """Take a change in the reply box of the place switched to."""
        self.put(Typed(mention_id, text, audience))
