"""A customer's story as lines: when, how, and what was said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.core.customer import Direction
from app.core.views import CaseView, HistoryEntry
from app.ui import labels
from app.ui.format import breakable, exactly, one_line, when
from app.ui.format import number as show_number
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext
from app.words.names import hand_source_name, stand_name

FIRST = 12
"""Lines shown at first, the newest ones: each costs a millisecond when a case is opened."""

MORE = 60
"""Lines that a press of the button adds."""

CUT = 400
"""Characters of one line."""


def told(entry: HistoryEntry) -> tuple[str, str]:
    """Return of an entry how it went («phone», «us · e-mail») and what was said."""
    if entry.contact:
        contact = entry.contact
        channel = labels.channel(contact.channel)
        how = _("us · {channel}").format(channel=channel) if contact.direction is Direction.OUT else channel
        if contact.seen_at is not None:
            how = _("{how} · seen there").format(how=how)
        said = contact.text or _("(no text)")
        text = _("{text} (by {who})").format(text=said, who=contact.who) if contact.who else said
        return how, text
    if entry.reply:
        how = _("us · {channel}").format(channel=_("reply"))
        return _("{how} · {stand}").format(how=how, stand=stand_name(entry.reply.stand)), entry.reply.text
    if entry.mention:
        mention = entry.mention.mention
        kind, heard = labels.kind(entry.mention.verdict.kind), hand_source_name(mention.source)
        return f"{heard} · {kind}" if heard else kind, mention.text or mention.title
    return "", ""


def aside_told(entry: HistoryEntry, now: float) -> str:
    """Return until when the case of a mention is put aside, «» where it is not."""
    row = entry.row
    if row is None or row.snoozed_until is None or not row.is_aside(now):
        return ""
    return _("Snoozed until {moment}").format(moment=exactly(row.snoozed_until, now))


def others_of(view: CaseView) -> tuple[HistoryEntry, ...]:
    """Return the mentions of a case beside the one shown, as lines of a story."""
    others = (one for one in view.mentions if one.id != view.mention.id)
    return tuple(HistoryEntry(one.mention.published or one.heard_at, mention=one) for one in others)


class HistoryList(QWidget):
    """Oldest first. A line of a mention can be opened: `mention_chosen(id)`. With `by_place` it begins with where it stands."""

    mention_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, by_place: bool = False) -> None:
        super().__init__(parent)
        self._by_place = by_place
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self.lines: list[str] = []
        self._first: QWidget | None = None
        self._told: tuple[Sequence[HistoryEntry], float, str] = ((), 0.0, "")
        self._most = FIRST

    def fold(self) -> None:
        """Begin with the newest lines again: the next story is another one."""
        self._most = FIRST

    def shows(self, entries: Sequence[HistoryEntry]) -> bool:
        """Whether this very story is shown: made anew, its lines would lose the keyboard and what is marked in them."""
        return list(entries) == list(self._told[0])

    def show_entries(self, entries: Sequence[HistoryEntry], now: float, nothing: str) -> None:
        """Show a story; `nothing` is the sentence for an empty one."""
        self._told = entries, now, nothing
        self._clear()
        if not entries:
            self._grid.addWidget(plain(nothing, "muted"), 0, 0, 1, 3)
        if earlier := max(0, len(entries) - self._most):
            words = ngettext("Show {n} earlier", "Show {n} earlier", earlier).format(n=show_number(earlier))
            self._first = button(words, self._show_more)
            self._grid.addWidget(self._first, 0, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        for number, entry in enumerate(entries[earlier:], 1):
            said = self._add(number, entry, now)
            self._first = self._first or said

    def _show_more(self) -> None:
        """Add earlier lines; the keyboard goes on with them."""
        self._most += MORE
        self.show_entries(*self._told)
        if self._first:
            self._first.setFocus()

    def _add(self, number: int, entry: HistoryEntry, now: float) -> QWidget:
        """Add the line of an entry and return its text."""
        how, text = told(entry)
        if self._by_place and entry.mention and (site := one_line(entry.mention.mention.site)):
            text = f"{site} · {text}"
        short = one_line(text)
        short = short if len(short) <= CUT else short[: CUT - 1] + "…"
        moment = plain(when(entry.at, now), "muted", wrap=False)
        moment.setToolTip(exactly(entry.at, now))
        said = plain(breakable(short))
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        line = 2 * number
        for column, part in enumerate((moment, plain(how, "muted", wrap=False), said)):
            part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(part, line, column)
        aside = aside_told(entry, now)
        if aside:
            self._grid.addWidget(plain(aside, "warn"), line + 1, 2)
        self.lines.append(" ".join(filter(None, (when(entry.at, now), how, short, aside))))
        if entry.mention:
            self._grid.addWidget(self._link(entry.mention.id), line, 3, Qt.AlignmentFlag.AlignTop)
        return said

    def _link(self, mention_id: int) -> QPushButton:
        link = button(_("show"), lambda: self.mention_chosen.emit(mention_id))
        link.setProperty("link", "true")
        link.setAccessibleName(_("Show this mention"))
        return link

    def _clear(self) -> None:
        self.lines, self._first = [], None
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
