"""A shop for whole-program tests: a feed on loopback that grows, a profile, and the installed command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from servers.http_server import ScriptedServer

COMMAND = Path(sys.executable).with_name("counterbell")


def entry(key: str, author: str, text: str, at: float, title: str = "") -> str:
    """Return one RSS item."""
    return (
        f"<item><guid isPermaLink='false'>{key}</guid><link>https://shop.example/{key}</link>"
        f"<title>{escape(title)}</title><dc:creator>{escape(author)}</dc:creator>"
        f"<pubDate>{formatdate(at, usegmt=True)}</pubDate><description>{escape(text)}</description></item>"
    )


def rss(entries: Sequence[str]) -> bytes:
    """Return a feed of items, newest first."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Opinie</title><link>https://shop.example/</link>{''.join(reversed(entries))}</channel></rss>"
    ).encode()


@dataclass
class Shop:
    """`server` serves /feed; `profile` is the folder of the program's data; `env` that of its processes."""

    server: ScriptedServer
    profile: Path
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    entries: list[str] = field(default_factory=list)

    def publish(self, *entries: str) -> None:
        self.entries.extend(entries)
        self.server.routes["/feed"] = (200, {"Content-Type": "application/rss+xml"}, rss(self.entries))

    @property
    def url(self) -> str:
        return self.server.url("/feed")

    def watch(self, interval: int) -> None:
        """Listen to the feed as to an own channel, every `interval` seconds."""
        self.say(
            "watch", "add", "--source", "feed", "--url", self.url, "--name", "Opinie", "--own", "--allow-private",
            "--interval", str(interval),
        )  # fmt: skip

    def say(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the installed command on the profile."""
        done = subprocess.run(
            [COMMAND, *words, "--profile", self.profile],
            env=dict(self.env),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """Return the JSON lines that a command prints."""
        return [json.loads(line) for line in self.say(*words, "--json").stdout.splitlines()]

    def documents(self) -> list[dict[str, Any]]:
        """Return the customers' files as they lie on the disk."""
        return [json.loads(p.read_text(encoding="utf-8")) for p in self.profile.glob("customers/[0-9a-f]*/*.json")]
