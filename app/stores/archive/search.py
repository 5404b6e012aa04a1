"""Full-text search: how texts and queries are made alike, and the excerpt around what was found."""

from __future__ import annotations

import re
import unicodedata

from app.core.address import normal_address
from app.core.text import fold

MOST_WORDS = 12
LONGEST_QUERY = 300
"""Characters of what was typed that count: more is a paste by mistake."""

EXCERPT = 200
"""Characters of an excerpt."""

_LONGEST_ADDRESS = 4_000
_ADDRESS = re.compile(r"(?:https?://|[^\s/@:]+\.[^\W\d_]{2,}(?::\d+)?/)\S+", re.IGNORECASE)
_AROUND = "<>\"'„”“«»"

_LEAD = 60
"""Characters shown before what was found."""

_LETTERS = (("ł", "l"), ("Ł", "l"), ("ё", "е"), ("Ё", "е"), ("й", "и"), ("Й", "и"))
"""Letters that SQLite's tokenizer leaves alone, or (й) folds in one spelling of Unicode and not in the other."""


_UNSEEN = "\ufe0e\ufe0f\0"
"""Signs that only say how the symbol before them is drawn."""


def searchable(text: str) -> str:
    """Return a text as the search index is given it: ł is l, ё is е, й is и; SQLite folds everything else.

    The index stands on it: a change needs a step in schema.py that rebuilds `search`.
    """
    if text.isascii():
        return text
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return text


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words of a query, in order, each once; none where it has neither letters nor digits."""
    text = unicodedata.normalize("NFC", typed[:LONGEST_QUERY])
    plain = "".join(char if char.isalnum() else " " for char in text)
    return tuple(dict.fromkeys(searchable(plain).split()))[:MOST_WORDS]


def signs_of(typed: str) -> str:
    """Return what was typed where it is an emoji or another symbol without a word, «» for anything else.

    The index holds words alone, and dots and quotation marks are half of a word still being typed.
    """
    plain = "".join(
        char for char in typed[:LONGEST_QUERY] if char not in _UNSEEN and not "\ud800" <= char <= "\udfff"
    ).strip()
    return plain if any(unicodedata.category(char) == "So" for char in plain) and not words_of(plain) else ""


def address_of(typed: str) -> str:
    """Return the normalised address that was typed or pasted, with or without its scheme; «» where it is not one, and a page of it."""
    plain = typed.strip().strip(_AROUND)
    if len(plain) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(plain):
        return ""
    return normal_address(plain if plain[:8].lower().startswith(("http://", "https://")) else f"//{plain}")


def match_of(words: tuple[str, ...]) -> str:
    """Return the FTS5 expression that asks for all words, each as the beginning of one."""
    return " ".join(f'"{word}"*' for word in words)


def excerpt_of(text: str, words: tuple[str, ...] = ()) -> str:
    """Return at most 200 characters on one line: from the beginning, or around the first word found beyond it."""
    line = " ".join(text.split())
    start = _found(line, words)
    if start + _LEAD <= EXCERPT or len(line) <= EXCERPT:
        return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"
    begin = line.rfind(" ", 0, start - _LEAD) + 1 or start - _LEAD
    piece = "…" + line[begin:]
    return piece if len(piece) <= EXCERPT else piece[: EXCERPT - 1].rstrip() + "…"


def _found(line: str, words: tuple[str, ...]) -> int:
    """Return where a word of the line begins with one of these, 0 for nowhere."""
    if not words:
        return 0
    match = re.search(r"(?<!\w)(?:" + "|".join(re.escape(fold(word)) for word in words) + ")", searchable(fold(line)))
    return match.start() if match else 0
