"""How often a watch may ask its place: as the source has it, or as the owner likes where the place is their own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from app.core.address import is_home_name
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
    named = (settings.get(one.name, "") for one in source.settings if one.kind == "url" or one.name == "server")
    hosts = [_host(value) for value in named if value.strip()]
    return bool(hosts) and all(map(is_home_name, hosts))


def _host(value: str) -> str:
    try:
        return urlsplit(value if "://" in value else f"//{value}").hostname or ""
    except ValueError:
        return ""
