"""All wiring of the running program on one page: who hears whom, and the few steps between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal

from app.core.messages import (
    Arrived,
    CorrectionsChanged,
    EnteredByHand,
    OutboxChanged,
    Pause,
    PollNow,
    ShopChanged,
    Status,
    Woke,
)
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Alert, WatchView
from app.ui import quiet
from app.ui.alert_text import Words, trial_words
from app.ui.background import Background
from app.ui.bench import Bench
from app.ui.case_acts import CaseActs
from app.ui.format import one_line
from app.ui.listener_link import ListenerLink
from app.ui.notices import IN_TRAY, Over, over, taught_by
from app.ui.notifications import Notifier
from app.ui.raising import raise_window
from app.ui.reply_news import ReplyNews
from app.ui.single import QUIT, SingleInstance
from app.ui.tray import Tray
from app.ui.undo import Step, Undo
from app.ui.watch_news import WatchNews
from app.ui.window import MainWindow

T = TypeVar("T")

MINUTE_MS = 60_000
FAILURES_MS, FAILURES_APART = 5_000, 900.0
"""How long other watches that fail are waited for, and seconds between two notifications of such: a host may have many."""
BUNDLE_MS = 700
"""How long the bell waits for more of the same moment: several complaints at once come as one notification."""
STRANDED_MS = 15_000
"""How long a hidden window waits for a tray, which starts late after a login, before it shows itself minimised."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is wired together."""

    window: MainWindow
    tray: Tray
    notifier: Notifier
    link: ListenerLink
    background: Background
    single: SingleInstance
    settings: QSettings


class Wiring(QObject):
    """Connects the pieces when it is made. `quit_requested` is a person's wish to end the whole program.

    `end_requested` is that of another process («--quit», a setup), which nobody may be there to answer.
    """

    quit_requested = Signal()
    end_requested = Signal()

    def __init__(
        self, pieces: Pieces, parent: QObject | None = None, *, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._pieces = pieces
        self._clock = clock
        self._desk: Desk | None = None
        self._failures = WatchNews(pieces.settings)
        self._hushed_until = quiet.kept(pieces.settings, clock())
        self._is_new_listener = False
        self._pressed: set[int] = set()
        self._taught: dict[int, Step] = {}
        self._told: set[str] = set()
        self._to_ring: list[int] = []
        self._bundle = self._timer(BUNDLE_MS, self._ring_bundle, single=True)
        self._bundle.setTimerType(Qt.TimerType.CoarseTimer)
        self._failed_at = -FAILURES_APART
        self._failed = self._timer(FAILURES_MS, self.tell_failing, single=True)
        (self._acts,) = pieces.window.findChildren(CaseActs)
        (self._undo,) = pieces.window.findChildren(Undo)
        self._minute = self._timer(MINUTE_MS, self.each_minute)
        self._stranded = self._timer(STRANDED_MS, self.rescue_window, single=True)
        self._connect_window()
        self._connect_tray()
        self._connect_listener()
        self._connect_notifier()
        (bench,) = pieces.window.findChildren(Bench)
        self._replies = ReplyNews(bench, self._write, pieces.window.announce, self.notify_of_reply, self)
        pieces.link.reply_moved.connect(self._replies.moved)
        bench.outbox_changed.connect(self.tell_outbox_changed)
        bench.corrections_changed.connect(self.tell_corrections_changed)
        bench.changed.connect(self.withdraw_notices)
        self._acts.decided.connect(self.withdraw_notices)
        self._acts.taken_back.connect(self.withdraw_taught)
        pieces.notifier.name_sources(bench.source_title)
        self._acts.decided.connect(self.tell_corrections_changed)
        self._acts.decided.connect(self.withdraw_taught)
        self._acts.decided.connect(self.tell_taught)
        self._undo.undone.connect(self.tell_corrections_changed)
        pieces.background.failed.connect(self.tell_unexpected)
        pieces.background.hindered.connect(pieces.window.announce)
        pieces.single.asked.connect(self.obey)

    def _connect_window(self) -> None:
        window = self._pieces.window
        window.poll_requested.connect(self.poll)
        window.pause_requested.connect(self.pause)
        window.shop_changed.connect(self.tell_shop_changed)
        window.shop_changed.connect(self.show_quiet)
        window.quiet_requested.connect(self.hush)
        window.by_hand.entered.connect(self.tell_entered)
        window.by_hand.removed.connect(self.withdraw_notices)
        window.pages.forgotten.connect(self.withdraw_notices)
        window.quit_requested.connect(self.quit_requested)
        window.test_bell_requested.connect(self.ring_trial)
        window.urgent_changed.connect(self._pieces.tray.set_urgent)
        window.watches_listed.connect(self.mind_watches)
        window.closing.connect(self._pieces.tray.look_for_host)
        window.closed_to_tray.connect(self.explain_tray)

    def _connect_tray(self) -> None:
        tray = self._pieces.tray
        tray.open_requested.connect(self.open_window)
        tray.case_requested.connect(self.open_case)
        tray.check_requested.connect(self.poll)
        tray.quiet_requested.connect(self.hush)
        tray.pause_requested.connect(self.pause)
        tray.quit_requested.connect(self.quit_requested)
        tray.available_changed.connect(self.mind_tray)

    def _connect_listener(self) -> None:
        link, window = self._pieces.link, self._pieces.window
        link.arrived.connect(self.ring)
        link.polled.connect(window.watch_polled)
        link.status.connect(self.show_status)
        link.woke.connect(self.wake)
        link.righted.connect(window.withdraw)
        link.failed.connect(window.announce)
        link.taken_in.connect(window.by_hand.taken_in)
        link.running.connect(self.mind_listener)

    def _connect_notifier(self) -> None:
        notifier = self._pieces.notifier
        notifier.activated.connect(self.open_case)
        notifier.watch_activated.connect(self.open_watch)
        notifier.action.connect(self.act)
        notifier.failed.connect(self._pieces.window.announce)
        notifier.righted.connect(self._pieces.window.withdraw)

    def attach(self, desk: Desk) -> None:
        """Take the desk: from now on bells ring and the minute passes."""
        self._desk = desk
        self._minute.start()
        if until := self._hushed_until:
            self._write(lambda desk: desk.bells.hush(until))
        self.show_quiet()
        self.catch_up()

    def detach(self) -> None:
        """Let go of the desk: nothing is asked of it any more."""
        self._desk = None
        self._minute.stop()
        self._failed.stop()
        self._stranded.stop()

    def each_minute(self) -> None:
        """Bring what depends on the time up to date."""
        self.catch_up()
        self.tell_failing()
        self.show_quiet()
        self.withdraw_notices()
        self._pieces.window.refresh()

    def ring(self, arrived: Arrived) -> None:
        """Show the window what came, and ring in a moment for what should."""
        self._pieces.window.mentions_arrived(arrived)
        self._replies.look()
        if arrived.ringing:
            self._to_ring.extend(arrived.ringing)
            if not self._bundle.isActive():
                self._bundle.start()

    def _ring_bundle(self) -> None:
        ringing, self._to_ring = tuple(self._to_ring), []
        self._ask_bells(lambda desk, now: desk.bells.ring(ringing, now))

    def catch_up(self) -> None:
        """Show the summary of a silent time and the daily digest, once they are due, and log what was delivered."""
        self._replies.look()
        self._ask_bells(lambda desk, now: desk.bells.catch_up(now))
        self._ask_bells(lambda desk, now: desk.bells.digest(now))
        self._ask_bells(lambda desk, now: desk.bells.back(now))

    def mind_watches(self, views: tuple[WatchView, ...]) -> None:
        """Show in the tray which watches fail, and tell of those that do so for good or for long."""
        mended = self._failures.take(views)
        self._pieces.notifier.withdraw(Over(mended=mended))
        self._pieces.tray.set_failing(tuple(view.watch.name for view in self._failures.failing))
        if self._failures.untold and not self._failed.isActive():
            self._failed.start()

    def tell_failing(self) -> None:
        """Tell of watches that fail for good or for long: once, and not while the bell is quiet."""
        now = self._clock()

        def show(answer: tuple[bool, bool]) -> None:
            may_ring, sound = answer
            if may_ring and (views := self._failures.untold):
                self._failed_at = now
                self._failures.tell(views)
                self._pieces.notifier.show_failing(views, sound=sound)

        if self._failures.untold and not 0.0 <= now - self._failed_at < FAILURES_APART:
            self._write(lambda desk: (desk.bells.quiet_until(now) <= now, desk.settings.get().sound), show)

    def wake(self, _woke: Woke) -> None:
        """Take in that the laptop slept: every time on the screen is old."""
        self.each_minute()

    def hush(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        """Keep the bell quiet for an hour, or end that now: then what came meanwhile is told at once."""
        until = self._hushed_until = self._clock() + quiet.HOUR if on else 0.0
        quiet.keep(self._pieces.settings, until)
        self._write(lambda desk: desk.bells.hush(until))
        self.show_quiet()
        if not on:
            self.catch_up()
            self.tell_failing()

    def show_quiet(self) -> None:
        """Show until when the bell is quiet: for the hour asked for, and in the window for quiet hours as well."""
        hushed, now, window = self._hushed_until, self._clock(), self._pieces.window
        self._pieces.tray.set_quiet(hushed)
        if self._desk is None:
            window.listener.show_quiet(hushed, hushed)
        self._write(lambda desk: desk.bells.quiet_until(now), lambda until: window.listener.show_quiet(hushed, until))

    def ring_trial(self) -> None:
        self._pieces.notifier.show_plain(trial_words())

    def explain_tray(self) -> None:
        """Say where the window went, the first time only."""
        settings = self._pieces.settings
        if not settings.value("tray_explained", defaultValue=False, type=bool):
            settings.setValue("tray_explained", True)  # noqa: FBT003  Qt takes no names
            self._pieces.notifier.explain_tray()

    def poll(self, watch_ids: object = ()) -> None:
        """Have watches polled now, all of them where none is named."""
        ids = (watch_ids,) if isinstance(watch_ids, str) else watch_ids
        self._pieces.link.send(PollNow(tuple(ids) if isinstance(ids, tuple | list) else ()))

    def pause(self, paused: bool) -> None:  # noqa: FBT001  a signal's argument
        """Stop or go on listening; the listener's next status shows it."""
        self._pieces.link.send(Pause(paused))

    def tell_shop_changed(self) -> None:
        """Have the listener read the shop file again."""
        self._pieces.link.send(ShopChanged())

    def tell_corrections_changed(self, _what: object = None) -> None:
        """Have the listener learn what the owner corrected or took back."""
        self._pieces.link.send(CorrectionsChanged())

    def tell_entered(self) -> None:
        """Have the listener take in what was entered by hand."""
        self._pieces.link.send(EnteredByHand())

    def withdraw_notices(self, _what: object = None) -> None:
        """Take notifications away that name only what is decided, or in the archive no more."""
        notifier, now = self._pieces.notifier, self._clock()
        if named := notifier.named:
            self._write(lambda desk: over(desk, named, now), notifier.withdraw)

    def withdraw_taught(self, mention_id: int) -> None:
        """Take away what offered to take back a decision: there is a newer one, or it was taken back."""
        self._taught.pop(mention_id, None)
        self._pieces.notifier.withdraw(Over(settled=frozenset({taught_by(mention_id)})))

    def tell_outbox_changed(self) -> None:
        """Have the listener send what was written off, and leave what was taken back."""
        self._pieces.link.send(OutboxChanged())

    def notify_of_reply(self, words: Words) -> None:
        """Tell what the owner has to decide about a reply where they look: the window may be out of sight."""
        if not self._pieces.window.isActiveWindow():
            self._pieces.notifier.show_plain(words)

    def show_status(self, status: Status) -> None:
        """Show everywhere how the listener is. What came before the first word of a new one it does not tell."""
        if self._is_new_listener:
            self._is_new_listener = False
            self._pieces.window.refresh()
            self.catch_up()
        self._pieces.tray.set_status(status)
        self._pieces.window.listener.show_status(status)

    def mind_listener(self, running: bool) -> None:  # noqa: FBT001  a signal's argument
        """Show that nobody listens; a new listener's first status says the rest."""
        self._is_new_listener = running
        if not running:
            self._pieces.tray.set_status(None)
            self._pieces.window.listener.show_status(None)

    def open_window(self, token: str = "") -> None:
        """Bring the window to the front; nobody has to be told any more where it is."""
        raise_window(self._pieces.window, token)
        self._pieces.notifier.withdraw(Over(settled=frozenset({IN_TRAY})))

    def open_case(self, mention_id: int, *, reply: bool = False) -> None:
        """Bring the window to the front with the case of a mention, or with `reply` into its reply; 0 stands for none."""
        self.open_window()
        if mention_id:
            self._pieces.window.show_case(mention_id, reply=reply)

    def open_watch(self, watch_id: str) -> None:
        """Bring the window to the front with a watch selected."""
        self.open_window()
        self._pieces.window.do("page:watches")
        self._pieces.window.pages.watches().choose(watch_id)

    def act(self, action: str, mention_id: int) -> None:
        """Carry out a notification's button as the window would, so that its undo takes it back."""
        if action == "later":
            row = self._pieces.notifier.named.get(mention_id)
            self._acts.snooze(mention_id, "hour", one_line(row.author) if row else "")
        elif action == "not_complaint":
            self._pressed.add(mention_id)
            self._acts.set_kind(mention_id, Kind.NEUTRAL)
        elif action == "undo":
            self._take_back(mention_id)
        else:
            self.open_case(mention_id, reply=True)

    def tell_taught(self, mention_id: int) -> None:
        """Say where the owner looks what a notification's button taught: the window may be out of sight."""
        pressed = mention_id in self._pressed
        self._pressed.discard(mention_id)
        if pressed and (step := self._undo.newest) and not self._pieces.window.isActiveWindow():
            self._taught[mention_id] = step
            self._pieces.notifier.show_taught(Words(step.sentence, step.lesson), mention_id)

    def _take_back(self, mention_id: int) -> None:
        """Take back what a notification's button taught; after other decisions that is done in the case itself."""
        step = self._taught.pop(mention_id, None)
        if step is not None and step is self._undo.newest:
            self._undo.undo()
        else:
            self.open_case(mention_id)

    def obey(self, command: str) -> None:
        """Do what a second start asks for: «show», «open ID», «refresh», «quit»; anything else just found us alive."""
        verb, _, rest = command.partition(" ")
        if verb == "show":
            self.open_window(rest)
        elif verb == "open" and rest.isdecimal():
            self.open_case(int(rest))
        elif verb == "refresh":
            self._pieces.window.refresh()
        elif verb == QUIT:
            self.end_requested.emit()

    def mind_tray(self, available: bool) -> None:  # noqa: FBT001  a signal's argument
        """Let the window close into a tray only while there is one."""
        self._pieces.window.keep_in_tray = available
        if available:
            self._stranded.stop()
            self._pieces.notifier.show_waiting()
        else:
            self.watch_over_window()

    def watch_over_window(self) -> None:
        """Bring a hidden window back after a while unless a tray turns up from which it can be opened."""
        if not self._pieces.tray.available and not self._pieces.window.isVisible():
            self._stranded.start()

    def rescue_window(self) -> None:
        """Show a window that nobody could reach, without taking the keyboard away."""
        if not self._pieces.tray.available and not self._pieces.window.isVisible():
            self._pieces.window.showMinimized()

    def tell_unexpected(self, trace: str) -> None:
        """Tell the owner of an error that nobody foresaw; the log has all of it. The same one is told once."""
        detail = (trace.strip().splitlines() or [""])[-1]
        if detail not in self._told:
            self._told.add(detail)
            self._pieces.window.announce(Problem("ui.unexpected", {"detail": detail}))

    def _ask_bells(self, ask: Callable[[Desk, float], Alert | None]) -> None:
        now = self._clock()

        def work(desk: Desk) -> tuple[Alert | None, bool]:
            alert = ask(desk, now)
            return alert, alert is not None and desk.settings.get().sound

        def show(answer: tuple[Alert | None, bool]) -> None:
            alert, sound = answer
            if alert:
                failing = self._failures.untold if alert.summary else ()
                self._failures.tell(failing)
                self._pieces.notifier.show(alert, sound=sound, failing=failing)
            if alert and alert.back:
                self._pieces.window.refresh()

        self._write(work, show)

    def _write(self, work: Callable[[Desk], T], done: Callable[[T], object] | None = None) -> None:
        if (desk := self._desk) is not None:
            self._pieces.background.run(lambda: work(desk), done, owner=self, lane="write")

    def _timer(self, milliseconds: int, slot: Callable[[], object], *, single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer
