"""The menu of a row of the list of mentions: what may be done with its case, by the actions of the menu bar."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from app.core.case import CaseState
from app.core.verdict import Kind
from app.core.views import CaseView
from app.ui.actions import Actions
from app.ui.models.inbox_model import ROW
from app.ui.pages.case_page import CasePage
from app.ui.pages.inbox_page import InboxPage
from app.ui.row_menu import RowMenu, empty


def acts_for(view: CaseView, now: float) -> Iterator[str]:
    """Yield the names that the actions for a case have in `app.ui.actions`, «» for a line across. `now` is in Unix seconds."""
    mention = view.mention.mention
    yield "case:reply"
    if mention.url:
        yield "case:open"
    yield from ("case:text", "", "case:answered", "case:contact", "")
    yield "case:not_complaint" if view.kind is Kind.COMPLAINT else "case:complaint"
    yield from ("case:not_us", "case:author")
    if mention.site:
        yield "case:site"
    yield ""
    if view.snoozed_until is not None and view.snoozed_until > now:
        yield "case:wake"
    if not view.state.is_over:
        yield "snooze"
    yield "state"
    if view.state is CaseState.RESOLVED:
        yield "mark"


class CaseMenu(QObject):
    """Opens once the case of the row is shown, since that is what the actions are for; closes when another one is."""

    def __init__(self, inbox: InboxPage, case: CasePage, actions: Actions) -> None:
        super().__init__(inbox)
        self._inbox, self._case, self._actions = inbox, case, actions
        self.rows = RowMenu(inbox.list, self._fill, self._is_here)
        case.opened.connect(lambda _id: self._opened())
        case.closed.connect(self.rows.leave)
        case.head.more_requested.connect(self._open_at)

    def _is_here(self) -> bool:
        row, view = self._inbox.list.currentIndex().data(ROW), self._case.view
        if row is None or view is None or view.mention.id != self._case.mention_id:
            return False
        return bool(view.mention.id == row.mention_id or (row.case_id is not None and view.case_id == row.case_id))

    def _opened(self) -> None:
        self.rows.menu.hide()
        self.rows.go_on()

    def _open_at(self, at: QPoint) -> None:
        empty(self.rows.menu)
        self._fill(self.rows.menu)
        self.rows.menu.popup(at)

    def _fill(self, menu: QMenu) -> None:
        if (view := self._case.view) is None:
            return
        for name in acts_for(view, self._inbox.now()):
            if below := self._actions.below.get(name):
                menu.addMenu(below)
            elif name:
                menu.addAction(self._actions.by_name[name])
            else:
                menu.addSeparator()
