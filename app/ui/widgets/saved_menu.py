"""The menu of saved replies in the reply box: what is proposed, what fits the case, and all others below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.core.reply import SavedReply, fitting
from app.ui import labels
from app.ui.widgets.pieces import drop_button
from app.words import _

MOST_BELOW = 15
"""Saved replies of the case's language that stand in the menu itself although others fit better."""


class SavedMenu(QObject):
    """`button` opens it. `chosen` carries a saved reply, `proposal_chosen` follows the choice of what is proposed.

    `can_propose` says whether there is something proposed that does not stand in the box.
    """

    chosen = Signal(object)
    proposal_chosen = Signal()

    def __init__(self, parent: QObject, can_propose: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._can_propose = can_propose
        self._proposal: tuple[QAction, ...] = ()
        self.button = drop_button(_("Saved replies"), _("Take a saved reply; known blanks are filled"))
        self._menu = QMenu(self.button)
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._offer_proposal)

    def offer(self, replies: Sequence[SavedReply], language: str, kind: str, cause: str) -> None:
        """Fill the menu: the proposal taken out, then what fits language, kind and cause, the rest of the language below, others in menus of their own."""
        menu = self._menu
        menu.clear()
        again = menu.addAction(_("The proposed reply"))
        again.triggered.connect(lambda _on=False: self.proposal_chosen.emit())
        self._proposal = (again, menu.addSeparator())
        self._offer_proposal()
        suiting = fitting(replies, language=language, kind=kind, cause=cause)
        rest = [one for one in replies if one not in suiting]
        here = [one for one in rest if one.language in {"", language}]
        if len(here) > MOST_BELOW:
            here = []
        for block in (suiting, here):
            self._add(menu, block)
            rest = [one for one in rest if one not in block]
            if block and rest:
                menu.addSeparator()
        codes = dict.fromkeys(one.language for one in rest)
        for code in sorted(codes, key=lambda code: code not in {"", language}):
            below = menu.addMenu(labels.language(code) or _("Any language"))
            self._add(below, [one for one in rest if one.language == code])
        if not replies:
            menu.addAction(_("No saved replies yet: write some in Settings")).setEnabled(False)

    def _offer_proposal(self) -> None:
        """Begin with what is proposed, unless it stands in the box."""
        can = self._can_propose()
        for part in self._proposal:
            part.setVisible(can)

    def _add(self, menu: QMenu, replies: Iterable[SavedReply]) -> None:
        for one in replies:
            taken = menu.addAction(one.name.replace("&", "&&"))
            taken.triggered.connect(lambda _on=False, one=one: self.chosen.emit(one))
