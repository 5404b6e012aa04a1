"""Isso, a comment server: heard through its feed, with answers under their comment."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from real.check import Checks
from real.ground import answers, environment_with, free_port, started, wait_until
from real.shopkeeper import Shopkeeper

VERSION = "isso==0.14.0"
PAGE = "/blog/kawa/"

CONFIG = """
[general]
dbpath = {folder}/comments.db
host = http://127.0.0.1:{page_port}/
[server]
listen = http://127.0.0.1:{port}/
[rss]
base = http://127.0.0.1:{page_port}
[guard]
enabled = false
"""


@dataclass(frozen=True, slots=True)
class Isso:
    """A running server."""

    url: str
    folder: Path

    def say(self, author: str, text: str, parent: int | None = None) -> int:
        """Comment as a visitor of the page does, and return the comment's number."""
        body = json.dumps({"author": author, "text": text, "title": "Kawa", "parent": parent}).encode()
        request = urllib.request.Request(
            f"{self.url}/new?uri={PAGE}", body, {"Content-Type": "application/json", "Origin": self.url}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(json.load(answer)["id"])


@contextlib.contextmanager
def isso(folder: Path) -> Iterator[Isso]:
    """Run Isso for as long as the block lasts."""
    port = free_port()
    (folder / "isso.cfg").write_text(CONFIG.format(folder=folder, port=port, page_port=free_port()), "utf-8")
    command = environment_with("isso", VERSION) / "isso"
    with started([command, "-c", folder / "isso.cfg", "run"], folder / "log"):
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{url}/latest?limit=1"), "Isso")
        yield Isso(url, folder)


def check(folder: Path, checks: Checks) -> None:
    """Comment as customers, answer as the shop, and see what the program hears of it."""
    with isso(folder) as server:
        checks("started", true=True)
        complaint = server.say("Anna Kowalska", "Kawa przyszła zimna, a obsługa była niemiła. Żądam zwrotu pieniędzy!")
        server.say("Piotr", "Świetna kawa, pozdrawiam serdecznie całą załogę!")
        keeper = Shopkeeper(folder / "shop")
        added = keeper.watch("comment_feed", "Komentarze", {"url": f"{server.url}/feed?uri={PAGE}"})
        checks("watch added", added.code == 0, added.err.strip())
        heard = keeper.poll().rows
        kinds = {row["author"]: row["kind"] for row in heard}
        checks(
            "complaint and praise heard within one poll",
            kinds.get("Anna Kowalska") == "complaint" and len(kinds) == 2,
            kinds,
        )
        checks("nothing heard twice", not keeper.poll().rows)
        server.say("Anna Kowalska", "Nadal czekam na odpowiedź, to skandal.", complaint)
        rows = keeper.poll().rows
        checks(
            "an answer that the server hides behind «not modified» is heard",
            len(rows) == 1,
            [row["excerpt"] if "excerpt" in row else row.get("text", "")[:40] for row in rows],
        )
        checks(
            "and joins the case of its comment",
            rows and keeper.case(rows[0]["id"]) == keeper.case(_anna(heard)),
            rows and keeper.case(rows[0]["id"]),
        )
        _see(keeper, server, complaint, heard, checks)


def _see(keeper: Shopkeeper, server: Isso, complaint: int, heard: list[dict[str, Any]], checks: Checks) -> None:
    """Post the reply by hand on the page, mark it as answered, and have the next poll look for it."""
    reply = "Pani Anno, przepraszamy. Zwrot pieniędzy wysłaliśmy dziś rano."
    mention = _anna(heard)
    marked = keeper.say("reply", "posted", str(mention), reply)
    checks("marked as answered", marked.code == 0, marked.err.strip())
    keeper.poll()
    checks("not seen while it is not there", keeper.stand(mention) != "seen", keeper.stand(mention))
    server.say("Kawa Raj", reply, complaint)
    keeper.poll()
    checks("our answer is seen on the next poll", keeper.stand(mention) == "seen", keeper.stand(mention))


def _anna(rows: list[dict[str, Any]]) -> int:
    return next((int(row["id"]) for row in rows if row["author"] == "Anna Kowalska"), 0)
