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
    "đ": "d",
    "ø": "o",
    "ı": "i",
    "İ": "i",
}


class _Folded(dict[int, str]):
    """Fills itself with the folded form of each character met: one character for one, so that positions stay."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if (folded := _SPECIAL.get(char)) is None:
            lower = char.lower()
            base = unicodedata.normalize("NFKD", lower)[:1]
            folded = base if base.isalnum() else lower[:1] or char
        self[code] = folded
        return folded


_TABLE = _Folded()


def fold(text: str) -> str:
    """Return a text in lower case without diacritics, of the same length: «Żabka» is «zabka», «Ёлка» is «елка»."""
    return text.lower() if text.isascii() else text.translate(_TABLE)
