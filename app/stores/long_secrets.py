"""Long secrets in parts, for keyrings that hold short ones only: Windows takes 2,560 bytes a value, as UTF-16.

A short secret is one entry. A long one lies in numbered parts whose names carry the hash of the whole, and the entry
itself says how many there are; so a secret put in place of another is whole at every moment, the old one or the new one.
"""

from __future__ import annotations

import hashlib
import re
from typing import Protocol

MOST_UNITS = 1_200
"""UTF-16 units of an entry; Windows has room for 1,280 (CRED_MAX_CREDENTIAL_BLOB_SIZE)."""

MARK = "counterbell-parts"
_HEAD = re.compile(rf"{MARK}:(\d{{1,3}}):([0-9a-f]{{16}})")


class Ring(Protocol):
    """What we use of the module keyring."""

    def get_password(self, service_name: str, username: str) -> str | None: ...
    def set_password(self, service_name: str, username: str, password: str) -> None: ...
    def delete_password(self, service_name: str, username: str) -> None: ...


class TornError(Exception):
    """Parts of a secret are missing or changed; says nothing of them."""


def read(ring: Ring, service: str, key: str) -> str | None:
    """Return a secret, None where there is none; raises TornError where not all of it is there."""
    head = ring.get_password(service, key)
    if head is None or not head.startswith(MARK):
        return head
    names = _part_names(key, head)
    parts = [ring.get_password(service, name) for name in names]
    value = "".join(part for part in parts if part is not None)
    if not names or None in parts or not head.endswith(_hash(value)):
        raise TornError
    return value


def write(ring: Ring, service: str, key: str, value: str) -> None:
    """Keep a secret in place of the earlier one."""
    before = ring.get_password(service, key) or ""
    parts = _parts(value)
    head = f"{MARK}:{len(parts)}:{_hash(value)}" if parts else value
    names = _part_names(key, head) if parts else ()
    for name, part in zip(names, parts, strict=True):
        ring.set_password(service, name, part)
    ring.set_password(service, key, head)
    _delete(ring, service, tuple(name for name in _part_names(key, before) if name not in names))


def remove(ring: Ring, service: str, key: str) -> None:
    """Remove a secret with all its parts; an unknown one is no problem."""
    head = ring.get_password(service, key)
    if head is not None:
        _delete(ring, service, (*_part_names(key, head), key))


def _delete(ring: Ring, service: str, names: tuple[str, ...]) -> None:
    for name in names:
        if ring.get_password(service, name) is not None:
            ring.delete_password(service, name)


def _parts(value: str) -> tuple[str, ...]:
    """Return the parts of a secret that needs them, none for one that fits into an entry."""
    step = MOST_UNITS if max(value, default="") <= "\uffff" else MOST_UNITS // 2
    if len(value) <= step and not value.startswith(MARK):
        return ()
    return tuple(value[start : start + step] for start in range(0, len(value), step))


def _part_names(key: str, head: str) -> tuple[str, ...]:
    match = _HEAD.fullmatch(head)
    return tuple(f"{key}#{match[2]}-{number + 1}" for number in range(int(match[1]))) if match else ()


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]
