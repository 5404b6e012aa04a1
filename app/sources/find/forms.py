"""The cases of a name, for places that search for words as they stand: «Piekarnia Rynek» is also «Piekarni Rynku».

They are made by the endings of the words alone. What is made is only searched for, so a form that nobody uses costs
nothing, and forms that `core.inflection` would not take for the name are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.inflection import SHORTEST, looks, origins
from app.core.shop_name import spoken_name
from app.core.short_names import changed_root
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
    (r"(?:[nwł]|[^e]r|złot|żółt|święt)y", 1, ("ego", "ym", "ego", "ym")),
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
    (r"[аеуюэя]й", 1, ("я", "ю", "й", "ем")),
    (r"[кгх]ий|ый", 2, ("ого", "ом", "ый", "ым")),
    (r"ий", 2, ("его", "ем", "ий", "им")),
    (r"ь", 1, ("и", "и", "ь", "ью")),
    (r"ёк", 2, ("ька", "ьке", "ёк", "ьком")),
    (r"[нлд]ок|[^аеиоуыэюя]ец", 2, ("~а", "~е", "", "~ом")),
    (r"[бвгдзклмнпрстфхцчшщж]", 0, ("а", "е", "", "ом")),
)
_SOFT = {"k": "c", "g": "dz", "t": "ci", "d": "dzi", "r": "rz", "ł": "l"}
_LIVING = frozenset("byk jeż jeleń kieł koń kot lew lis łeb łoś mąż miś paw pies rak ryś wąż ząb żuk".split())  # noqa: SIM905  reads better
"""Short Polish names in -a where others of their kind have -u: «Kota», «Lwa»."""

_SOFT_A = {"ń": "nia", "ś": "sia", "ź": "zia"}
_PREPOSITIONS = frozenset("na nad o od pod przy u w we z ze za в на над о об от под при у за с со к".split())  # noqa: SIM905  reads better
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def forms(name: str, language: str) -> tuple[str, ...]:
    """Return a name as people write it (see `core.shop_name`) and its cases, itself first; one in English has none.

    Of several words all stand in the same case, or the last alone; what follows a preposition stays as it is. A word of
    two or three letters, or one whose vowel goes, has the cases that `core.short_names` knows.
    """
    name = spoken_name(name)
    words = name.split()
    if len(words) > 1 and name.isupper():
        words = [word.capitalize() for word in words]  # written in capitals, not made of initials
    end = next((place for place, word in enumerate(words) if word.lower() in _PREPOSITIONS), len(words))
    alone = len(words) == 1
    cases = [_cases(word, "ru" if _CYRILLIC.search(word) else language, alone=alone) for word in words[:end]]
    wholes = list(zip(*cases, strict=True))[1:]
    last = [(*words[: end - 1], form) for form in cases[-1][1:]] if cases else []
    made = (" ".join((*row, *words[end:])) for row in (*wholes, *last))
    return tuple(dict.fromkeys((name, *made)))[:MOST]


def _cases(word: str, language: str, *, alone: bool) -> tuple[str, ...]:
    """Return a word and its four cases, each the word itself where it has no other form."""
    rules = {"pl": _PL, "ru": _RU}.get(language, ())
    if len(word) < 2 or not word.isalpha() or word.isupper():
        rules = ()
    changed = changed_root(word) if rules else ""
    stem = word[0] + changed[1:] if changed else word
    rule = next((one for one in rules if re.search(f"(?:{one[0]})$", stem, re.IGNORECASE)), None)
    if rule is None:
        return (word,) * 5
    _, cut, endings = rule
    made = [_joined(stem, cut, ending) if ending or not changed else word for ending in endings]
    if word.lower() in _LIVING:
        made[0] = made[2] = f"{stem[:-1]}{_SOFT_A.get(stem[-1], f'{stem[-1]}a')}"
    return (word, *_known(word, language, made, alone=alone))


def _known(word: str, language: str, made: Iterable[str], *, alone: bool) -> tuple[str, ...]:
    marked = word.lower() if len(word) < SHORTEST or changed_root(word) else fold(word)
    meant = looks(marked, language, alone=alone)
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
