"""The cases of a name, for places that search for words as they stand: «Piekarnia Rynek» is also «Piekarni Rynku».

They are made by the endings of the words alone. What is made is only searched for, so a form that nobody uses costs
nothing, and forms that `core.inflection` would not take for the name are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.inflection import SHORTEST, looks, origins
from app.core.text import fold

MOST = 6
"""Forms of one name: searches have room for no more."""

Rule = tuple[str, int, tuple[str, str, str, str]]
"""How a word ends, how many letters of that fall away, and the endings of genitive, locative, accusative, instrumental.

«~» before an ending softens the last letter of the stem.
"""

_PL: tuple[Rule, ...] = (
    (r"(?:[lńw]sk|[aei]ck|dzk|[^aeiouyąę]n|on|ow|star|dobr|mał|biał)a", 1, ("ej", "ej", "ą", "ą")),
    (r"ia", 1, ("", "", "ę", "ą")),
    (r"[kg]a", 1, ("i", "~e", "ę", "ą")),
    (r"[lj]a", 1, ("i", "i", "ę", "ą")),
    (r"(?:[scdr]z|[cżź])a", 1, ("y", "y", "ę", "ą")),
    (r"a", 1, ("y", "~ie", "ę", "ą")),
    (r"(?:[nwł]|[^e]r)y", 1, ("ego", "ym", "ego", "ym")),
    (r"[kg]i", 0, ("ego", "m", "ego", "m")),
    (r"[^aeiouyąę]ek", 2, ("ku", "ku", "ek", "kiem")),
    (r"[kg]", 0, ("u", "u", "", "iem")),
    (r"ów", 2, ("owa", "owie", "ów", "owem")),
    (r"ń", 1, ("nia", "niu", "ń", "niem")),
    (r"[śćź]", 0, ("", "", "", "")),
    (r"[lcjżh]|[scdr]z", 0, ("u", "u", "", "em")),
    (r"[bdfmnprstwzłvx]", 0, ("u", "~ie", "", "em")),
)
_RU: tuple[Rule, ...] = (
    (r"ая", 2, ("ой", "ой", "ую", "ой")),
    (r"ия", 1, ("и", "и", "ю", "ей")),
    (r"я", 1, ("и", "е", "ю", "ей")),
    (r"[кгхжшчщ]а", 1, ("и", "е", "у", "ой")),
    (r"а", 1, ("ы", "е", "у", "ой")),
    (r"[^аеиоуыэюя]ой", 2, ("ого", "ом", "ой", "ым")),
    (r"[кгх]ий|ый", 2, ("ого", "ом", "ый", "ым")),
    (r"ий", 2, ("его", "ем", "ий", "им")),
    (r"ь", 1, ("и", "и", "ь", "ью")),
    (r"ёк", 2, ("ька", "ьке", "ёк", "ьком")),
    (r"[нлд]ок|[^аеиоуыэюя]ец", 2, ("~а", "~е", "", "~ом")),
    (r"[бвгдзклмнпрстфхцчшщж]", 0, ("а", "е", "", "ом")),
)
_SOFT = {"k": "c", "g": "dz", "t": "ci", "d": "dzi", "r": "rz", "ł": "l"}
_PREPOSITIONS = frozenset("na nad o od pod przy u w we z ze za в на над о об от под при у за с со к".split())  # noqa: SIM905  reads better
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def forms(name: str, language: str) -> tuple[str, ...]:
    """Return a name and its cases, the name itself first; a name in English has none.

    Of several words all stand in the same case, or the last alone; what follows a preposition stays as it is.
    """
    words = name.split()
    end = next((place for place, word in enumerate(words) if word.lower() in _PREPOSITIONS), len(words))
    cases = [_cases(word, "ru" if _CYRILLIC.search(word) else language) for word in words[:end]]
    wholes = list(zip(*cases, strict=True))[1:]
    last = [(*words[: end - 1], form) for form in cases[-1][1:]] if cases else []
    made = (" ".join((*row, *words[end:])) for row in (*wholes, *last))
    return tuple(dict.fromkeys((name, *made)))[:MOST]


def _cases(word: str, language: str) -> tuple[str, ...]:
    """Return a word and its four cases, each the word itself where it has no other form."""
    rules = {"pl": _PL, "ru": _RU}.get(language, ())
    if len(word) < SHORTEST or not word.isalpha() or word.isupper():
        rules = ()
    rule = next((one for one in rules if re.search(f"(?:{one[0]})$", word, re.IGNORECASE)), None)
    if rule is None:
        return (word,) * 5
    _, cut, endings = rule
    return (word, *_known(word, language, (_joined(word, cut, ending) for ending in endings)))


def _known(word: str, language: str, made: Iterable[str]) -> tuple[str, ...]:
    meant = looks(fold(word), language)
    return tuple(form if meant & origins(fold(form)) else word for form in made)


def _joined(word: str, cut: int, ending: str) -> str:
    stem = word[: len(word) - cut]
    if not ending:
        return stem if cut == 1 and stem.endswith("i") else word
    if not ending.startswith("~"):
        return stem + ending
    ending = ending[1:]
    if cut == 2:
        return stem + word[-1] + ending
    soft = _SOFT.get(stem[-1], "")
    if not soft:
        return stem + ending
    return stem[:-1] + soft + ("e" if ending == "ie" else ending)
