"""Telling «this laptop has no network» from «that host is wrong or down»."""

from __future__ import annotations

import errno
import socket

from app.core.problems import SILENT, Problem, shortage_of

PROBES = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses reserved for documentation: only the way to them is looked up, nothing is ever sent."""

NO_ANSWER = {getattr(socket, "EAI_AGAIN", -3), 11002}
"""No name server answered (11002: what Windows says)."""

LATELY = 120.0
"""Seconds for which an answer from the public network proves that there is one."""

NEEDED = 4
"""Files that a call wants to open at most: fewer left than that, and what fails says nothing about a host."""

GIVES_WAY = {"net.timeout", "net.refused", "net.name_unknown", "net.broken"}


def has_route() -> bool:
    """Tell whether the system knows a way out, by connecting a datagram socket: this sends nothing."""
    for family, address in PROBES:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((address, 9))
                return True
        except OSError:
            continue
    return False


def shortage() -> Problem | None:
    """Return what this laptop is short of where no more sockets can be made just now, else None."""
    made: list[socket.socket] = []
    try:
        made.extend(socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(NEEDED))
    except OSError as error:
        return shortage_of(error)
    finally:
        for one in made:
            one.close()
    return None


def lookup_problem(code: int | None, host: str, *, others_answered: bool) -> Problem:
    """Return why a name was not found. `code` is that of getaddrinfo, None for no answer within the time.

    Silent name servers mean no network, unless another host has just answered: then this name's own servers are down. Either
    way that they were silent is told as `why`.
    """
    if code is not None and code not in NO_ANSWER:
        return Problem("net.name_unknown", {"host": host})
    return Problem("net.name_unknown" if others_answered else "net.offline", {"host": host, "why": SILENT})


def connect_problem(failures: tuple[int, ...], host: str, seconds: float) -> Problem:
    """Return why none of a host's addresses took a connection, from their error numbers."""
    if short := next(filter(None, (shortage_of(OSError(number, "")) for number in failures)), None):
        return short
    if errno.ECONNREFUSED in failures:
        return Problem("net.refused", {"host": host})
    if errno.ETIMEDOUT in failures:
        return Problem("net.timeout", {"host": host, "seconds": round(seconds, 1)})
    return Problem("net.refused", {"host": host})


def with_the_network_in_mind(problem: Problem, *, route: bool) -> Problem:
    """Return the problem, or a plain «net.offline» where a public host cannot be blamed because there is no way out at all."""
    if route or not (problem.code in GIVES_WAY or problem.is_offline):
        return problem
    return Problem("net.offline", {"host": problem.args.get("host", "")})
