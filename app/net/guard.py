"""Nothing waits for ever: the clock and the byte counter behind every wait of a call, and sockets that obey them."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any, cast

from app.core.problems import Problem
from app.net.ended import EndedError

SLICE = 0.4
"""Seconds a socket waits at most before it looks whether the net is being closed."""


class Guard(threading.local):
    """The limits of the call under way in this thread: every thread sees its own.

    `begin` sets them; `next_wait` and `count` end the call with an EndedError once they are passed. `wrote` says whether
    a first byte may have gone to the other side.
    """

    def __init__(self, closing: threading.Event) -> None:
        self._closing = closing
        self.host = ""
        self.opened = 0
        self.wrote = False
        self._seconds = 0.0
        self._until = 0.0
        self._left = self._most = 0

    def begin(self, host: str, seconds: float, wire_bytes: int) -> None:
        """Start a call to `host` that may last `seconds` and receive `wire_bytes`."""
        self.host, self._seconds, self.opened, self.wrote = host, seconds, 0, False
        self._left = self._most = wire_bytes
        self._until = time.monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Return the seconds left to this call; below zero when it is over."""
        return self._until - time.monotonic()

    def next_wait(self) -> float:
        """Return how long the next wait may last, in seconds above zero."""
        if self._closing.is_set():
            raise EndedError(Problem("net.closed"))
        left = self.remaining
        if left <= 0:
            raise EndedError(self.timed_out(self._seconds))
        return min(left, SLICE)

    def timed_out(self, seconds: float) -> Problem:
        """Return «net.timeout» for a wait that lasted `seconds`."""
        return Problem("net.timeout", {"host": self.host, "seconds": round(seconds, 1)})

    @property
    def silent(self) -> bool:
        """Tell whether not a single byte has come yet."""
        return self._left == self._most

    def announce(self, size: int) -> None:
        """End the call where a server announces more bytes than may still come, before room is made for them."""
        if size > self._left:
            raise EndedError(Problem("net.too_large", {"host": self.host}))

    def count(self, received: int) -> None:
        """Count bytes off the wire; stops floods that never become a body (endless headers, odd chunks)."""
        self._left -= received
        if self._left < 0:
            raise EndedError(Problem("net.too_large", {"host": self.host}))


def _receive(plug: socket.socket, guard: Guard, read: Callable[[], int]) -> int:
    while True:
        plug.settimeout(guard.next_wait())
        try:
            received = read()
        except TimeoutError:
            continue
        guard.count(received)
        return received


def _send_all(plug: socket.socket, guard: Guard, data: Any, flags: int) -> None:
    view = memoryview(data).cast("B")
    while view:
        plug.settimeout(guard.next_wait())
        guard.wrote = True
        try:
            view = view[plug.send(view, flags) :]
        except TimeoutError:
            continue


class GuardedSocket(socket.socket):
    """A socket each of whose waits is a short slice between two looks at the guard."""

    guard: Guard

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        return _receive(self, self.guard, lambda: super(GuardedSocket, self).recv_into(buffer, nbytes, flags))

    def sendall(self, data: Any, flags: int = 0) -> None:
        _send_all(self, self.guard, data, flags)


class GuardedTlsSocket(ssl.SSLSocket):
    """The same under TLS; a read, write or handshake that ran out of its slice is simply taken up again."""

    guard: Guard

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        return _receive(self, self.guard, lambda: super(GuardedTlsSocket, self).recv_into(buffer, nbytes, flags))

    def sendall(self, data: Any, flags: int = 0) -> None:
        _send_all(self, self.guard, data, flags)

    def shake_hands(self) -> None:
        """Do the TLS handshake under the guard."""
        while True:
            self.settimeout(self.guard.next_wait())
            try:
                return self.do_handshake()
            except TimeoutError:
                continue


class GuardedContext(ssl.SSLContext):
    """A TLS context that hands the guard of a plain socket on to the TLS socket around it."""

    sslsocket_class = GuardedTlsSocket

    def wrap_socket(self, sock: socket.socket, *args: Any, **named: Any) -> ssl.SSLSocket:
        named["do_handshake_on_connect"] = False
        guard = cast("GuardedSocket", sock).guard
        wrapped = cast("GuardedTlsSocket", super().wrap_socket(sock, *args, **named))
        wrapped.guard = guard
        try:
            wrapped.shake_hands()
        except BaseException:  # even where the program is being ended: no socket stays open
            wrapped.close()
            raise
        return wrapped
