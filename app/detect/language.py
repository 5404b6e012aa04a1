"""Guesses in which of our languages a text is written, from its letters and its commonest words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from app.detect.foreign_words import CLEAR, CYRILLIC, LOANS, RUSSIAN, SHARED, WEAK
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

_ANY_FOREIGN = CLEAR | WEAK

_FOREIGN_CYRILLIC = re.compile("[іїєґўјљњћђџәғқңөұү]", re.IGNORECASE)
_RUSSIAN_ONLY = re.compile("[ыэёЫЭЁ]")
_BELARUSIAN = re.compile("[ўЎ]")
"""Letters that none of those neighbours has but Belarusian, and the one that tells that."""

_LETTERS = "äöüáíúýıñçàèêâîôûëïœřěůčšžőűāēīūģķļņėįųășțåæø"
_SCRIPTS = "\u0370-\u03ff\u0530-\u07ff\u0900-\u10ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"
_FOREIGN_LATIN = re.compile(f"[{_LETTERS}ß]")
_FOREIGN_LETTERS = re.compile(f"[{_LETTERS}{_LETTERS.upper()}ß\u1e9e\u212b¿¡{_SCRIPTS}]")
"""Both cases written out, signs that become such letters among them: four times as fast as a search without case."""

_SCRIPT = re.compile(f"[{_SCRIPTS}]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TAG = re.compile(r"[#@]\w+|\S+//\S+")
_SENTENCE = re.compile(r"(?:^|[.!?…\n])[^\w.!?…:]*$")
"""What stands before a word that begins a sentence, and so has a capital letter whatever it is."""

_MANY = 3
"""Letters of a neighbour of Russian from which a text is taken for one of theirs."""

_SHORT = 60
"""Characters up to which words are looked at without the signs beside them, so that none of the few is overlooked."""

_CLEARLY = 5
_LIKELY = 2
"""Points that a clear word and one that names have as well bring for another language."""

_TELLS = 4
"""Points from which a text without a common word of ours is taken for one of another language."""

_OURS = 4
_OURS_TOO = 1
"""Points that a common word of ours takes away, and one that neighbours have as well."""

_THIN = 2
"""Words for each point beyond which a few points say nothing of a text."""


def guess_language(text: str, telling: Mapping[str, frozenset[str]], hint: str = "") -> str:
    """Return «ru», «pl» or «en», `OTHER`, or «» where nothing tells. `telling` has the commonest words of each language.

    `hint` is the language that the source claims: it only decides where the text does not, sources being wrong often.
    """
    sample = text[:LOOKED_AT]
    letters = 0
    foreign = False
    if not sample.isascii():
        if 3 * _cyrillic(sample) > len(sample):
            return OTHER if _neighbour(sample) else "ru"
        foreign = _FOREIGN_LETTERS.search(sample) is not None
        letters = len(list(islice(_POLISH.finditer(sample), _MOST_LETTERS)))
    line = plain(sample)
    words = set(line.split())
    votes = {"en": float(len(words & telling["en"])), "pl": float(len(words & telling["pl"]) + letters), "ru": 0.0}
    if not words.isdisjoint(_LATIN_RUSSIAN):
        votes["ru"] = float(len(telling["ru"].intersection(russian_key(" ".join(words)).split())))
    if (claimed := hint[:2].lower()) in votes:
        votes[claimed] += _HINT
    most = max(votes.values())
    met = words if len(sample) > _SHORT else set(_WORD.findall(line))
    if (foreign or not met.isdisjoint(_ANY_FOREIGN)) and _is_foreign(sample, _ours(words, telling, letters)):
        return OTHER
    best = [language for language, count in votes.items() if count == most]
    return best[0] if most and len(best) == 1 else ""


def _is_foreign(sample: str, ours: int) -> bool:
    """Tell whether more speaks for another language than for ours, which has so many points; names do not count."""
    sample = _TAG.sub(" ", sample)
    if 2 * len(_SCRIPT.findall(sample)) > len(_LETTER.findall(sample)):
        return True
    loud = sample.isupper()
    points: dict[str, int] = {}
    words = 0
    for found in _WORD.finditer(sample):
        words += 1
        if loud or not _is_name(found):
            raw = found[0].lower()
            word = plain(raw)
            if word in CLEAR:
                points[word] = _CLEARLY
            elif word in WEAK or (word not in LOANS and _FOREIGN_LATIN.search(raw)):
                points[word] = _LIKELY
    total = sum(points.values())
    return total >= _TELLS + ours and _THIN * total >= words


def _ours(words: set[str], telling: Mapping[str, frozenset[str]], letters: int) -> int:
    """Return the points of the one of our languages for which most speaks."""
    russian = set() if words.isdisjoint(_LATIN_RUSSIAN) else set(russian_key(" ".join(words)).split())
    return max(
        _points(words & telling["en"]),
        _points(words & telling["pl"]) + _OURS * letters,
        _points(russian & telling["ru"]),
    )


def _points(common: set[str]) -> int:
    own = len(common - SHARED)
    return _OURS * own + _OURS_TOO * (len(common) - own)


def _neighbour(sample: str) -> bool:
    """Tell whether a text in Cyrillic letters is Ukrainian or of another neighbour of Russian; names do not count."""
    if len(list(islice(_FOREIGN_CYRILLIC.finditer(sample), _MANY))) == _MANY:
        return True
    if _RUSSIAN_ONLY.search(sample) and _BELARUSIAN.search(sample) is None:
        return False
    points: dict[str, int] = {}
    words = 0
    for found in _WORD.finditer(_TAG.sub(" ", sample)):
        words += 1
        word = found[0].lower()
        if word in CYRILLIC:
            points[word] = _CLEARLY
        elif len(word) > 1 and _FOREIGN_CYRILLIC.search(word) and not _is_name(found):
            points[word] = _LIKELY
        elif word in RUSSIAN:
            points[word] = -_CLEARLY
    total = sum(points.values())
    return total > 0 and _THIN * total >= words


def _is_name(word: re.Match[str]) -> bool:
    """Tell whether a word has a capital letter that no beginning of a sentence gave it."""
    return word[0][0].isupper() and not _SENTENCE.search(word.string[: word.start()])


def _cyrillic(sample: str) -> int:
    """Return the number of Russian letters; by way of bytes, which is several times faster than a search."""
    raw = sample.encode(_PAGE, errors="ignore")
    return len(raw) - len(raw.translate(None, _RUSSIAN))
