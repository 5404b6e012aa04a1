"""Cuts a text into words and signs, and brings a word into the one form in which lexicons are kept."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.core.text import fold

LONGEST_WORD = 40
"""Characters of a word that are looked at; no word of our languages that matters is longer."""

TOKEN = re.compile(r"https?://\S+|www\.\S+|@\w+|\w+(?:['’]\w+)*|[:;=]['’^-]?[()\[\]/|\\D]|[^\w\s\-–—\"'’«»„”“*#&]+")
"""A token: address, account, word, emoticon or run of signs. Dashes, quotes and hash marks are no tokens."""

_CYRILLIC = re.compile("[а-яё]")
_STRETCHED = re.compile(r"(.)\1\1+")
_LATIN = str.maketrans({
    **dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziiklmnoprstufhcie", strict=True)),
    "ё": "e", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "u", "я": "a",
})  # fmt: skip
_SPELLINGS = (
    ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("yo", "e"), ("jo", "e"), ("yu", "u"),
    ("ju", "u"), ("ya", "a"), ("ja", "a"), ("ye", "e"), ("je", "e"), ("y", "i"), ("j", "i"), ("w", "v"), ("x", "h"),
    ("'", ""), ("ii", "i"),
)  # fmt: skip
_SPELT = re.compile("[wxyj']|ii|kh|t[sz]|sh?ch")
"""Found in every word that has one of these spellings."""


class Token(NamedTuple):
    """A token as it stands, in its plain form, and in that with letters drawn out shortened, as by `unstretched`.

    Only words have a plain form; addresses, accounts and signs have none.
    """

    text: str
    plain: str = ""
    shorter: tuple[str, ...] = ()


def cut(piece: str) -> list[str]:
    """Return the tokens of a piece of text."""
    return [piece] if piece.isalnum() else TOKEN.findall(piece)


def token_of(text: str) -> Token:
    """Return a token, given as it stands."""
    if text.isalnum():
        word = fold(text[:LONGEST_WORD])
        return Token(text, word, unstretched(word))
    first = text[0]
    if not (first.isalnum() or first == "_") or text.startswith(("http://", "https://", "www.")):
        return Token(text)
    word = plain(text[:LONGEST_WORD])
    return Token(text, word, unstretched(word))


def plain(words: str) -> str:
    """Return a word, or a line of them, folded and without apostrophes."""
    return fold(words).replace("'", "").replace("’", "")


def russian_key(word: str) -> str:
    """Return a plain word, or a line of them, as crude Latin letters, the same for «очень», «ochen» and «ochen'»."""
    key = word.translate(_LATIN)
    if _SPELT.search(key) is None:
        return key
    for spelling, letter in _SPELLINGS:
        if spelling in key:
            key = key.replace(spelling, letter)
    return key


def is_cyrillic(word: str) -> bool:
    """Tell whether a plain word has a Russian letter."""
    return _CYRILLIC.search(word) is not None


def unstretched(word: str) -> tuple[str, ...]:
    """Return a word with letters drawn out brought to one and to two of each («sooo»: «so», «soo»); () for others."""
    if _STRETCHED.search(word) is None:
        return ()
    return _STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word)
