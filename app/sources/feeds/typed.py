"""Web addresses as owners type them: completed, checked without any network, and made comparable."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from app.core.problems import Problem
from app.core.text import seen

_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?://)|feed://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[\w.-]+:\d{1,5}(?:[/?#]|\Z)")
_HOST = re.compile(r"\w(?:[\w-]|\.(?!\.))*|[0-9a-f:.]*:[0-9a-f:.%]*", re.IGNORECASE)
_FILE = re.compile(r"file:|[a-z]:[\\/]|/(?!/)|\\|~|\.{1,2}[\\/]", re.IGNORECASE)
_PASSWORD = re.compile(r"(?!mailto:)[^/\s:@]+:[^/\s@]*@", re.IGNORECASE)


def completed(typed: str) -> str:
    """Return a trimmed address with its scheme: feed: becomes what it stands for, a bare host gets https."""
    typed = seen(typed).strip()
    typed = _FEED_SCHEME.sub(
        lambda found: "" if typed[found.end() :].startswith("http") else "https://", typed, count=1
    )
    if not typed or _FILE.match(typed):
        return typed
    if typed.startswith("//"):
        return "https:" + typed
    return typed if _SCHEME.match(typed) and not _HOST_AND_PORT.match(typed) else f"https://{typed}"


def address_problem(typed: str, *, missing: str = "sources.no_address") -> Problem | None:
    """Return what is wrong with an address as typed and trimmed, or None; `missing` is the code where there is none."""
    if not typed:
        return Problem(missing)
    if _FILE.match(typed):
        return Problem("sources.file_address")
    if _PASSWORD.match(typed):
        return Problem("sources.password_in_address")
    address = completed(typed)
    return parts_problem(address, whole=typed == address)


def parts_problem(address: str, *, whole: bool = False) -> Problem | None:
    """Return what is wrong with a completed address, or None; of a `whole` one, typed with its scheme, any host will do."""
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
    named = "." in host or ":" in host or port or whole or host == "localhost"
    return None if named and _HOST.fullmatch(host) else Problem("sources.bad_address")


def place_of(typed: str) -> str:
    """Return an address without scheme, «www.», fragment and trailing slash; the query stays."""
    try:
        parts = urlsplit(completed(typed.strip()))
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # see address_problem; such an address is equal to itself alone
        return typed.strip()
    standard = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    path = ("" if standard else f":{port}") + parts.path.rstrip("/")
    return f"{host}{path}?{parts.query}" if parts.query else host + path
