"""How a customer is spoken to in a reply: «Pani Anno», «Анна Сергеевна», «Anna», or without a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.first_names import MAN, WOMAN, FirstName, FirstNames, key
from app.core.reply import BLANK, blank_name

LONGEST_NAME = 60
"""Characters of a name by which somebody is spoken to."""

_MOST_WORDS = 4
"""More words are no name, or one in which nobody can tell the first name."""

_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing: left open in a name, they would turn the rest of the reply, too."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>")
_PART_ENDS = re.compile(r"\s[-–—]+\s|[|•·–—:;~]")
"""What parts a name from what follows it: «Anna Kowalska | Photos»."""

_TWO_PEOPLE = re.compile(r"[&+/\\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORKPLACES = ("rnia", "ownia", "eria", "nictwo")
"""Endings of Polish words for a place where something is made or sold, none of a first name or a usual surname."""

_PARTICLES = frozenset(
    {"de", "da", "di", "del", "della", "dos", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn"}
)
"""Words of a surname that may be small."""

_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+|[^\W\d_]")

_WOMANS_SURNAME = re.compile(
    r"(?:sk|ck|dzk)a|.*(?:sk|ck|dzk)a|.*(?:ов|ев|ёв|ин|ын|ск|цк)а|.*(?:ск|цк)ая", re.IGNORECASE
)
_MANS_SURNAME = re.compile(r".*(?:sk|ck|dzk)i|.*(?:ов|ев|ёв|ин|ын)|.*(?:ск|цк)ий", re.IGNORECASE)

_GREETINGS = (
    r"dzień dobry|dobry wieczór|dobry|witam|witamy|witaj|cześć|hejka|hej|siema|siemka|ahoj|halo|dziękuję|dziękujemy|dzięki|przepraszam|przepraszamy"
    r"|hello|hi|hey|good (?:morning|afternoon|evening|day)|welcome|thank you|thanks|sorry"
    r"|здравствуйте|здравствуй|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|привет|приветствуем|спасибо|благодарим"
    r"|извините|простите|добрий день|вітаємо|дякуємо"
)
_GREETING = re.compile(rf"(?<!\w)(?:{_GREETINGS})[ \t]+$", re.IGNORECASE)
_DEAR = re.compile(
    r"(?<!\w)(?P<dear>dear|szanown[ay]|drog[ai]|kochan[ay]|mił[ay]|уважаем(?:ая|ый)|дорог(?:ая|ой)|мил(?:ая|ый))[ \t]+$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?<!\w)(?P<title>(?:pani?e?[ \t]*/[ \t]*(?:\w{4,10}[ \t]+)?)?(?:pani|panie)|pani?e?[ \t]*/[ \t]*pan)[ \t]+$",
    re.IGNORECASE,
)
_FONDLY = re.compile(r"(?<!\w)(?:cześć|hejka|hej|witaj|siema|siemka|ahoj),?[ \t]+$", re.IGNORECASE)
"""Who is greeted so is spoken to by first name alone."""

_LOOK_BACK = 80
"""Characters before a blank in which what leads to it is looked for."""

_ENDS = re.compile(r"[ \t]*(?![\w{\[ \t])")
"""After a name by which somebody is spoken to no word follows."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How one person is spoken to: `whole` by itself, `bare` after a title. `gender` is «f», «m», or «» where not known."""

    whole: str
    bare: str
    gender: str


def written_name(author: str) -> str:
    """Return a name as it is written, without what would do harm in a reply; «» for what is none.

    «Anna [she/her]» is Anna, for brackets would be taken for a blank.
    """
    name = " ".join(BLANK.sub(" ", _TURNS.sub("", author)).split())
    return name if len(name) <= LONGEST_NAME and any(map(str.isalpha, name)) else ""


def spoken_to(author: str, language: str, known: FirstNames) -> Spoken | None:
    """Return how somebody is spoken to in a reply in a language («pl», «ru», or any other), None where better without a name.

    Only a known first name is ever said: a nickname, a surname alone and the name of a firm are not.
    """
    words = _words(written_name(author), known)
    place = _first_name(words, known)
    if place is None:
        return None
    parts = words[place].split("-")
    names = [known.names[key(part)] for part in parts]
    gender = names[0].gender or _gender_of(words[:place] + words[place + 1 :])
    if language == "pl":
        return _in_polish(names, gender, words[:place] + words[place + 1 :])
    if language == "ru":
        said = "-".join(
            one.russian if _is_latin(part) and one.russian else _capital(part) for part, one in _pairs(parts, names)
        )
        after = words[place + 1] if place + 1 < len(words) else ""
        of_father = known.patronymics.get(key(after), "")
        if of_father and gender in {"", of_father}:
            said, gender = f"{said} {_capital(after)}", of_father
        return Spoken(said, said, gender)
    said = "-".join(
        _capital(part) if _is_latin(part) else one.latin or _capital(part) for part, one in _pairs(parts, names)
    )
    return Spoken(said, said, gender)


def with_name(template: str, spoken: Spoken | None, written: str) -> str:
    """Return a template with {name} and {full name} filled; where somebody is not spoken to by name, «Hello, {name}!» is «Hello!».

    {name} is how somebody is spoken to after a greeting, a comma or a title; anywhere else it is the name as it is
    written. It stays, to be seen, where leaving it out would leave no sentence («Dear {name}»), and after a title of the
    other gender.
    """
    pieces: list[str] = []
    end = 0
    for match in BLANK.finditer(template):
        wanted = blank_name(match.group(1) or match.group(2))
        if wanted not in {"name", "full name"}:
            continue
        before = "".join((*pieces, template[end : match.start()]))
        after = template[match.end() :]
        said, left_out = (written, not written) if wanted == "full name" else _said(before, after, spoken, written)
        if left_out and (shorter := _without(before, after)) is not None:
            before, said = shorter, ""
        elif not said:
            said = match.group(0)
        if said.endswith(".") and after.startswith("."):
            said = said[:-1]  # «Hello, Anna K.. We»
        pieces, end = [before, said], match.end()
    return "".join((*pieces, template[end:]))


def _said(before: str, after: str, spoken: Spoken | None, written: str) -> tuple[str, bool]:
    """Return what stands for {name} here, «» for nothing, and whether the place may be left out with its comma."""
    line = before.rpartition("\n")[2][-_LOOK_BACK:]
    title = _TITLE.search(line)
    bare = line[: title.start()] if title else line
    dear = _DEAR.search(bare)
    greeted = bool(dear or _GREETING.search(bare) or bare.rstrip().endswith(","))
    if not greeted and (bare.strip() or not _ENDS.match(after)):
        return written, False
    if spoken is None:
        return "", not title and not dear
    wanted = _gender_meant(title.group("title") if title else "", dear.group("dear") if dear else "")
    if wanted and spoken.gender and wanted != spoken.gender:
        return "", False
    fondly = _FONDLY.search(bare) or (dear is not None and not dear.group("dear").lower().startswith("szanown"))
    return (spoken.bare if title or fondly else spoken.whole), False


def _without(before: str, after: str) -> str | None:
    """Return what stands before a name without the comma or blank that leads to it; None where the rest would be no sentence."""
    if not _ENDS.match(after):
        return None
    if (bare := before.rstrip(" \t")).endswith(","):
        return bare[:-1]
    return bare if _GREETING.search(before[-_LOOK_BACK:]) else None


def _gender_meant(title: str, dear: str) -> str:
    """Return for whom the words before a name are, «» where for both."""
    title, dear = title.lower(), dear.lower()
    if "/" in title or dear == "dear":
        return ""
    if title:
        return WOMAN if title == "pani" else MAN
    if not dear:
        return ""
    return WOMAN if dear.endswith(("a", "ая")) else MAN


def _words(name: str, known: FirstNames) -> list[str]:
    """Return the words of somebody's name, without titles; [] for what is none: a nickname, an address, a firm, a couple."""
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", _BRACKETED.sub(" ", name))))
    plain = _PART_ENDS.split(plain.replace(",", " ").strip(), maxsplit=1)[0]
    tokens = [token for token in plain.split() if "@" not in token and not token.isdigit()]
    if _TWO_PEOPLE.search(plain) or len(tokens) > _MOST_WORDS + 1:
        return []
    words = [_bare(token) for token in tokens if key(token.rstrip(".")) not in known.titles]
    if len(words) > _MOST_WORDS or not all(map(_is_name_like, words)):
        return []
    if any(_is_no_person(word, known) for word in words) or not _are_written_alike(words):
        return []
    return words


def _plain(char: str) -> str:
    """Return a character of a name; a blank for emoji, quotation marks and other signs, nothing for marks nobody sees."""
    if char in "'’.-@_#&+/\\|,•·–—:;~":
        return char
    kind = unicodedata.category(char)
    if kind[0] == "M" or kind == "Cf":
        return ""
    return char if kind[0] in "LN" else " "


def _bare(word: str) -> str:
    """Return a word without what is around it; the full stop of an initial stays."""
    stripped = word.strip("'’.-")
    return word if len(stripped) < len("Ю.А") and word.endswith(".") else stripped


def _is_name_like(word: str) -> bool:
    return bool(_WORD.fullmatch(word) or _INITIALS.fullmatch(word))


def _are_written_alike(words: Sequence[str]) -> bool:
    """Tell whether all words or none begin with a capital letter: «Надежда умирает последней» is nobody's name."""
    capitals = {word[0].isupper() for word in words if word not in _PARTICLES and word[0].lower() != word[0].upper()}
    return capitals != {True, False}


def _is_no_person(word: str, known: FirstNames) -> bool:
    """Tell whether a word stands in no person's name; a capital letter by itself is an initial."""
    if len(word) == 1 and word.isupper():
        return False
    folded = key(word)
    return folded in known.not_people or (folded.endswith(_WORKPLACES) and folded not in known.names)


def _first_name(words: Sequence[str], known: FirstNames) -> int | None:
    """Return the place of the first name: before a patronymic, or else the first one known; None where it cannot be told."""
    found = [place for place, word in enumerate(words) if all(key(part) in known.names for part in word.split("-"))]
    for place in found:
        if place + 1 < len(words) and key(words[place + 1]) in known.patronymics:
            return place
    if not found:
        return None
    genders = [known.names[key(words[place].split("-")[0])].gender for place in found]
    if (
        len(words) == len(found) > 1
        and genders[0] == MAN
        and genders[1] == WOMAN
        and key(words[1]) not in {"maria", "мария"}
    ):
        return None  # «Marek Anna»: a surname and a name, or two people
    return found[0] if not (len(found) > 1 and found[1] - found[0] == 2 and len(words[found[0] + 1]) == 1) else None


def _in_polish(names: Sequence[FirstName], gender: str, others: Iterable[str]) -> Spoken | None:
    vocatives = [one.vocative for one in names]
    of_surname = _gender_of(others)
    if not gender or not all(vocatives) or (gender == MAN and of_surname == WOMAN):
        return None
    bare = "-".join(vocatives)
    return Spoken(f"{'Pani' if gender == WOMAN else 'Panie'} {bare}", bare, gender)


def _gender_of(surnames: Iterable[str]) -> str:
    for word in surnames:
        last = word.rpartition("-")[2]
        if _WOMANS_SURNAME.fullmatch(last):
            return WOMAN
        if _MANS_SURNAME.fullmatch(last):
            return MAN
    return ""


def _pairs(parts: Sequence[str], names: Sequence[FirstName]) -> Iterable[tuple[str, FirstName]]:
    return zip(parts, names, strict=True)


def _is_latin(word: str) -> bool:
    return "LATIN" in unicodedata.name(word[0], "")


def _capital(word: str) -> str:
    return word.capitalize() if word.islower() or word.isupper() else word
