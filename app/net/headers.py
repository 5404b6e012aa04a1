"""What is said about ourselves and about the wish: the headers of a request, and those of an answer made handy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import urllib3
from requests.structures import CaseInsensitiveDict

from app.core.ports.net import Request
from app.core.problems import Problem
from app.net.ended import EndedError
from app.net.redirects import Hop
from app.net.sent_secrets import ALWAYS_SECRET

BOT_PAGE = "https://counterbell.example/bot"
"""The page that tells site owners who asks and how to make it stop."""

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
ENCODINGS = "gzip, deflate"
NAME = re.compile(r"[A-Za-z0-9_-]+")
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
OURS = {"user-agent", "accept-encoding", "host", "content-length", "transfer-encoding", "connection"}
"""Names a request cannot set: they are how this room speaks HTTP."""


def user_agent(version: str) -> str:
    """Return how we introduce ourselves."""
    return f"Counterbell/{version} (+{BOT_PAGE})"


def headers_of(request: Request, hop: Hop, agent: str, conditions: Mapping[str, str]) -> CaseInsensitiveDict[str]:
    """Return all headers of a hop: with its `conditions`, and with secrets only where it is trusted.

    Raises EndedError with «net.bad_header» (host, name) for a value that HTTP cannot carry.
    """
    headers = CaseInsensitiveDict[str]({"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": ENCODINGS})
    for name, value in _asked(request, hop):
        if not is_sendable(name, value):
            raise EndedError(Problem("net.bad_header", {"host": hop.address.host, "name": name}))
        headers[name] = value.strip()
    headers.update({name: value for name, value in conditions.items() if is_sendable(name, value)})
    if hop.body is not None:
        headers["Content-Length"] = str(len(hop.body))
    return headers


def _asked(request: Request, hop: Hop) -> Iterator[tuple[str, str]]:
    """Yield the headers of a request that this hop may see."""
    for name, value in request.headers.items():
        if name.lower() not in OURS and (hop.trusted or name.lower() not in ALWAYS_SECRET):
            yield name, value
    if hop.trusted:
        yield from request.secret_headers.items()


def is_sendable(name: str, value: str) -> bool:
    """Tell whether a header fits into one line of Latin-1."""
    return bool(NAME.fullmatch(name) and VALUE.fullmatch(value.strip()))


def read_headers(raw: urllib3.BaseHTTPResponse) -> dict[str, str]:
    """Return an answer's headers with lower-case names, repeated ones joined, cookies left out."""
    merged: dict[str, str] = {}
    for name, value in raw.headers.items():
        key = name.lower()
        if key != "set-cookie":
            merged[key] = f"{merged[key]}, {value}" if key in merged else value
    return merged
