"""The window's end of the pipe to the listener: starts it, watches it, starts it again."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, Qt, QTimer, Signal

from app.core.messages import (
    Arrived,
    Failed,
    Pause,
    Polled,
    Quit,
    ReplyMoved,
    Righted,
    Status,
    TakenIn,
    ToListener,
    Woke,
    decode,
    encode,
    name_of,
)
from app.core.problems import Problem
from app.ui.listener_health import TELL_AT, Deaths, Pulse

SILENCE = 20.0
"""Seconds without any message after which a listener hangs; it sends its status at least every five."""
TURN = 200
"""Messages handed on before the event loop gets its turn: a flood must not stop the window."""
LONGEST_LINE = 1_000_000
LONGEST_STDERR = 256 * 1024
STDERR_DELAY_MS = 500
STOP_MS = 6000
"""Milliseconds an end takes but for a kill: a listener has three seconds for what is under way, and then its last copy."""
KILL_WAIT_MS = 1000

log = logging.getLogger(__name__)


class ListenerLink(QObject):
    """Owns the listener's process. Signals carry messages of app/core/messages, `failed` and `righted` a Problem, `running` a bool.

    `command` is program and arguments. `keep` is given what the listener prints on stderr, in bursts, and must not
    wait; without it that is dropped. `silence` in seconds. A dead listener is started again after 1, 2, 4 … 60 s,
    a silent one is killed first.
    """

    arrived = Signal(object)
    polled = Signal(object)
    status = Signal(object)
    woke = Signal(object)
    failed = Signal(object)
    righted = Signal(object)
    taken_in = Signal(object)
    reply_moved = Signal(object)
    running = Signal(bool)

    def __init__(
        self,
        command: tuple[str, ...],
        parent: QObject | None = None,
        *,
        keep: Callable[[bytes], object] | None = None,
        silence: float = SILENCE,
        delay_unit: float = 1.0,
    ) -> None:
        super().__init__(parent)
        self._command = command
        self._keep = keep
        self._delay_unit = delay_unit
        self._signals = {
            Arrived: self.arrived,
            Polled: self.polled,
            Status: self.status,
            Woke: self.woke,
            TakenIn: self.taken_in,
            ReplyMoved: self.reply_moved,
        }
        self._half = b""
        self._lines: deque[bytes] = deque()
        self._unread: set[str] = set()
        self._stderr = b""
        self._deaths = Deaths()
        self._pulse = Pulse(silence)
        self._started_at = 0.0
        self._ending = False
        self._paused = False
        self._process = self._make_process()
        self._restart = self._timer(self._launch, single=True)
        self._turn = self._timer(self._hand_on, single=True)
        self._hand_over = self._timer(self._hand_stderr, single=True)
        self._look = self._timer(self._look_after, single=False)
        self._look.setInterval(int(self._pulse.period * 1000))

    def start(self) -> None:
        """Start the listener, unless it is there already, and look after it from now on."""
        self._ending = False
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self._launch()

    def send(self, message: ToListener) -> bool:
        """Send a message; returns False where no listener runs. A pause is remembered for the next listener."""
        if isinstance(message, Pause):
            self._paused = message.paused
        if self._process.state() != QProcess.ProcessState.Running:
            return False
        return self._process.write(encode(message)) >= 0

    def ask_to_end(self) -> None:
        """Ask the listener to end and close its stdin, without waiting for that; it is not started again."""
        self._ending = True
        for timer in (self._restart, self._look, self._turn):
            timer.stop()
        self._lines.clear()
        if self._process.state() == QProcess.ProcessState.Starting:
            self._process.waitForStarted(
                KILL_WAIT_MS
            )  # a matter of milliseconds, and only then can it be told anything
        if self._process.state() == QProcess.ProcessState.Running:
            self.send(Quit())
            self._process.closeWriteChannel()

    def stop(self, timeout_ms: int = STOP_MS) -> bool:
        """End the listener and wait for it: asked, then terminated, then killed; returns whether it ended when asked.

        `timeout_ms` is the whole wait but for the kill itself, which ends any process. Two thirds of it are for the
        listener that was asked, which has to store what is under way and to copy the archive.
        """
        self.ask_to_end()
        idle = self._process.state() == QProcess.ProcessState.NotRunning
        asked = idle or self._process.waitForFinished(timeout_ms * 2 // 3)
        if not asked:
            self._process.terminate()
            if not self._process.waitForFinished(timeout_ms // 3):
                self._process.kill()
                self._process.waitForFinished(KILL_WAIT_MS)
        self._hand_over.stop()
        self._hand_stderr()
        return asked

    def _make_process(self) -> QProcess:
        process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments(list(self._command[1:]))
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_stderr)
        process.started.connect(self._on_started)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        return process

    def _timer(self, slot: Callable[[], object], *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setTimerType(Qt.TimerType.CoarseTimer)
        timer.timeout.connect(slot)
        return timer

    def _launch(self) -> None:
        self._half = b""
        self._started_at = time.monotonic()
        self._pulse.begin(self._started_at, time.time())
        self._process.start()

    def _on_started(self) -> None:
        self._look.start()
        if self._paused:
            self.send(Pause(paused=True))
        self.running.emit(True)  # noqa: FBT003  a signal takes no names

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            log.info("listener did not start: %s", self._process.errorString())
            self._bury(Problem("ui.listener_not_started", {"detail": self._process.errorString()}), tell_at=1)

    def _on_finished(self, code: int, how: QProcess.ExitStatus) -> None:
        self._look.stop()
        self._read()
        self._read_stderr()
        if not self._ending:
            log.info("listener ended by itself: %s, code %s", how.name, code)
        self.running.emit(False)  # noqa: FBT003  a signal takes no names
        self._bury(Problem("ui.listener_restarted", {"times": self._deaths.in_a_row + 1}), tell_at=TELL_AT)

    def _bury(self, problem: Problem, tell_at: int) -> None:
        """Plan the next start; announce the problem once in a row of deaths, at the one numbered `tell_at`."""
        if self._ending:
            return
        self._deaths = self._deaths.one_more(time.monotonic() - self._started_at)
        if self._deaths.in_a_row == tell_at:
            self.failed.emit(problem)
        self._restart.start(int(self._deaths.delay * self._delay_unit * 1000))

    def _look_after(self) -> None:
        if self._pulse.look(time.monotonic(), time.time()):
            log.info("listener silent for %.0f s: killed", self._pulse.silence)
            self._process.kill()

    def _read(self) -> None:
        data = self._half + self._process.readAllStandardOutput().data()
        *lines, self._half = data.split(b"\n")
        if len(self._half) > LONGEST_LINE:
            self._half = b""
        if self._ending:
            return
        self._lines.extend(lines)
        if self._lines and not self._turn.isActive():
            self._hand_on()

    def _hand_on(self) -> None:
        """Emit some of the messages read; the rest after the event loop had its turn."""
        for _ in range(min(TURN, len(self._lines))):
            message = decode(line := self._lines.popleft())
            if message is None:
                self._note_unread(line)
            if isinstance(message, Failed | Righted):
                self._beat()
                (self.failed if isinstance(message, Failed) else self.righted).emit(message.problem)
            elif message is not None and (signal := self._signals.get(type(message))):
                self._beat()
                signal.emit(message)
            if self._ending:
                return
        if self._lines:
            self._turn.start(0)

    def _note_unread(self, line: bytes) -> None:
        """Note in the log that a message cannot be read, which a listener of another version may send: of each name once."""
        if (name := name_of(line)) not in self._unread:
            self._unread.add(name)
            log.warning("the listener sent what is no message: %s, %d bytes", name or "nameless", len(line))

    def _beat(self) -> None:
        self._pulse.beat(time.monotonic())

    def _read_stderr(self) -> None:
        data = self._process.readAllStandardError().data()
        if data and self._keep:
            self._stderr = (self._stderr + data)[-LONGEST_STDERR:]
            if not self._hand_over.isActive():
                self._hand_over.start(STDERR_DELAY_MS)

    def _hand_stderr(self) -> None:
        if self._stderr and self._keep:
            self._keep(self._stderr)
        self._stderr = b""
