"""The pages beside the inbox, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHeaderView, QSplitter, QStackedWidget, QWidget

from app.core.watch import Watch
from app.ui.actions import Actions
from app.ui.autostart import Autostart
from app.ui.bench import Bench
from app.ui.pages.customers_page import CustomersPage
from app.ui.pages.learning_page import LearningPage
from app.ui.pages.log_page import LogPage
from app.ui.pages.reports_page import ReportsPage
from app.ui.pages.settings_page import SettingsPage
from app.ui.pages.watches_page import WatchesPage
from app.ui.pages.welcome_page import WelcomePage
from app.ui.theme import Theme
from app.ui.undo import Undo
from app.ui.window_memory import WindowMemory


class PageStack(QStackedWidget):
    """Shows pages by name: «inbox», «welcome», «customers», «log», «reports», «watches», «settings», «learning», «help»."""

    case_chosen = Signal(int)
    watch_added = Signal()
    poll_requested = Signal(object)
    test_bell_requested = Signal()
    watches_listed = Signal(object)
    replies_changed = Signal()
    page_requested = Signal(str)
    update_look_requested = Signal()
    update_told = Signal(object)
    forgotten = Signal()

    def __init__(
        self,
        theme: Theme,
        bench: Bench,
        undo: Undo,
        memory: WindowMemory,
        inbox: QWidget,
    ) -> None:
        super().__init__()
        self._theme, self._bench, self._undo, self._memory = theme, bench, undo, memory
        self._actions: Actions | None = None
        self.can_look_for_updates = False
        self.autostart: Autostart | None = None
        self.licences: Path | None = None
        self.version = ""
        self.folder: Path | None = None
        self.sample_command: tuple[str, ...] = ()
        self._made: dict[str, QWidget] = {"inbox": inbox}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "welcome": self._welcome,
            "customers": self._customers,
            "log": self._log,
            "reports": lambda: ReportsPage(theme, bench),
            "watches": self._watches,
            "settings": self._settings,
            "learning": self._learning,
            "help": self._help,
        }
        self.addWidget(inbox)

    def give_actions(self, actions: Actions) -> None:
        """Take the actions that the help page lists."""
        self._actions = actions

    @property
    def name(self) -> str:
        """The page shown."""
        return next(name for name, page in self._made.items() if page is self.currentWidget())

    def page(self, name: str) -> QWidget:
        """Return a page, made now if it never was."""
        if name not in self._made:
            page = self._makers[name]()
            self._made[name] = page
            self.addWidget(page)
            self._restore(name, page)
        return self._made[name]

    def show_page(self, name: str) -> None:
        """Show a page with what the desk knows now."""
        if name != self.name:
            _close_menus()
            self.flush()
        self.setCurrentWidget(self.page(name))
        self.load()

    def take_focus(self) -> None:
        page = self._made[self.name]
        getattr(page, "take_focus", page.setFocus)()

    def load(self) -> None:
        """Read what the page shown shows, once more."""
        load = getattr(self.currentWidget(), "load", None)
        if load:
            load()

    def watches(self) -> WatchesPage:
        page = self.page("watches")
        assert isinstance(page, WatchesPage)  # noqa: S101  the table above says so; for the type checker
        return page

    def leave_panel(self) -> bool:
        """Close the innermost of what is open on the page shown; False where nothing is."""
        if self.name == "watches":
            return self.watches().leave_panel()
        return self.name == "customers" and self.customers().card.leave_panel()

    def customers(self) -> CustomersPage:
        page = self.page("customers")
        assert isinstance(page, CustomersPage)  # noqa: S101  the table above says so; for the type checker
        return page

    def learning(self) -> LearningPage:
        page = self.page("learning")
        assert isinstance(page, LearningPage)  # noqa: S101  the table above says so; for the type checker
        return page

    def reports(self) -> ReportsPage:
        page = self.page("reports")
        assert isinstance(page, ReportsPage)  # noqa: S101  the table above says so; for the type checker
        return page

    def is_made(self, name: str) -> bool:
        return name in self._made

    def flush(self) -> None:
        """Have every page save what is typed on it."""
        for page in self._made.values():
            if flush := getattr(page, "flush", None):
                flush()

    def keep_sizes(self) -> None:
        """Note the columns of every page that was shown."""
        for name, page in self._made.items():
            for key, part in _parts(name, page):
                self._memory.keep(key, part)

    def _restore(self, name: str, page: QWidget) -> None:
        for key, part in _parts(name, page):
            self._memory.restore(key, part)

    def _welcome(self) -> QWidget:
        page = WelcomePage(self._bench, self.sample_command)
        page.started.connect(lambda _watch: self.watch_added.emit())
        page.more_requested.connect(self._add_watch)
        page.test_bell_requested.connect(self.test_bell_requested)
        return page

    def _add_watch(self, begun: Watch | None) -> None:
        self.page_requested.emit("page:watches")
        self.watches().add(begun)

    def _customers(self) -> QWidget:
        page = CustomersPage(self._theme, self._bench, self._undo)
        page.mention_chosen.connect(self.case_chosen)
        page.forgotten.connect(self.forgotten)
        return page

    def _log(self) -> QWidget:
        page = LogPage(self._theme, self._bench)
        page.customer_chosen.connect(self._show_customer)
        return page

    def _show_customer(self, customer_id: str) -> None:
        self.page_requested.emit("page:customers")
        self.customers().show_customer(customer_id)

    def find_customers(self, words: str) -> None:
        """Show the page of the customers with those that a search finds."""
        self.page_requested.emit("page:customers")
        self.customers().search(words)

    def _watches(self) -> QWidget:
        page = WatchesPage(self._theme, self._bench, self._undo)
        page.listed.connect(self.watches_listed)
        page.poll_requested.connect(self.poll_requested)
        return page

    def _settings(self) -> QWidget:
        page = SettingsPage(self._bench, self._undo)
        page.test_bell_requested.connect(self.test_bell_requested)
        page.replies_changed.connect(self.replies_changed)
        page.learnt_requested.connect(lambda: self.page_requested.emit("page:learning"))
        page.table_requested.connect(self.page_requested)
        page.start.offer(self.autostart)
        page.updates.allow(can_look=self.can_look_for_updates)
        page.updates.look_requested.connect(self.update_look_requested)
        self.update_told.connect(page.updates.tell)
        return page

    def _learning(self) -> QWidget:
        page = LearningPage(self._theme, self._bench, self._undo)
        page.case_chosen.connect(self.case_chosen)
        page.settings_requested.connect(lambda: self.page_requested.emit("page:settings"))
        return page

    def _help(self) -> QWidget:
        from app.ui.pages.help_page import HelpPage  # noqa: PLC0415  its guide is much text that a start has no use for

        actions = self._actions.by_name.values() if self._actions else ()
        return HelpPage(actions, self._bench, self.licences, self.version, self.folder)


def _close_menus() -> None:
    """Close what is unfolded over a page that goes out of sight, by a notification perhaps: it would act there unseen."""
    while (menu := QApplication.activePopupWidget()) and menu.close():
        if QApplication.activePopupWidget() is menu:  # it is being closed already, and that led here
            return


def _parts(name: str, page: QWidget) -> list[tuple[str, QSplitter | QHeaderView]]:
    """Return the parts of a page whose sizes are remembered; reports have other columns each time."""
    parts: list[tuple[str, QSplitter | QHeaderView]] = []
    if isinstance(splitter := getattr(page, "splitter", None), QSplitter):
        parts.append((f"{name}_columns", splitter))
    if name != "reports" and (table := getattr(page, "table", None)):
        parts.append((f"{name}_table", table.view.horizontalHeader()))
    return parts
