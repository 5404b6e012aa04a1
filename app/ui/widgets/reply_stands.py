"""What became of the replies of a case, told in plain words, with what the owner can do about each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.outbox import Outgoing, Stand, Wish
from app.core.views import ReplyView
from app.ui.format import exactly, one_line, shortened
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import Elided, button, plain
from app.words import _
from app.words.problems import sentence

LONGEST = 90
"""Characters of a reply that are shown to tell it from another."""

_TONES = {
    Stand.SENT: "good",
    Stand.SEEN: "good",
    Stand.UNKNOWN: "warn",
    Stand.NOT_SEEN: "warn",
    Stand.FAILED: "bad",
}


def told(view: ReplyView, now: float) -> str:
    """Return where a reply stands, in a sentence."""
    one, delivery = view.outgoing, view.outgoing.delivery
    if one.stand is Stand.WAITING and one.wish is Wish.LOOK:
        return _("Your answer has not been seen there yet; Counterbell is looking for it.")
    if one.stand is Stand.SENT:
        at = delivery.there_at or one.said_at or delivery.at
        return _("Your reply was sent, {moment}.").format(moment=exactly(at, now))
    if one.stand is Stand.SEEN:
        return _("Your answer is there, seen {moment}.").format(moment=exactly(delivery.at, now))
    if one.stand is Stand.UNKNOWN:
        return _unknown(view)
    return {
        Stand.WAITING: _("Your reply is waiting.") if one.problem else _("Your reply goes out in a moment."),
        Stand.SENDING: _("Your reply is being sent."),
        Stand.NOT_SEEN: _("Your answer was not found there. Look at the page; it may have been taken down."),
        Stand.FAILED: _("Your reply was not sent."),
    }.get(one.stand, "")


def _unknown(view: ReplyView) -> str:
    asked = _("It is not certain whether your reply arrived. Look at the page, then say what you see.")
    if not view.can_look or view.outgoing.delivery.next_at is None:
        return asked
    return " ".join((asked, _("Counterbell is looking too.")))


def worth_showing(views: Sequence[ReplyView]) -> tuple[ReplyView, ...]:
    """Return the replies to show: those of which something is open, and the newest that is there."""
    there = [view for view in views if view.outgoing.stand.is_there][-1:]
    return tuple(view for view in views if view in there or (not view.outgoing.stand.is_there and _is_known(view)))


def _is_known(view: ReplyView) -> bool:
    """Say whether there is anything to know: of what was posted where nobody can look, only that it was seen."""
    return view.outgoing.wish is Wish.SEND or view.can_look


class ReplyStands(QWidget):
    """`again`, `there`, `back` and `anew` carry a reply's id, `open_requested` an address («» for the mention's own)."""

    again = Signal(str)
    there = Signal(str)
    back = Signal(str)
    anew = Signal(str)
    open_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column_in(self, 8)
        self._shown: tuple[ReplyView, ...] | None = None
        self.lines: list[str] = []
        self.hide()

    def show_replies(self, views: Sequence[ReplyView], now: float) -> None:
        """Show the replies of a case; what is shown already stays, with the keyboard in it."""
        shown = worth_showing(views)
        if shown == self._shown:
            return
        self._shown, self.lines = shown, []
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for view in shown:
            self._rows.addWidget(self._row(view, now))
        self.setVisible(bool(shown))

    def _row(self, view: ReplyView, now: float) -> QWidget:
        one = view.outgoing
        row = QWidget()
        row.setObjectName("card")
        lines = QVBoxLayout(row)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(4)
        words = told(view, now)
        lines.addWidget(plain(words, _TONES.get(one.stand, "muted")))
        self.lines.append(words)
        problem = one.problem
        if problem and (one.beside or one.stand in {Stand.WAITING, Stand.FAILED, Stand.UNKNOWN}):
            lines.addWidget(plain(sentence(problem), "muted"))
            self.lines.append(sentence(problem))
        lines.addWidget(Elided(_("«{text}»").format(text=shortened(one_line(one.text), LONGEST)), "muted"))
        acts = FlowLayout()
        for part in self._acts(one):
            acts.addWidget(part)
        if acts.count():
            lines.addLayout(acts)
        return row

    def _acts(self, one: Outgoing) -> list[QWidget]:
        if one.stand is Stand.WAITING and one.wish is Wish.SEND:
            return [button(_("Take it back"), lambda: self.back.emit(one.id))]
        if one.stand is Stand.FAILED:
            return [
                button(_("Send again"), lambda: self.again.emit(one.id)),
                button(_("Edit the reply"), lambda: self.anew.emit(one.id)),
            ]
        if one.stand is Stand.UNKNOWN:
            return [
                button(_("Look at the page"), lambda: self.open_requested.emit("")),
                button(_("It is there"), lambda: self.there.emit(one.id)),
                button(_("Send again"), lambda: self.again.emit(one.id)),
            ]
        where = one.delivery.where
        if one.stand.is_there and where.startswith(("https://", "http://")):
            return [button(_("Open your answer"), lambda: self.open_requested.emit(where))]
        return []
