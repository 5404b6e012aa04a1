"""Runs the window process: builds the pieces, opens the desk behind the first paint, ends everything in good order."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QDeadlineTimer, QLibraryInfo, QLocale, QObject, QThread, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from app.core.ports.desk import Desk
from app.core.ports.source import Sources
from app.core.problems import Problem, ProblemError, shortage_of
from app.ui import format as show
from app.ui.alert_text import waiting_words
from app.ui.autostart import autostart_of
from app.ui.background import Background
from app.ui.bridge import Bridge
from app.ui.endings import Endings
from app.ui.garbage import GarbageCollector
from app.ui.ini_file import IniFile
from app.ui.leaving import Leaving, unkept
from app.ui.listener_link import ListenerLink
from app.ui.listener_log import ListenerLog
from app.ui.notifications import Notifier, desktop_service
from app.ui.program_file import ProgramFile
from app.ui.single import QUIT, SingleInstance, try_send
from app.ui.tray import Tray
from app.ui.tray_icon import Face, icon
from app.ui.update_check import Look, UpdateCheck
from app.ui.window import MainWindow
from app.ui.wiring import Pieces, Wiring
from app.words import language
from app.words.problems import sentence, write_moments

NAME = "counterbell"
UNPAINTED_MS = 3000
"""How long the desk waits for the first paint: a window that is covered is never painted."""
STARTING_MS = 1500
WRITES_SECONDS = 5.0
"""How long the end waits for drafts and other writes."""
THREADS_SECONDS = 2.0
RETRY_MS = 10_000
"""How long after a refusal the desk is tried to be opened again."""
RESTART = 75
"""The exit code of a run that is to begin anew: another version of the program lies in its place."""

log = logging.getLogger(__name__)

Opened = tuple[Desk, Sources | None, tuple[Problem, ...]]


class Aside(Protocol):
    """Keeps what was typed outside the profile: `put` the texts of this run, `left` is what earlier runs put there."""

    def put(self, texts: tuple[str, ...]) -> Path | None: ...
    def left(self) -> tuple[Path, ...]: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What bootstrap gives to the window.

    `open_desk` is slow and called once, off the GUI thread: desk, sources and what the owner should know, or why there
    is none. `listener_command` is program and arguments; empty where nothing is to be listened to. `log` is the file
    for what the listener prints. `socket` is the absolute path (Windows: the name) of this profile's single-instance
    socket. `speak` chooses a language by its code («» the system's) and returns the one spoken; None where that is settled.
    `hidden` starts in the tray; `sample` is a trial shop; `started` is when the process began, in Unix seconds.
    `look_for_update` asks the makers once; None where this copy does not know whom to ask. `program_file` is what an upgrade
    replaces while we run; None where an installer ends the program first. `autostart` is the command line for starting with
    the computer; empty for a copy that is not installed. `sample_command` starts the trial shop; empty in itself. `aside`
    is where what was typed goes at an end that the profile refused it; None where that is no loss.
    """

    profile: Path
    resources: Path
    settings_path: Path
    log: Path
    socket: str
    open_desk: Callable[[], Opened | Problem]
    listener_command: tuple[str, ...]
    speak: Callable[[str], str] | None
    hidden: bool
    sample: bool
    version: str
    started: float
    look_for_update: Look | None = None
    program_file: Path | None = None
    autostart: tuple[str, ...] = ()
    sample_command: tuple[str, ...] = ()
    aside: Aside | None = None


def run(parts: Parts, argv: list[str]) -> int:
    """Run until the owner quits; return the exit code, `RESTART` where the program is to be started again.

    Where another instance has this profile it is told «show» (or what `argv` wishes: «--quit», «--open ID»), and 0 is
    returned at once.
    """
    wish = wish_of(argv[1:], hidden=parts.hidden)
    if try_send(parts.socket, wish) or wish == QUIT:
        return 0
    application = _application(parts, argv)
    single = SingleInstance(parts.socket)
    if not single.listen():
        if _found_after_all(parts.socket, wish):
            return 0
        single.take_over()
    program = Program(parts, application, single, wish)
    program.begin()
    try:
        return application.exec()
    finally:
        program.end()


def _found_after_all(path: str, wish: str) -> bool:
    """Ask once more where another instance is starting at this moment: its door opens within a second or so."""
    deadline = QDeadlineTimer(STARTING_MS)
    while not deadline.hasExpired():
        if try_send(path, wish):
            return True
        QThread.msleep(50)
    return False


def wish_of(arguments: Sequence[str], *, hidden: bool) -> str:
    """Return the command for an instance that runs already. A hidden start (autostart) just looks whether one does."""
    if "--quit" in arguments:
        return QUIT
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    if "--open" in arguments[:-1]:
        return f"open {arguments[arguments.index('--open') + 1]}"
    return "look" if hidden else f"show {token}".strip()


def _application(parts: Parts, argv: list[str]) -> QApplication:
    """Make the application object with its names; it ends when told to, not with the last window."""
    application = QApplication(argv)
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("Counterbell")
    application.setApplicationVersion(parts.version)
    application.setOrganizationName(NAME)
    application.setDesktopFileName(NAME)
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(icon(Face()))
    return application


class Program(QObject):
    """The pieces of one run. `begin` before the event loop, `end` after it."""

    def __init__(self, parts: Parts, application: QApplication, single: SingleInstance, wish: str) -> None:
        super().__init__()
        self._parts = parts
        self._wish = wish
        self._application = application
        self._single = single
        self._settings = IniFile(parts.settings_path)
        self._desk: Desk | None = None
        self._opening = False
        self._refusal: Problem | None = None
        self._notified = False
        self._broke = ""
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._open_again)
        self._translator = QTranslator(self)
        self._speak()
        self._background = Background(self)
        self._log = ListenerLog(parts.log)
        self._link = ListenerLink(parts.listener_command or ("",), self, keep=self._keep)
        self._tray = Tray(self)
        serve = partial(desktop_service, left=parts.profile / "notifications.json")
        self._notifier = Notifier(self._tray, self, icon=parts.resources / "icons" / f"{NAME}.svg", make_service=serve)
        self.window = MainWindow(
            self._background, parts.resources, settings_path=parts.settings_path, sample=parts.sample
        )
        self.wiring = Wiring(
            Pieces(self.window, self._tray, self._notifier, self._link, self._background, self._single, self._settings),
            self,
        )
        self._updates = UpdateCheck(parts.look_for_update, self._background, self._settings, time.time, self)
        self._bridge = Bridge(self)
        self._bridge.came.connect(self.wiring.tell_unexpected)
        self._endings = Endings(self)
        self._leaving = Leaving(self.window, self._background, self)
        self._garbage = GarbageCollector(self)
        self._program_file = ProgramFile(parts.program_file, self)
        self._connect()

    def begin(self) -> None:
        """Show the window, or only the tray icon; the desk opens behind the first paint."""
        self._old_hook, sys.excepthook = sys.excepthook, self._report
        self._garbage.start()
        self.window.keep_in_tray = False
        if not self._parts.hidden:
            self.window.show()
        self._tray.start()
        if self._parts.hidden:
            self.wiring.watch_over_window()
        QTimer.singleShot(0 if self._parts.hidden else UNPAINTED_MS, self, self._open)

    def end(self) -> None:
        """Keep what was typed, then end listener, threads, notifications and desk, and let the next start in last."""
        self._opening = True  # what was not opened by now is not opened any more
        self._retry.stop()
        write_moments(None)
        if self.window.isVisible():
            self.window.remember()
        self.window.hide()
        self.window.flush()
        self.wiring.detach()
        self._updates.detach()
        self._link.ask_to_end()
        if not self._background.drain(WRITES_SECONDS):
            log.error("writes were still under way after %s s", WRITES_SECONDS)
        self._put_aside()
        self._link.stop()
        self._background.close(THREADS_SECONDS)
        self._put_aside()  # once more: a slow write may have kept the words since
        self._notifier.close()
        self._tray.close()
        if self._desk:
            self._desk.close()
        self._bridge.close()
        self._endings.close()
        self._garbage.stop()
        sys.excepthook = self._old_hook
        self._settings.sync()
        self._single.close()

    def quit(self) -> None:
        """End the event loop. Not `QApplication.quit`, which any window may refuse."""
        self._application.exit(0)

    def _make_way(self) -> None:
        """Begin anew in the version just installed: at once where nobody looks, else when the window is closed."""
        if not self.window.isVisible():
            self._restart()
            return
        self.window.announce(Problem("ui.program_replaced"))
        self.window.closed_to_tray.connect(self._restart)

    def _restart(self) -> None:
        self._application.exit(RESTART)

    def _connect(self) -> None:
        self._endings.asked.connect(self.quit)
        self._program_file.replaced.connect(self._make_way)
        self.wiring.quit_requested.connect(self._leaving.ask)
        self.wiring.end_requested.connect(self.quit)
        self._leaving.free.connect(self.quit)
        self.window.painted.connect(self._open)
        self.window.poll_requested.connect(self._try_again)
        self.window.shop_changed.connect(self._learn_language)
        pages = self.window.pages
        pages.can_look_for_updates = self._updates.can_look
        pages.autostart = autostart_of(self._parts.autostart)
        pages.licences = self._parts.resources / "licences.txt"
        pages.version = self._parts.version
        pages.folder = self._parts.profile
        pages.sample_command = self._parts.sample_command
        pages.update_look_requested.connect(self._updates.look_now)
        self._updates.told.connect(pages.update_told)
        self._updates.found.connect(self.window.updates.tell)
        self.window.updates.skipped.connect(self._updates.skip)
        self._application.commitDataRequest.connect(self._save_for_session_end)

    def _open(self) -> None:
        """Open the desk, once, in the write lane: nothing may be written before it is there."""
        if self._opening:
            return
        self._opening = True
        log.info("ready for the desk %.3f s after the start", time.time() - self._parts.started)
        self._open_again()

    def _open_desk(self) -> Opened | Problem:
        try:
            opened = self._parts.open_desk()
        except ProblemError as error:
            return error.problem
        except Exception as error:  # noqa: BLE001  whatever it was, it may be over at the next try
            return self._broken(error)
        if isinstance(opened, Problem):
            return opened
        self._desk = opened[0]  # here, not in `_attach`: the end may come before the answer and has to close it
        left = self._parts.aside.left() if self._parts.aside else ()
        return (*opened[:2], (*opened[2], *(Problem("ui.typed_left", {"path": str(path)}) for path in left)))

    def _broken(self, error: Exception) -> Problem:
        """Return what nobody foresaw as a Problem; the log has all of it, once."""
        detail = f"{type(error).__name__}: {error}"
        if detail != self._broke:
            self._broke = detail
            log.error("the desk could not be opened", exc_info=error)
        return shortage_of(error) or Problem("ui.unexpected", {"detail": detail})

    def _attach(self, opened: Opened | Problem) -> None:
        if isinstance(opened, Problem):
            self._refuse(opened)
            return
        desk, sources, problems = opened
        if self._refusal:
            self.window.banner.withdraw(sentence(self._refusal))
        self.window.attach(desk, sources)
        if problems:
            self.window.announce_for_good(problems)
        self.wiring.attach(desk)
        self._updates.attach(desk)
        if self._parts.listener_command:
            self._link.start()
        self._learn_language()
        if self._wish.startswith("open "):
            self.wiring.obey(self._wish)

    def _refuse(self, problem: Problem) -> None:
        """Tell once why the desk cannot be opened, and try again after a while.

        Where no window is in sight a notification tells, from the second time on: after a login a drive may come late.
        """
        if problem != self._refusal:
            self._refusal, self._notified = problem, False
            self.window.wait_for_desk(problem)
        elif not self._notified and not self.window.isVisible():
            self._notified = True
            self._notifier.show_plain(waiting_words(problem))
        self._retry.start()

    def _try_again(self) -> None:
        """Open the desk at once, unless it is open or just being opened."""
        if self._retry.isActive():
            self._retry.stop()
            self._open_again()

    def _open_again(self) -> None:
        self._background.run(self._open_desk, self._attach, owner=self, lane="write")

    def _speak(self) -> None:
        """Speak the language the owner chose, as far as this start knows it, or else the system's."""
        if self._parts.speak:
            self._parts.speak(str(self._settings.value("language", "")))
        write_moments(lambda at: show.to_the_minute(at, time.time()))
        locale = show.locale()
        QLocale.setDefault(locale)
        if self._translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._application.installTranslator(self._translator)

    def _learn_language(self) -> None:
        """Note which language the owner chose, for the next start, and say so where it is another one than now."""
        desk = self._desk
        if desk is not None and self._parts.speak:
            self._background.run(lambda: desk.settings.get().language, self._note_language, owner=self)

    def _note_language(self, chosen: str) -> None:
        known = str(self._settings.value("language", ""))
        if chosen == known:
            return
        self._settings.setValue("language", chosen)
        if chosen and chosen != language():
            self.window.announce(Problem("ui.language_next_start", {"language": chosen}))

    def _keep(self, data: bytes) -> None:
        self._background.run(partial(self._log.write, data), owner=self, lane="write")

    def _save_for_session_end(self) -> None:
        """Have everything on the disk before the system ends the session, which may end us without a further word."""
        self.window.flush()
        self._background.drain(WRITES_SECONDS)
        self._put_aside()
        self._settings.sync()

    def _put_aside(self) -> None:
        """Have what the profile did not take somewhere else: nobody may be there to be asked."""
        texts = unkept(self.window)
        if self._parts.aside and self._parts.aside.put(texts) is None and texts:
            log.error("what was typed could be kept nowhere")

    def _report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log what nobody foresaw and tell the owner; in place of `sys.excepthook`, which slots end in as well."""
        if issubclass(kind, KeyboardInterrupt):
            self.quit()
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        self._bridge.post(f"{kind.__name__}: {error}")
