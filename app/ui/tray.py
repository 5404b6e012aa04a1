"""The tray icon, its menu and its tooltip; finds a tray that appears later."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.core.messages import Status
from app.core.views import InboxRow
from app.ui import format as show
from app.ui import labels
from app.ui.quiet import act_text, end_told
from app.ui.tray_icon import Face, icon, parts_left
from app.words import _, ngettext
from app.words.problems import why_unkept

MISSING_MS = 4000
"""How often a missing tray is looked for: panels start some seconds after autostarted programs."""
PRESENT_MS = 30_000


class Tray(QObject):
    """Shows the most urgent target and how the listener is. Signals are wishes; `case_requested` has a mention's id."""

    open_requested = Signal()
    case_requested = Signal(int)
    check_requested = Signal()
    quiet_requested = Signal(bool)
    pause_requested = Signal(bool)
    quit_requested = Signal()
    message_clicked = Signal()
    available_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._icon: QSystemTrayIcon | None = None
        self._complaints = 0
        self._urgent: InboxRow | None = None
        self._status: Status | None = None
        self._failing: tuple[str, ...] = ()
        self._quiet_until = 0.0
        self._ends_quiet = False
        self._face: Face | None = None
        self._picture = QIcon()
        self._menu = QMenu()
        self._make_menu()
        self._search = QTimer(self)
        self._search.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._search.timeout.connect(self.look_for_host)

    def start(self) -> None:
        """Show the icon where there is a tray, and look for one from time to time where there is none."""
        self.refresh()
        self.look_for_host()

    @property
    def available(self) -> bool:
        """True while the icon stands in a tray."""
        return self._icon is not None

    def look_for_host(self) -> bool:
        """Compare with the desktop and say whether there is a tray. One that came gets a new icon: an old one is never picked up."""
        there = QSystemTrayIcon.isSystemTrayAvailable()
        if there != self.available:
            if there:
                self._show()
            else:
                self._take_away()
            self.available_changed.emit(there)
        self._search.start(PRESENT_MS if there else MISSING_MS)
        return there

    def set_urgent(self, complaints: int, row: InboxRow | None) -> None:
        """Take the number of open complaints and the row whose target ends first."""
        self._complaints, self._urgent = complaints, row
        self.refresh()

    def set_status(self, status: Status | None) -> None:
        """Take how the listener is; None while there is no listener."""
        self._status = status
        self.refresh()

    def set_failing(self, names: tuple[str, ...]) -> None:
        """Take the names of the watches that are not heard at the moment."""
        self._failing = names
        self.refresh()

    def set_quiet(self, until: float) -> None:
        """Show that the bell is silent until then (Unix seconds)."""
        self._quiet_until = until
        self.refresh()

    def refresh(self) -> None:
        """Bring icon, tooltip and menu up to the present time."""
        now = self._clock()
        status, row = self._status, self._urgent
        silent = _is_silent(status)
        left = parts_left(now, row.news_at, row.due_at) if row else None
        face = Face(self._complaints, left, silent, bool(self._failing))
        if face != self._face:
            self._face, self._picture = face, icon(face)
            if self._icon:
                self._icon.setIcon(self._picture)
        self._fill_menu(now)
        self._set_tool_tip(self._tool_tip(now))

    def show_message(self, title: str, body: str) -> bool:
        """Show a balloon; False where there is no tray. A click on it comes as `message_clicked`."""
        if self._icon is None or not QSystemTrayIcon.supportsMessages():
            return False
        self._icon.showMessage(title, body, self._picture)
        return True

    def close(self) -> None:
        """Take the icon away and look for no tray any more."""
        self._search.stop()
        self._take_away()
        self._menu.deleteLater()

    def _show(self) -> None:
        self._icon = QSystemTrayIcon(self._picture, self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.message_clicked)
        self._set_tool_tip(self._tool_tip(self._clock()))
        self._icon.show()

    def _take_away(self) -> None:
        if self._icon:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.Context:
            self.open_requested.emit()

    def _make_menu(self) -> None:
        self._open = self._action(self.open_requested.emit)
        self._menu.setDefaultAction(self._open)
        self._next = self._action(self._ask_for_case)
        self._menu.addSeparator()
        self._check = self._action(self.check_requested.emit)
        self._quiet = self._action(self._ask_for_quiet)
        self._pause = self._action(self._ask_for_pause)
        self._menu.addSeparator()
        self._quit = self._action(self.quit_requested.emit)

    def _action(self, slot: Callable[[], object]) -> QAction:
        action = self._menu.addAction("")
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def _ask_for_case(self) -> None:
        if self._urgent:
            self.case_requested.emit(self._urgent.mention_id)

    def _ask_for_pause(self) -> None:
        self.pause_requested.emit(not (self._status and self._status.paused))

    def _ask_for_quiet(self) -> None:
        self.quiet_requested.emit(not self._ends_quiet)

    def _fill_menu(self, now: float) -> None:
        listening = self._status is not None
        paused = bool(self._status and self._status.paused)
        self._open.setText(_("Open Counterbell"))
        self._next.setText(self._next_text(now) or _("Nothing is due"))
        self._next.setEnabled(self._urgent is not None)
        self._check.setText(_("Check now"))
        self._check.setEnabled(listening and not paused)
        self._ends_quiet = self._quiet_until > now
        self._quiet.setText(act_text(self._quiet_until, now).replace("&", ""))
        self._pause.setText(_("Go on listening") if paused else _("Pause listening"))
        self._pause.setEnabled(listening)
        self._quit.setText(_("Quit"))

    def _next_text(self, now: float) -> str:
        row = self._urgent
        if row is None:
            return ""
        name = show.named(row.author or row.title or row.site).replace("&", "&&")
        left, kind = show.time_left(row.due_at, now), labels.kind(row.kind)
        if not left:
            return _("Next: {name}, {kind}").format(name=name, kind=kind)
        return _("Next: {name}, {kind} ({time})").format(name=name, kind=kind, time=left)

    def _tool_tip(self, now: float) -> str:
        lines = [_("Counterbell")]
        if self._complaints:
            count = ngettext("{n} open complaint", "{n} open complaints", self._complaints)
            lines.append(count.format(n=self._complaints))
        if text := self._next_text(now):
            lines.append(text.replace("&&", "&").replace("<", "‹"))  # some panels take tags for markup, some do not
        if self._quiet_until > now:
            lines.append(_("Quiet until {time}").format(time=end_told(self._quiet_until, now)))
        if self._failing:
            lines.append(self._failing_line())
        if _is_silent(self._status) or not self._nothing_heard:
            lines.append(_listener_line(self._status, now))
        return "\n".join(lines)

    @property
    def _nothing_heard(self) -> bool:
        """True where every watch fails: «listening» would be a lie."""
        return self._status is not None and 0 < self._status.watches <= len(self._failing)

    def _failing_line(self) -> str:
        count = len(self._failing)
        if count == 1:
            name = show.named(self._failing[0]).replace("<", "‹")
            return _("Failing at the moment: {watches}").format(watches=name)
        return ngettext("{n} watch is failing", "{n} watches are failing", count).format(n=count)

    def _set_tool_tip(self, text: str) -> None:
        """Change the tooltip only where it differs: each change is a message to the panel."""
        if self._icon and self._icon.toolTip() != text:
            self._icon.setToolTip(text)


def _is_silent(status: Status | None) -> bool:
    return status is None or status.paused or status.offline or bool(status.unkept)


def _listener_line(status: Status | None, now: float) -> str:
    if status is None:
        return _("Not listening")
    if status.unkept:
        return _("Cannot save anything: {why}").format(why=why_unkept(status.unkept))
    if status.paused:
        return _("Paused until you go on or Counterbell starts again")
    if status.offline:
        return _("No network: listening resumes once it is back")
    if status.last_heard > 0:
        return _("Listening, last heard {time}").format(time=show.when(status.last_heard, now))
    return _("Listening")
