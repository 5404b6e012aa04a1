"""The main window: three columns, a bar on top, a menu with every action."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from app.core.messages import Arrived, Polled
from app.core.ports.desk import Desk
from app.core.ports.source import Sources
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Folder, InboxRow, WatchView
from app.ui.actions import Actions
from app.ui.bench import Background, Bench, Newest
from app.ui.by_hand import ByHandActs
from app.ui.case_acts import CaseActs
from app.ui.case_menu import CaseMenu
from app.ui.columns import columns, first_size, first_widths, halves, least_size, stacked
from app.ui.listener_told import ListenerTold
from app.ui.page_stack import PageStack
from app.ui.pages.case_page import CasePage
from app.ui.pages.inbox_page import InboxPage
from app.ui.pages.watches_page import failing
from app.ui.stylesheet import stylesheet
from app.ui.theme import DARK, Theme
from app.ui.undo import Undo
from app.ui.undo_keys import UndoKeys
from app.ui.widgets.banner import Banner
from app.ui.widgets.folder_list import FolderList
from app.ui.widgets.tab_order import bring_into_sight
from app.ui.widgets.top_bar import TopBar
from app.ui.widgets.update_bar import UpdateBar
from app.ui.window_acts import WindowActs
from app.ui.window_memory import WindowMemory
from app.words import _
from app.words.problems import sentence

SOON_MS = 150
"""News of the listener are gathered for so long before the lists are read again."""

TICK_MS = 30_000
"""How often the times left are painted anew."""

FOLDERS = {folder.value for folder in Folder}

_OF_KIND = {
    Kind.COMPLAINT: Folder.COMPLAINTS,
    Kind.QUESTION: Folder.QUESTIONS,
    Kind.PRAISE: Folder.PRAISE,
    Kind.LEAD: Folder.LEADS,
}


def folder_of(row: InboxRow, now: float) -> Folder:
    """Return the folder in which a row is to be found: its kind's while it is open and awake, else the one that has all."""
    if row.is_aside(now):
        return Folder.SNOOZED
    return _OF_KIND.get(row.kind, Folder.EVERYTHING) if row.state.is_open else Folder.EVERYTHING


class MainWindow(QMainWindow):
    """Shows its frame at once; `attach` brings it to life. `keep_in_tray` decides what closing means.

    `urgent_changed(open complaints, most urgent row or None)` follows each reading of the counts. `flush` saves all
    that is typed and must come before the program ends.
    """

    poll_requested = Signal(object)
    pause_requested = Signal(bool)
    quiet_requested = Signal(bool)
    shop_changed = Signal()
    quit_requested = Signal()
    closing = Signal()
    closed_to_tray = Signal()
    test_bell_requested = Signal()
    urgent_changed = Signal(int, object)
    watches_listed = Signal(object)
    painted = Signal()

    def __init__(
        self,
        background: Background,
        resources: Path,
        *,
        settings_path: Path,
        sample: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self.keep_in_tray = False
        self._sample, self._now, self._resources = sample, now, resources
        self._was_painted, self._no_watches, self._heard_nothing = False, False, True
        self._folder = Folder.COMPLAINTS
        self._theme = Theme(self)
        self._bench = Bench(background, now, self)
        self._showing, self._counting = Newest(self._bench, self), Newest(self._bench, self)
        self._undo = Undo(self._bench, self)
        UndoKeys(self)
        self._acts = CaseActs(self._bench, self._undo, self)
        self._menu = WindowActs(self, self._undo)
        self._memory = WindowMemory(settings_path)
        self._bench.files = self._memory.files()
        self._soon = self._timer(SOON_MS, self.refresh, single=True)
        self._soon_watches = self._timer(SOON_MS, self._list_watches, single=True)
        self._tick = self._timer(TICK_MS, self._go_on, single=False)
        self._build()
        self._wire()
        self._dress()

    def _timer(self, milliseconds: int, slot: Callable[[], object], *, single: bool) -> QTimer:
        timer = QTimer(self, singleShot=single, interval=milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _build(self) -> None:
        self.setWindowTitle(_("Sample shop") if self._sample else _("Counterbell"))
        self.bar, self.banner, self.updates = TopBar(self._theme), Banner(self._theme), UpdateBar()
        self.folders = FolderList(self._theme)
        self.inbox = InboxPage(self._theme, self._bench)
        self.case = CasePage(self._theme, self._bench, self._undo, self._acts)
        self.by_hand = ByHandActs(self._theme, self._bench, self._undo, self)
        self._middle = halves(self.inbox, self.case)
        self.pages = PageStack(self._theme, self._bench, self._undo, self._memory, self._middle)
        self._columns = columns(self.folders, self.pages)
        self.setMinimumSize(least_size(self.folders))
        whole = stacked((self.bar, self.updates), self._columns)
        self.setCentralWidget(whole)
        self.banner.float_over(whole)
        self.banner.leave_free(self.case)
        self.banner.spare(self.folders.parentWidget() or self.folders, self.inbox)
        self.menu_actions = Actions(self, self._middle, self.do, self._now)
        self.listener = ListenerTold(self.bar, self.menu_actions.by_name, self._now)
        self.pages.give_actions(self.menu_actions)
        self.case_menu = CaseMenu(self.inbox, self.case, self.menu_actions)
        self.menu_actions.enable("case:", on=False)
        self.menu_actions.enable("learning:", on=False)
        self.menu_actions.enable("report:", on=False)
        self._restore()

    def _restore(self) -> None:
        if not self._memory.restore_window(self):
            self.resize(first_size(self.screen().availableSize()))
        outer, inner = first_widths(self.width(), self.folders)
        for name, part, sizes in (
            ("columns", self._columns, outer),
            ("inbox", self._middle, inner),
            ("case", self.case.splitter, [460, 280]),
        ):
            if not self._memory.restore(name, part):
                part.setSizes(sizes)
        last = self._memory.folder()
        self._folder = Folder(last) if last in FOLDERS else Folder.COMPLAINTS
        self.folders.choose(self._folder.value)
        self.inbox.show_folder(self._folder)

    def _wire(self) -> None:
        self._theme.changed.connect(self._dress)
        self.bar.searched.connect(self._search)
        self.bar.check_requested.connect(lambda: self.do("check"))
        self.bar.watches_requested.connect(lambda: self.do("page:watches"))
        self.bar.field.left_for_list.connect(self._menu.leave_search)
        self.folders.chosen.connect(self.go)
        self.folders.pressed_again.connect(self._return_to)
        self.inbox.chosen.connect(self.case.open)
        self.inbox.emptied.connect(self.case.close_case)
        self.inbox.add_requested.connect(self.by_hand.begin)
        self.inbox.dropped.connect(self.by_hand.begin_with)
        self.by_hand.case_chosen.connect(self.show_case)
        self.inbox.customers.show_requested.connect(self.pages.find_customers)
        self.inbox.add_watch_requested.connect(lambda: self.do("add_watch"))
        self.inbox.watches_requested.connect(lambda: self.do("page:watches"))
        self.inbox.list.left_for_case.connect(self.case.write_reply)
        self.case.opened.connect(lambda _id: self._allow())
        self.case.closed.connect(self._allow)
        self.case.case_chosen.connect(self.show_case)
        self.case.left_for_list.connect(self.inbox.focus_list)
        self._acts.decided.connect(self._decided)
        self._acts.taken_back.connect(self._came_back)
        self._undo.offered.connect(lambda words: self.banner.tell(words, undo=True))
        self._undo.undone.connect(self.banner.tell)
        self._undo.over.connect(self.banner.end_undo)
        self.banner.undo_requested.connect(self._undo.undo)
        self.updates.announced.connect(self.announce)
        self._bench.announced.connect(self.announce)
        self._bench.changed.connect(self._changed)
        self._bench.sources_named.connect(self._show_names)
        self._bench.shop_changed.connect(self._shop_changed)
        pages = self.pages
        pages.case_chosen.connect(self.show_case)
        pages.watch_added.connect(self._watch_added)
        pages.poll_requested.connect(self.poll_requested)
        pages.test_bell_requested.connect(self.test_bell_requested)
        pages.watches_listed.connect(self._watches_listed)
        pages.replies_changed.connect(self.case.load_extras)
        pages.page_requested.connect(self.do)

    def attach(self, desk: Desk, sources: Sources | None = None) -> None:
        """Take the desk, open from now on, and show what is there."""
        self._bench.open(desk, sources)
        self.listener.begin()
        self.case.load_extras()
        self.inbox.show_folder(self._folder)
        self._count()
        self._list_watches()
        self.pages.load()
        if self.isVisible() and self.focusWidget() in {None, self.bar.field}:
            self.inbox.focus_list()

    def refresh(self) -> None:
        """Read again what is on screen; where the window is hidden, the counts only."""
        self._soon.stop()
        self._count()
        if not self.isVisible():
            return
        if self.pages.name == "inbox":
            self.inbox.refresh()
            self.case.refresh()
        elif self.pages.name == "customers":
            self.pages.customers().refresh()
        elif self.pages.name in {"watches", "log", "learning"}:
            self.pages.load()

    def flush(self) -> None:
        """Have the desk keep everything that is typed."""
        self.case.flush()
        self.by_hand.flush()
        self.pages.flush()

    def show_case(self, mention_id: int, *, reply: bool = False) -> None:
        """Show a mention and select it in the list, in whatever folder it is; with `reply` the keyboard goes into that."""

        def show(row: InboxRow | None) -> None:
            self._show_row(mention_id, row, reply=reply)

        self._showing.read(lambda desk: desk.inbox.row(mention_id), show)

    def mentions_arrived(self, _message: Arrived) -> None:
        """Read the lists again soon: something new is in the archive."""
        self._soon.start()

    def watch_polled(self, _message: Polled) -> None:
        """Read soon how the watches go."""
        self._soon_watches.start()

    def announce(self, news: Problem | str) -> None:
        """Tell something in the line in the corner; a problem stays until it is dismissed."""
        if isinstance(news, Problem):
            self.banner.tell(sentence(news), stays=True)
        else:
            self.banner.tell(news)

    def withdraw(self, problem: Problem) -> None:
        """Tell of a problem no longer: it does not hold any more."""
        self.banner.withdraw(sentence(problem))

    def announce_for_good(self, problems: Sequence[Problem]) -> None:
        """Tell all of these problems in the line in the corner; they come back after other news until they are dismissed."""
        self.banner.tell_for_good([sentence(problem) for problem in problems])

    def wait_for_desk(self, problem: Problem) -> None:
        """Tell why the desk cannot be opened yet, as long as that holds."""
        self.announce(problem)
        self.listener.wait_for_desk()

    def go(self, name: str) -> None:
        if name in FOLDERS:
            self._folder = Folder(name)
            self.bar.end_search()
            self._show_page("welcome" if self._is_first_run else "inbox")
            self.inbox.show_folder(self._folder)
            self._memory.keep_folder(name)
        else:
            self._show_page(name)

    def _return_to(self, name: str) -> None:
        """Show what is marked in the left column where a page without a place there covers it."""
        if self.pages.name not in {name, "inbox" if name in FOLDERS else name, "welcome"}:
            self.go(name)

    def do(self, name: str) -> None:
        """Perform an action by the name it has in the menus."""
        self._menu.do(name)

    def open_page(self, name: str) -> None:
        """Show a page as the menus do: what is marked in the left column goes along, and the keyboard goes into the page."""
        self._choose_quietly("settings" if name == "learning" else name)
        self.go(name)
        self._focus_page()

    def leave_part(self) -> None:
        """Leave what is open, from the innermost: a panel, a search, a page; then the keyboard is in the list."""
        if self.pages.leave_panel():
            return
        if self.pages.name != "inbox":
            self.open_page(self._folder.value)
            return
        if not self.case.contact.isHidden():
            self.case.contact.leave()
            return
        focus = self.focusWidget()
        if self.inbox.searching and not (focus and self.case.isAncestorOf(focus)):
            self.bar.field.clear()
        self.inbox.focus_list()

    def leave_program(self) -> None:
        """Keep all that is typed and where the window is, and ask for the end."""
        self.flush()
        self.remember()
        self.quit_requested.emit()

    def _focus_page(self) -> None:
        if self.pages.name == "inbox":
            self.inbox.focus_list()
        else:
            self.pages.take_focus()

    def _show_page(self, name: str) -> None:
        if self._bench.is_open or name in {"inbox", "help"}:
            self.pages.show_page(name)
            self.banner.keep_to(None if name == "inbox" else self.folders.parentWidget(), self.pages)
        self._allow()

    def _choose_quietly(self, name: str) -> None:
        self.folders.blockSignals(True)  # noqa: FBT003  Qt's own signature
        self.folders.choose(name)
        self.folders.blockSignals(False)  # noqa: FBT003  Qt's own signature

    def _search(self, words: str) -> None:
        self._show_page("inbox")
        self._choose_quietly(Folder.EVERYTHING.value if words else self._folder.value)
        self.inbox.search(words)

    def _show_row(self, mention_id: int, row: InboxRow | None, *, reply: bool) -> None:
        if row is None:
            self.announce(_("This mention is not in the archive any more."))
            return
        self.bar.end_search()
        folder = folder_of(row, self._now())
        self._show_page("inbox")
        self._choose_quietly(folder.value)
        if folder is not self._folder or self.inbox.searching or not self.inbox.mark(mention_id, row.case_id):
            self._folder = folder
            self.inbox.show_folder(folder, sought=(mention_id, row.case_id))
        self.case.open(mention_id, reply=reply)
        self.inbox.focus_list()

    def _decided(self, mention_id: int) -> None:
        self.case.reload()
        self.inbox.refresh(decided=mention_id != self._acts.asked)
        self._count()

    def _came_back(self, mention_id: int) -> None:
        """Open the case of a decision taken back, which the list went on from; other pages are not left for it."""
        is_here = self.case.mention_id == mention_id
        if is_here and self.case.view:
            self.inbox.expect(mention_id, self.case.view.case_id)
        elif self.pages.name == "inbox" and not is_here and not self.inbox.select(mention_id, None):
            self.show_case(mention_id)

    def _changed(self) -> None:
        self.case.reload()
        self.refresh()
        if self.pages.name != "inbox":
            self.pages.load()

    def _show_names(self) -> None:
        self.inbox.list.viewport().update()
        if self.case.view is not None:
            self.case.reload()
        if self.pages.name in {"customers", "reports"}:
            self.pages.load()

    def _shop_changed(self) -> None:
        self.shop_changed.emit()
        self._list_watches()

    def _watch_added(self) -> None:
        self._no_watches = False
        self._shop_changed()
        self.do("page:everything")
        self.banner.tell(_("Listening. What is heard appears here; the bell rings for complaints."))

    @property
    def _is_first_run(self) -> bool:
        return self._no_watches and self._heard_nothing

    def _list_watches(self) -> None:
        if self.pages.is_made("watches") and self.pages.name == "watches":
            self.pages.load()
        else:
            self._bench.read(self, lambda desk: desk.watches.list(), self._watches_listed)

    def _watches_listed(self, views: tuple[WatchView, ...]) -> None:
        self.folders.show_trouble(failing(views))
        self.inbox.show_trouble(failing(views))
        self.watches_listed.emit(views)
        self._no_watches = not views
        self.listener.count_watches(len(views))
        self._settle_first_run()

    def _settle_first_run(self) -> None:
        if self._is_first_run and self.pages.name == "inbox" and not self.inbox.searching:
            self._show_page("welcome")
        elif not self._is_first_run and self.pages.name == "welcome":
            self._show_page("inbox")

    def _count(self) -> None:
        at = self._now()
        self._counting.read(lambda d: (d.inbox.counts(at), d.inbox.overdue(at), d.inbox.next_due(at)), self._counted)

    def _counted(self, answer: tuple[Mapping[Folder, int], frozenset[Folder], InboxRow | None]) -> None:
        counts, overdue, urgent = answer
        self.folders.show_counts(counts, overdue)
        self._heard_nothing = not counts.get(Folder.EVERYTHING, 0)
        self._settle_first_run()
        self.urgent_changed.emit(counts.get(Folder.COMPLAINTS, 0), urgent)

    def _allow(self) -> None:
        self.menu_actions.enable("case:", on=self.case.view is not None and self.pages.name == "inbox")
        self.menu_actions.enable("learning:", on=self.pages.name == "learning")
        self.menu_actions.enable("report:", on=self.pages.name == "reports")

    def _go_on(self) -> None:
        self._bench.read_clock()
        self._count()  # a target that ended meanwhile
        self.listener.tell()

    def _dress(self) -> None:
        shade = "dark" if self._theme.tones is DARK else "light"
        arrow = self._resources / "icons" / f"arrow-{shade}.svg"
        self.setStyleSheet(stylesheet(self._theme.tones, arrow.as_posix(), self.font()))

    def remember(self) -> None:
        """Note where the window is and how it is divided."""
        self._memory.keep_window(self)
        for name, part in (("columns", self._columns), ("inbox", self._middle), ("case", self.case.splitter)):
            self._memory.keep(name, part)
        self.pages.keep_sizes()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  Qt's own signature
        """Have what the Tab key comes to in sight."""
        moved = super().focusNextPrevChild(next)
        bring_into_sight(self.focusWidget())
        return moved

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self._bench.read_clock()
        if self._bench.is_open and not event.spontaneous():
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        if not event.spontaneous():
            self.by_hand.leave()
        self.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        self.remember()
        self.closing.emit()  # whoever knows whether there is a tray looks now: it may have gone a moment ago
        if self.keep_in_tray:
            event.ignore()
            self.hide()
            self.closed_to_tray.emit()
        else:
            event.accept()
            self.quit_requested.emit()
