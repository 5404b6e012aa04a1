"""Guesses in which of our languages a text is written, from its letters and its commonest words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.detect.tokens import plain, russian_key

LOOKED_AT = 60
"""Words from the beginning of a text that are looked at."""

_CYRILLIC = re.compile("[а-яА-ЯёЁ]")
_POLISH = re.compile("[ąćęłńśźżĄĆĘŁŃŚŹŻ]")
_LETTER = 1.0
"""A Polish letter, up to two of them, counts as much as this many common words: a name can bring one."""


def guess_language(text: str, tokens: list[str], telling: Mapping[str, frozenset[str]], hint: str = "") -> str:
    """Return «ru», «pl» or «en», or «» where nothing tells. `telling` has the commonest words of each language.

    `hint` is the language that the source claims: it only decides where the text does not, sources being wrong often.
    """
    sample = text[:400]
    if _CYRILLIC.search(sample) is not None and 3 * len(_CYRILLIC.findall(sample)) > len(sample) // 2:
        return "ru"
    words = {token.lower() for token in tokens[:LOOKED_AT]}
    plain_words = words if sample.isascii() else {plain(word) for word in words}
    votes = {
        "en": float(len(plain_words & telling["en"])),
        "pl": len(plain_words & telling["pl"]) + _LETTER * min(2, len(_POLISH.findall(sample))),
        "ru": float(len({russian_key(word) for word in plain_words} & telling["ru"])) if _LATIN_RUSSIAN & plain_words else 0.0,
    }
    if hint[:2].lower() in votes:
        votes[hint[:2].lower()] += 0.5
    best = max(votes, key=votes.__getitem__)
    return best if votes[best] > 0 and list(votes.values()).count(votes[best]) == 1 else ""


_LATIN_RUSSIAN = frozenset(
    "eto chto ochen menya mne uzhe pochemu vam spasibo gde kogda bylo tolko esli net vse ne kak zakaz dostavka takoy "
    "nikto nikogda bolshe dengi nado mozhno skazhite podskazhite".split()
)
"""Words, as people type them in Latin letters, one of which is needed before Russian is thought of at all."""
