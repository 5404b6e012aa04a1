"""Watches: what is listened to, how it goes, and what to do where it does not."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from app.core.ports.source import Source
from app.core.text import fold
from app.core.views import WatchView
from app.core.watch import Watch
from app.ui.begun_watch import address_in, watch_at
from app.ui.bench import Bench, Newest
from app.ui.click_pause import ClickPause
from app.ui.format import apart, named, one_line, time_left, when
from app.ui.models.rows_model import Shown
from app.ui.row_menu import add_act
from app.ui.theme import Theme
from app.ui.undo import Undo
from app.ui.widgets.coverage_strip import CoverageStrip
from app.ui.widgets.find_panel import FindPanel
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.head_layout import HeadLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, headline, plain, set_tone
from app.ui.widgets.table import Table
from app.ui.widgets.top_bar import SearchField
from app.ui.widgets.watch_editor import WatchEditor, saved_told
from app.words import _, ngettext
from app.words.problems import sentence

COVER_EVERY, COVER_FIRST = 60.0, 2.0
"""Seconds after which the hours listened to are read again with the watches; the second while there are none to show."""

LEAST_LIST = 300
"""Pixels that the list needs beside an open panel; where there are fewer, the panel covers it."""

NEVER = 366 * 86_400.0
"""Seconds from which on a turn counts as none: a place that is gone is not asked again."""


def trouble(view: WatchView) -> tuple[str, str]:
    """Return how a watch goes, in plain words with what to do, and the tone it is told in."""
    state = view.state
    if view.watch.paused:
        return _("paused"), "muted"
    if state is None or not state.polled_at:
        return _("not checked yet"), "muted"
    if state.problem and state.problem.is_offline:
        return _("no network: will catch up later"), "muted"
    if state.problem:
        return sentence(state.problem), "warn" if state.problem.is_wait or state.problem.is_passing else "bad"
    if view.twin:
        return _("leads where «{other}» does and hears the same: remove this one").format(other=view.twin), "warn"
    if view.silent:
        return _("unusually silent: open it and check whether it has moved"), "warn"
    return _("listening"), "good"


def failing(views: tuple[WatchView, ...]) -> str:
    """Return a sentence naming the watches that fail, «» where none does."""
    names = [named(view.watch.name) for view in views if trouble(view)[1] == "bad"]
    return _("Failing at the moment: {watches}").format(watches=", ".join(names)) if names else ""


def _adds(view: WatchView) -> bool:
    """Say whether how a watch goes takes more words than its row has room for."""
    return bool(view.state and view.state.problem and not view.watch.paused) or trouble(view)[1] in {"warn", "bad"}


def found_by(view: WatchView) -> str:
    """Return what a watch is found by, folded: its name, its source, what was filled in, and how it goes."""
    how, tone = trouble(view)
    failing_words = _("failing, error, not heard") if tone == "bad" else ""
    watch = view.watch
    return fold(" ".join((watch.name, _(view.source_title), *watch.shown_settings.values(), how, failing_words)))


def has_secret(watch: Watch, source: Source) -> bool:
    """Return whether a watch is likely to keep a password: one is required, or what goes with an optional one is there."""
    secrets = [setting for setting in source.settings if setting.is_secret]
    beside = [setting for setting in source.settings if not setting.is_secret and not setting.required]
    filled = any(watch.settings.get(setting.name) for setting in beside)
    return any(setting.required or filled for setting in secrets)


class WatchesPage(QWidget):
    """`listed(views)` after each reading; `poll_requested(ids)` for «check now»."""

    listed = Signal(object)
    poll_requested = Signal(object)

    def __init__(self, theme: Theme, bench: Bench, undo: Undo) -> None:
        super().__init__()
        self._bench, self._undo = bench, undo
        self._reading, self._wanted = Newest(bench, self), ""
        self._views: tuple[WatchView, ...] = ()
        self.filter = SearchField()
        self.filter.setPlaceholderText(_("Name, source, address, or «failing»"))
        self.filter.setAccessibleName(_("Find a watch"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._show_found())
        self.filter.left_for_list.connect(self._to_table)
        self.table = Table(theme, _("Watches"), "watches", self._columns())
        self.table.widths(184, 128, 96, 80, last=128, yields=(3, 1, 2), grows=0)
        self.told = plain(tone="muted")
        self.told.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        kept_free = self.told.sizePolicy()
        kept_free.setRetainSizeWhenHidden(True)  # the rows above stay where they are as the mark moves
        self.told.setSizePolicy(kept_free)
        self.coverage = CoverageStrip(theme)
        self._covered_at = 0.0
        self.editor = WatchEditor(bench)
        self.editor.saved.connect(self._saved)
        self.editor.left.connect(self._close_side)
        self.editor.find_requested.connect(self.find_places)
        self.finder = FindPanel(bench)
        self.finder.added.connect(self._added)
        self.finder.by_hand.connect(self.add)
        self.finder.left.connect(self._close_side)
        self._find = button(_("Find for me"), self.find_places, main=True)
        self._add = button(_("Add a watch"), self.add)
        self._list, self._side = QWidget(), QWidget()
        self._clicks = ClickPause(self)
        self._edit = button(_("Change"), self.edit)
        self._pause = button(_("Pause"), self.pause)
        self._poll = button(_("Check now"), self._poll_now)
        self._remove = button(_("Remove"), self.remove, grave=True)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _view: self.edit())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._show_found()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self._list)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        self._head = HeadLayout(headline(_("Watches")), self._add, self._find)
        rows.addLayout(self._head)
        rows.addWidget(self.filter)
        rows.addWidget(self.table, 1)
        self.table.offer(self._fill_menu, lambda view: view.watch.id)
        rows.addWidget(self.told)
        acts = FlowLayout()
        for part in (self._edit, self._pause, self._poll, self._remove):
            acts.addWidget(part)
        rows.addLayout(acts)
        rows.addWidget(self.coverage)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self._list)
        beside = column_in(self._side)
        for panel in (self.editor, self.finder):
            beside.addWidget(panel)
        self.splitter.addWidget(self._side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([640, 400])
        self._show_side(None)
        self.splitter.installEventFilter(self)
        self.setAcceptDrops(True)
        self.filter.installEventFilter(self)
        whole = column_in(self)
        whole.addWidget(self.splitter)

    def _columns(self) -> tuple[Shown, ...]:
        def heard(view: WatchView) -> str:
            return when(view.state.heard_at, self._bench.now()) if view.state and view.state.heard_at else _("never")

        def due(view: WatchView) -> str:
            now = self._bench.now()
            if view.watch.paused or not view.state or not 0 < view.state.next_due < now + NEVER:
                return "–"
            return _("now") if view.state.next_due <= now else time_left(view.state.next_due, now)

        return (
            Shown(_("Name of the watch"), lambda view: apart(one_line(view.watch.name))),
            Shown(_("Source"), lambda view: one_line(_(view.source_title)), lambda _view: "muted"),
            Shown(_("Last heard"), heard),
            Shown(_("Next in"), due),
            Shown(_("State"), lambda view: trouble(view)[0], lambda view: trouble(view)[1]),
        )

    def _fill_menu(self, menu: QMenu) -> None:
        view: WatchView = self.table.current
        add_act(menu, _("&Change"), self.edit, "Enter")
        add_act(menu, _("G&o on") if view.watch.paused else _("&Pause"), self.pause)
        add_act(menu, _("Check &now"), self._poll_now)
        menu.addSeparator()
        add_act(menu, _("&Remove"), self.remove)

    def choose(self, watch_id: str) -> None:
        """Select a watch once they are read again, and put the keyboard there."""

        def show(views: tuple[WatchView, ...]) -> None:
            self._wanted = watch_id
            self._take(views)
            self.take_focus()

        self._bench.read(self, lambda desk: desk.watches.list(), show)

    def take_focus(self) -> None:
        """Take the keyboard: the list, or the panel that covers it."""
        panel = self._panel if self._list.isHidden() else None
        (panel or self.table).take_focus()

    def load(self) -> None:
        self._reading.read(lambda desk: desk.watches.list(), self._take)

    def showEvent(self, event: QShowEvent) -> None:
        """Load the sources while the owner still looks round: a new watch is asked for next."""
        super().showEvent(event)
        self._bench.with_sources(self, lambda _sources: None)
        self._cover()

    def hideEvent(self, event: QHideEvent) -> None:
        """Show all watches to who comes back."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.filter.clear()

    def _take(self, views: tuple[WatchView, ...]) -> None:
        self._views = views
        if self._wanted and self._wanted not in {view.watch.id for view in self._found()}:
            self.filter.clear()
        self._show_found()
        self.listed.emit(views)
        wait = COVER_FIRST if self.coverage.isHidden() else COVER_EVERY
        if self.isVisible() and self._bench.now() - self._covered_at >= wait:
            self._cover()

    def _found(self) -> tuple[WatchView, ...]:
        words = fold(self.filter.text()).split()
        return (
            tuple(view for view in self._views if all(map(found_by(view).__contains__, words)))
            if words
            else self._views
        )

    def _show_found(self) -> None:
        """Show the watches that the field leaves, the one selected before selected still."""
        current, found = self.table.current, self._found()
        wanted = self._wanted or (current.watch.id if current else "")
        self._wanted = ""
        before = max(0, self.table.view.currentIndex().row())
        place = next((number for number, view in enumerate(found) if view.watch.id == wanted), before)
        if not found:
            self._say_empty()
        self.table.show_rows(found, place)
        self._chosen(self.table.current if found else None)
        self.filter.setVisible(bool(self._views))
        self._offer_adding()

    def _say_empty(self) -> None:
        if self._views:
            self.table.empty.say(
                _("Nothing matches"),
                _("No watch has all these words in its name, source, address or state. Clear the field to see all."),
                _("Clear the field"),
                self._clear,
                icon="search",
            )
        else:
            self.table.empty.say(
                _("No watches yet"),
                _("Your web page, an account or the name of your shop is enough to begin with."),
                "" if self._panel else _("Find for me"),
                self.find_places,
                icon="watches",
                main=True,
            )

    def _clear(self) -> None:
        self.filter.clear()
        self.filter.setFocus()

    def _to_table(self) -> None:
        if self.table.current:
            self.table.view.setFocus()

    def _cover(self) -> None:
        """Read the hours listened to."""
        self._covered_at = now = self._bench.now()
        self._bench.read(
            self, lambda desk: desk.watches.coverage(now), lambda hours: self.coverage.show_hours(hours, now)
        )

    def _chosen(self, view: WatchView | None) -> None:
        for part in (self._edit, self._pause, self._poll, self._remove):
            part.setEnabled(view is not None)
            part.setVisible(bool(self._views))
        self._pause.setText(_("Go on") if view and view.watch.paused else _("Pause"))
        self._pause.setAccessibleName(self._pause.text())
        words, tone = trouble(view) if view else ("", "muted")
        self.told.setText(_("{name}: {how}").format(name=named(view.watch.name), how=words) if view else "")
        self.told.setVisible(view is not None and _adds(view))
        set_tone(self.told, tone)

    def add(self, begun: Watch | None = None) -> None:
        """Open the panel for a new watch, with what is known of it already."""
        self._show_side(self.editor)
        self.editor.begin(begun)

    def find_places(self) -> None:
        """Open the panel that looks for places."""
        self.editor.put_away()
        self._show_side(self.finder)
        self.finder.begin()

    def leave_panel(self) -> bool:
        """Close the panel that is open, or else show all watches again; False where neither was to be done."""
        panel = self._panel
        if panel is not None and not (self.filter.hasFocus() and self.filter.text()):
            panel.leave()
        elif self.filter.text():
            self._clear()
        else:
            return False
        return True

    def _show_side(self, panel: QWidget | None) -> None:
        for part in (self.editor, self.finder):
            part.setVisible(part is panel)
        self._side.setVisible(panel is not None)
        self._offer_adding()
        self._make_room()

    @property
    def _panel(self) -> WatchEditor | FindPanel | None:
        return next((part for part in (self.editor, self.finder) if not part.isHidden()), None)

    def _offer_adding(self) -> None:
        """Offer new watches at the head of the list while no panel does, and without any watch in its middle as well."""
        self._add.setVisible(self._panel is None)
        self._find.setVisible(self._panel is None and bool(self._views))
        if not self._views:
            self._say_empty()

    def _make_room(self) -> None:
        """Let an open panel cover the list where there is no room for both."""
        if layout := self._list.layout():
            self._head.invalidate()  # a list that is covered does not notice what was hidden at its head
            layout.invalidate()
        self._list.setMinimumWidth(LEAST_LIST if self._panel else 0)
        needed = max(self._list.minimumSizeHint().width(), LEAST_LIST) + self._side.minimumSizeHint().width()
        room = self.splitter.width() - self.splitter.handleWidth()
        self._list.setVisible(self._panel is None or room >= needed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter:
            return self._takes_drop(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._make_room()
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._takes_drop(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._takes_drop(event)

    def _takes_drop(self, event: QEvent) -> bool:
        """Take an address that is dropped into the form of a new watch; what somebody has in an open form stays."""
        if not isinstance(event, QDropEvent) or self._panel is self.editor:
            return False
        if not (address := address_in(event.mimeData())):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._bench.with_sources(self, lambda sources: self.add(watch_at(address, "", sources)))
        return True

    def edit(self) -> None:
        """Open the panel for the watch selected."""
        if view := self.table.current:
            self._show_side(self.editor)
            self.editor.begin(view.watch)

    def pause(self) -> None:
        """Pause the watch selected, or let it go on."""
        if (view := self.table.current) and self._clicks.takes():
            watch: Watch = replace(view.watch, paused=not view.watch.paused)
            self._keep(watch, _("Paused: {name}.") if watch.paused else _("Listening again: {name}."), view.watch)

    def remove(self) -> None:
        """Remove the watch selected; what it heard stays."""
        view = self.table.current
        if view is None or not self._clicks.takes():
            return
        watch: Watch = view.watch
        self._bench.with_source(self, watch.source, lambda source: self._remove_watch(watch, source))

    def _remove_watch(self, watch: Watch, source: Source | None) -> None:
        secret = source is not None and has_secret(watch, source)

        def removed(_none: None) -> None:
            words = (
                _("Removed: {name}. If you undo this, type its password again.") if secret else _("Removed: {name}.")
            )
            self._undo.push(words.format(name=named(watch.name)), lambda desk: desk.watches.save(watch), shop=True)
            if self._panel is self.editor and self.editor.typed().id == watch.id:
                self.editor.leave()
            elif self.window().focusWidget() is self._remove:
                self.take_focus()  # the next press would remove the next one
            self._changed()

        self._bench.keep(self, lambda desk: desk.watches.remove(watch.id), removed)

    def _keep(self, watch: Watch, words: str, before: Watch) -> None:
        def kept(_watch: object) -> None:
            self._undo.push(words.format(name=named(watch.name)), lambda desk: desk.watches.save(before), shop=True)
            self._changed()

        self._bench.keep(self, lambda desk: desk.watches.save(watch), kept)

    def _poll_now(self) -> None:
        if view := self.table.current:
            self.poll_requested.emit((view.watch.id,))

    def _saved(self, watch: Watch) -> None:
        self._wanted = watch.id
        self._close_side()
        self._bench.announced.emit(saved_told(watch))
        self._changed()

    def _added(self, watches: tuple[Watch, ...]) -> None:
        self._wanted = watches[-1].id
        words = ngettext(
            "{n} watch saved. The list will show how its next check goes.",
            "{n} watches saved. The list will show how their next checks go.",
            len(watches),
        )
        self._bench.announced.emit(words.format(n=len(watches)))
        if self._panel is self.finder and self.finder.found.is_done:  # else somebody went on meanwhile
            self.finder.leave()
        self._changed()

    def _close_side(self) -> None:
        self._show_side(None)
        if self.isVisible():  # somebody may have gone on to another page while a watch was being saved
            self.take_focus()

    def _changed(self) -> None:
        self._bench.shop_changed.emit()
        self.load()
