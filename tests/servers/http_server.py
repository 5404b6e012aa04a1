"""A web server on the loopback address that does as it is told: answers, drips, hangs, breaks off, lies, redirects."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

HANG_SECONDS = 60.0
"""A hanging answer ends at the latest then, or at once when the server closes."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as it came. `headers` have lower-case names; `at` is by the monotonic clock."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    client: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send. Where `headers` name no Content-Length the right one is added, unless `length` is False.

    `drip` (bytes, seconds) sends the body in pieces with pauses, `drip_headers` the head as well, byte by byte.
    `cut` breaks the connection off after so many bytes of the body (0: before the first), `hang` stops then instead.
    `chunks` sends the body in chunks of that size. `silent` never answers at all; `slam` closes without an answer.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    drip: tuple[int, float] | None = None
    drip_headers: bool = False
    cut: int | None = None
    hang: int | None = None
    chunks: int = 0
    length: bool = True
    silent: bool = False
    slam: bool = False


Reply = Answer | tuple[int, Mapping[str, str], bytes] | bytes | str
Route = Reply | Callable[[Heard], Reply]


def gzipped(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Return an answer packed with gzip."""
    return Answer(status, {"Content-Encoding": "gzip", **headers}, gzip.compress(body))


def bomb(megabytes: int, coding: str = "gzip") -> Answer:
    """Return a small answer that unpacks to so many megabytes of zeros («gzip» or «deflate»)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    return Answer(headers={"Content-Encoding": coding}, body=packed)


def redirect(to: str, status: int = 302) -> Answer:
    """Return a redirect."""
    return Answer(status, {"Location": to}, b"elsewhere")


def answer_of(reply: Reply) -> Answer:
    """Return any kind of reply as an Answer."""
    if isinstance(reply, Answer):
        return reply
    if isinstance(reply, tuple):
        return Answer(*reply)
    return Answer(body=reply.encode() if isinstance(reply, str) else reply)


class ScriptedServer:
    """A context manager: a threading HTTP/1.1 server on a free port that records every request.

    `routes` maps paths to replies or to functions from a request to a reply, and can be changed at any time; the path
    «*» stands for every other. With `tls` it speaks https. Leaving it ends all connections and joins all threads.
    """

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Route] = {}
        self.closing = threading.Event()
        self._tls = tls
        self._news = threading.Condition(threading.RLock())
        self._heard: list[Heard] = []
        self._plugs: set[socket.socket] = set()
        self._server = _Server((host, 0), _Handler, bind_and_activate=True)
        self._server.script = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.005,), name="scripted-server")
        self.host, self.port = host, self._server.server_address[1]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def url(self, path: str = "/", host: str = "") -> str:
        """Return the address of a path, under another name of this machine where one is given."""
        return f"{'https' if self._tls else 'http'}://{host or self.host}:{self.port}{path}"

    @property
    def requests(self) -> list[Heard]:
        """Return all requests so far, in the order of their arrival."""
        with self._news:
            return list(self._heard)

    def to(self, path: str) -> list[Heard]:
        """Return the requests to one path."""
        return [heard for heard in self.requests if heard.path == path]

    def wait_for(self, number: int, seconds: float = 60.0) -> list[Heard]:
        """Wait until so many requests have come, and return them all; AssertionError when they do not come."""
        with self._news:
            assert self._news.wait_for(lambda: len(self._heard) >= number, seconds), f"{len(self._heard)} requests came"
            return list(self._heard)

    def wait_until(self, true: Callable[[], bool], seconds: float = 60.0) -> bool:
        """Wait until something about requests or connections is true; False when it does not become so."""
        with self._news:
            return self._news.wait_for(true, seconds)

    @property
    def connections(self) -> int:
        """Return the number of connections open now."""
        with self._news:
            return len(self._plugs)

    def drop_connections(self) -> None:
        """Cut every connection off, as a server does that restarts."""
        with self._news:
            plugs = list(self._plugs)
        for plug in plugs:
            with contextlib.suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End everything; may be called twice."""
        self.closing.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self.drop_connections()
        self._server.server_close()

    def record(self, heard: Heard) -> None:
        with self._news:
            self._heard.append(heard)
            self._news.notify_all()

    def opened(self, plug: socket.socket) -> socket.socket:
        """Take a new connection into account, and under TLS where that is spoken."""
        if self._tls:
            plug = self._tls.wrap_socket(plug, server_side=True, do_handshake_on_connect=False)
        with self._news:
            self._plugs.add(plug)
        if self.closing.is_set():
            self.drop_connections()
        return plug

    def ended(self, plug: Any) -> None:
        with self._news:
            self._plugs.discard(plug)
            self._news.notify_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128
    script: ScriptedServer

    def get_request(self) -> tuple[socket.socket, Any]:
        plug, address = super().get_request()
        return self.script.opened(plug), address

    def shutdown_request(self, request: Any) -> None:
        self.script.ended(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that goes away half-way is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, *_: Any) -> None:
        """Keep the tests' output clean."""

    def _serve(self) -> None:
        script = self.server.script
        target = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        heard = Heard(self.command, target.path, target.query, headers, body, time.monotonic(), self.client_address)
        script.record(heard)
        route = script.routes.get(target.path, script.routes.get("*", Answer(404, body=b"no such page")))
        answer = answer_of(route(heard) if callable(route) else route)
        with contextlib.suppress(OSError):
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        if answer.silent:
            self.server.script.closing.wait(HANG_SECONDS)
        if answer.silent or answer.slam:
            self.close_connection = True
            return
        body = b"" if self.command == "HEAD" or answer.status in {204, 304} else answer.body
        end = min(limit for limit in (answer.cut, answer.hang, len(body)) if limit is not None)
        head = self._head(answer, len(answer.body))
        if answer.drip_headers and not self._drip(head, 1, answer.drip[1] if answer.drip else 0.05):
            return
        pieces = _in_chunks(body, answer.chunks) if answer.chunks and end == len(body) else body[:end]
        if answer.drip:
            if not answer.drip_headers:
                self.wfile.write(head)
            self._drip(pieces, *answer.drip)
        else:
            self.wfile.write(pieces if answer.drip_headers else head + pieces)
        if answer.hang is not None:
            self.server.script.closing.wait(HANG_SECONDS)
        if answer.cut is not None or answer.hang is not None:
            self.close_connection = True

    def _head(self, answer: Answer, size: int) -> bytes:
        headers = dict(answer.headers)
        named = {name.lower() for name in headers}
        if answer.chunks:
            headers["Transfer-Encoding"] = "chunked"
        elif not answer.length:
            headers["Connection"] = "close"
            self.close_connection = True
        elif "content-length" not in named and answer.status not in {204, 304}:
            headers["Content-Length"] = str(size)
        lines = [f"HTTP/1.1 {answer.status} So", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        return "\r\n".join(lines).encode("latin-1")

    def _drip(self, data: bytes, size: int, pause: float) -> bool:
        """Send data in pieces with pauses; False where the server closes meanwhile."""
        for start in range(0, len(data), size):
            self.wfile.write(data[start : start + size])
            if self.server.script.closing.wait(pause):
                self.close_connection = True
                return False
        return True


def _in_chunks(body: bytes, size: int) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
