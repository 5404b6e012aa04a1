"""Which addresses may be asked: reading what was typed, and telling the public network from the private one."""

from __future__ import annotations

import functools
import ipaddress
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from requests import PreparedRequest, RequestException

from app.core.address import is_home_name
from app.core.problems import Problem

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
DOCUMENTATION_V6 = ipaddress.IPv6Network("3fff::/20")
METADATA = (ipaddress.ip_address("169.254.169.254"), ipaddress.ip_address("fd00:ec2::254"))


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address in its canonical spelling, without fragment; `host` is lower case, IDNA, unbracketed."""

    url: str
    scheme: str
    host: str
    port: int
    private_name: bool

    @property
    def lane(self) -> str:
        """Return what politeness counts as one host: a public name on all its ports, a private one port by port."""
        return f"{self.host}:{self.port}" if self.private_name else self.host.rstrip(".")

    @property
    def place(self) -> str:
        """Return what an owner knows the host by: as in their address, with its port unless that is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS.get(self.scheme) else f"{host}:{self.port}"


@functools.lru_cache(maxsize=1024)
def read_address(url: str) -> Address | Problem:
    """Return the canonical address, or «net.bad_address» with `why`: «unreadable», «scheme» or «password»."""
    prepared = PreparedRequest()
    try:
        prepared.prepare_url(url, None)
        canonical = urldefrag(prepared.url or "").url
        parts = urlsplit(canonical)
        host, port = parts.hostname or "", parts.port
    except (RequestException, ValueError):
        return bad_address("", "unreadable")
    if parts.scheme not in PORTS:
        return bad_address(host, "scheme")
    if "@" in parts.netloc:
        return bad_address(host, "password")
    if not host.strip("."):
        return bad_address(host, "unreadable")
    return Address(canonical, parts.scheme, host, port or PORTS[parts.scheme], has_private_name(host))


def bad_address(host: str, why: str) -> Problem:
    """Return the problem of an address that is never asked."""
    return Problem("net.bad_address", {"host": host, "why": why})


def has_private_name(host: str) -> bool:
    """Tell whether a host looks private by its name alone. Good for pacing only: safety goes by what it resolves to."""
    try:
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        return is_home_name(host)


def embedded(address: IP) -> IP:
    """Return the IPv4 address inside an IPv4-mapped, 6to4 or NAT64 one, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_public(address: IP) -> bool:
    """Tell whether an address is reachable from everywhere; what carries an IPv4 address goes by that one."""
    inner = embedded(address)
    if inner.is_multicast or inner.is_reserved or not inner.is_global:
        return False
    return isinstance(inner, ipaddress.IPv4Address) or (inner in GLOBAL_V6 and inner not in DOCUMENTATION_V6)


def may_connect(address: IP, *, allow_private: bool) -> bool:
    """Tell whether a resolved address may be connected to.

    With `allow_private` the owner's own network is fine (loopback, RFC 1918, unique local and the like); link-local
    addresses, where cloud machines keep their secrets, multicast, unspecified and reserved ones never are.
    """
    if is_public(address):
        return True
    inner = embedded(address)
    if inner in METADATA or inner.is_link_local or inner.is_multicast or inner.is_unspecified:
        return False
    if isinstance(inner, ipaddress.IPv4Address):
        return allow_private and not inner.is_reserved and inner not in ipaddress.IPv4Network("0.0.0.0/8")
    return allow_private and (inner.is_loopback or inner in ipaddress.IPv6Network("fc00::/7"))
