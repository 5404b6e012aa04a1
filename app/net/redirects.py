"""Following redirects: what the next hop is, what it may be told, and whether the address has moved for good."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from app.core.ports.net import Request
from app.core.problems import Problem
from app.net.address_secret import AddressSecret, as_written, has_place
from app.net.addresses import Address, bad_address, read_address
from app.net.sent_secrets import SentSecrets

MOST_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
SAME_AGAIN = {307, 308}
"""Redirects that ask for the same method and body at another address."""

_DATA = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<!--.*?-->)*+(?:[{\[]|<(?:\?xml|rss|feed|rdf)\b|<!doctype\s+(?:rss|rdf)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How a body begins that programs read, whatever is remarked before it."""

NOTHING_SENT = SentSecrets(Request(""))


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a request. `trusted` hops may be told secrets and validators; once lost, trust never returns.

    `secret` is what stands in the address in its place, for trusted hops only; `address` never holds it. `told` are the
    secrets of the headers: where a redirect repeats one of them, `clean` is the last address without it (of another host the
    start page, so that relative links lead there), else «».
    """

    address: Address
    method: str
    body: bytes | None
    trusted: bool = True
    permanent: bool = True
    seen: tuple[tuple[str, str], ...] = ()
    secret: AddressSecret | None = field(default=None, repr=False)
    told: SentSecrets = field(default=NOTHING_SENT, repr=False)
    clean: str = ""

    @property
    def changes(self) -> bool:
        """Say whether the request may change something there: it is never sent twice by the net itself."""
        return self.method not in {"GET", "HEAD"}

    @property
    def url(self) -> str:
        """Return the address as it may be told: the place of a secret as the request had it, none that echoes one."""
        return self.clean or (as_written(self.address.url) if self.secret else self.address.url)

    @property
    def sent_url(self) -> str:
        """Return the address as it is sent. Nothing else is made of this."""
        return self.secret.put_in(self.address.url) if self.secret and self.trusted else self.address.url

    @property
    def moved(self) -> str:
        """Return the address to use from now on, where every hop so far was permanent and it may be told, else «»."""
        return self.url if self.seen and self.permanent and not self.clean else ""


def first_hop(request: Request) -> Hop | Problem:
    """Return the hop to the asked address, or «net.bad_address»."""
    address = read_address(request.url)
    if isinstance(address, Problem):
        return address
    if has_place(address.host):
        return bad_address("", "unreadable")
    secret = AddressSecret(request.url_secret) if request.url_secret else None
    return Hop(address, request.method.upper(), request.body, secret=secret, told=SentSecrets(request))


def leads_on(hop: Hop, status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether an answer sends us on. One that does not say where does so too, unless it is of use as it is."""
    if status not in REDIRECTS or "location" in headers:
        return status in REDIRECTS
    return not (hop.changes or _DATA.match(body))


def next_hop(hop: Hop, status: int, location: str | None) -> Hop | Problem:
    """Return the hop a redirect leads to, or why it is not followed («net.redirects», «net.led_astray»).

    One that would carry a secret in its address to another host is not followed. Of requests that change something
    («POST») only those are that ask for the very same once more (307, 308) at the same host: anywhere else it would be
    told to a stranger, or nobody would know whether it was done. With 301, 307 and 308 nothing was.
    """
    if hop.changes and status not in SAME_AGAIN:
        return Problem("net.redirects", {"host": hop.address.host, "unsent": int(status == 301)})
    if location is None:
        return Problem("net.led_astray", {"host": hop.address.host, "unsent": 1})
    target = joined(hop.address.url, location)
    address = read_address(hop.secret.taken_out(target) if hop.secret else target)
    if isinstance(address, Problem):
        return Problem("net.led_astray", {"host": hop.address.host, "unsent": 1})
    seen = (*hop.seen, (hop.method, hop.address.url))
    leaves = not is_same_place(hop.address, address)
    tells = hop.changes or hop.body is not None or (hop.secret is not None and has_place(address.url))
    tells = tells or hop.told.surely_stand_in(address.url)
    if len(seen) > MOST_HOPS or (hop.method, address.url) in seen or (leaves and tells):
        return Problem("net.redirects", {"host": hop.address.host, "unsent": 1})
    permanent = hop.permanent and status in PERMANENT
    clean = (urljoin(address.url, "/") if leaves else hop.url) if hop.told.stand_in(_behind_host(address.url)) else ""
    return Hop(address, hop.method, hop.body, hop.trusted and not leaves, permanent, seen, hop.secret, hop.told, clean)


def _behind_host(url: str) -> str:
    """Return path and query of an address: where a password that is a word, such as the shop's name, may be repeated."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def joined(base: str, location: str) -> str:
    """Return the absolute address of a Location header; raw bytes above ASCII in it are taken as UTF-8."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return ""


def is_same_place(old: Address, new: Address) -> bool:
    """Tell whether secrets for one address may go to another: same host and port, or its step up from http to https."""
    if old.host != new.host:
        return False
    if (old.scheme, old.port) == (new.scheme, new.port):
        return True
    return (old.scheme, old.port, new.scheme, new.port) == ("http", 80, "https", 443)
