"""Names of mail folders: IMAP writes what is not ASCII in a UTF-7 of its own (RFC 3501, 5.1.3)."""

from __future__ import annotations

import base64
import binascii
import re

_FOREIGN = re.compile(r"[^\x20-\x7e]+")
_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_LISTED = re.compile(
    rb"\([^()]*\) (?:\"(?:\\.|[^\"\\])\"|NIL) (?:\"((?:\\.|[^\"\\])*)\"|([^\s\"(){%*]+))\s*", re.IGNORECASE
)


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


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-16-be", "surrogatepass")).decode("ascii").rstrip("=").replace("/", ",")


def _decoded(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    padded = found[1].replace(",", "/") + "=" * (-len(found[1]) % 4)
    return base64.b64decode(padded).decode("utf-16-be")
