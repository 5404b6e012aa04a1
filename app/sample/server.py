"""Serves the sample shop's feeds on loopback, to this laptop only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.sample.shop import SampleShop


def _handler(shop: SampleShop, clock: Callable[[], float]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5.0

        def do_GET(self) -> None:
            feed = shop.feed(self.path.strip("/").removesuffix(".xml"), clock())
            body = (feed or "").encode()
            self.send_response(200 if feed is not None else 404)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the method overridden
            """Keep quiet: standard error belongs to the program."""

    return Handler


class SampleServer:
    """Listens on a free port of 127.0.0.1 from construction until `close`."""

    def __init__(self, shop: SampleShop, clock: Callable[[], float]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(shop, clock))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.5,), name="sample-shop", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Return the address of the server, without a closing slash."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
