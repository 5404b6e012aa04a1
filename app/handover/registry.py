"""All ways of this installation to pass a case on: the files of the catalog."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Protocol, cast

from app.core.mention import Mention
from app.handover import catalog


class _Way(Protocol):
    def link(self, mention: Mention, address: str) -> str: ...


class HandOverRegistry:
    """Finds the targets and imports one only when it is used. The id of a target is the name of its file."""

    def __init__(self) -> None:
        self._ids = tuple(sorted(module.name for module in pkgutil.iter_modules(catalog.__path__)))

    def targets(self) -> tuple[str, ...]:
        """Return the ids of all targets, in the order of the alphabet."""
        return self._ids

    def link(self, target: str, mention: Mention, address: str) -> str:
        """Return an address to open that passes a mention's case on to `address`, or «» where there is no such target."""
        if target not in self._ids:
            return ""
        return cast("_Way", import_module(f"{catalog.__name__}.{target}")).link(mention, address)
