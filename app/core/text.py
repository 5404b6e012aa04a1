"""Text made comparable: without letter case and diacritics, in Polish, Russian and English."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"\w+(?:['’]\w+)*", re.UNICODE)

_SPECIAL = {
    "ł": "l",
    "Ł": "l",
    "ё": "е",
    "Ё": "е",
    "й": "й",
    "Й": "й",
    "ß": "s",
    "ẞ": "s",
    "đ": "d",
    "Đ": "d",
    "ø": "o",
    "Ø": "o",
    "ı": "i",
    "İ": "i",
    "µ": "µ",
}
"""Letters that Unicode does not take apart, or (й, µ) that must stay whole."""

_ODD = re.compile("([^\x00-ӿ‐-™]+)")
"""Runs of what none of the code pages below has at all, emoji above all."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens, blanks without width, joiners, marks of direction, and the mark of byte order."""

_NO_LETTERS = re.compile(r"[\W_]+")


def _folded(char: str) -> str:
    if (special := _SPECIAL.get(char)) is not None:
        return special
    if not char.isalnum():
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    folded = _SPECIAL.get(base) or base.lower()
    return folded if len(folded) == 1 and folded.isalnum() else char


class _Folded(dict[int, str]):
    """Fills itself with the folded form of each character met: one character for one, so that positions stay."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


class _Page:
    """A code page by whose bytes most texts are folded: several times faster than character by character."""

    def __init__(self, name: str) -> None:
        self.name = name
        chars = [bytes([byte]).decode(name, errors="ignore") for byte in range(256)]
        self.fold = bytes(_folded(char).encode(name)[0] if char else byte for byte, char in enumerate(chars))
        self.no_letters = bytes(byte for byte, char in enumerate(chars) if not char.isalnum())


_TABLE = _Folded()
_SHORT = 24
"""Characters up to which a text is folded character by character: a code page takes longer to be found than to be used."""

_PAGES = (_Page("cp1250"), _Page("cp1251"), _Page("cp1252"))


def fold(text: str) -> str:
    """Return a text in lower case without diacritics, of the same length: «Żabka» is «zabka», «Ёлка» is «елка».

    A character that stands for several («ﬁ») becomes the first of them; a mark that follows its letter stays where it
    stands: call `composed` before where such texts may come.
    """
    if text.isascii():
        return text.lower()
    if len(text) <= _SHORT:
        return text.translate(_TABLE)
    for page in _PAGES:
        try:
            return text.encode(page.name).translate(page.fold).decode(page.name)
        except UnicodeEncodeError:
            continue
    if len(pieces := _ODD.split(text)) > 1:
        return "".join(piece.translate(_TABLE) if odd % 2 else fold(piece) for odd, piece in enumerate(pieces))
    return text.translate(_TABLE)


def letters(text: str) -> str:
    """Return the folded letters and digits of a text and nothing else: equal for texts of the same words."""
    for page in _PAGES:
        try:
            raw = text.encode("ascii" if text.isascii() else page.name).translate(page.fold, page.no_letters)
            return raw.decode("ascii" if raw.isascii() else page.name)
        except UnicodeEncodeError:
            continue
    if len(pieces := _ODD.split(text)) > 1:
        return "".join(_slow_letters(piece) if odd % 2 else letters(piece) for odd, piece in enumerate(pieces))
    return _slow_letters(text)


def _slow_letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.translate(_TABLE))


def seen(text: str) -> str:
    """Return a text without the signs that nobody sees, as they come along where an address or a name is copied."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def composed(text: str) -> str:
    """Return a text with each letter and its marks as one character (Unicode NFC), as `fold` and `WORD` need it."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
