"""Shows alerts as notifications of the desktop; a click opens the case, a button acts on it."""

from __future__ import annotations

import collections
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.core.problems import Problem
from app.core.verdict import Severity
from app.core.views import Alert, InboxRow, WatchView
from app.ui.alert_text import Words, failing_words, tray_words, words_for
from app.ui.bridge import Bridge
from app.ui.notices import IN_TRAY, CameBack, Notice, NoticeService, Over, Pressed, Refused, Stood, taught_by
from app.ui.tray import Tray
from app.words import _

if sys.platform.startswith("linux"):
    from app.ui.left_notices import LeftNotices
    from app.ui.notifications_linux import DesktopNotices  # its library is installed on Linux only

log = logging.getLogger(__name__)

NORMAL, CRITICAL = 1, 2
KEPT = 20
"""Notices nobody could show that wait for a notification service; older ones are left to the window."""
EXPLAINED_MS = 15_000
"""How long it is said where the window went."""
REMEMBERED = 100
"""Alerts of which it is known which mentions they name: the newest."""


def desktop_service(tell: Callable[[object], object], left: Path | None = None) -> NoticeService | None:
    """Return the notification service of a freedesktop system, None elsewhere: there the tray shows balloons.

    `left` is the file that remembers what stands on the screen.
    """
    service: NoticeService | None = None
    if sys.platform.startswith("linux"):
        service = DesktopNotices(tell, left=LeftNotices(left) if left else None)
    return service


@dataclass(frozen=True, slots=True)
class _Told:
    """An alert that was told: its `notice`, and the watches of which that says that they fail."""

    notice: Notice
    alert: Alert
    failing: tuple[WatchView, ...] = ()


class Notifier(QObject):
    """`activated` carries the mention to open (0: just the window), `action` «reply», «later», «not_complaint» or «undo».

    `watch_activated` carries the id of a failing watch to look at. `failed` carries a Problem, once in a row of failures,
    and `righted` the same Problem when something can be shown after all. `tray` is where balloons are shown where the desktop has no
    service; `make_service` makes that service. Times are Unix seconds.
    """

    activated = Signal(int)
    watch_activated = Signal(str)
    action = Signal(str, int)
    failed = Signal(object)
    righted = Signal(object)

    def __init__(
        self,
        tray: Tray | None = None,
        parent: QObject | None = None,
        *,
        icon: Path | None = None,
        clock: Callable[[], float] = time.time,
        make_service: Callable[[Callable[[object], object]], NoticeService | None] = desktop_service,
    ) -> None:
        super().__init__(parent)
        self._tray = tray
        self._image = icon.as_uri() if icon and icon.is_file() else "counterbell"
        self._clock = clock
        self._source_title: Callable[[str], str] = str
        self._balloon: Notice | None = None
        self._waiting: list[Notice] = []
        self._shown: collections.deque[_Told] = collections.deque(maxlen=REMEMBERED)
        self._told = self._stands_told = False
        self._bridge = Bridge(self)
        self._bridge.came.connect(self._hear)
        self._service = make_service(self._bridge.post)
        if tray:
            tray.message_clicked.connect(self._click_balloon)

    def name_sources(self, source_title: Callable[[str], str]) -> None:
        """Take who knows by what names people know the sources."""
        self._source_title = source_title

    def show(self, alert: Alert, *, sound: bool = True, failing: Sequence[WatchView] = ()) -> None:
        """Show one notification for an alert, with a line for watches that fail; never waits."""
        notice = self._notice(alert, failing, sound=sound)
        self._shown.append(_Told(notice, alert, tuple(failing)))
        self._send(notice)

    def _notice(self, alert: Alert, failing: Sequence[WatchView], *, sound: bool) -> Notice:
        words = words_for(alert, self._source_title, self._clock(), failing)
        single = len(alert.rows) == 1 and alert.total == 1
        danger = any(row.severity == Severity.DANGER for row in alert.rows)
        return Notice(
            words.title,
            words.body,
            alert.rows[0].mention_id if alert.rows else 0,
            _buttons() if single else (),
            _("Open"),
            CRITICAL if danger else NORMAL,
            self._image,
            sound,
            tuple(row.mention_id for row in alert.rows),
            more=alert.total > len(alert.rows),
        )

    def show_plain(self, words: Words) -> None:
        """Show something that belongs to no mention (the test bell); a click opens the window."""
        self._send(Notice(words.title, words.body, 0, (), _("Open"), NORMAL, self._image))

    def explain_tray(self) -> None:
        """Say where the window went, for a while, or until that is `settled`."""
        words, about = tray_words(), (IN_TRAY,)
        self._send(
            Notice(words.title, words.body, 0, (), _("Open"), NORMAL, self._image, about=about, lasts=EXPLAINED_MS)
        )

    def show_failing(self, views: Sequence[WatchView], *, sound: bool = True) -> None:
        """Show one notification for watches that are not heard any more; a click looks at the first of them."""
        words, ids = failing_words(views), tuple(view.watch.id for view in views)
        self._send(Notice(words.title, words.body, 0, (), _("Open"), NORMAL, self._image, sound, watches=ids))

    def show_taught(self, words: Words, mention_id: int) -> None:
        """Show what a notification's button did; its own button takes it back, a click opens the case."""
        undo = (("undo", _("Undo")),)
        about = (taught_by(mention_id),)
        self._send(
            Notice(words.title, words.body, mention_id, undo, _("Open"), NORMAL, self._image, sound=False, about=about)
        )

    @property
    def named(self) -> dict[int, InboxRow]:
        """The mentions that the newest notifications name, with their rows of that moment."""
        return {row.mention_id: row for told in self._shown for row in told.alert.rows}

    def withdraw(self, over: Over) -> None:
        """Take away what is void now, and what is gone out of what names others too: a click opens the first of these.

        A balloon goes by itself; where all its mentions are gone a click opens just the window.
        """
        if not (over.settled or over.gone or over.mended):
            return
        left = [(told, self._without(told, over.gone)) for told in self._shown if not told.notice.is_void(over)]
        changed = tuple((old.notice, new.notice) for old, new in left if old is not new)
        over = replace(over, rewritten=changed)
        self._shown = collections.deque((new for _old, new in left), REMEMBERED)
        self._waiting = [over.anew(notice) or notice for notice in self._waiting if not notice.is_void(over)]
        if self._balloon:
            self._balloon = over.anew(self._balloon) or self._balloon
            if self._balloon.mention_id in over.gone:
                self._balloon = replace(self._balloon, mention_id=0)
        if self._service:
            self._service.withdraw(over)

    def _without(self, told: _Told, gone: frozenset[int]) -> _Told:
        """Return what is told without what is gone, in silence; the same where all is there."""
        rows = tuple(row for row in told.alert.rows if row.mention_id not in gone)
        if len(rows) == len(told.alert.rows):
            return told
        total = told.alert.total - len(told.alert.rows) + len(rows)
        alert = replace(told.alert, rows=rows, total=total)
        return _Told(self._notice(alert, told.failing, sound=False), alert, told.failing)

    def close(self) -> None:
        """End the service's thread; nothing is signalled any more."""
        self._bridge.close()
        if self._service:
            self._service.close()
            self._service = None

    def _send(self, notice: Notice) -> None:
        if self._service:
            self._service.show(notice)
        else:
            self._show_balloon(notice, "")

    def _show_balloon(self, notice: Notice, detail: str) -> None:
        """Take the other way; where there is none either, keep the notice and say so once."""
        if self._tray and self._tray.show_message(notice.title, notice.body):
            self._balloon = notice
            self._right()
            return
        self._waiting = [*self._waiting, notice][-KEPT:]
        if not self._told:
            self._told = self._stands_told = True
            log.warning("no notification could be shown: %s", detail or "the tray takes no messages")
            self.failed.emit(Problem("ui.notification_failed"))

    def _right(self) -> None:
        """Take it that notifications are shown: the next failure is told again, and what was told holds no more."""
        self._told = False
        if self._stands_told:
            self._stands_told = False
            self.righted.emit(Problem("ui.notification_failed"))

    def show_waiting(self) -> None:
        """Try again what nobody could show: a tray or a service has turned up."""
        self._told = False
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            self._send(notice)

    def _click_balloon(self) -> None:
        if self._balloon is not None:
            self._open(self._balloon.mention_id, self._balloon.watch_id)

    def _open(self, mention_id: int, watch_id: str) -> None:
        if watch_id:
            self.watch_activated.emit(watch_id)
        else:
            self.activated.emit(mention_id)

    def _hear(self, message: object) -> None:
        match message:
            case Refused(notice, detail):
                self._show_balloon(notice, detail)
            case Stood(notice):
                self._waiting = [one for one in self._waiting if one is not notice]
                self._right()
            case CameBack():
                self._right()
                self.show_waiting()
            case Pressed(action, mention_id, token, watch_id):
                if token:
                    os.environ["XDG_ACTIVATION_TOKEN"] = token  # where Qt looks when it raises a window on Wayland
                if action == "default":
                    self._open(mention_id, watch_id)
                else:
                    self.action.emit(action, mention_id)


def _buttons() -> tuple[tuple[str, str], ...]:
    return (("reply", _("Reply")), ("later", _("Later")), ("not_complaint", _("Not a complaint")))
