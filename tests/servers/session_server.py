"""What small servers on the loopback address share that keep a connection for a whole session: TLS both ways, and an end."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any, Self


class SessionServer:
    """Serves each caller in a thread of its own until it is left: a connection, then `serve` for as long as that takes.

    `said` is every line it heard, `sessions` how often it was called, `most_together` by how many at once. `tls` from the first byte, `starttls` after that command.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> None:
        self.user, self.password = "biuro@kawaraj.example", "tajne hasło"
        self.said: list[bytes] = []
        self.sessions = self.together = self.most_together = 0
        self._tls, self._starttls = tls, starttls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closed = threading.Event()
        self.port: int = self._listening.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for plug in list(self._open):
            with contextlib.suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)
            plug.close()
        for thread in self._threads:
            thread.join(60)

    def hang(self, *_: bytes) -> None:
        """Say nothing more until the server closes."""
        self._closed.wait(60)

    def serve(self, plug: socket.socket) -> None:
        """Talk to a caller to the end; `encrypted` takes this connection further under TLS."""
        raise NotImplementedError

    def encrypted(self, plug: socket.socket, context: ssl.SSLContext) -> socket.socket:
        """Go on with a connection under TLS."""
        self._open.discard(plug)
        plug = context.wrap_socket(plug, server_side=True)
        self._open.add(plug)
        return plug

    def _start(self, what: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=what, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                plug, _ = self._listening.accept()
            except OSError:
                return
            self._start(self._welcome, plug)

    def _welcome(self, plug: socket.socket) -> None:
        self.sessions += 1
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each second short answer waits for 40 ms
        self._open.add(plug)
        try:
            if self._tls:
                plug = self.encrypted(plug, self._tls)
            self.serve(plug)
        except (OSError, ValueError):
            pass
        finally:
            self.together -= 1
            self._open.discard(plug)
            plug.close()
