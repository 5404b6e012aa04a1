"""RSS, Atom and JSON feeds: blogs, comments, forums, saved searches, news."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from app.core.ports.net import Request
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.feeds.read import ACCEPT, read_feed

RANK = 0

_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?://)|feed://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[\w.-]+:\d{1,5}(?:[/?#]|\Z)")
_HOST = re.compile(r"\w(?:[\w-]|\.(?!\.))*|[0-9a-f:.]*:[0-9a-f:.%]*", re.IGNORECASE)
_FILE = re.compile(r"file:|[a-z]:[\\/]|/(?!/)|\\|~|\.{1,2}[\\/]", re.IGNORECASE)
_PASSWORD = re.compile(r"(?!mailto:)[^/\s:@]+:[^/\s@]*@", re.IGNORECASE)


class FeedSource:
    """Reads one feed per watch: one request, whatever the feed's dialect and however broken it is."""

    id = "feed"
    title = msgid("Feed")
    kinds = (WatchKind.CHANNEL, WatchKind.SEARCH)
    settings = (
        Setting(
            "url",
            msgid("Address of the feed"),
            kind="url",
            hint=msgid("The address of a web page will do: its feeds are found."),
        ),
        Setting(
            "user", msgid("User name"), required=False, hint=msgid("Only for feeds that ask for a name and a password.")
        ),
        Setting("password", msgid("Password"), kind="secret", required=False),
    )
    shortest_interval = 300
    help_page = "feed"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        response = yield Request(
            url=settings["url"],
            headers={"Accept": ACCEPT},
            secret_headers=_credentials(settings.get("user", ""), poll.secrets.get("password", "")),
        )
        if response.unchanged:
            return Reading(bookmark=poll.bookmark)
        return read_feed(response, poll, source=self.id, place=self.place(settings))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address or the user name as typed, or None."""
        if problem := _address_problem(settings.get("url", "").strip()):
            return problem
        return Problem("sources.colon_in_user") if ":" in settings.get("user", "") else None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["url"] = _completed(kept.get("url", ""))
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        """Return the address without scheme, «www.», fragment and trailing slash; the query stays."""
        try:
            parts = urlsplit(_completed(settings.get("url", "").strip()))
            host, port = (parts.hostname or "").removeprefix("www."), parts.port
        except ValueError:  # see check; such an address is equal to itself alone
            return settings.get("url", "").strip()
        standard = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
        path = ("" if standard else f":{port}") + parts.path.rstrip("/")
        return f"{host}{path}?{parts.query}" if parts.query else host + path


def _address_problem(typed: str) -> Problem | None:
    if not typed:
        return Problem("sources.no_address")
    if _FILE.match(typed):
        return Problem("sources.file_address")
    if _PASSWORD.match(typed):
        return Problem("sources.password_in_address")
    address = _completed(typed)
    if any(char.isspace() for char in address):
        return Problem("sources.space_in_address")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        return Problem("sources.bad_address")
    if parts.scheme not in {"http", "https"}:
        return Problem("sources.not_web_address", {"scheme": parts.scheme})
    if parts.username is not None or parts.password is not None:
        return Problem("sources.password_in_address")
    named = "." in host or ":" in host or port or typed == address or host == "localhost"
    return None if named and _HOST.fullmatch(host) else Problem("sources.bad_address")


def _completed(typed: str) -> str:
    """Return an address with its scheme: feed: becomes what it stands for, a bare host gets https."""
    typed = _FEED_SCHEME.sub(
        lambda found: "" if typed[found.end() :].startswith("http") else "https://", typed, count=1
    )
    if not typed or _FILE.match(typed):
        return typed
    if typed.startswith("//"):
        return "https:" + typed
    return typed if _SCHEME.match(typed) and not _HOST_AND_PORT.match(typed) else f"https://{typed}"


def _credentials(user: str, password: str) -> Mapping[str, str]:
    if not (user or password):
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")}


SOURCE = FeedSource()
