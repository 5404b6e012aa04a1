"""The cases of short names, one by one: «Raj» of three letters, «Лев» that loses its vowel. Polish and Russian.

Longer names share rules (see `inflection`); of so few letters these would find half the dictionary: «rajd», «kotlet».
"""

from __future__ import annotations

import re

from app.core.text import fold

_PL_HARD, _RU_HARD = "a u owi em y ow om ami ach", "а у ом е ы ов ам ами ах"
_PL_SOFT, _RU_SOFT = "a u owi em e i y ow om ami ach", "я ю ем е и ей ям ями ях"
_PL_I = "ia iu iowi iem ie i iow iom iami iach"
_PL_BACK, _RU_BACK = "a u owi iem i ow om ami ach", "а у ом е и ов ам ами ах"
_RU_HUSH, _RU_J = "а у ом ем е и ей ам ами ах", "я ю ем е и ев ям ями ях"
_RU_NEUTER, _RU_MANY = "а я у ю ом ем е ам ям ами ями ах ях", "ов ев ей ам ям ами ями ах ях"
_RU_COLLECTIVE = "ья ьев ьям ьями ьях"
_SOFTENED = {"t": "cie", "d": "dzie", "r": "rze", "ł": "le"}

_FLEETING = {
    "lew": f"lw {_PL_HARD} ie",
    "len": f"ln {_PL_HARD} ie",
    "sen": f"sn {_PL_HARD} ie",
    "bez": f"bz {_PL_HARD} ie",
    "łeb": f"łb {_PL_HARD} ie",
    "pies": f"ps {_PL_HARD} ie",
    "mech": f"mch {_PL_HARD}",
    "szew": f"szw {_PL_HARD} ie",
    "kieł": f"kł {_PL_HARD} le",
    "wieś": "ws i iom iami iach ia",
    "dzień": f"dn {_PL_I}",
    "dąb": f"dęb {_PL_HARD} ie",
    "ząb": f"zęb {_PL_HARD} ie",
    "mąż": f"męż {_PL_SOFT} owie",
    "wąż": f"węż {_PL_SOFT}",
    "лев": f"льв {_RU_HARD}",
    "лёд": f"льд {_RU_HARD}",
    "лён": f"льн {_RU_HARD}",
    "пёс": f"пс {_RU_HARD}",
    "сон": f"сн {_RU_HARD}",
    "лоб": f"лб {_RU_HARD}",
    "рот": f"рт {_RU_HARD}",
    "ров": f"рв {_RU_HARD}",
    "мох": f"мх {_RU_BACK}",
    "день": f"дн {_RU_SOFT}",
    "пень": f"пн {_RU_SOFT}",
    "рожь": "рж и ью",
    "улей": f"уль {_RU_J}",
    "воробей": f"воробь {_RU_J}",
    "соловей": f"соловь {_RU_J}",
    "муравей": f"муравь {_RU_J}",
    "ручей": f"ручь {_RU_J}",
}
"""Names whose vowel goes or changes where an ending follows, each with its other root and the endings of that."""

_UNMARKED = {fold(name): name for name in _FLEETING}

_OTHER_WORDS = """
moda para maka kosa tona kara mara nora kora rosa mapa kasa masa rasa rola sala fala hala dama rama lupa pora
gora mora lina mina wina cena cera lawa lewa zona сырья
"""
_OTHERS = frozenset(_OTHER_WORDS.split())
"""Words of their own that a masculine name would be given as a case: «mąka» is none of «Mak»."""

_COMMON_WORDS = """
miami tanie tany tana macie danie dany dana ago elo any ano many leo lee see teach spie busy body lady copy baby
picie bicie bycie zycie panie razem razie razy dala dali dale bala bali mala male mali bola bole boli pole nice
ale ona one oni sama sami taka taki jaka jaki mamy maja ide idzie cala cale lotu lotem wola wole дома
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Cases that are everyday words besides: they stand for the name only beside another word of it."""

_BETWEEN_WORDS = """
na pod nad za od dla do po ze we ku i a u w z o przy the of and by at in on or
на под над за от для до по из об во со ко и а у в с к о при не нет
"""
_BETWEEN = frozenset(_BETWEEN_WORDS.split())
"""Words that stand between those of a name and have no cases: «Dom na Rogu», «Чай и Кот»."""

_VOWEL = re.compile("[aeiouyаеиоуыэюя]")
_PL_SOFT_END = re.compile("(?:[jlc]|cz|sz|rz|ż)$")
_PL_I_END = re.compile("[ńśźć]$")


def is_between(word: str) -> bool:
    """Say whether a folded word stands between those of a name, and is none of them."""
    return word in _BETWEEN


def changing(name: str) -> bool:
    """Say whether a folded name is one whose vowel goes or changes."""
    return name in _UNMARKED


def changed_root(name: str) -> str:
    """Return what a name whose vowel goes or changes is where an ending follows: «lw» of «lew»; «» for any other name."""
    known = _FLEETING.get(name.lower()) or _FLEETING.get(_UNMARKED.get(fold(name), ""))
    return known.split()[0] if known else ""


def short_forms(name: str, *, alone: bool) -> frozenset[str]:
    """Return the cases, folded, of a short name or one whose vowel goes; itself where it has none.

    `name` is in lower case, with its diacritics where they are known; `alone` leaves out what is an everyday word besides.
    """
    folded = fold(name)
    if len(folded) < 2 or folded in _BETWEEN or not _VOWEL.search(folded):
        return frozenset((folded,))
    known = _FLEETING.get(name) or _FLEETING.get(_UNMARKED.get(name, ""))
    if known:
        root, *endings = known.split()
        forms = {fold(root + ending) for ending in endings}
    else:
        forms = {fold(form) for form in (_russian(folded) if re.fullmatch("[а-яё]+", name) else _polish(name))}
        forms |= set() if alone else in_a_vowel(folded)
    return frozenset((folded, *(forms - _OTHERS - (_COMMON if alone else frozenset()))))


def _polish(name: str) -> set[str]:
    root, last = name[:-1], name[-1]
    if last == "a":
        i_follows = _PL_SOFT_END.search(root) or root[-1] in "kgi"
        return {root + each for each in ("i" if i_follows else "y", "e", "o", "om", "ami", "ach")} | _softened(root)
    if _VOWEL.fullmatch(fold(last)):
        return set()
    if _PL_I_END.search(name):
        return {fold(name) + ending for ending in _PL_I.split()}
    if last in "kg":
        return {name + ending for ending in _PL_BACK.split()}
    if _PL_SOFT_END.search(name):
        return {name + ending for ending in _PL_SOFT.split()}
    hard = {name + ending for ending in _PL_HARD.split()} | _softened(name)
    return hard | ({"lesie"} if name == "las" else set())


def in_a_vowel(name: str) -> set[str]:
    """Return the cases of a folded name in a vowel other than -a, neuter or plural: «Echo», «Psy», «Эхо», «Псы»."""
    root, last = name[:-1], name[-1]
    if last in "oe":
        return {root + ending for ending in ("a", "u", "iem" if root[-1] in "kg" else "em", "om", "ami", "ach")} | (
            _softened(root) if last == "o" else set()
        )
    if last in "yi":
        return {root + ending for ending in ("ow", "om", "ami", "ach")}
    endings = _RU_NEUTER if last in "ое" else _RU_MANY if last in "ыи" else ""
    return {root + ending for ending in endings.split()}


def _softened(root: str) -> set[str]:
    """Return what a root becomes before the -e of the locative: «kot» is «kocie», «lig» is «lidze»."""
    head, last = root[:-1], root[-1:]
    if last in {"k", "g"}:
        return {head + {"k": "ce", "g": "dze"}[last]}
    if last in _SOFTENED:
        return {head + _SOFTENED[last]}
    return {f"{root}ie"} if last and last in "bpwfmnszv" else set()


def _russian(name: str) -> set[str]:
    root, last = name[:-1], name[-1]
    if last == "а":
        return {
            root + each for each in ("и" if root[-1] in "гкхжчшщ" else "ы", "е", "у", "ой", "ою", "ам", "ами", "ах")
        }
    if last == "я":
        return {root + each for each in ("и", "е", "ю", "ей", "ею", "ям", "ями", "ях")}
    if last == "й":
        return {root + ending for ending in _RU_J.split()}
    if last == "ь":
        return {root + ending for ending in (*_RU_SOFT.split(), "ью")}
    if _VOWEL.fullmatch(last):
        return set()
    endings = _RU_BACK if last in "гкх" else _RU_HUSH if last in "жчшщц" else _RU_HARD
    return {name + ending for ending in f"{endings} {_RU_COLLECTIVE}".split()}
