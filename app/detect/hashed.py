"""The rows of the weight table that stand for a word, its parts, its pair with the word before, and its denial."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from app.detect.tokens import Token, is_cyrillic, russian_key
from app.detect.vocabulary import Word

BITS = 18
MASK = (1 << BITS) - 1
"""Rows of the weight table, less one."""

PAIRED = 60
"""Words of a text from its beginning whose pairs and negations are looked at; further on its single words still count."""

DENIED = 3
"""Words after a negation that are taken as denied, inside its clause."""

GRAM = 4
"""Letters of a part of a word. Runs of three to five did no better and took three times as long."""

_LONGEST_SIGN = 8
_DENIED_SEED = crc32(b"!")
_BEGIN = crc32(b"^ ")


def key_of(token: Token, *, russian: bool) -> bytes:
    """Return the form in which a token is hashed: folded, Russian in Latin letters, numbers by their length.

    A lone hard or soft sign has none, b"", and is passed over.
    """
    text, word, shorter = token
    if not word:
        if text[0] == "@" and len(text) > 1:
            return b"<at>"
        return b"<url>" if text[0].isalnum() else text[:_LONGEST_SIGN].encode(errors="replace")
    if word.isdigit():
        return b"<%d>" % min(len(word), 5)
    if shorter:
        word = shorter[0]
    if russian or (not word.isascii() and is_cyrillic(word)):
        word = russian_key(word)
    return word.encode(errors="replace")


def row_of(key: bytes) -> int:
    """Return the row of a word."""
    return crc32(key) & MASK


def rows_of(words: Iterable[str]) -> frozenset[int]:
    """Return the rows of words that are in the form of `key_of` already."""
    return frozenset(row_of(word.encode()) for word in words)


def gram_rows(key: bytes) -> list[int]:
    """Return the rows of the parts of a word: runs of `GRAM` letters, its borders among them."""
    if not key[:1].isalnum():
        return []
    bordered = b"_%b_" % key
    return [crc32(bordered[start : start + GRAM], 1) & MASK for start in range(len(bordered) - GRAM + 1)]


def pair_rows(keys: Iterable[bytes]) -> list[int]:
    """Return the rows of the words of a text, each paired with the word before."""
    pairs: list[int] = []
    before = _BEGIN
    for key in keys:
        pairs.append(crc32(key, before) & MASK)
        before = crc32(b" ", crc32(key))
    return pairs


def denied_rows(keys: Iterable[bytes], words: Iterable[Word | None]) -> list[int]:
    """Return the rows of the denied ones among the words of a text, given what is known of each."""
    denied: list[int] = []
    left = 0
    for key, word in zip(keys, words, strict=True):
        if word is not None and word.denies:
            left = DENIED
        elif word is not None and word.breaks:
            left = 0
        elif left:
            denied.append(crc32(key, _DENIED_SEED) & MASK)
            left -= 1
    return denied
