"""A customer's story as lines: when, how, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from app.core.customer import Direction
from app.core.mention import ArchivedMention, Mention
from app.core.views import CaseView, HistoryEntry
from app.ui import labels
from app.ui.format import breakable, in_full, named, one_line, tip, to_the_minute, when
from app.ui.format import number as show_number
from app.ui.row_menu import add_act, empty
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext
from app.words.names import hand_source_name, stand_name

FIRST = 12
"""Lines shown at first, the newest ones: each costs a millisecond when a case is opened."""

MORE = 60
"""Lines that a press of the button adds."""

CUT = 400
"""Characters of one line."""


TIP = 2000
"""Characters of the tip of a line that is cut."""

GAP = 16
"""Pixels between the columns."""

CLOSE, APART = 2, 10
"""Pixels between a moment and the text below it, and between that and the next line."""

LEAST, SLACK = 200, 24
"""Pixels that a text needs beside its moment, and how many more there must be before it goes back there: a scroll bar that
comes or goes with it must not move it again."""


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry as it is shown: its parts, and the first of its three rows in the grid."""

    row: int
    moment: QLabel
    way: QLabel
    said: QLabel
    aside: QLabel | None
    link: QPushButton | None

    @property
    def parts(self) -> tuple[QWidget, ...]:
        return tuple(part for part in (self.moment, self.way, self.said, self.aside, self.link) if part)


def _beside(line: _Line) -> tuple[int, int, int]:
    """Return the pixels that the parts beside the text of a line need."""
    way = line.way.fontMetrics().horizontalAdvance(line.way.text())
    return line.moment.sizeHint().width(), way, line.link.sizeHint().width() if line.link else 0


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
        kind = labels.kind(entry.row.kind if entry.row else entry.mention.verdict.kind)
        heard = hand_source_name(mention.source)
        return f"{heard} · {kind}" if heard else kind, mention.text or mention.title
    return "", ""


def aside_told(entry: HistoryEntry, now: float) -> str:
    """Return until when the case of a mention is put aside, «» where it is not."""
    row = entry.row
    if row is None or row.snoozed_until is None or not row.is_aside(now):
        return ""
    return _("Snoozed until {moment}").format(moment=to_the_minute(row.snoozed_until, now))


def others_of(view: CaseView) -> tuple[HistoryEntry, ...]:
    """Return the mentions of a case beside the one shown, as lines of a story."""
    return tuple(_entry(one) for one in view.mentions if one.id != view.mention.id)


def answered_of(view: CaseView) -> tuple[HistoryEntry, ...]:
    """Return what the mention shown answers elsewhere, as a line of a story; none where nothing is known of that."""
    return (_entry(view.answers),) if view.answers else ()


def _entry(one: ArchivedMention) -> HistoryEntry:
    return HistoryEntry(one.mention.published or one.heard_at, mention=one)


class HistoryList(QWidget):
    """Oldest first. A line of a mention can be opened: `mention_chosen(id)`. With `by_writer` it begins with who wrote it, and where."""

    mention_chosen = Signal(int)

    def __init__(self, *, by_writer: bool = False) -> None:
        super().__init__()
        self._by_writer = by_writer
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP // 2)
        self._grid.setColumnStretch(2, 1)
        self.lines: list[str] = []
        self._shown: list[_Line] = []
        self._narrow = False
        self._first: QWidget | None = None
        self._told: tuple[Sequence[HistoryEntry], float, str] = ((), 0.0, "")
        self._most = FIRST
        self.menu = QMenu(self)

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
        self._settle()

    def _show_more(self) -> None:
        """Add earlier lines; the keyboard goes on with them."""
        self._most += MORE
        self.show_entries(*self._told)
        if self._first:
            self._first.setFocus()

    def _add(self, number: int, entry: HistoryEntry, now: float) -> QWidget:
        """Add the line of an entry and return its text."""
        how, text = told(entry)
        if self._by_writer and entry.mention:
            text = " · ".join((*_writer(entry.mention.mention), text))
        short = one_line(text)
        short = short if len(short) <= CUT else short[: CUT - 1] + "…"
        moment = plain(when(entry.at, now), "muted", wrap=False)
        moment.setToolTip(in_full(entry.at))
        said = plain(breakable(short))
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        if short != one_line(text) or "://" in short:  # an address is not broken, so its end may lie outside
            said.setToolTip(tip(one_line(text)[:TIP]))
        way = plain(how, "muted", wrap=False)
        for part in (moment, way, said):
            part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        aside = aside_told(entry, now)
        self.lines.append(" ".join(filter(None, (when(entry.at, now), how, short, aside))))
        link = self._link(entry.mention.id) if entry.mention else None
        line = _Line(3 * number, moment, way, said, plain(aside, "warn") if aside else None, link)
        self._shown.append(line)
        self._place(line)
        if entry.mention:
            for part in (moment, way, said):
                part.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                part.customContextMenuRequested.connect(partial(self._show_menu, part, said, entry.mention.id))
        return said

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Put the texts below their moments where there is too little room beside them, and back where there is enough."""
        room = self.width() - sum(max(widths, default=0) for widths in zip(*map(_beside, self._shown), strict=True))
        is_narrow = room - 3 * GAP < (LEAST + SLACK if self._narrow else LEAST)
        if self._shown and is_narrow != self._narrow:
            self._narrow = is_narrow
            for line in self._shown:
                self._place(line)

    def _place(self, line: _Line) -> None:
        """Put the parts of a line where they belong: in one row, or the text in one of its own."""
        for part in line.parts:
            self._grid.removeWidget(part)
        below, column, span = (1, 0, 4) if self._narrow else (0, 2, 1)
        line.way.setWordWrap(self._narrow)
        self._grid.setVerticalSpacing(CLOSE if self._narrow else GAP // 2)
        (line.aside or line.said).setContentsMargins(0, 0, 0, APART if self._narrow else 0)
        self._grid.addWidget(line.moment, line.row, 0)
        self._grid.addWidget(line.way, line.row, 1, 1, 2 if self._narrow else 1)
        self._grid.addWidget(line.said, line.row + below, column, 1, span)
        if line.aside:
            self._grid.addWidget(line.aside, line.row + 2, column, 1, span)
        if line.link:
            self._grid.addWidget(line.link, line.row, 3, Qt.AlignmentFlag.AlignTop)

    def _show_menu(self, part: QLabel, said: QLabel, mention_id: int, at: QPoint) -> None:
        """Open the menu of the line of a mention: besides what Qt offers for its text, the mention itself."""
        menu = self.menu
        empty(menu)
        add_act(menu, _("&Show this mention"), lambda: self.mention_chosen.emit(mention_id))
        menu.addSeparator()
        add_act(menu, _qt("&Copy"), partial(_copy, said.selectedText()), "Ctrl+C")
        menu.actions()[-1].setEnabled(said.hasSelectedText())
        add_act(menu, _qt("Select All"), partial(said.setSelection, 0, len(said.text())), "Ctrl+A")
        menu.popup(part.mapToGlobal(at))

    def _link(self, mention_id: int) -> QPushButton:
        link = button(_("show"), lambda: self.mention_chosen.emit(mention_id))
        link.setProperty("link", "true")
        link.setAccessibleName(_("Show this mention"))
        return link

    def _clear(self) -> None:
        self.menu.hide()  # it may be for the text of a line that goes
        self.lines, self._shown, self._first = [], [], None
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _writer(mention: Mention) -> tuple[str, ...]:
    """Return who wrote a mention and where it stands, as far as that is known."""
    return tuple(dict.fromkeys(filter(None, (named(mention.author), one_line(mention.site)))))


def _qt(words: str) -> str:
    """Return what Qt calls an entry of the menu of a text, in the language of the program."""
    return QCoreApplication.translate("QWidgetTextControl", words)


def _copy(text: str) -> None:
    """Copy what is marked, without the places where its lines may break."""
    QGuiApplication.clipboard().setText(text.replace("\N{ZERO WIDTH SPACE}", ""))
