"""What a decision about the case shown means: which mention it is about, and whether it was made already."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.core.case import CaseState
from app.core.verdict import Kind
from app.core.views import CaseView
from app.ui.case_acts import CaseActs
from app.ui.click_pause import ClickPause
from app.ui.format import one_line


class CaseDecisions(QObject):
    """Takes the decisions of the buttons, menus and keys of a case; `meant` returns the case they are about.

    The same key once more, before anybody saw what came of the first, decides nothing: `pause` is on for as long.
    """

    def __init__(
        self, acts: CaseActs, pause: ClickPause, meant: Callable[[], CaseView | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._acts, self._pause, self._meant = acts, pause, meant
        self._decided: tuple[int, str] | None = None
        self._in_hand = False

    def take(self, name: str) -> None:
        """Perform a decision named as in `CaseHead.act`, or a state's name."""
        if (view := self.about(name)) is None:
            return
        mention_id, mention = view.mention.id, view.mention.mention
        who = one_line(mention.author) or one_line(mention.handle)
        if name == "complaint":
            self._acts.set_kind(mention_id, Kind.COMPLAINT)
        elif name == "not_complaint":
            self._acts.set_kind(mention_id, Kind.NEUTRAL)
        elif name == "author":
            self._acts.block_author(mention_id, who)
        elif name == "site":
            self._acts.block_site(mention_id, one_line(mention.site))
        elif name == "wake":
            self._acts.wake(view)
        elif name.startswith("snooze:"):
            self._acts.snooze(mention_id, name.removeprefix("snooze:"), who)
        elif name.startswith("mark:"):
            self._acts.mark(view, name.removeprefix("mark:"))
        elif view.state is CaseState.RESOLVED and name == CaseState.RESOLVED:
            self.forget()  # it stays in sight: the same key once more says nothing new
        else:
            self._acts.set_state(mention_id, CaseState(name))

    def about(self, name: str) -> CaseView | None:
        """Return what a decision is about, and take it as made; None where it was made already, or nothing is shown."""
        view = self._meant()
        decision = (view.mention.id, name) if view else None
        is_again = self._in_hand and decision == self._decided
        if self._pause.is_on and self._decided:
            is_again = is_again or name == self._decided[1]
        if is_again or decision is None:
            return None
        self._decided, self._in_hand = decision, True
        return view

    def kept(self) -> None:
        """Take that the decision was kept."""
        self._in_hand = False
        self._pause.begin()

    def forget(self) -> None:
        """Take that the decision came to nothing."""
        self._decided, self._in_hand = None, False
