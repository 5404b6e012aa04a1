"""First names: whose they are, how somebody who bears one is spoken to in Polish, and how they are spelled elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.text import composed, fold

WOMAN, MAN = "f", "m"

_LAST_SOUNDS = {
    "st": "ście",
    "d": "dzie",
    "t": "cie",
    "r": "rze",
    "ł": "le",
    "x": "x",
    "v": "v",
    "ś": "siu",
} | {hard: f"{hard}ie" for hard in "bfmnpswz"}
"""What the last consonants of a man's name become in the vocative, the longest that fits; after any other comes «u»."""

_LETTERS_FOR_ONE_SOUND = ("sz", "rz", "cz", "dz")

_BEFORE_K = {"siek": "śku", "ciek": "ćku", "niek": "ńku", "ziek": "źku", "iek": "ku", "ek": "ku"}
"""Endings of names whose last vowel goes: Krzysiek, Krzyśku."""

_UNFIT_ABROAD = ("w", "h", "c", "g", "x", "v")
"""Last letters of names from elsewhere after which no Polish ending is put."""


@dataclass(frozen=True, slots=True)
class FirstName:
    """`gender` is «f», «m», or «» where both bear it; `vocative` is Polish, and «» where nobody would form one.

    `russian` is the name in Cyrillic letters, `latin` in those of English; «» where it is spelled as it was written.
    """

    gender: str
    vocative: str
    russian: str = ""
    latin: str = ""


@dataclass(frozen=True, slots=True)
class FirstNames:
    """The table, by folded names; `patronymics` tell the gender, `titles` and `not_people` are folded words.

    Where one of `not_people` stands in it, what looks like somebody's name is that of a shop, or a nickname.
    """

    names: Mapping[str, FirstName]
    patronymics: Mapping[str, str]
    titles: frozenset[str]
    not_people: frozenset[str]


def key(name: str) -> str:
    """Return what is equal for equal names, however their letters were typed."""
    return fold(composed(name.replace("’", "'")))


def read_first_names(raw: Mapping[str, Any]) -> FirstNames:
    """Return the table from what resources/first_names.json holds; of names that stand in it twice the first counts."""
    soft, unruly = frozenset(_words(raw["soft"])), raw["vocatives"]

    def spoken(name: str, gender: str, *, abroad: bool = False) -> str:
        return unruly.get(name) or _vocative(name, gender, soft=name in soft, abroad=abroad)

    names: dict[str, FirstName] = {}
    cyrillic: dict[str, str] = {}
    rows = [(gender, row.split("=")) for gender in (WOMAN, MAN) for row in _words(raw["cyrillic"][gender])]
    either = [row.split("=") for row in _words(raw["either"])]
    rows += [("", row) for row in either if len(row) > 1]
    for _gender, (russian, *latin) in rows:
        for spelling in ",".join(latin).split(","):
            cyrillic.setdefault(key(spelling), russian)
    for (name,) in (row for row in either if len(row) == 1):
        names[key(name)] = FirstName("", spoken(name, "", abroad=True))
    for gender in (WOMAN, MAN):
        for name in _words(raw["polish"][gender]):
            names.setdefault(key(name), FirstName(gender, spoken(name, gender), cyrillic.get(key(name), "")))
    for gender, (russian, *latin) in rows:
        spellings = ",".join(latin).split(",")
        one = FirstName(gender, spoken(latin[0], gender), russian, spellings[min(1, len(spellings) - 1)])
        for spelling in (russian, *spellings):
            names.setdefault(key(spelling), one if spelling == russian else _in_latin(one, cyrillic[key(spelling)]))
    for gender in (WOMAN, MAN):
        for name in _words(raw["english"][gender]):
            names.setdefault(key(name), FirstName(gender, spoken(name, gender, abroad=True)))
    for name in _words(raw["elsewhere"]):
        names.setdefault(key(name), FirstName("", ""))
    men = [russian for gender, (russian, *_latin) in rows if gender == MAN]
    return FirstNames(
        names,
        dict(_patronymics(men, _words(raw["patronymics"]))),
        frozenset(map(key, _words(raw["titles"]))),
        frozenset(map(key, _words(raw["not_people"]))),
    )


def _words(lines: Iterable[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


def _in_latin(one: FirstName, russian: str) -> FirstName:
    """Return a name for who writes it in Latin letters: in English it stays as they write it."""
    return FirstName(one.gender, one.vocative, russian)


def _vocative(name: str, gender: str, *, soft: bool, abroad: bool) -> str:
    """Return how a person is called by a name in Polish; `soft` ones end in «u» where others end in «o»."""
    if name.endswith("a"):
        return name[:-1] + ("u" if soft else "o")
    doubled = name[-1] == name[-2:-1]
    if gender != MAN or name[-1] in "eioóuyąęé" or (abroad and (doubled or name.endswith(_UNFIT_ABROAD))):
        return name
    if name.endswith(_LETTERS_FOR_ONE_SOUND):
        return f"{name}u"
    for ending, instead in (_BEFORE_K | _LAST_SOUNDS).items():
        if name.endswith(ending):
            return name.removesuffix(ending) + instead
    return f"{name}u"


def _patronymics(men: Iterable[str], unruly: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield patronymics, folded, and the gender of who bears them."""
    for name in unruly:
        yield key(name), MAN if name.endswith("ич") else WOMAN
    for name in men:
        for stem, endings in _stems(name):
            for gender, ending in zip((MAN, WOMAN, WOMAN), endings, strict=True):
                yield key(stem + ending), gender


def _stems(name: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
    softly, after_j = ("евич", "евна", "ївна"), ("йович", "ївна", "евна")
    if name.endswith("ий"):
        yield name[:-2] + "ь", softly
        yield name[:-2] + "и", softly
    if name.endswith(("й", "ь")):
        yield name[:-1], softly
    if name.endswith("й"):
        yield name[:-1], after_j
    elif name[-1] not in "ьаяо":
        yield name, ("ович", "овна", "івна")
