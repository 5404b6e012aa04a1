"""Blocked sites: what a line stands for (a site, what is below it, a page, a publisher), and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.address import host_of, normal_address
from app.core.mention import Mention
from app.core.problems import Problem
from app.core.text import composed, fold

_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_BELOW = "*."
_ACCOUNT = re.compile(r"@?[^\s/@]*@[^\s/@]+")
_SEVERAL = re.compile(r"[\s,;]+")
_HOST = re.compile(r"[^\s,;@]+\.[^\W\d_]{2,}(?:[:/]\S*)?")
_ENDING = re.compile(
    r"[a-z]{2}|(?:ac|biz|co|com|edu|info|msk|net|org|spb|waw)\.[a-z]{2}"
    r"|biz|com|edu|example|gov|info|net|online|org|shop|site|store|xyz|бел|онлайн|рус|рф|сайт|укр"
)
"""What many sites end with that have nothing to do with each other. In capitals it is a name, as «WP»."""


@dataclass(frozen=True, slots=True)
class BlockedSites:
    """Says whether mentions come from blocked sites. Make one with `blocked_sites` and keep it.

    `names` are sites and publishers as they are called; `hosts` block themselves and all below them, `below` only that;
    `pages` are addresses as `normal_address` writes them, without letter case.
    """

    names: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names)

    def block(self, mention: Mention) -> bool:
        """Return whether a mention comes from one of them."""
        hosts = (_host_named(mention.site), host_of(mention.url))
        if not self.names.isdisjoint((_name(mention.site), hosts[1])):
            return True
        if any(host == one or host.endswith(f".{one}") for one in self.hosts for host in hosts):
            return True
        if self.below and any(
            host.endswith(f".{one}") for one in self.below for host in (*hosts, _host_as_written(mention.url))
        ):
            return True
        return bool(self.pages) and _is_under(normal_address(mention.url).lower(), self.pages)


def blocked_sites(entries: Iterable[str]) -> BlockedSites:
    """Return sites as typed, one an entry.

    A host blocks all below it; `*.` in front leaves it out itself; with a path only that page and all below it is
    blocked. Any other text is a publisher's name, as is one with which something is wrong (see `site_problem`).
    """
    names: dict[str, None] = {}
    hosts: dict[str, None] = {}
    below: dict[str, None] = {}
    pages: dict[str, None] = {}
    for entry in entries:
        if name := _name(entry):
            names[name] = None
        place = _place(entry)
        if not name or " " in name or site_problem(entry) is not None:
            continue
        address = normal_address(f"//{place.removeprefix(_BELOW)}").lower()
        host = host_of(address)
        if address != f"https://{host}":
            pages[address] = None
        elif "." in host.partition(":")[0] or ":" in host:
            (below if place.startswith(_BELOW) else hosts)[host] = None
        else:
            names[host] = None
    return BlockedSites(frozenset(names), tuple(hosts), tuple(below), tuple(pages))


def site_problem(entry: str) -> Problem | None:
    """Return what is wrong with a line of blocked sites, which then blocks nothing or would block too much; or None."""
    several = [one for one in _SEVERAL.split(entry.strip()) if one]
    if len(several) > 1:
        return Problem("desk.site_several", {"text": entry}) if all(map(_HOST.fullmatch, several)) else None
    place = _place(entry)
    if _ACCOUNT.fullmatch(place):
        return Problem("desk.site_is_account", {"text": entry})
    host, _slash, _path = place.removeprefix(_BELOW).partition("/")
    if "*" in place.removeprefix(_BELOW):
        return Problem("desk.site_star", {"text": entry})
    if _ENDING.fullmatch(host.strip(".")):
        return Problem("desk.site_ending", {"text": entry})
    return None


def _place(entry: str) -> str:
    """Return an entry without scheme, without a dot that stands for all below, and without a star that does below a path."""
    return _SCHEME.sub("", composed(entry).strip(), count=1).lstrip(".").removesuffix("/*")


def _name(text: str) -> str:
    """Return what a site is called so that it is equal for equal names."""
    return " ".join(fold(composed(text)).split())


def _host_named(site: str) -> str:
    return host_of(f"//{site}") if "." in site and " " not in site and "/" not in site else ""


def _host_as_written(url: str) -> str:
    """Return the host of an address with the «www.» or «m.» it begins with; «» where it cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_under(address: str, pages: Iterable[str]) -> bool:
    return any(_is_page(address, page) for page in pages)


def _is_page(address: str, page: str) -> bool:
    """Say whether an address is a page or below it; one with parameters has them all, and may have more in between."""
    head, mark, asked = page.partition("?")
    if mark and "#" not in page:
        place, _mark, query = address.partition("#")[0].partition("?")
        return place == head and set(asked.split("&")) <= set(query.split("&"))
    return address.startswith(page) and (len(address) == len(page) or address[len(page)] in "/?#&")
