"""Following redirects: what the next hop is, what it may be told, and whether the address has moved for good."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from urllib.parse import urljoin

from app.core.ports.net import Request
from app.core.problems import Problem
from app.net.addresses import Address, bad_address, read_address

MOST_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a request. `trusted` hops may be told secrets and validators; once lost, trust never returns."""

    address: Address
    method: str
    body: bytes | None
    trusted: bool = True
    permanent: bool = True
    seen: tuple[tuple[str, str], ...] = ()

    @property
    def moved(self) -> str:
        """Return the address to use from now on, where every hop so far was permanent, else «»."""
        return self.address.url if self.seen and self.permanent else ""


def first_hop(request: Request) -> Hop | Problem:
    """Return the hop to the asked address, or «net.bad_address»."""
    address = read_address(request.url)
    return address if isinstance(address, Problem) else Hop(address, request.method.upper(), request.body)


def next_hop(hop: Hop, status: int, location: str) -> Hop | Problem:
    """Return the hop a redirect leads to, or why it is not followed («net.redirects», «net.bad_address»)."""
    address = read_address(joined(hop.address.url, location))
    if isinstance(address, Problem):
        return address if address.args.get("host") else bad_address(hop.address.host, str(address.args["why"]))
    method, body = carried_on(hop, status)
    seen = (*hop.seen, (hop.method, hop.address.url))
    leaves = not is_same_place(hop.address, address)
    if len(seen) > MOST_HOPS or (method, address.url) in seen or (leaves and body is not None):
        return Problem("net.redirects", {"host": hop.address.host})
    return Hop(address, method, body, hop.trusted and not leaves, hop.permanent and status in PERMANENT, seen)


def joined(base: str, location: str) -> str:
    """Return the absolute address of a Location header; raw bytes above ASCII in it are taken as UTF-8."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return ""


def carried_on(hop: Hop, status: int) -> tuple[str, bytes | None]:
    """Return method and body of the next hop: 307 and 308 keep them, 303 and a redirected POST become a GET."""
    if status in {307, 308} or hop.method in {"GET", "HEAD"}:
        return hop.method, hop.body
    return ("GET", None) if status == 303 or hop.method == "POST" else (hop.method, hop.body)


def is_same_place(old: Address, new: Address) -> bool:
    """Tell whether secrets for one address may go to another: same host and port, or its step up from http to https."""
    if old.host != new.host:
        return False
    if (old.scheme, old.port) == (new.scheme, new.port):
        return True
    return (old.scheme, old.port, new.scheme, new.port) == ("http", 80, "https", 443)
