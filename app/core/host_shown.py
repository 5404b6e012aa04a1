"""A host as people read it: in small letters, and in its own letters where those can be taken for no others."""

from __future__ import annotations

import re
import unicodedata

_HOST = re.compile(r"[^\s/?#@]+")
_MARK = "xn--"
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzłßøđæœ0123456789-")
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўј0123456789-")
_LIKE_LATIN = frozenset("асеорухіјкмтнвьгпз0123456789-")
"""Cyrillic letters that look like Latin ones: a name of nothing else could be meant to be taken for another."""


def host_shown(host: str) -> str:
    """Return a host, with its port if it has one, as it is written in a sentence; what is none comes back as it is."""
    if not _HOST.fullmatch(host):
        return host
    return ".".join(map(_label, host.lower().split(".")))


def _label(label: str) -> str:
    if not label.startswith(_MARK):
        return label
    name, colon, port = label.partition(":")
    try:
        own = name.removeprefix(_MARK).encode("ascii").decode("punycode")
        is_itself = own.encode("idna").decode("ascii") == name
    except UnicodeError:
        return label
    return f"{own}{colon}{port}" if is_itself and _is_plain(own) else label


def _is_plain(name: str) -> bool:
    """Say whether a name is of Latin letters, some with marks, or of Cyrillic ones that no Latin name looks like."""
    letters = {char if char in _CYRILLIC else unicodedata.normalize("NFD", char)[0] for char in name}
    return letters <= _LATIN or (letters <= _CYRILLIC and not letters <= _LIKE_LATIN)
