"""One window per profile: a second start asks the first one to do something and ends."""

from __future__ import annotations

import ctypes
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS = 200
ANSWER_MS = 10_000
"""A first instance whose GUI thread does not answer for so long hangs, and must not block the start of another.

A laptop that has just been switched on or woken up keeps it from answering for seconds: two windows would ring twice.
"""
QUIT_MS = 15_000
LONGEST_COMMAND = 4096
QUIT = "quit"
LOCKED = ".lock"
OK = b"ok\n"

log = logging.getLogger(__name__)


def try_send(path: str, command: str, *, answer_ms: int = ANSWER_MS) -> bool:
    """Send a command («show», «quit», «open ID») to the running instance; True once it has said «ok».

    False where none runs, and where one hangs: then the caller starts as if there were none. Waits at most
    `CONNECT_MS` for the first and `answer_ms` besides for the second; after «quit» until the other has ended
    (at most `QUIT_MS`), so that an installer may replace its files. Needs no event loop.
    """
    _let_it_come_forward()
    socket = QLocalSocket()
    socket.connectToServer(path)
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.write(command.encode() + b"\n")
    socket.flush()
    deadline = QDeadlineTimer(answer_ms)
    answer = b""
    while OK not in answer and not deadline.hasExpired() and socket.waitForReadyRead(deadline.remainingTime()):
        answer += socket.readAll().data()
    answered = OK in answer
    if answered and command == QUIT:
        socket.waitForDisconnected(QUIT_MS)
    socket.abort()
    return answered


def doors_beside(path: str) -> tuple[str, ...]:
    """Return the sockets of all instances of this user, whatever their profile, given one they could have.

    They are known by their lock files, which end with their processes or soon after.
    """
    lock = Path(QDir.temp().absoluteFilePath(path) + LOCKED)
    others = sorted(lock.parent.glob(f"{lock.name.rpartition('-')[0]}-*{LOCKED}"))
    folder = path.removesuffix(lock.name.removesuffix(LOCKED))
    return tuple(folder + other.name.removesuffix(LOCKED) for other in others)


def _let_it_come_forward() -> None:
    """Allow any process to raise its window: Windows lets only the one the user has just started do so."""
    if sys.platform == "win32":
        any_process = 0xFFFFFFFF
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


class SingleInstance(QObject):
    """The running instance's door: a local socket only this user may open. `asked` carries each command.

    Who asked to quit stays connected until `close`, which is to be the last thing before the process ends. A lock file
    beside the socket tells two starts at the same moment apart: opening the socket alone would rob the quicker one.
    """

    asked = Signal(str)

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._guests: list[QLocalSocket] = []
        self._lock = QLockFile(QDir.temp().absoluteFilePath(path) + LOCKED)
        self._lock.setStaleLockTime(0)  # a lock is as old as its process, however long that runs
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def listen(self) -> bool:
        """Open the door; to be called after `try_send` has failed. A stale socket file is replaced.

        False where another living process has this door or is opening it at this moment.
        """
        return self._lock.tryLock(0) and self._open()

    def take_over(self) -> bool:
        """Open the door although another process has it; only after `try_send` has failed again: that process hangs.

        Returns False where the system has no door to give: the program then runs without being found.
        """
        QLocalServer.removeServer(self._path)
        return self._open()

    def close(self) -> None:
        """Close the door and take the socket file away."""
        for guest in tuple(self._guests):
            guest.abort()
        self._server.close()
        self._lock.unlock()

    def _open(self) -> bool:
        opened = self._server.listen(self._path)
        if not opened:
            log.info("no single instance: %s", self._server.errorString())
        return opened

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            guest = self._server.nextPendingConnection()
            guest.setReadBufferSize(2 * LONGEST_COMMAND)
            self._guests.append(guest)
            guest.readyRead.connect(self._hear)
            guest.disconnected.connect(self._part)
        self._hear()

    def _hear(self) -> None:
        """Read from whoever has said something; who talks too long is shown out."""
        for guest in tuple(self._guests):
            if guest.canReadLine():
                self._answer(guest)
            elif guest.bytesAvailable() > LONGEST_COMMAND:
                guest.disconnectFromServer()

    def _answer(self, guest: QLocalSocket) -> None:
        command = bytes(guest.readLine().data()).decode(errors="replace").strip()
        guest.write(OK)
        guest.flush()
        if command != QUIT:
            guest.disconnectFromServer()
        self.asked.emit(command)

    def _part(self) -> None:
        """Let go of those who left, one turn of the event loop later: they are still in the middle of leaving."""
        for guest in tuple(self._guests):
            if guest.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._guests.remove(guest)
                guest.deleteLater()
