"""A source in a package of its own: the guest book of a web shop, handed out as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from app.core.mention import LONGEST_TEXT, Mention
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps
from app.core.problems import Problem
from app.core.watch import WatchKind

MOST_AT_FIRST = 100
RECENT = 7 * 86_400.0
"""Seconds: the first poll takes what is younger, and the newest hundred at most."""

MOST = 1_000
"""Entries of one answer that are looked at."""


class GuestBookSource:
    """Reads the whole book with one request, which costs nothing while nobody writes (304)."""

    id = "guestbook"
    title = "Guest book (JSON)"
    kinds = (WatchKind.CHANNEL,)
    settings = (Setting("address", "Address of the guest book", "url", hint="It answers with JSON."),)
    shortest_interval = 300
    help_page = "guestbook"

    def poll(self, poll: Poll) -> Steps:
        """Ask for the book and return its entries; those told before are known to Counterbell by their keys."""
        address = self.tidy(poll.watch.settings)["address"]
        response = yield Request(address, headers={"Accept": "application/json"})
        if response.unchanged:
            return Reading(bookmark=poll.bookmark)
        entries = entries_of(response)
        if entries is None:
            host = urlsplit(address).hostname or ""
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.broken_answer", {"host": host}))
        mentions = sorted(mentions_of(entries, address, poll.now), key=lambda one: -(one.published or 0.0))
        if poll.first:
            mentions = [one for one in mentions if one.published is None or poll.now - one.published <= RECENT]
            mentions = mentions[:MOST_AT_FIRST]
        return Reading(tuple(mentions), bookmark=poll.bookmark)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address as typed, or None."""
        address = self.tidy(settings)["address"]
        try:
            parts = urlsplit(address)
            fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.password is None
        except ValueError:
            fine = False
        return None if fine and not any(map(str.isspace, address)) else Problem("net.bad_address")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        """Return the address trimmed, with its scheme."""
        address = settings.get("address", "").strip()
        return {"address": address if "://" in address or not address else f"https://{address}"}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return what is equal for two ways to write the same address."""
        return self.tidy(settings)["address"].partition("://")[2].rstrip("/").lower()


def entries_of(response: Response) -> list[Any] | None:
    """Return the list in an answer, None where there is none."""
    try:
        found = json.loads(response.body)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        found = found.get("entries")
    return found[:MOST] if isinstance(found, list) else None


def mentions_of(entries: list[Any], address: str, now: float) -> Iterator[Mention]:
    """Yield the entries that say something, each key once."""
    site = (urlsplit(address).hostname or "").removeprefix("www.")
    seen: set[str] = set()
    for entry in entries:
        text = text_in(entry, "text")
        if not text:
            continue
        key = key_of(entry, text)
        if key not in seen:
            seen.add(key)
            link = text_in(entry, "link")
            yield Mention(
                "guestbook",
                key,
                url=link if link.startswith(("https://", "http://")) else "",
                text=text[:LONGEST_TEXT],
                author=text_in(entry, "name")[:200],
                handle=text_in(entry, "email")[:200],
                site=site,
                published=moment_in(entry, now),
                stars=stars_in(entry),
            )


def text_in(entry: Any, name: str) -> str:
    """Return a text of an entry, «» where there is none."""
    value = entry.get(name) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def key_of(entry: dict[str, Any], text: str) -> str:
    """Return what stays the same between polls: the book's own id, or else a print of name, time and words."""
    own = entry.get("id")
    if isinstance(own, str | int) and not isinstance(own, bool) and str(own).strip():
        return str(own).strip()[:200]
    words = "\n".join((text_in(entry, "name"), text_in(entry, "at"), text))
    return "words-" + blake2b(words.encode("utf-8", "replace"), digest_size=12).hexdigest()


def moment_in(entry: dict[str, Any], now: float) -> float | None:
    """Return when an entry was written; a time without a zone is UTC, one still to come is none."""
    try:
        moment = datetime.fromisoformat(text_in(entry, "at"))
        at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return at if 0 < at <= now + 86_400 else None


def stars_in(entry: dict[str, Any]) -> float | None:
    """Return the stars of an entry, None where there are none from 1 to 5."""
    value = entry.get("stars")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value) if 1 <= value <= 5 else None


SOURCE = GuestBookSource()
