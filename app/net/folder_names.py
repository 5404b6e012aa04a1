"""Names of mail folders: IMAP writes what is not ASCII in a UTF-7 of its own (RFC 3501, 5.1.3)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

_FOREIGN = re.compile(r"[^\x20-\x7e]+")
_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_LISTED = re.compile(
    rb"\([^()]*\) (?:\"(?:\\.|[^\"\\])\"|NIL) (?:\"((?:\\.|[^\"\\])*)\"|([^\s\"(){%*]+))\s*", re.IGNORECASE
)

_SENT = frozenset(
    [
        "sent",
        "sent items",
        "sent mail",
        "sent messages",
        "sent-mail",
        "wysłane",
        "wyslane",
        "elementy wysłane",
        "отправленные",
    ]
)
"""What the folder for sent letters is called where the server does not mark it (RFC 6154 came late)."""


def quoted_folder(name: str) -> str:
    """Return a folder's name as it stands in a command: encoded, in quotes."""
    encoded = _FOREIGN.sub(lambda found: f"&{_base64(found[0])}-", name.replace("&", "&-"))
    return '"' + encoded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folder_name(encoded: str) -> str:
    """Return the name of a folder as people write it; one that is no UTF-7 stays as it is."""
    try:
        return _SHIFTED.sub(_decoded, encoded)
    except (binascii.Error, UnicodeError):
        return encoded


def listed_folder(line: bytes | tuple[bytes, bytes] | None) -> str:
    """Return the name in a line of an answer to LIST, «» where there is none."""
    if isinstance(line, tuple):  # a name sent as a literal
        return folder_name(line[1].decode("ascii", "replace"))
    match = _LISTED.fullmatch(line or b"")
    if match is None:
        return ""
    name = match[2] if match[1] is None else re.sub(rb"\\(.)", rb"\1", match[1])
    return folder_name(name.decode("ascii", "replace"))


def sent_folder(lines: Sequence[bytes | tuple[bytes, bytes] | None]) -> str:
    """Return the folder for sent letters in an answer to LIST: the one marked so, else one with a usual name, or «»."""
    named = ""
    for line in lines:
        name = listed_folder(line)
        marks = (line[0] if isinstance(line, tuple) else line or b"").partition(b")")[0].lower()
        if name and rb"\sent" in marks.replace(b"(", b" ").split():
            return name
        if re.split(r"[./]", name)[-1].casefold() in _SENT:
            named = named or name
    return named


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-16-be", "surrogatepass")).decode("ascii").rstrip("=").replace("/", ",")


def _decoded(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    padded = found[1].replace(",", "/") + "=" * (-len(found[1]) % 4)
    return base64.b64decode(padded).decode("utf-16-be")
