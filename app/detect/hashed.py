"""Cuts pieces of text into hashed features: words, parts of words, pairs of words and words under a negation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from app.detect.concepts import Role
from app.detect.tokens import LONGEST_WORD, TOKEN, is_cyrillic, plain, russian_key, unstretched
from app.detect.vocabulary import Vocabulary

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


class Key(NamedTuple):
    """A word as it is hashed: its row, and `before`, which begins the hash of its pair with the next word.

    `denies` is whether it turns round what follows, `ends` whether it ends what a negation turns round.
    """

    word: bytes
    row: int
    before: int
    denies: bool
    ends: bool


def written_key(token: str, *, russian: bool) -> str:
    """Return the form in which a token is hashed: folded, Russian in Latin letters, numbers by their length."""
    first = token[0]
    if not first.isalnum() and first != "_":
        return "<at>" if first == "@" and len(token) > 1 else token[:_LONGEST_SIGN]
    if token.startswith(("http://", "https://", "www.")):
        return "<url>"
    word = plain(token[:LONGEST_WORD])
    if word.isdigit():
        return f"<{min(len(word), 5)}>"
    if short := unstretched(word):
        word = short[0]
    return russian_key(word) if russian or is_cyrillic(word) else word


def keys_of(piece: str, vocabulary: Vocabulary, *, russian: bool) -> tuple[Key, ...]:
    """Return the keys of a piece's tokens."""
    known = vocabulary[piece].words
    keys = []
    for token, word in zip(TOKEN.findall(piece), known, strict=True):
        if not (written := written_key(token, russian=russian)):
            continue
        key = written.encode(errors="replace")
        denies = word is not None and word.concept is not None and word.concept.role is Role.NEGATION
        keys.append(Key(key, crc32(key) & MASK, crc32(key + b" "), denies, word is not None and word.breaks))
    return tuple(keys)


def rows_of(words: Iterable[str]) -> frozenset[int]:
    """Return the rows of words that are in the form of `written_key` already."""
    return frozenset(crc32(word.encode()) & MASK for word in words)


def gram_rows(key: Key) -> list[int]:
    """Return the rows of the parts of a word: runs of `GRAM` letters, its borders among them."""
    if not key.word[:1].isalnum():
        return []
    bordered = b"_" + key.word + b"_"
    return [crc32(bordered[start : start + GRAM], 1) & MASK for start in range(len(bordered) - GRAM + 1)]


def joint_rows(keys: Iterable[Key]) -> tuple[list[int], list[int]]:
    """Return the rows of the pairs and of the denied words among the first `PAIRED` keys of a text."""
    pairs: list[int] = []
    denied: list[int] = []
    before, left = _BEGIN, 0
    for word, _, next_before, denies, ends in keys:
        pairs.append(crc32(word, before) & MASK)
        before = next_before
        if denies:
            left = DENIED
        elif ends:
            left = 0
        elif left:
            denied.append(crc32(word, _DENIED_SEED) & MASK)
            left -= 1
        if len(pairs) >= PAIRED:
            break
    return pairs, denied
