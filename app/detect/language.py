"""Guesses in which of our languages a text is written, from its letters and its commonest words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from app.detect.tokens import plain, russian_key

LOOKED_AT = 200
"""Characters from the beginning of a text that are looked at."""

_PAGE = "cp1251"
_RUSSIAN = "".join(map(chr, range(ord("А"), ord("я") + 1))).encode(_PAGE) + "ёЁ".encode(_PAGE)
_POLISH = re.compile("[ąćęłńśźżĄĆĘŁŃŚŹŻ]")
_MOST_LETTERS = 2
"""Polish letters that each count as much as one common word; more do not, for a name can bring them."""

_HINT = 0.5
_LATIN_RUSSIAN = frozenset(
    [
        "eto",
        "chto",
        "ochen",
        "menya",
        "mne",
        "uzhe",
        "pochemu",
        "vam",
        "spasibo",
        "gde",
        "kogda",
        "bylo",
        "tolko",
        "esli",
        "net",
        "vse",
        "ne",
        "kak",
        "zakaz",
        "dostavka",
        "takoy",
        "nikto",
        "nikogda",
        "bolshe",
        "dengi",
        "nado",
        "mozhno",
        "skazhite",
        "podskazhite",
    ]
)
"""Words, as people type them in Latin letters, one of which is needed before Russian is thought of at all."""


OTHER = "other"
"""A language that is none of ours."""

_FOREIGN_WORDS = """
der die das und ist nicht ein eine sehr mit auch wir aber sie auf fur von dem noch
le les et pas tres vous une des pour mais nous avec dans cette ete sont
el las muy por pero del fue mas esta como nada los
il che sono molto della anche questo stato gli
het een niet zijn heel maar voor ook ik
som ikke och det att jag inte
jsem nebo velmi ktere jsou nem hogy volt nagyon
"""
_FOREIGN = frozenset(_FOREIGN_WORDS.split()) - {"sie", "las"}
"""Common words of our neighbours' languages that are, folded, no common words of ours."""

_FOREIGN_CYRILLIC = re.compile("[іїєґў]", re.IGNORECASE)
_LETTERS = "äöüñçàèêâîôûëïœřěůčšžőűāēīūģķļņėįųășțåæø"
_FOREIGN_LETTERS = re.compile(f"[{_LETTERS}{_LETTERS.upper()}ß\u1e9e\u212b¿¡]")
"""Both cases written out, signs that become such letters among them: four times as fast as a search without case."""
_MANY = 3
"""Words or letters of another language from which it is taken for one, where our own do not outweigh them."""


def guess_language(text: str, telling: Mapping[str, frozenset[str]], hint: str = "") -> str:
    """Return «ru», «pl» or «en», `OTHER`, or «» where nothing tells. `telling` has the commonest words of each language.

    `hint` is the language that the source claims: it only decides where the text does not, sources being wrong often.
    """
    sample = text[:LOOKED_AT]
    letters = 0
    foreign = 0
    if not sample.isascii():
        if 3 * _cyrillic(sample) > len(sample):
            return OTHER if len(list(islice(_FOREIGN_CYRILLIC.finditer(sample), _MANY))) == _MANY else "ru"
        foreign = len(list(islice(_FOREIGN_LETTERS.finditer(sample), _MANY - 1)))
        letters = len(list(islice(_POLISH.finditer(sample), _MOST_LETTERS)))
    words = set(plain(sample).split())
    votes = {"en": float(len(words & telling["en"])), "pl": float(len(words & telling["pl"]) + letters), "ru": 0.0}
    if not words.isdisjoint(_LATIN_RUSSIAN):
        votes["ru"] = float(len(telling["ru"].intersection(russian_key(" ".join(words)).split())))
    if (claimed := hint[:2].lower()) in votes:
        votes[claimed] += _HINT
    most = max(votes.values())
    if not words.isdisjoint(_FOREIGN) or foreign:
        foreign += len(words & _FOREIGN)
        if foreign >= _MANY and foreign > most:
            return OTHER
    best = [language for language, count in votes.items() if count == most]
    return best[0] if most and len(best) == 1 else ""


def _cyrillic(sample: str) -> int:
    """Return the number of Russian letters; by way of bytes, which is several times faster than a search."""
    raw = sample.encode(_PAGE, errors="ignore")
    return len(raw) - len(raw.translate(None, _RUSSIAN))
