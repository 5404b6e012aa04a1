"""Blocked authors: when two entries mean the same, and what is kept of one whose person was forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.customer import NOBODY, Customer, Identity
from app.core.identity import fingerprint
from app.core.text import composed, fold

_BY_NAME = "name:"
_FORGOTTEN = re.compile(r"(?:(.*) )?print:([0-9a-f]{16})")
_WORD = re.compile(r"[^\W_]+")
_TELLING = 3
"""Letters from which on a part of a name says whose place it is."""


def author_name(text: str) -> str:
    """Return a name, handle or identity key so that it is equal for equal authors; «» for none."""
    return " ".join(fold(composed(text)).split()).lstrip("@")


def author_print(entry: str) -> str:
    """Return a bare fingerprint of an entry or a name, 16 hex digits; of a forgotten entry the one it had before."""
    found = _FORGOTTEN.fullmatch(entry)
    return found[2] if found else f"{fingerprint(author_name(entry)) & 0xFFFF_FFFF_FFFF_FFFF:016x}"


def place_of_forgotten(entry: str) -> str | None:
    """Return the place of an entry whose person was forgotten, «» where none is kept; None for any other entry."""
    found = _FORGOTTEN.fullmatch(entry)
    return (found[1] or "") if found else None


def without_person(entry: str, customer: Customer) -> str:
    """Return what stays of an entry when a customer is forgotten: itself, or where it is theirs the place and a print.

    It blocks the same afterwards. Theirs is also a handle or name the owner typed; a place that holds their name is left out.
    """
    if place_of_forgotten(entry) is not None or not (meant := author_name(entry)):
        return entry
    for one in customer.identities:
        if meant == author_name(one.key):
            place = "" if _names(one.place, customer) else one.place.lower()
            return f"{place} print:{author_print(entry)}".lstrip()
    return f"print:{author_print(entry)}" if meant in set(_called(customer)) - NOBODY - {""} else entry


def _called(customer: Customer) -> Iterator[str]:
    """Yield each name and handle of a customer as `author_name` gives it."""
    yield author_name(customer.name)
    for one in customer.identities:
        yield author_name(one.name)
        yield author_name(one.handle.removeprefix(_BY_NAME))


def _names(place: str, customer: Customer) -> bool:
    """Say whether a place tells whose it is: «zenobia.example» of Zenobia."""
    names = (customer.name, *(part for one in customer.identities for part in (one.name, _account(one))))
    words = {word for name in names for word in _WORD.findall(author_name(name)) if len(word) >= _TELLING}
    return any(word in fold(place) for word in words)


def _account(identity: Identity) -> str:
    """Return the name in a handle, without the server or page it is on."""
    return identity.handle.removeprefix(_BY_NAME).strip("@/").rpartition("/")[2].partition("@")[0]
