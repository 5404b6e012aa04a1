"""500 feeds of 35 items, about 71 KB each, in Polish, Russian and English, and a quick server for them.

Run as a program it serves: `corpus.py FEEDS ITEMS` prints its port, then answers on a loopback address for each feed, with ETags. A request
for /turn makes every feed change by one new item; /count gives the requests answered so far.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import html
import random
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from email.utils import formatdate
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parents[2] / "training" / "texts"


@cache
def sentences(language: str) -> list[str]:
    """Return our own texts that are no complaint, praise, question or wish to buy: what most feeds are made of.

    The files o-* came later and are left out, so that the feeds stay like those measured before.
    """
    lines = [
        line for path in sorted((TEXTS / language).glob("[!o]*.txt")) for line in path.read_text("utf-8").splitlines()
    ]
    texts = (
        line.partition("|")[2].replace("||", " ").replace("\\n", " ")
        for line in lines
        if line.startswith(("n |", "n news"))
    )
    return [html.escape(" ".join(text.split())) for text in texts]


COMPLAINTS = {
    "pl": "Paczka nie dotarła, nikt nie odbiera telefonu, proszę o zwrot pieniędzy.",
    "ru": "Посылка не пришла, трубку никто не берёт, верните деньги.",
    "en": "The parcel never arrived, nobody answers the phone, I want a refund.",
}
"""Every tenth item ends with one."""


def text(chance: random.Random, language: str, words: int) -> str:
    """Return about so many words of a language, as ordinary texts one after the other."""
    parts: list[str] = []
    while words > 0:
        parts.append(chance.choice(sentences(language)))
        words -= len(parts[-1].split())
    return " ".join(parts)


def item(feed: int, number: int, language: str, now: float) -> str:
    """Return one RSS item of about 2 KB."""
    chance = random.Random(f"{feed}-{number}")
    end = f"<p>{COMPLAINTS[language]}</p>" if number % 10 == 0 else ""
    body = "".join(
        f"<p>{text(chance, language, 60)} <a href='https://s{feed}.example/x'>link</a></p>"
        for _ in range(4 if language != "ru" else 2)
    )
    return (
        f"<item><title>{' '.join(text(chance, language, 7).split()[:9])}</title><link>https://s{feed}.example/p/{number}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>s{feed}-{number}</guid><dc:creator>Autor {chance.randint(1, 400)}</dc:creator>"
        f"<pubDate>{formatdate(now - number * 600, usegmt=True)}</pubDate><category>a</category>"
        f"<description><![CDATA[{body}{end}]]></description></item>"
    )


def feed(number: int, items: int, turn: int, now: float) -> bytes:
    """Return a feed after `turn` changes, each of which brought one new item."""
    language = ("pl", "ru", "en")[number % 3]
    inside = "".join(item(number, n, language, now) for n in range(turn + items, turn, -1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Sklep {number}</title><link>https://s{number}.example/</link><language>{language}</language>{inside}"
        "</channel></rss>"
    ).encode()


class Server:
    """A minimal HTTP/1.1 server with keep-alive and ETags, so that it is not what is measured."""

    def __init__(self, feeds: int, items: int) -> None:
        self.items, self.turn, self.count = items, 0, 0
        self.now = 1_795_000_000.0
        self.bodies: dict[int, tuple[bytes, bytes]] = {}
        self.feeds = feeds
        self.renew()

    def renew(self) -> None:
        for number in range(self.feeds):
            body = feed(number, self.items, self.turn, self.now)
            tag = b'"' + hashlib.blake2b(body, digest_size=8).hexdigest().encode() + b'"'
            self.bodies[number] = (tag, body)

    def answer(self, path: str, headers: bytes) -> bytes:
        if path == "/turn":
            self.turn += 1
            self.renew()
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        if path == "/count":
            said = str(self.count).encode()
            return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said)
        self.count += 1
        tag, body = self.bodies[int(path.strip("/").split(".")[0])]
        if tag in headers:
            return b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % tag
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %s\r\nContent-Length: %d\r\n\r\n"
        return head % (tag, len(body)) + body

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                writer.write(self.answer(path, head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@contextlib.contextmanager
def serving(feeds: int, items: int) -> Iterator[int]:
    """Serve a corpus from a process of its own and give its port."""
    program = [sys.executable, __file__, str(feeds), str(items)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield int(server.stdout.readline())
        finally:
            server.kill()


def turn(port: int) -> None:
    """Have every feed change by one new item."""
    with urllib.request.urlopen(f"http://{host(0)}:{port}/turn", timeout=60):
        pass


async def _main(feeds: int, items: int) -> None:
    server = Server(feeds, items)
    hosts = sorted({host(number) for number in range(feeds)})
    first = await asyncio.start_server(server.serve, hosts[0], 0)
    port = first.sockets[0].getsockname()[1]
    rest = await asyncio.start_server(server.serve, hosts[1:], port) if hosts[1:] else None
    print(port, flush=True)
    await first.serve_forever()
    if rest:
        rest.close()


def host(number: int) -> str:
    """Return the loopback address that stands for a feed's host."""
    return f"127.0.{number // 200 + 1}.{number % 200 + 1}"


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2])))
