"""Counting what people take for one character, as Bluesky counts the length of a post.

Covered are the rules of Unicode's extended grapheme clusters that posts meet: marks and vowel signs, emoji with skin
tones, variation and tags, emoji joined into one, flags, keycaps, Hangul syllables, line ends. Not covered are letters put
before others and the conjuncts of Indic scripts: there more are counted than Bluesky counts, never fewer.
"""

from __future__ import annotations

import unicodedata

ZWJ = "\u200d"
_FLAGS = range(0x1F1E6, 0x1F200)
_SKINS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_LEAD, _VOWEL, _TAIL = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
_SYLLABLES = range(0xAC00, 0xD7A4)
_ARROWS = range(0x2190, 0x2200)


def graphemes(text: str) -> int:
    """Return how many characters a text has, as people see them."""
    count, before, flags, pictured = 0, "", 0, False
    for char in text:
        joined = before and _joins(before, char, flags, pictured)
        count += not joined
        flags = flags + 1 if ord(char) in _FLAGS else 0
        pictured = _is_picture(char) or (bool(joined) and pictured and (char == ZWJ or _extends(char)))
        before = char
    return count


def _joins(before: str, char: str, flags: int, pictured: bool) -> bool:  # noqa: FBT001  what was seen, handed on
    """Say whether a character belongs to the one before. `flags` half flags stand before it, `pictured` an emoji."""
    if before == "\r":
        return char == "\n"
    if _breaks(before) or _breaks(char):
        return False
    if char == ZWJ or _extends(char):
        return True
    if before == ZWJ:
        return pictured and _is_picture(char)
    if ord(char) in _FLAGS:
        return flags % 2 == 1
    return _is_hangul(ord(before), ord(char))


def _breaks(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Zl", "Zp"}


def _extends(char: str) -> bool:
    """Say whether a character only changes the one before: a mark, a vowel sign, a skin tone, a tag."""
    code = ord(char)
    return code in _SKINS or code in _TAGS or code == 0x200C or unicodedata.category(char) in {"Mn", "Me", "Mc"}


def _is_picture(char: str) -> bool:
    code = ord(char)
    return (code >= 0x1F000 and code not in _FLAGS and code not in _SKINS and code < 0x1FB00) or (
        unicodedata.category(char) == "So" or code in _ARROWS
    )


def _is_hangul(before: int, code: int) -> bool:
    """Say whether the second goes on with the syllable of the first."""
    if code in _TAIL:
        return before in _TAIL or before in _VOWEL or before in _SYLLABLES
    if code in _VOWEL:
        return before in _LEAD or before in _VOWEL or (before in _SYLLABLES and (before - 0xAC00) % 28 == 0)
    return before in _LEAD and (code in _LEAD or code in _SYLLABLES)
