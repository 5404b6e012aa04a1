"""Secrets sent in headers: found again in whatever a server says of them, so that nothing of that is kept."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from contextlib import suppress
from urllib.parse import unquote

from app.core.ports.net import Request

ALWAYS_SECRET = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})
"""Names of headers that are secret, whoever sets them."""

LEAST = 4
"""Letters of the shortest secret looked for: a shorter one stands in any address by chance."""

SURE = 16
"""Letters from which on a secret stands nowhere by chance; a password may be the shop's own name."""

PLAIN = frozenset({"content-type", "content-length", "date", "expires", "age", "cache-control", "retry-after"})
"""Headers that are kept whatever they hold: they are read as what they are and stored nowhere."""

ENCODED = 3
"""How many times over a secret may be percent-encoded."""


class SentSecrets:
    """The secrets that the headers of a request hold; they never show themselves."""

    __slots__ = ("_all", "_sure")

    def __init__(self, request: Request) -> None:
        found = {(text.lower(), sure) for text, sure in _secrets(request) if len(text) >= LEAST}
        self._all = frozenset(text for text, _sure in found)
        self._sure = frozenset(text for text, sure in found if sure or len(text) >= SURE)

    def stand_in(self, text: str) -> bool:
        """Say whether a text holds one of them, plain or encoded; perhaps by chance."""
        return bool(self._all) and _holds(text, self._all)

    def surely_stand_in(self, text: str) -> bool:
        """Say whether a text holds one of them that stands nowhere by chance."""
        return bool(self._sure) and _holds(text, self._sure)

    def out_of_headers(self, headers: Mapping[str, str], *, leads_on: bool) -> dict[str, str]:
        """Return the headers of an answer without those that hold one; where it `leads_on`, its Location stays to be followed."""
        stay = PLAIN | {"location"} if leads_on else PLAIN
        return {name: value for name, value in headers.items() if name in stay or not self.stand_in(value)}


def _secrets(request: Request) -> Iterator[tuple[str, bool]]:
    """Give each secret a request's headers hold, and whether it is sure to stand nowhere by chance."""
    always = [value for name, value in request.headers.items() if name.lower() in ALWAYS_SECRET]
    for value in (*always, *request.secret_headers.values()):
        scheme, _blank, token = value.strip().partition(" ")
        token = token.strip()
        if scheme.lower() == "basic" and token:
            yield from _of_basic(token)
        else:
            yield token or scheme, False


def _of_basic(token: str) -> Iterator[tuple[str, bool]]:
    """Give what of a user's name and password must not be kept: the password, both together, both encoded."""
    bare = token.rstrip("=")
    yield bare, True
    yield bare.replace("+", "-").replace("/", "_"), True
    with suppress(binascii.Error, ValueError):
        raw = base64.b64decode(token, validate=True)
        for coding in ("utf-8", "latin-1"):
            with suppress(UnicodeError):
                both = raw.decode(coding)
                yield both, True
                yield both.partition(":")[2], False


def _holds(text: str, secrets: frozenset[str]) -> bool:
    return any(secret in reading for reading in _readings(text) for secret in secrets)


def _readings(text: str) -> set[str]:
    """Return a text in lower case in all ways it may be meant: UTF-8 in Latin-1, percent-encoded, blanks as «+»."""
    found = {text}
    with suppress(UnicodeError):
        found.add(text.encode("latin-1").decode("utf-8"))
    found |= {one.replace("+", " ") for one in found if "+" in one}
    for _time in range(ENCODED):
        encoded = [one for one in found if "%" in one]
        found |= {unquote(one, coding, "replace") for one in encoded for coding in ("utf-8", "latin-1")}
    return {one.lower() for one in found}
