"""Declension: does a word of a text stand for a name, in another case? Polish, Russian and English, all words folded, «'» straight.

A name is taken apart into what it may look like in a text (`looks`), a word of a text into what it may come from
(`origins`); they belong together where both share an entry. An entry is a mark and a root: «=» the whole word, «F» and
«M» a feminine and a masculine or neuter noun, «A» an adjective, «V» a feminine noun whose root ends in k, g or ch, «S» a Russian
noun with soft endings alone, «H» a feminine one with hard ones alone, «P» a Russian adjective as «лисий», «C» a case in full.
A stemmer cannot do this: it cuts what makes another word of a name (Ruch, «rucham») as readily as a case ending.
"""

from __future__ import annotations

import re

from app.core.listed_words import listed_cases
from app.core.short_names import changing, in_a_vowel, short_forms
from app.core.text import fold

SHORTEST = 4
"""Of a name of fewer letters the cases are listed one by one: too many other words look like them (see `short_names`)."""

_ROOT = 3

_PL = {
    "F": "a y i e ie o om iom ami iami ach iach",
    "M": "a u y i e ie o em iem om iom ow iow ami iami ach iach owi iowi owie",
    "A": "y i a e ie ego iego emu iemu ym im ej iej ych ich ymi imi",
}
_RU = {
    "F": "а я ы и у ю е ь ой ей ою ею ью ам ям ах ях ами ями ьми",
    "M": "а я у ю е ы и о ь й ом ем ов ев ей ам ям ах ях ами ями ьми",
    "S": "я ю е и ем ей ям ях ями",
    "H": "а ы и у е ой ою ам ах ами",
    "A": "ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ых их ую юю ой ей ою ею ыми ими",
    "P": "ий ья ье ьи ьего ьему ьим ьем ьей ьею ью ьих ьими",
}
_PL_NAMES = {"a": "FA", "o": "M", "e": "MA", "y": "FMA", "i": "FMA", "ego": "A", "emu": "A", "ich": "A", "ych": "A"}
_RU_ADJECTIVES = (
    "ый",
    "ий",
    "ой",
    "ая",
    "яя",
    "ое",
    "ее",
    "ые",
    "ие",
    "ого",
    "его",
    "ому",
    "ему",
    "ыми",
    "ими",
    "ых",
    "их",
)
_RU_NAMES = {"а": "F", "я": "F", "о": "M", "е": "M", "ы": "FM", "и": "FM", "ь": "FM", "й": "M"}
_RU_NAMES |= dict.fromkeys(_RU_ADJECTIVES, "A") | {"ий": "AP", "ья": "P", "ье": "P", "ьи": "P"}
_RU_HARD = re.compile("[бвдзлмнпрстф]а$")
"""The end of a feminine noun that takes no soft ending: «верю» is none of «Вера»."""

_RU_SOFT = re.compile("[бвдзклмпрстф]е$|(?<![ая])не$")
"""That of a neuter one that takes no hard one, as «Поле» and never «Славяне»: «пола» is none of «Поле»."""

_RU_UNCHANGED_WORDS = """
метро кино бюро депо радио видео кафе кофе какао авто фото пальто бистро евро казино шоссе ателье купе суши соло мини макси
"""
_RU_UNCHANGED = frozenset(_RU_UNCHANGED_WORDS.split())
"""Words that have no cases: what looks like one of «Метро» are metres."""

_RU_SURNAME = ("ов", "ев", "ин", "ын")
_RU_SURNAMES = tuple(f"{ending}ы" for ending in _RU_SURNAME)
_RU_IN_MYA = re.compile("(?:вре|пла|се|пле|зна|стре|те|бре)мя$")


def _by_ending(classes: dict[str, str]) -> dict[str, str]:
    endings = sorted({ending for listed in classes.values() for ending in listed.split()})
    return {ending: "".join(mark for mark in classes if ending in classes[mark].split()) for ending in endings}


_PL_TEXTS, _RU_TEXTS = _by_ending(_PL), _by_ending(_RU)
_SOFTENED = (("dzie", "d", "-"), ("cie", "t", "-"), ("rze", "r", "-"), ("dze", "g", "V"), ("sze", "ch", "V"))
"""How the end of a Polish root sounds before -e (d in «modzie», k in «zabce»), the sound it comes from, and its mark."""

_PL_FLEETING = re.compile(r"(?<=[^aeiouy])(?:ie|e)(?=[kclrnw]$)")
_PL_CHANGED = re.compile(r"cio(?=l$)|cie(?=n$)|dzie(?=n$)|[sz]io(?=l$)|owies$")
_PL_WITHOUT = {"cio": "t", "cie": "t", "dzie": "d", "sio": "s", "zio": "z", "owies": "ows"}
"""How the end of a Polish root sounds without its fleeting vowel where that softened it: «kocioł» is «kotł-»."""

_PL_NASAL = re.compile("ą(?=(?:b|g|d|dź|ź)$)|(?<=si)ą(?=c$)")
"""The ą that is ę where an ending follows: «gołąb», «okrąg», «urząd», «miesiąc»; never that of «zając»."""

_PL_MANY = re.compile("o[bdgzwlr]a$")
"""The end of a short name of which the many stand without ending: «Sowa», «sów»."""

_RU_FLEETING = re.compile(r"(?:[ое]|(?<=[аеиоуыэюя])и)(?=(?:[кцлрнвм]|[нлр]ь)$)")
_RU_MANY = re.compile("о[бвгдзр]а$")
_LEAST_BARE = {"a": 5, "o": 5, "а": 4, "я": 4, "о": 5}
"""How many letters a name of one word has at least, but for one, of which the many may stand without ending."""

_PL_NASAL_MANY = re.compile("ę(?=[^aeiouyąęó]{1,2}$)")
_PL_OF_DOING = re.compile("...(?:ni|eci)e$")
"""Names of one word of which the many lose -ie: «marzeń», «zajęć»; not «życie», for «żyć» is to live."""

_PL_MEN = re.compile("[sc]cy$|dzcy$")
"""The end of a Polish adjective of several men: «Kowalscy»."""

_COUNTED = ("ow", "ов", "ев", "ей", "а", "я")
"""The ends of a name behind a number."""

_PL_MANY_MEN = (("dzi", "d"), ("ci", "t"), ("rzy", "r"), ("dzy", "g"), ("cy", "k"))
"""The ends of other such adjectives and the sounds they come from: «Młodzi Lekarze», «Dobrzy Ludzie»."""

_NO_BARE_WORDS = """
now nor for cod код йог вор mod pol col lol gol kol kod log tor sol mol hol bob rob мод кол пол дон дом бок сок кот лот нос род ром
"""
_NO_BARE = frozenset(_NO_BARE_WORDS.split())
"""Words of their own that would be the many of a short name: «mod» is none of «Moda»."""

_NO_NASAL = frozenset({"swiat", "rak"})
"""Words of their own that would be the many of «Święta» or «Ręka»."""

_VOWELS = frozenset("aeiouyаеиоуыэюя")
_CYRILLIC = re.compile("[а-я]")
_LATIN = re.compile("[a-z]+")


def looks(name: str, language: str = "", *, alone: bool = True, counted: bool = False) -> frozenset[str]:
    """Return what a name, in lower case or folded, may look like in a text, as entries to be compared with `origins`.

    In a watch whose `language` is «en» a Latin name takes English endings only. One that is not `alone` stands beside other
    words of the name: then cases count, too, that are everyday words, or the beginning of other words. One that is
    `counted` stands behind a number, in the case that takes: «Pięć Smaków», «Два капитана».
    """
    marked, name = name, fold(name)
    found = {f"={whole}" for whole in _without_apostrophe(name)}
    if language == "en" and not _CYRILLIC.search(name):
        return frozenset(found)
    found |= {f"C{case}" for case in listed_cases(name, alone=alone) - {name}}
    if "'" not in name and (len(name) < SHORTEST or changing(name)):
        forms = short_forms(marked.lower(), alone=alone)
        return frozenset(found | {f"C{form}" for form in forms - {name}})
    if counted:
        found |= {f"{mark}{root}" for root in _counted(name) for mark in "FM"}
    for word in _without_apostrophe(name):
        if len(word) < SHORTEST:
            continue
        if _CYRILLIC.search(word):
            found |= _russian_looks(word, alone=alone)
        elif _LATIN.fullmatch(word):
            found |= _polish_looks(word, alone=alone)
    if _LATIN.fullmatch(name) and len(name) >= SHORTEST:
        found |= _with_nasals(marked.lower(), alone=alone)
    return frozenset(found)


def _counted(name: str) -> set[str]:
    """Return the roots of a name in the case that a number takes: «smak» of «smaków», «капитан» of «капитана»."""
    ends = [end for end in _COUNTED if name.endswith(end)]
    return {name.removesuffix(end) for end in ends if len(name) - len(end) >= _ROOT}


def origins(word: str) -> frozenset[str]:
    """Return what a folded word of a text may come from, as entries to be compared with `looks`."""
    found: set[str] = set()
    for whole in _without_apostrophe(word):
        found |= {f"={whole}", f"C{whole}"}
        if len(whole) < SHORTEST:
            continue
        if _CYRILLIC.search(whole):
            found |= _cut(whole, _RU_TEXTS)
            found |= {mark + root for root in _russian_fleeting(whole) for mark in "FHM"}
        elif _LATIN.fullmatch(whole):
            found |= _cut(whole, _PL_TEXTS) | _polish_softened(whole) | _english(whole)
            found |= {mark + root for root in _polish_fleeting(whole) for mark in "FM"}
    return frozenset(found)


def case_ending(text: str) -> bool:
    """Return whether a text is nothing but a case ending."""
    return text in _PL_TEXTS or text in _RU_TEXTS


def _without_apostrophe(word: str) -> tuple[str, ...]:
    head, mark, tail = word.partition("'")
    if not mark:
        return (word,)
    joined = head + tail.replace("'", "")
    return (head, joined) if len(tail) <= 4 and (len(head) > 1 or head.isdigit()) else (joined,)


def _cut(word: str, endings: dict[str, str]) -> set[str]:
    found = set()
    for length in range(1, min(4, len(word) - _ROOT) + 1):
        for mark in endings.get(word[-length:], ""):
            found.add(mark + word[:-length])
    return found


def _polish_looks(name: str, *, alone: bool) -> set[str]:
    last, bare = name[-1], name[:-1].rstrip("i")
    if last == "e" and len(name) <= SHORTEST:
        return set() if alone else {f"A{bare}", f"={bare}", *(f"C{case}" for case in in_a_vowel(name))}
    found = _cut(name, _PL_NAMES)
    if last not in _VOWELS:
        found |= {f"M{name}", f"M{name}i"}
        found |= {
            f"M{root}{soft}" for root in _polish_fleeting(name) for soft in (("", "i") if last in "nw" else ("",))
        }
    elif _is_bare(name, alone=alone) or _PL_OF_DOING.search(name):
        found.add(f"={bare}")
    if (name.endswith("ie") and not alone) or name.endswith(("kie", "gie")):
        found |= {f"A{name[:-2]}"} if len(name) > SHORTEST else set()
    if name.endswith("owie") and len(name) > _ROOT + 4:
        found.add(f"M{name[:-4]}")
    if _PL_MEN.search(name):
        found.add(f"A{name[:-2]}k")
    elif not alone:
        found |= {f"A{name.removesuffix(end)}{sound}" for end, sound in _PL_MANY_MEN if name.endswith(end)}
    if last != "e" and name[:-1].endswith(("k", "g", "ch")):
        found.add(f"V{name[:-1]}")
    return found


def _is_bare(name: str, *, alone: bool) -> bool:
    """Say whether the many of a name in a vowel may stand without ending: «Lamp Świata» of «Lampy Świata»."""
    last, bare = name[-1], name[:-1].rstrip("i")
    if bare in _NO_BARE or name.endswith(("ycie", "icie")):
        return False
    many = (_RU_MANY if _CYRILLIC.search(name) else _PL_MANY).search(name)
    return not alone or bool(many) or len(name) > _LEAST_BARE.get(last, len(name))


def _with_nasals(name: str, *, alone: bool) -> set[str]:
    """Return what a Polish name in lower case looks like where its ą or ę changes, as it was typed: «Święto», «Świąt»."""
    if (nasal := _PL_NASAL.sub("ę", name)) != name:
        return {f"M{fold(nasal)}{soft}" for soft in ("", "i")}
    if name.endswith("mię"):
        return {f"M{fold(name[:-1])}{more}" for more in ("eni", "on")}
    if name.endswith("ę"):
        root = fold(name[:-1])
        return {f"M{root}eci", f"M{root}et", f"={root}at"}
    many = fold(_PL_NASAL_MANY.sub("ą", name[:-1].rstrip("i")))
    changed = name[-1] in _VOWELS and many != fold(name)[:-1].rstrip("i")
    return (
        {f"={many}"} if changed and _is_bare(fold(name), alone=alone) and not (alone and many in _NO_NASAL) else set()
    )


def _polish_softened(word: str) -> set[str]:
    """Return what a word comes from whose root changed its end: the «i» of «piekarni» also belongs to «piekarnia»."""
    found = {f"F{word}", f"M{word}"} if word.endswith("i") else set()
    if word.endswith(("cmi", "zmi", "nmi")):
        found |= {mark + root for root in (word[:-2], f"{word[:-2]}i") for mark in "FM"}
    if word.endswith("le"):
        found |= {mark + root for root in _hardened(word[:-1]) for mark in "FM"}
    if word.endswith("ce"):
        found.add(f"V{word[:-2]}k")
    if word.endswith("scy"):
        found.add(f"A{word[:-2]}k")
    for ending, sound, mark in _SOFTENED:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            root = word.removesuffix(ending) + sound
            roots = {root, _widened(root)}
            found |= {one + each for each in roots for one in ("FM" if mark == "-" else mark)}
    return found


def _widened(root: str) -> str:
    """Return a root with the «ia» it has in other cases: «swiet» of «swiecie» is «swiat»."""
    head, found, tail = root.rpartition("ie")
    return f"{head}ia{tail}" if found and len(tail) <= 2 else root


def _hardened(root: str) -> set[str]:
    """Return what a root in -l may be in other cases: «aniel» of «aniele» is «anioł», «swietl» is «światło»."""
    head, found, tail = root.rpartition("ie")
    return {f"{head}{vowels}{tail}" for vowels in ("ia", "io")} if found and len(tail) <= 2 else set()


def _polish_fleeting(word: str) -> set[str]:
    roots = {_PL_FLEETING.sub("", word), _PL_CHANGED.sub(lambda found: _PL_WITHOUT[found.group()], word)} - {word}
    roots |= {f"{root[:-2]}{root[-1]}" for root in roots if root[-3:-1] == "rz"}
    return {root for root in roots if len(root) >= _ROOT}


def _english(word: str) -> set[str]:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return set()
    found = {f"={word[:-1]}"}
    if word.endswith("ies"):
        found.add(f"={word[:-3]}y")
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")):
        found.add(f"={word[:-2]}")
    return found


def _russian_looks(name: str, *, alone: bool) -> set[str]:
    if name in _RU_UNCHANGED:
        return set()
    found = _cut(name, _RU_NAMES)
    if _RU_HARD.search(name):
        found = {f"H{name[:-1]}"}
    elif _RU_SOFT.search(name):
        found = {f"S{name[:-1]}"}
    last = name[-1]
    if _RU_IN_MYA.search(name):
        found |= {f"M{name[:-1]}ен", f"={name[:-1]}ен"}
    if name.endswith(("ане", "яне")):
        found.add(f"={name[:-1]}")
    if name.endswith("ья"):
        found.add(f"M{name[:-1]}")
    if name.endswith(_RU_SURNAMES):
        found.add(f"A{name[:-1]}")
    if last == "ь":
        found |= {f"S{root}" for root in _russian_fleeting(name)}
        found |= {f"F{name[:-3]}в"} if name.endswith("овь") else set()
    if last not in _VOWELS and last not in "йь":
        found |= {f"M{root}" for root in {name, f"{name}ь", *_russian_fleeting(name)}}
        if name.endswith(_RU_SURNAME):
            found |= {f"F{name}", f"A{name}"}
    elif last in _VOWELS and _is_bare(name, alone=alone):
        found |= {f"={name[:-1]}{end}" for end in ("й" if name[-2] in _VOWELS else "", "ь")}
    return found


def _russian_fleeting(word: str) -> set[str]:
    """Return a word without the vowel it takes where no ending follows: «ромашк» of «ромашек», «огоньк» of «огонек»."""
    match = _RU_FLEETING.search(word)
    if match is None or match.start() < 2:
        return set()
    head, last = word[: match.start()], word[match.end() :].removesuffix("ь")
    if head[-1] in _VOWELS:
        return {f"{head}й{last}"}
    return {root for root in (head + last, f"{head}ь{last}") if len(root) >= _ROOT}
