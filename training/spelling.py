"""Writes `resources/detect/spelling`: the words that people mean when they mistype, and which words are right as they stand.

Meant is what our own texts use often; right besides what they use at all, and what is frequent in the language at large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from app.detect.lexicon import LANGUAGES
from app.detect.spelling import BITS, SHORTEST, Spelling, row_of, single
from app.detect.tokens import cut, plain
from training.frequencies import read_frequencies
from training.texts import Text

OFTEN = 5
"""Times that a word is used in our own texts to be one that a mistyped word may be meant for."""

MISTYPED = 20
"""Times that a neighbour is used for each time that a word is: such a word is a mistake of our own texts, which hold many."""


def write_spelling(folder: Path, texts: Iterable[Text]) -> int:
    """Write the files of each language, and return how many bytes they have."""
    folder.mkdir(exist_ok=True)
    used: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for text in texts:
        used[text.language].update(_words(f"{text.title} {text.text}"))
    return sum(_write(folder, language, counts) for language, counts in used.items())


def _write(folder: Path, language: str, used: Counter[str]) -> int:
    frequent = {plain(word) for word in read_frequencies(language)}
    often = [word for word, count in used.most_common() if count >= OFTEN and len(single(word)) >= SHORTEST - 1]
    words = folder / f"{language}.txt"
    words.write_text("\n".join(sorted(often, key=lambda word: (-used[word], word))) + "\n", "utf-8")
    (folder / f"{language}.bits").write_bytes(b"")  # without both files nothing is near
    spelling = Spelling(folder, language)
    right = frequent | {word for word in used if not _is_mistyped(word, used, spelling)}
    meant = [word for word in often if word in right]
    words.write_text("\n".join(sorted(meant, key=lambda word: (-used[word], word))) + "\n", "utf-8")
    bits = bytearray(1 << BITS >> 3)
    for word in right:
        bits[row_of(word) >> 3] |= 1 << (row_of(word) & 7)
    (folder / f"{language}.bits").write_bytes(bits)
    return words.stat().st_size + len(bits)


def _is_mistyped(word: str, used: Counter[str], spelling: Spelling) -> bool:
    return len(word) >= SHORTEST and used[spelling.near(word)] >= MISTYPED * used[word]


def _words(text: str) -> Iterable[str]:
    return (word for piece in text.split() for token in cut(piece) if (word := plain(token)).isalpha())
