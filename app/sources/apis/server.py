"""Addresses of servers as owners type them, and what answers say that are no success."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.core.ports.net import Response
from app.core.problems import Problem
from app.sources.feeds.addresses import host_of

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_HOST = re.compile(r"\w(?:[\w-]|\.(?!\.))*|[0-9a-f:.]*:[0-9a-f:.%]*", re.IGNORECASE)

USUAL = {401: "watch.denied", 403: "watch.denied", 404: "watch.not_found", 410: "watch.gone", 429: "net.rate_limited"}
"""What statuses mean everywhere, as the engine has it."""


def server_problem(typed: str) -> Problem | None:
    """Return what is wrong with the address of a server as typed, or None."""
    typed = typed.strip()
    if not typed:
        return Problem("sources.no_server")
    if any(char.isspace() for char in typed):
        return Problem("sources.space_in_address")
    try:
        parts = urlsplit(_completed(typed))
        host, port = parts.hostname or "", parts.port
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        return Problem("sources.bad_address")
    if parts.scheme not in {"http", "https"}:
        return Problem("sources.not_web_address", {"scheme": parts.scheme})
    if parts.username is not None or parts.password is not None:
        return Problem("sources.password_in_address")
    named = "." in host or ":" in host or port or host == "localhost"
    return None if named and _HOST.fullmatch(host) else Problem("sources.bad_address")


def secret_problem(typed: str) -> Problem | None:
    """Return what is wrong with the address of a server that is told a secret: on the web it has to be https."""
    if problem := server_problem(typed):
        return problem
    parts = urlsplit(_completed(typed.strip()))
    at_home = parts.hostname == "localhost" or _is_private(parts.hostname or "")
    return None if parts.scheme == "https" or at_home else Problem("sources.plain_server")


def base_of(typed: str) -> str:
    """Return scheme, host and port of a server as typed, such as «https://forum.example»; «» where it has none."""
    try:
        parts = urlsplit(_completed(typed.strip()))
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:  # see server_problem
        return ""
    if not host or parts.scheme not in {"http", "https"}:
        return ""
    host = f"[{host}]" if ":" in host else host
    standard = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" if standard else f"{parts.scheme}://{host}:{port}"


def path_of(typed: str) -> str:
    """Return the path of an address as typed, without slashes at its ends."""
    try:
        return urlsplit(_completed(typed.strip())).path.strip("/")
    except ValueError:  # see server_problem
        return ""


def place_of(base: str) -> str:
    """Return host and port of a server: what tells it from others, and the host a watch takes its turn at."""
    return base.partition("://")[2]


def broken(response: Response) -> Problem:
    """Return that an answer is not what the place's interface promises."""
    return Problem("sources.broken_answer", {"host": host_of(response.url)})


def usual_problem(response: Response) -> Problem:
    """Return what a status of 400 and above means where the place gives it no meaning of its own."""
    code = USUAL.get(response.status, "watch.server_error" if response.status >= 500 else "watch.bad_status")
    return Problem(code, {"status": response.status, "host": host_of(response.url)})


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:  # a name
        return False


def _completed(typed: str) -> str:
    if typed.startswith("//"):
        return "https:" + typed
    return typed if _SCHEME.match(typed) else f"https://{typed}"
