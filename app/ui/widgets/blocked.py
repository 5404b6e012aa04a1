"""How blocked authors are shown: the name and the place as people know them, not as they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

from app.core.blocked import place_of_forgotten
from app.words import _

_NAME = "name:"
"""Stands in an identity before the name of somebody who has no handle."""


def shown_authors(kept: Iterable[str], place_title: Callable[[str], str]) -> dict[str, str]:
    """Return what is kept of each blocked author by the line that shows it, «Marek Z. · forum.example».

    What the owner typed, a name or a handle, is shown as it is; so is the second of two that would look the same. Who was
    forgotten has no name any more; several at one place are numbered.
    """
    shown: dict[str, str] = {}
    for entry in kept:
        place = place_of_forgotten(entry)
        words = _shown(entry, place_title) if place is None else _unnamed(place, place_title, shown)
        shown[entry if words in shown else words] = entry
    return shown


def _unnamed(place: str, place_title: Callable[[str], str], taken: Iterable[str]) -> str:
    """Return a line for somebody forgotten that no other has."""
    who = _("a forgotten person")
    lines = (f"{who} ({number})" if number > 1 else who for number in count(1))
    where = f" · {place_title(place)}" if place else ""
    return next(line for one in lines if (line := one + where) not in taken)


def _shown(entry: str, place_title: Callable[[str], str]) -> str:
    place, _space, handle = entry.partition(" ")
    if handle.startswith(_NAME):
        name = handle.removeprefix(_NAME)
        return f"{_capitals(name)} · {place_title(place)}" if name and place else entry
    if handle and "." in place.strip("."):  # two words that the owner typed are a name
        return f"{handle} · {place}"
    return entry


def _capitals(name: str) -> str:
    """Return a name with capital letters, which it is kept without."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
