"""Drafts of a reply, or of a contact to be logged: kept by the case they are for."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    copied_at: float | None = None
    """When this text was copied to be pasted where it is given (Unix seconds)."""


class DraftKeeper(Keeper[Typed]):
    """Saves drafts by case, or mention without one; of replies, or with `contacts` of contacts to be logged."""

    def __init__(self, bench: Bench, parent: QObject | None = None, *, contacts: bool = False) -> None:
        def save(desk: Desk, _place: Place, typed: Typed, now: float) -> object:
            return desk.replies.save_draft(
                typed.mention_id, typed.text, typed.audience, now, contact=contacts, copied_at=typed.copied_at
            )

        super().__init__(bench, save, parent)

    def typed(self, mention_id: int, text: str, audience: str, copied_at: float | None = None) -> None:
        """Take a change in the reply box of the place switched to."""
        self.put(Typed(mention_id, text, audience, copied_at))

    def move(self, before: int, place: int) -> bool:
        """Take what is not confirmed yet along to another place; it is saved there. Return whether it met something there.

        Two texts typed for what is one case by now become one, the words of that place first.
        """
        if before == place:
            return False
        if self._place == before:
            self._place = place
        self._asked.pop(before, None)
        there, typed = self._unsaved.get(place), self._unsaved.pop(before, None)
        if typed is not None:
            self._unsaved[place] = typed if there is None else _both(there, typed)
            self.flush()
        return typed is not None and there is not None


def _both(one: Typed, other: Typed) -> Typed:
    if one.text in other.text:
        return other
    return one if other.text in one.text else replace(other, text=f"{one.text}\n\n{other.text}", copied_at=None)
