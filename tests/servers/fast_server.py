"""A web server that costs next to nothing, to be run as a process of its own by benchmarks.

It listens on one port of 127.0.0.1 to 127.0.0.<hosts>, prints that port, and ends when its standard input does. «/304»
answers 304 to a conditional request and a small 200 else; «/feed/<n>» answers 71 KB that differ with every n.
"""

from __future__ import annotations

import asyncio
import sys

BODY = 71 * 1024
UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n'


def answer(request: bytes) -> bytes:
    """Return the whole answer to a request's head."""
    path = request.split(b" ", 2)[1]
    if path.startswith(b"/304") and b"if-none-match:" in request.lower():
        return UNCHANGED
    body = b"small" if path.startswith(b"/304") else (path * (BODY // len(path) + 1))[:BODY]
    head = b'HTTP/1.1 200 OK\r\nETag: "one"\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n'
    return head % len(body) + body


class Fast(asyncio.Protocol):
    """Answers each head as soon as it is whole."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        *heads, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(answer(head + b"\r\n"))


async def serve(hosts: int) -> None:
    loop = asyncio.get_running_loop()
    first = await loop.create_server(Fast, "127.0.0.1", 0, backlog=256)
    port = first.sockets[0].getsockname()[1]
    others = [f"127.0.0.{number}" for number in range(2, hosts + 1)]
    servers = [first]
    if others:
        servers.append(await loop.create_server(Fast, others, port, backlog=256))
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for server in servers:
        server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
