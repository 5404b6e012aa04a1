"""The middle column: the rows of a folder or a search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.views import Folder, InboxRow, Page
from app.ui import labels
from app.ui.bench import Bench
from app.ui.delegates.inbox_delegate import InboxDelegate
from app.ui.format import number
from app.ui.models.inbox_model import CHUNK, ROW, InboxModel
from app.ui.theme import Theme
from app.ui.widgets.customers_found import CustomersFound
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.layouts import column_in
from app.ui.widgets.list_head import ListHead
from app.ui.widgets.paste_text import can_take
from app.ui.widgets.row_list import RowList
from app.words import _

DEEPEST = 1000
"""Rows loaded at most to find one mention in a folder."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """A mention to select once its row is there; where it is not, `place` is the row to select instead, -1 for none.

    `dig` loads more rows to find it. With `still` the list is not scrolled to it, with `choose` it is chosen as well.
    """

    mention_id: int
    case_id: int | None
    place: int = -1
    dig: bool = False
    still: bool = False
    choose: bool = False


class InboxPage(QWidget):
    """`chosen(mention_id)` when the owner or an act selects a row; `emptied` when there is nothing to select.

    `add_requested` asks to enter something by hand, `dropped` carries what was dropped here for that, good for this call only.
    """

    chosen = Signal(int)
    emptied = Signal()
    add_watch_requested = Signal()
    watches_requested = Signal()
    add_requested = Signal()
    dropped = Signal(object)

    def __init__(self, theme: Theme, bench: Bench) -> None:
        super().__init__()
        self.setObjectName("column")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bench = bench
        self._folder, self._search, self._trouble = Folder.COMPLAINTS, "", ""
        self._sought: _Sought | None = None
        self._left: _Sought | None = None
        self._quiet = self._begins = self._awaits = False
        self.model = InboxModel(self, bench.shown_at)
        self.list = RowList()
        self.delegate = InboxDelegate(theme, bench.shown_at, bench.source_title, self.list)
        self.empty = EmptyState(theme, "complaints")
        self.customers = CustomersFound(bench)
        self.head = ListHead(self.add_requested.emit)
        self._stack = QStackedWidget()
        self._lay_out()
        self.model.rows_wanted.connect(self._ask)
        self.model.outdated.connect(self.refresh)
        self.list.looked.connect(self._look)
        self.list.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self.list.viewport().update)
        bench.clock_read.connect(self.list.viewport().update)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setAccessibleName(_("Mentions"))
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        rows = column_in(self, 0)
        rows.addWidget(self.head)
        rows.addWidget(self.customers)
        rows.addWidget(self._stack, 1)

    def now(self) -> float:
        """Return the hour (Unix seconds)."""
        return self._bench.now()

    @property
    def folder(self) -> Folder:
        return self._folder

    @property
    def searching(self) -> str:
        """What is searched, «» where a folder is shown."""
        return self._search

    @property
    def current(self) -> int | None:
        row = self.list.currentIndex().data(ROW)
        return row.mention_id if row else None

    def show_trouble(self, sentence: str) -> None:
        """Say in a list that is empty which watches are not heard; «» where all are."""
        if sentence != self._trouble:
            self._trouble = sentence
            if self._stack.currentWidget() is self.empty:
                self._say_empty()

    def show_folder(self, folder: Folder, *, sought: tuple[int, int | None] | None = None) -> None:
        """Show a folder from its top, or at a mention sought (its id and its case's)."""
        self._begin(folder, "", _Sought(*sought, dig=True) if sought else None)

    def search(self, words: str) -> None:
        """Show what is found everywhere; «» ends the search, and chooses what was chosen before it."""
        if words == self._search:
            return
        if not self._search:
            row = self.list.currentIndex().data(ROW)
            self._left = _Sought(row.mention_id, row.case_id, 0, dig=True, choose=True) if row else None
        self._begin(self._folder, words, None if words else self._left)

    def refresh(self, *, decided: bool = False) -> None:
        """Read the rows again. Where the row just decided on is gone, the one now in its place is selected."""
        current = self.list.currentIndex()
        row = current.data(ROW)
        awaited = self._sought is not None and self._sought.place >= 0  # the answer to a decision is still on its way
        if row and (decided or not awaited):
            place = current.row() if decided else -1
            self._sought = _Sought(row.mention_id, row.case_id, place, still=not self.list.is_seen(current))
        elif current.isValid() and self._awaits:
            self._sought = _Sought(0, None, current.row())
        if self._bench.is_open:
            self.model.renew((*self._ends(), current.row()) if current.isValid() else self._ends())

    def select(self, mention_id: int, case_id: int | None) -> bool:
        """Select a mention's row among those loaded."""
        place = self.model.place_of(mention_id, case_id)
        if place >= 0:
            self.list.go(place)
            self.list.scrollTo(self.model.index(place))
        return place >= 0

    def mark(self, mention_id: int, case_id: int | None) -> bool:
        """Select a row without choosing it; False where it is not among those loaded."""
        before, self._quiet = self._quiet, True
        found = self.select(mention_id, case_id)
        self._quiet = before
        return found

    def expect(self, mention_id: int, case_id: int | None) -> None:
        """Select a row without choosing it when the rows are read the next time, unless another is selected by then."""
        self._sought = _Sought(mention_id, case_id)

    def focus_list(self) -> None:
        part = self.list if self._stack.currentWidget() is self.list else self.empty
        part.setFocus(Qt.FocusReason.MouseFocusReason)  # for any other reason Qt chooses the first row where none is

    def _begin(self, folder: Folder, search: str, sought: _Sought | None) -> None:
        self._folder, self._search, self._sought = folder, search, sought
        self.delegate.kinds_shown = bool(search) or folder in {Folder.EVERYTHING, Folder.SNOOZED}
        title = _("Found: {words}").format(words=search) if search else labels.folder(folder)
        self.head.say(title, sought=bool(search))
        self._quiet, self._begins = True, sought is None
        if self._bench.is_open:
            self.model.begin()
            self.customers.look(search)

    def _ends(self) -> tuple[int, ...]:
        """Return the first and the last row on screen."""
        shown = self.list.shown
        return (shown[0], shown[-1]) if shown else ()

    def _look(self) -> None:
        """Ask for the rows on screen that have not come yet."""
        if self._bench.is_open:
            self.model.look(self._ends())

    def _ask(self, ticket: int, spans: tuple[tuple[int, int], ...]) -> None:
        folder = Folder.EVERYTHING if self._search else self._folder
        search, now = self._search, self._bench.now()
        self._bench.read(
            self,
            lambda desk: [desk.inbox.page(folder, search, offset, limit, now) for offset, limit in spans],
            partial(self._take, ticket),
        )

    def _take(self, ticket: int, pages: list[Page]) -> None:
        self._quiet = True
        top, first = self.list.verticalScrollBar().value(), self.model.row(self.list.shown.start)
        begins = self.model.total == 0
        taken = self.model.take(ticket, pages)
        if taken and not begins:
            self._stay(top, first)
        self._quiet = False
        if not taken:
            return
        self._bench.read_clock()
        self.head.tell_count(number(self.model.total) if self.model.total else "")
        if not self.model.total:
            self._say_empty()
            self._stack.setCurrentWidget(self.empty)
            if self._begins or (self._sought and self._sought.place >= 0):
                self._begins = True
                self.emptied.emit()
            self._sought = None
            return
        self._quiet = True
        self._stack.setCurrentWidget(self.list)
        selection = self.list.selectionModel()
        if not selection.hasSelection():  # Qt goes to a row without selecting it where the keyboard comes
            selection.clear()
        self._quiet = False
        self._settle()
        if self._awaits:
            self._moved(self.list.currentIndex())
        self._look()

    def _stay(self, top: int, first: InboxRow | None) -> None:
        """Leave the rows where they were on screen, though others came or went above; at the top, new ones are shown.

        `top` is how far the list was scrolled (pixels), `first` was the topmost row.
        """
        height = self.list.row_height
        place = self.model.place_of(first.mention_id) if first and top else -1
        self.list.verticalScrollBar().setValue(place * height + top % height if place >= 0 else top)

    def _settle(self) -> None:
        """Select what is sought, or the first row of a list just begun; another case is never put in place of one shown."""
        sought = self._sought
        if sought is None:
            if self._begins and not self.list.currentIndex().isValid():
                self.list.go(0)
            self._begins = False
            return
        self._begins = False
        bar = self.list.verticalScrollBar()
        before = bar.value()
        found = (self.select if sought.choose else self.mark)(sought.mention_id, sought.case_id)
        if found and sought.still:
            bar.setValue(before)
        if not found and sought.dig and self._dig():
            return
        self._sought = None
        if not found and sought.place >= 0:
            self.list.go(min(sought.place, self.model.total - 1))

    def _dig(self) -> bool:
        """Load more rows from the top, to find what is sought; False where enough are loaded."""
        deep = next(
            (place for place in range(0, min(DEEPEST, self.model.total), CHUNK) if not self.model.row(place)), -1
        )
        return deep >= 0 and self.model.look((deep,))

    def _moved(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Tell which row is current; one that has not come yet is told when it comes."""
        row = index.data(ROW) if index.isValid() else None
        if not self._quiet:
            if index.isValid():
                self._sought = None  # rows that are being read leave what was chosen meanwhile
            self._awaits = index.isValid() and row is None
            if row:
                self.chosen.emit(row.mention_id)

    def _say_empty(self) -> None:
        if self._search:
            self.empty.say(
                _("Nothing found"),
                _("No mention contains all these words. Try fewer words, or only the beginning of a word."),
                icon="search",
            )
            return
        words = {
            Folder.COMPLAINTS: (
                _("No open complaints"),
                _("The bell rings when somebody complains. Look at the questions, or have a coffee."),
            ),
            Folder.QUESTIONS: (
                _("No open questions"),
                _("Questions about your shop appear here, ready to be answered."),
            ),
            Folder.PRAISE: (_("No praise yet"), _("Kind words appear here. A thank-you takes a minute.")),
            Folder.LEADS: (_("No leads yet"), _("People who look for what you sell appear here.")),
            Folder.SNOOZED: (
                _("Nothing is snoozed"),
                _("Snooze a case to have it come back when you have time for it."),
            ),
            Folder.EVERYTHING: (_("Nothing heard yet"), _("Add a watch, or press F5 to check now.")),
        }
        title, text = words[self._folder]
        if self._trouble and self._folder is not Folder.SNOOZED:  # an empty list says nothing where nobody listens
            self.empty.say(title, self._trouble, _("Watches"), self.watches_requested.emit, icon="watches")
        elif self._folder is Folder.EVERYTHING:
            self.empty.say(title, text, _("Add a watch"), self.add_watch_requested.emit, icon=self._folder.value)
        else:
            self.empty.say(title, text, icon=self._folder.value)
