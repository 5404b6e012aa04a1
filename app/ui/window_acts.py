"""What each action of the menus does to the window, by the names they have in `app.ui.actions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.words import _

if TYPE_CHECKING:
    from app.ui.undo import Undo
    from app.ui.window import MainWindow


class WindowActs:
    """The table of acts: «page:…» shows a page, «case:…», «learning:…» and «report:…» go to those, other words to the window."""

    def __init__(self, window: MainWindow, undo: Undo) -> None:
        self._window, self._undo = window, undo

    def do(self, name: str) -> None:
        """Perform an action by the name it has in the menus."""
        if name.startswith("page:"):
            self._window.open_page(name.removeprefix("page:"))
        elif name.startswith("case:"):
            self._do_case(name.removeprefix("case:"))
        elif name.startswith("learning:"):
            self._window.pages.learning().act(name.removeprefix("learning:"))
        elif name.startswith("report:"):
            self._window.pages.reports().act(name.removeprefix("report:"))
        else:
            self._do_window(name)

    def leave_search(self) -> None:
        """Take the keyboard from the search to what it finds, or into the page shown where nothing is sought."""
        window = self._window
        if window.pages.name != "inbox" and (words := window.bar.field.text().strip()):
            window.bar.searched.emit(words)
        (window.inbox.focus_list if window.pages.name == "inbox" else window.pages.take_focus)()

    def _do_window(self, name: str) -> None:
        window = self._window
        acts: Mapping[str, Callable[[], object]] = {
            "check": lambda: window.poll_requested.emit(()),
            "pause": lambda: window.pause_requested.emit(window.menu_actions.by_name["pause"].isChecked()),
            "bell": window.test_bell_requested.emit,
            "quiet": lambda: window.quiet_requested.emit(not window.listener.is_hushed),
            **window.by_hand.acts,
            "add_watch": self._add_watch,
            "find_watches": self._find_watches,
            "close": window.close,
            "quit": window.leave_program,
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "undo": self._take_back,
            "search": self._focus_search,
            "back": window.leave_part,
        }
        acts[name]()

    def _step(self, by: int) -> None:
        """Go some rows on, or back, wherever the keyboard is; it does not stay on a button of the case left."""
        self._window.inbox.list.step(by)
        self._window.case.leave_buttons()

    def _do_case(self, name: str) -> None:
        case = self._window.case
        acts: Mapping[str, Callable[[], object]] = {
            "reply": case.write_reply,
            "saved": case.reply.saved_menu.showMenu,
            "blank": self._next_blank,
            "copy": case.copy_and_open,
            "send": case.send,
            "answered": case.mark_answered,
            "contact": case.log_contact,
            "text": case.copies.copy_text,
            "plan": case.show_plan,
        }
        if name in {"saved", "blank", "copy", "send", "answered"}:
            case.show_reply()
        if name in acts:
            acts[name]()
        else:
            case.act(name)

    def _next_blank(self) -> None:
        case = self._window.case
        if not case.reply.next_blank() and case.view is not None:
            self._window.announce(_("The reply has no blank to fill."))

    def _take_back(self) -> None:
        if self._window.pages.name == "settings":
            self._window.pages.flush()  # what was set a moment ago is the newest decision
        self._undo.undo()

    def _add_watch(self) -> None:
        self.do("page:watches")
        self._window.pages.watches().add()

    def _find_watches(self) -> None:
        self.do("page:watches")
        self._window.pages.watches().find_places()

    def _focus_search(self) -> None:
        self._window.bar.field.setFocus()
        self._window.bar.field.selectAll()
