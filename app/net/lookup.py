"""Looking up host names, within a time and under the check of every address found."""

from __future__ import annotations

import ipaddress
import itertools
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.problems import Problem, shortage_of
from app.net.addresses import IP, has_private_name, is_public, may_connect
from app.net.ended import EndedError
from app.net.guard import Guard
from app.net.offline import lookup_problem

Found = tuple[Any, Any, int, str, Any]
Resolver = Callable[..., Sequence[Found]]

LOOKUP_SECONDS = 10.0
MOST_ADDRESSES = 6


@dataclass(frozen=True, slots=True)
class Place:
    """One checked address to connect to."""

    family: int
    socket_address: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds the places of a host, all of them checked; `resolve` has the signature of socket.getaddrinfo.

    `others_answered` tells of a host whether another public one has just answered. `public_at_home` are the names found
    that look like those of the owner's own network and lie outside.
    """

    guard: Guard
    resolve: Resolver
    others_answered: Callable[[str], bool]
    public_at_home: set[str] = field(default_factory=set)

    def places(self, host: str, port: int, *, allow_private: bool) -> tuple[Place, ...]:
        """Return where to connect, families alternating. One forbidden address among them refuses the host."""
        found = tuple(
            Place(int(family), tuple(at))
            for family, _, _, _, at in self._found(host, port)
            if ":" in at[0] or "." in at[0]
        )
        if not found:
            raise EndedError(lookup_problem(socket.EAI_NONAME, host, others_answered=True))
        addresses = [ipaddress.ip_address(place.socket_address[0]) for place in found]
        for address in addresses:
            if problem := forbidden(address, host, allow_private=allow_private):
                raise EndedError(problem)
        if has_private_name(host) and any(map(is_public, addresses)):
            self.public_at_home.add(host)
        return alternating(found)[:MOST_ADDRESSES]

    def _found(self, host: str, port: int) -> Sequence[Found]:
        """Resolve; a name goes to a thread of its own, because a look-up cannot be interrupted."""
        if is_literal(host):
            return self._read(self._ask(host, port), host)
        results: list[Sequence[Found] | OSError | ValueError] = []
        done = threading.Event()

        def ask() -> None:
            results.append(self._ask(host, port))
            done.set()

        threading.Thread(target=ask, name="net-lookup", daemon=True).start()
        patience = time.monotonic() + LOOKUP_SECONDS
        while not done.wait(self.guard.next_wait()):
            if time.monotonic() > patience:
                raise EndedError(lookup_problem(None, host, others_answered=self.others_answered(host)))
        return self._read(results[0], host)

    def _ask(self, host: str, port: int) -> Sequence[Found] | OSError | ValueError:
        try:
            return self.resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, ValueError) as error:
            return error

    def _read(self, result: Sequence[Found] | OSError | ValueError, host: str) -> Sequence[Found]:
        if isinstance(result, OSError):
            if not isinstance(result, socket.gaierror) and (short := shortage_of(result)):
                raise EndedError(short)
            raise EndedError(lookup_problem(result.errno, host, others_answered=self.others_answered(host)))
        if isinstance(result, ValueError):
            raise EndedError(Problem("net.name_unknown", {"host": host}))
        return result


def forbidden(address: IP, host: str, *, allow_private: bool) -> Problem | None:
    """Return why an address is not connected to: the owner has not allowed it, or nobody can."""
    if may_connect(address, allow_private=allow_private):
        return None
    may_be_allowed = may_connect(address, allow_private=True)
    return Problem("net.private_address" if may_be_allowed else "net.never_asked", {"host": host})


def is_literal(host: str) -> bool:
    """Tell whether a host is an address in its usual spelling, not a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def alternating(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places so that the two families take turns, the system's favourite first."""
    first = [place for place in places if place.family == places[0].family]
    other = [place for place in places if place.family != places[0].family]
    pairs = itertools.zip_longest(first, other)
    return tuple(place for pair in pairs for place in pair if place is not None)
