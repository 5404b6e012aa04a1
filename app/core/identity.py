"""Is this mention known already? Same address after normalising, same text elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from app.core.mention import Mention
from app.core.text import WORD, fold


@dataclass(frozen=True, slots=True)
class Prints:
    """Fingerprints of a mention, 64-bit signed integers, 0 for none.

    `key` is of source and source key, `address` of the normalised address, `text` of the words of title and text.
    """

    key: int
    address: int
    text: int


def fingerprint(text: str) -> int:
    """Return a 64-bit signed fingerprint of a text; 0 only for an empty one."""
    return (
        int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=8).digest(), "big", signed=True) or 1
        if text
        else 0
    )


def normal_address(url: str) -> str:
    """Return an address so that equal places are equal texts."""
    return url.strip()


def prints_of(mention: Mention) -> Prints:
    """Return the fingerprints of a mention."""
    words = " ".join(WORD.findall(fold(f"{mention.title} {mention.text}")))
    return Prints(
        fingerprint(f"{mention.source} {mention.key}"), fingerprint(normal_address(mention.url)), fingerprint(words)
    )
