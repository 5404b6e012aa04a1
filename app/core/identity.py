"""Is this mention known already? Same address after normalising, same text elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from app.core.address import normal_address
from app.core.mention import Mention
from app.core.text import letters

__all__ = ["Prints", "fingerprint", "normal_address", "prints_of"]

FEWEST_LETTERS = 20
"""Shorter texts have no print: «Super!» of two people are two mentions."""

_GOOGLE_NEWS = "https://news.google."


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
    if not text:
        return 0
    raw = text.encode() if text.isascii() else text.encode("utf-16-le", "surrogatepass")
    digest = blake2b(raw, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def prints_of(mention: Mention) -> Prints:
    """Return the fingerprints of a mention.

    A key that is an address counts as the address it names. Google News gives an article a new id and link at each
    reading (facts/complaints-of-users.md E), so there headline and publisher stand for both.
    """
    address = normal_address(mention.url) if mention.url else ""
    if address.startswith(_GOOGLE_NEWS) and mention.title:
        return _news_prints(mention)
    return Prints(
        fingerprint(f"{mention.source} {_key_text(mention, address)}"),
        fingerprint(address),
        _text_print(_words(mention.title, mention.text)),
    )


def _key_text(mention: Mention, address: str) -> str:
    """Return a key so that equal keys are equal texts; the fragment of an id stays, whatever it holds."""
    key = mention.key
    if key[:4].lower() != "http":
        return key
    page, mark, fragment = key.partition("#")
    return address if key == mention.url and not mark else f"{normal_address(page)}{mark}{fragment}"


def _news_prints(mention: Mention) -> Prints:
    """Return the prints of an article: Google writes its title as «headline - publisher»."""
    headline = letters(mention.title.rpartition(" - ")[0] or mention.title)
    place = fingerprint(f"google news {headline} {letters(mention.site)}")
    return Prints(place, place, _text_print(headline))


def _words(title: str, text: str) -> str:
    words = letters(text)
    if not title or text.startswith(title):
        return words
    head = letters(title)
    return words if words.startswith(head) else head + words


def _text_print(words: str) -> int:
    return fingerprint(words) if len(words) >= FEWEST_LETTERS else 0
