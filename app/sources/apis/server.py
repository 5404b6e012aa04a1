"""Addresses of servers as owners type them, and what answers say that are no success."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.core.ports.net import Response
from app.core.problems import Problem
from app.core.statuses import status_problem
from app.core.text import seen
from app.sources.feeds.addresses import host_of
from app.sources.feeds.typed import parts_problem

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)


def server_problem(typed: str) -> Problem | None:
    """Return what is wrong with the address of a server as typed, or None."""
    typed = typed.strip()
    if not typed:
        return Problem("sources.no_server")
    return parts_problem(_completed(typed))


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
        parts = urlsplit(_completed(seen(typed).strip()))
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
        return urlsplit(_completed(seen(typed).strip())).path.strip("/")
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
    return status_problem(response.status, host_of(response.url)) or broken(response)


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:  # a name
        return False


def _completed(typed: str) -> str:
    if typed.startswith("//"):
        return "https:" + typed
    return typed if _SCHEME.match(typed) else f"https://{typed}"
