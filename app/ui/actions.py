"""Every action of the program, its menu and its keys, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from app.ui.case_acts import MARKS, NO_MARK, SNOOZES, STATES, TAKE_BACK, call_snoozes, unmarked
from app.ui.letter_keys import LetterKeys
from app.ui.row_menu import MenuKeys
from app.words import N_, _


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a menu. `act` is «page:…», «case:…», «learning:…», «report:…» or a word the window knows; «» is a line across."""

    act: str = ""
    text: str = ""
    keys: str = ""
    in_inbox: bool = False
    checkable: bool = False


LINE = Item()

MENUS: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        N_("Counter&bell"),
        (
            Item("check", N_("&Check now"), "F5"),
            Item("pause", N_("&Pause listening"), "Ctrl+Shift+P", checkable=True),
            Item("bell", N_("Ring a &test bell"), "Ctrl+Shift+B"),
            Item("quiet", N_("Q&uiet for an hour"), "Ctrl+Shift+H"),
            LINE,
            Item("add", N_("Add what was &said…"), "Ctrl+N"),
            Item("import", N_("&Import mentions…"), "Ctrl+Shift+O"),
            Item("export", N_("E&xport mentions…"), "Ctrl+Shift+X"),
            LINE,
            Item("report:save", N_("Sa&ve the report as…"), "Ctrl+S"),
            Item("report:all", N_("Save all &reports as PDF…"), "Ctrl+Shift+G"),
            LINE,
            Item("add_watch", N_("&Add a watch…"), "Ctrl+Shift+E"),
            Item("find_watches", N_("&Find watches…"), "Ctrl+Shift+F"),
            LINE,
            Item("close", N_("C&lose the window"), "Ctrl+W"),
            Item("quit", N_("&Quit"), "Ctrl+Q"),
        ),
    ),
    (
        N_("&Case"),
        (
            Item("next", N_("&Next in the list"), "J", in_inbox=True),
            Item("previous", N_("Pre&vious in the list"), "K", in_inbox=True),
            LINE,
            Item("case:reply", N_("&Write the reply"), "Ctrl+R"),
            Item("case:saved", N_("Take a &saved reply"), "Ctrl+T"),
            Item("case:blank", N_("&Go to the next blank"), "Ctrl+B"),
            Item("case:send", N_("Sen&d the reply"), "Ctrl+Alt+Enter"),
            Item("case:copy", N_("&Copy and open the post"), "Ctrl+Enter"),
            Item("case:answered", N_("&Mark as answered"), "Ctrl+Shift+Enter"),
            Item("case:contact", N_("&Log a contact…"), "Ctrl+L"),
            LINE,
            Item("case:open", N_("&Open the post"), "Ctrl+O"),
            Item("case:text", N_("Copy the mention as te&xt"), "Ctrl+Shift+C"),
            Item("case:plan", N_("Look at the &plan"), "Ctrl+P"),
            LINE,
            Item("case:complaint", N_("&It is a complaint"), "Ctrl+Shift+I"),
            Item("case:not_complaint", N_("No&t a complaint"), "Ctrl+Shift+N"),
            Item("case:not_us", N_("Not a&bout us"), "Ctrl+Shift+U"),
            Item("case:author", N_("Block the &author"), "Ctrl+Shift+A"),
            Item("case:site", N_("Bloc&k the site"), "Ctrl+Shift+S"),
            Item("snooze"),
            Item("case:wake", N_("&End the snooze"), "Ctrl+Shift+Z"),
            LINE,
            Item("state"),
            Item("mark"),
            LINE,
            Item("undo", N_("&Undo the last decision"), "Ctrl+Z"),
        ),
    ),
    (
        N_("&Go"),
        (
            Item("search", N_("&Search everything"), "Ctrl+F"),
            Item("back", N_("&Back to the list"), "Esc"),
            LINE,
            Item("page:complaints", N_("&Complaints"), "Ctrl+1"),
            Item("page:questions", N_("&Questions"), "Ctrl+2"),
            Item("page:praise", N_("&Praise"), "Ctrl+3"),
            Item("page:leads", N_("&Leads"), "Ctrl+4"),
            Item("page:everything", N_("&Everything"), "Ctrl+5"),
            Item("page:snoozed", N_("S&noozed"), "Ctrl+6"),
            LINE,
            Item("page:customers", N_("C&ustomers"), "Ctrl+7"),
            Item("page:log", N_("Contact l&og"), "Ctrl+8"),
            Item("page:reports", N_("&Reports"), "Ctrl+9"),
            Item("page:watches", N_("&Watches"), "Ctrl+0"),
            Item("page:settings", N_("Se&ttings"), "Ctrl+,"),
        ),
    ),
    (
        N_("&Learning"),
        (
            Item("page:learning", N_("&What Counterbell has learnt from you"), "Ctrl+Shift+L"),
            LINE,
            Item("learning:remove", N_("Unlearn &this correction"), "Del"),
            Item("learning:newest", N_("Unlearn the &newest one"), "Ctrl+U"),
            LINE,
            Item("learning:export", N_("&Export…"), "Ctrl+E"),
            Item("learning:import", N_("&Import…"), "Ctrl+I"),
            LINE,
            Item("learning:forget", N_("&Forget all"), "Ctrl+Shift+Del"),
        ),
    ),
    (N_("&Help"), (Item("page:help", N_("&Guide and keyboard"), "F1"),)),
)

_IN_RUSSIAN = {"J": 0x41E, "K": 0x41B}
"""The letters (O, EL) on the keys of single ones where the keyboard writes Russian alone; with Ctrl Qt finds them by itself."""

SNOOZE_KEYS = ("Ctrl+Alt+1", "Ctrl+Alt+2", "Ctrl+Alt+3", "Ctrl+Alt+4")
STATE_KEYS = ("Ctrl+Shift+K", "Ctrl+Shift+W", "Ctrl+Shift+R", "Ctrl+Shift+D")
MARK_KEYS, UNMARK_KEYS = ("Ctrl+Alt+5", "Ctrl+Alt+6", "Ctrl+Alt+7"), "Ctrl+Alt+0"


class Actions:
    """The actions by name, made once; `do` hears the name of each that is triggered. `now` tells the hour (Unix seconds).

    The keys that are single letters work wherever the keyboard is within `inbox`, the list and the case, but for fields.

    `below` has the menus that open from others: «snooze», «state», «mark».
    """

    def __init__(
        self, window: QMainWindow, inbox: QWidget, do: Callable[[str], object], now: Callable[[], float]
    ) -> None:
        self._inbox, self._do, self._now = inbox, do, now
        self.by_name: dict[str, QAction] = {}
        self.below: dict[str, QMenu] = {}
        MenuKeys(window)
        LetterKeys(window)
        for title, items in MENUS:
            menu = window.menuBar().addMenu(_(title))
            for item in items:
                self._add(menu, item)
        quiet = self.by_name["quiet"]
        quiet.setToolTip(quiet.toolTip())  # the list of keys has it by this name whatever it is called at the moment

    def _add(self, menu: QMenu, item: Item) -> None:
        if item.act == "snooze":
            self._add_snoozes(self._below(menu, item, _("Snoo&ze until")))
        elif item.act == "state":
            below = self._below(menu, item, _("Status o&f the case"))
            for (text, choice), keys in zip(STATES, STATE_KEYS, strict=True):
                self._action(below, Item(f"case:{choice}", text, keys))
        elif item.act == "mark":
            below = self._below(menu, item, _("&How content the customer was"))
            for (text, choice), keys in zip(MARKS, MARK_KEYS, strict=True):
                action = self._action(below, Item(f"case:mark:{choice}", text, keys))
                action.setToolTip(_("The customer was: {mark}").format(mark=unmarked(_(text))))
            self._action(below, Item(f"case:mark:{NO_MARK}", TAKE_BACK, UNMARK_KEYS))
        elif item.act:
            self._action(menu, item)
        else:
            menu.addSeparator()

    def _below(self, menu: QMenu, item: Item, title: str) -> QMenu:
        below = self.below[item.act] = menu.addMenu(title)
        return below

    def _add_snoozes(self, menu: QMenu) -> None:
        actions = {}
        for (text, choice), keys in zip(SNOOZES, SNOOZE_KEYS, strict=True):
            actions[choice] = self._action(menu, Item(f"case:snooze:{choice}", text, keys))
            actions[choice].setToolTip(_("Snooze: {until}").format(until=unmarked(_(text))))
        menu.aboutToShow.connect(lambda: call_snoozes(actions, self._now()))

    def _action(self, menu: QMenu, item: Item) -> QAction:
        action = menu.addAction(_(item.text))
        keys = [QKeySequence(item.keys)]
        if "Enter" in item.keys:  # the first is shown, and «Enter» is what people call both keys
            keys.append(QKeySequence(item.keys.replace("Enter", "Return")))
        if item.keys in _IN_RUSSIAN:
            keys.append(QKeySequence(chr(_IN_RUSSIAN[item.keys])))
        action.setShortcuts(keys)
        action.setShortcutVisibleInContextMenu(True)
        action.setCheckable(item.checkable)
        action.setAutoRepeat(not item.act.startswith(("case:", "learning:", "quiet")))  # a key held down decides once
        if item.in_inbox:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._inbox.addAction(action)
        action.triggered.connect(lambda: self._do(item.act))
        self.by_name[item.act] = action
        return action

    def enable(self, prefix: str, *, on: bool) -> None:
        """Allow what needs a case («case:») or its own page («learning:», «report:»), or grey it out."""
        for name, action in self.by_name.items():
            if name.startswith(prefix):
                action.setEnabled(on)
