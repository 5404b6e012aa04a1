"""A secret that has to stand in an address: put in when it is sent, taken out of whatever comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

PLACE = "{secret}"
CANONICAL = "%7Bsecret%7D"
"""How the place of the secret reads in a canonical address."""

HARMLESS = ":"
"""Left as it is in a path or query, where it delimits nothing: Telegram's tokens hold one."""


class AddressSecret:
    """One such secret; it never shows itself."""

    __slots__ = ("_found", "_written")

    def __init__(self, value: str) -> None:
        self._written = quote(value, safe=HARMLESS, errors="replace")
        self._found = re.compile("".join(_any_spelling(char) for char in value), re.IGNORECASE)

    def put_in(self, url: str) -> str:
        """Return a canonical address as it is sent, the secret percent-encoded in its place."""
        return url.replace(CANONICAL, self._written)

    def taken_out(self, text: str) -> str:
        """Return a text with «{secret}» wherever the secret stood, encoded or not."""
        return self._found.sub(PLACE, text)

    def out_of_headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return headers without it: a server may repeat the address it was asked in any of them."""
        return {name: self.taken_out(value) for name, value in headers.items()}


def has_place(url: str) -> bool:
    """Tell whether an address has room for a secret."""
    return PLACE in url or CANONICAL.lower() in url.lower()


def as_written(url: str) -> str:
    """Return a canonical address with the place of its secret as the request had it."""
    return url.replace(CANONICAL, PLACE)


def _any_spelling(char: str) -> str:
    """Return a pattern for a letter as it is, percent-encoded, or encoded twice."""
    encoded = "".join(f"%(?:25)*{byte:02X}" for byte in char.encode("utf-8", "replace"))
    return f"(?:{re.escape(char)}|{encoded})"
