"""How often a watch may ask its place: as the source has it, or as the owner likes where the place is their own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from app.core.address import is_home_name
from app.core.host_shown import host_shown
from app.core.ports.source import Source
from app.core.watch import Watch

PRIVATE_INTERVAL = 1
"""Seconds: a place in the owner's own network is asked as often as the owner likes."""


def least_interval(watch: Watch, source: Source) -> int:
    """Return the seconds that lie between two polls of a watch at the least, whatever the owner asks for."""
    at_home = watch.allow_private and is_in_own_network(source, watch.settings)
    return PRIVATE_INTERVAL if at_home else source.shortest_interval


def is_in_own_network(source: Source, settings: Mapping[str, str]) -> bool:
    """Say whether every address or server filled in looks like one of the owner's own network, and there is one."""
    hosts = [_host(value) for value in _named(source, settings)]
    return bool(hosts) and all(map(is_home_name, hosts))


def is_built_in(host: str, source: Source, settings: Mapping[str, str]) -> bool:
    """Say whether a host is one that the source knows of itself: nobody filled in an address or a server, or that host."""
    spelt = {host.lower(), host_shown(host)}
    filled = " ".join(settings.values()).lower()
    return bool(host) and not _named(source, settings) and not any(one in filled for one in spelt)


def _named(source: Source, settings: Mapping[str, str]) -> list[str]:
    """Return the addresses and servers filled in."""
    named = (settings.get(one.name, "") for one in source.settings if one.kind == "url" or one.name == "server")
    return [value for value in named if value.strip()]


def _host(value: str) -> str:
    try:
        return urlsplit(value if "://" in value else f"//{value}").hostname or ""
    except ValueError:
        return ""
