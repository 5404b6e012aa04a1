"""About us? Required and excluded words and phrases in any case and spelling, blocked authors and sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import NamedTuple

from app.core.blocked import author_name, author_print, place_of_forgotten
from app.core.blocked_sites import BlockedSites
from app.core.blocked_sites import blocked_sites as sites_of
from app.core.customer import identity_of
from app.core.inflection import SHORTEST, case_ending, looks, origins
from app.core.listed_words import is_number
from app.core.mention import Mention
from app.core.ports.detector import Stemmer
from app.core.short_names import is_between
from app.core.text import composed, fold

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GAP = re.compile(r"[\W_]{1,6}")
"""What may stand between two words of a phrase: a blank, hyphen, full stop, line break."""

_AND = re.compile(r"[\W_]{0,3}[&+][\W_]{0,3}|[\W_]{1,6}(?:i|n|and|и)[\W_]{1,6}")
_MAYBE_AND = re.compile(r"[\W_]{1,6}(?:(?:i|n|and|и)[\W_]{1,6})?")
_GAPS = {"": _GAP, "-": re.compile(r"[-‐‑–]"), "&": _MAYBE_AND}
"""What may stand before a word by its link; an «and» that was typed as a word is there, as a word or sign."""

_AND_WORDS = frozenset({"i", "and", "и"})
_AND_SIGNS = frozenset("&+")
_ANDS = (("", "i", "and"), ("", "и"))
"""What stands for «&» in names of one word, in Latin and in Cyrillic letters."""

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_MOST_PIECES = 3
_CHANGING = 4
"""Letters at the end of a root that may be others in some case: «świetl» of «światło»."""
_TYPED = re.compile(rf"{_TOKEN.pattern}|[&+]")
_BY_DIGITS = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_ONE_LETTER = re.compile(r"\W*([^\W\d_])[-.‐‑]([^\W_]{2,})\W*")
"""A name written with a single letter: «x-kom», «М.Видео»."""

_QUOTED = re.compile(r"[\"„”“«»]")
_INNER_CAPITAL = re.compile(r"(?<=[^\W\d_]{3})(?=[^\W\d_a-zа-яё][^\W\d_]{2})")
_REMEMBERED = 4096


class _Part(NamedTuple):
    """A word of an entry: as typed, whether only so, and by what it was linked to the one before: «», «-», «&», «i», «and»."""

    typed: str
    exact: bool = False
    link: str = ""


class _Word:
    """One word of an entry, and which words of a text it stands for; remembers what it decided."""

    __slots__ = ("_decided", "_exact", "_looks", "_stemmer", "_verbs", "gap", "pattern", "start")

    def __init__(self, part: _Part, stemmer: Stemmer, language: str, *, alone: bool, counted: bool) -> None:
        typed, exact, link = part
        self.gap = _GAPS.get(link, _AND)
        word = fold(typed)
        is_name, is_initials = typed != typed.lower(), len(typed) < SHORTEST and typed.isupper()
        self._exact = word if exact else ""
        self._looks = frozenset() if exact else looks(typed.lower(), language, alone=alone, counted=counted)
        if is_initials:
            self._looks = frozenset((f"={word}",))
        self._stemmer = stemmer
        self._verbs = frozenset() if exact or is_name else _verb_stems(word, stemmer)
        head, mark, _tail = word.partition("'")
        if exact or is_initials:
            starts: tuple[str, ...] = (head,)
        else:
            starts = (head[:2],) if mark else _starts(self._looks, is_verb=bool(self._verbs))
        self.start = starts[0] if len(starts) == 1 else ""
        self.pattern = re.compile(f"(?:{'|'.join(map(re.escape, starts))})" + r"[^\W_]*(?:'[^\W_]+)*")
        self._decided: dict[str, bool] = {}

    def means(self, token: str) -> bool:
        decided = self._decided.get(token)
        if decided is None:
            if len(self._decided) >= _REMEMBERED:
                self._decided.clear()
            self._decided[token] = decided = self._decide(token)
        return decided

    def _decide(self, token: str) -> bool:
        if self._exact:
            return token == self._exact
        if not self._looks.isdisjoint(origins(token)):
            return True
        return bool(self._verbs) and not self._verbs.isdisjoint(_verb_stems(token, self._stemmer))


def _starts(found: frozenset[str], *, is_verb: bool) -> tuple[str, ...]:
    """Return how the words begin that share an entry with these: with all they have in common, but for what cases change."""
    roots = [entry[1:] for entry in found]
    common = _beginning(min(roots), max(roots)) if len(found) > 1 and not is_verb else ""
    kept = len(common) if all(entry[0] in "=C" for entry in found) else len(common) - _CHANGING
    return (common[:kept],) if kept > 1 else tuple(sorted({root[:2] for root in roots}))


def _beginning(one: str, other: str) -> str:
    """Return the letters with which both begin."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in same)


def _verb_stems(word: str, stemmer: Stemmer) -> frozenset[str]:
    """Return the stems for which a word lost an ending that is no case ending: «polec» of «polecam»."""
    if len(word) <= SHORTEST:
        return frozenset()
    stems = (stem for stem in stemmer.stems(word) if 3 <= len(stem) < len(word) and word.startswith(stem))
    return frozenset(stem for stem in stems if not case_ending(word[len(stem) :]))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One required or excluded entry: any of its alternatives, each of which is a phrase."""

    phrases: tuple[tuple[_Word, ...], ...]

    def stands_in(self, folded: str) -> bool:
        return any(_stands(phrase, folded) for phrase in self.phrases)


def _stands(phrase: tuple[_Word, ...], folded: str) -> bool:
    first, *rest = phrase
    if first.start not in folded:
        return False
    return any(
        not (match.start() and folded[match.start() - 1].isalnum())
        and first.means(match.group())
        and _go_on(rest, folded, match.end())
        for match in first.pattern.finditer(folded)
    )


def _go_on(words: Sequence[_Word], folded: str, end: int) -> bool:
    """Return whether the rest of a phrase follows whose first word ends at `end`."""
    for word in words:
        gap = word.gap.match(folded, end)
        token = _TOKEN.match(folded, gap.end()) if gap else None
        if token is None or not word.means(token.group()):
            return False
        end = token.end()
    return True


@dataclass(frozen=True, slots=True)
class Matcher:
    """Says whether mentions are about the shop. Make one with `matcher_for` for each watch and keep it."""

    required: tuple[_Entry, ...]
    excluded: tuple[_Entry, ...]
    authors: frozenset[str]
    sites: BlockedSites
    forgotten: frozenset[str] = frozenset()
    """Prints of blocked authors whose names are not kept."""

    def about_us(self, mention: Mention) -> bool:
        return not self.why_not(mention)

    def why_not(self, mention: Mention) -> str:
        """Return why a mention does not count: «author», «site», «required», «excluded»; «» where it is about us."""
        if (self.authors or self.forgotten) and self._author_blocked(mention):
            return "author"
        if self.sites and self.sites.block(mention):
            return "site"
        if not self.required and not self.excluded:
            return ""
        folded = _folded(mention)
        if not all(entry.stands_in(folded) for entry in self.required):
            return "required"
        return "excluded" if any(entry.stands_in(folded) for entry in self.excluded) else ""

    def _author_blocked(self, mention: Mention) -> bool:
        names = {author_name(mention.author), author_name(mention.handle)}
        if identity := identity_of(mention):
            names.add(author_name(identity.key))
        names.discard("")
        if not self.authors.isdisjoint(names):
            return True
        return bool(self.forgotten) and not self.forgotten.isdisjoint(map(author_print, names))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases looked for in mentions: blind to letter case and diacritics, inflected as the words of a watch."""

    entries: tuple[_Entry, ...] = ()

    def stand_in(self, mention: Mention) -> bool:
        """Return whether any of them stands in title or text."""
        if not self.entries:
            return False
        folded = _folded(mention)
        return any(entry.stands_in(folded) for entry in self.entries)


NO_PHRASES = Phrases()


def entries_of(typed: str) -> tuple[str, ...]:
    """Return the entries typed in one line, with commas between words that must all occur."""
    return tuple(entry.strip() for entry in typed.split(",") if entry.strip())


def wordless(entries: Iterable[str]) -> str:
    """Return the first entry of signs only, which stands in no text; «» where each has a letter or digit, or is blank."""
    return next((entry for entry in entries if entry.strip() and not _TOKEN.search(composed(entry))), "")


def phrases_for(texts: Sequence[str], stemmer: Stemmer) -> Phrases:
    """Return phrases as typed, written like the entries of a watch (see `matcher_for`)."""
    return Phrases(_entries(texts, stemmer, ""))


def matcher_for(
    required: Sequence[str],
    excluded: Sequence[str],
    stemmer: Stemmer,
    *,
    language: str = "",
    blocked_authors: Sequence[str] = (),
    blocked_sites: Sequence[str] = (),
) -> Matcher:
    """Return the matcher of a watch.

    Within an entry «|» separates alternatives; several words are a phrase, side by side in that order; what stands in
    quotation marks is not inflected. A word typed with a capital is a name and only declined; one without may be a
    verb as well. `blocked_authors` are identity keys, handles or names, or prints of these (see `core.blocked`);
    `blocked_sites` hosts, pages or publishers' names (see `core.blocked_sites`). Entries without a single letter or digit are left out.
    """
    forgotten = {entry for entry in blocked_authors if place_of_forgotten(entry) is not None}
    return Matcher(
        _entries(required, stemmer, language),
        _entries(excluded, stemmer, language),
        frozenset(name for entry in blocked_authors if entry not in forgotten and (name := author_name(entry))),
        sites_of(blocked_sites),
        frozenset(map(author_print, forgotten)),
    )


def _entries(texts: Sequence[str], stemmer: Stemmer, language: str) -> tuple[_Entry, ...]:
    made = (_Entry(tuple(_phrases(composed(text), stemmer, language))) for text in texts)
    return tuple(entry for entry in made if entry.phrases)


def _phrases(text: str, stemmer: Stemmer, language: str) -> Iterable[tuple[_Word, ...]]:
    for alternative in text.split("|"):
        parts = _parts(alternative)
        if len(parts) > 1 and all(part.typed.isupper() for part in parts):
            parts = [
                part._replace(typed=part.typed.capitalize()) for part in parts
            ]  # in capitals, not made of initials
        letter = _ONE_LETTER.fullmatch(alternative)
        for spelling in _spellings(parts, with_letter=letter is not None and not is_between(fold(letter[1]))):
            alone = sum(not is_between(fold(part.typed)) for part in spelling) < 2
            counted = [False, *(is_number(fold(before.typed)) for before in spelling[:-1])]
            yield tuple(
                _Word(part, stemmer, language, alone=alone, counted=behind)
                for part, behind in zip(spelling, counted, strict=True)
            )


def _parts(alternative: str) -> list[_Part]:
    """Return the words of one alternative; an «and» between two of them, word or sign, becomes the link of the second."""
    found: list[_Part] = []
    for quoted, piece in enumerate(_QUOTED.split(alternative)):
        found += [_Part(word, quoted % 2 == 1) for word in _TYPED.findall(piece.replace("’", "'"))]
    parts: list[_Part] = []
    link = ""
    for place, part in enumerate(found):
        around = [one.typed for one in (*found[max(place - 1, 0) : place], *found[place + 1 : place + 2])]
        is_and = part.typed in _AND_SIGNS or (fold(part.typed) in _AND_WORDS and not part.exact)
        if is_and and len(around) > 1 and min(map(len, around)) > 1:
            link = "&" if part.typed in _AND_SIGNS else part.typed
        elif part.typed not in _AND_SIGNS:
            parts.append(part._replace(link=link))
            link = ""
    return parts


def _spellings(parts: list[_Part], *, with_letter: bool) -> list[list[_Part]]:
    """Return the ways to write a phrase: as it is, and «Media Markt» as «MediaMarkt» or the other way round.

    Where digits meet letters, or a name is written `with_letter` («x-kom»), fewer of them are enough.
    """
    if not parts or any(part.exact for part in parts):
        return [parts] if parts else []
    made = [parts, *_apart(parts)]
    if len(parts) > 1:
        has_digits = _BY_DIGITS.search("".join(part.typed for part in parts)) is not None
        ands = _ANDS[bool(_CYRILLIC.search(parts[0].typed))] if any(part.link == "&" for part in parts) else ("",)
        for filling in ands:
            words = [
                word for part in parts for word in (filling if part.link == "&" else part.link, part.typed) if word
            ]
            few = has_digits or with_letter
            least = SHORTEST if few else SHORTEST + 2 if min(map(len, words)) >= SHORTEST - 1 else 2 * SHORTEST
            if len(joined := "".join(words)) >= least:
                made.append([_Part(joined)])
        made += _half_joined(parts) if has_digits else []
    return made


def _apart(parts: list[_Part]) -> Iterable[list[_Part]]:
    """Yield a phrase whose words are taken apart: «MediaMarkt» at its capital, «Gym24» before its digits.

    A single letter stays with its digits but for a hyphen, «A4» and «A-4»: «a 4» is everyday words.
    """
    if len(parts) == 1 and len(pieces := _INNER_CAPITAL.split(parts[0].typed)) > 1:
        yield [_Part(piece) for piece in pieces]
    made: list[_Part] = []
    for part in parts:
        first, *others = _BY_DIGITS.split(part.typed)
        letter = max(map(len, filter(str.isalpha, (first, *others))), default=0) == 1
        bound = letter and (len(parts) == 1 or first.isalpha())
        made += [part._replace(typed=first), *(_Part(other, link="-" if bound else "") for other in others)]
    if len(parts) < len(made) <= len(parts) + _MOST_PIECES:
        yield made


def _half_joined(parts: list[_Part]) -> Iterable[list[_Part]]:
    """Yield a phrase with digits and a single letter, that letter with either neighbour: «5à Sec», «5 àSec» of «5 à Sec»."""
    for place, (one, other) in enumerate(pairwise(parts)):
        if len(parts) > 2 and any(len(each.typed) == 1 and each.typed.isalpha() for each in (one, other)):
            yield [*parts[:place], one._replace(typed=one.typed + other.typed), *parts[place + 2 :]]


def _folded(mention: Mention) -> str:
    return f"{_comparable(composed(mention.title))}\n{_comparable(composed(mention.text))}"


def _comparable(text: str) -> str:
    return fold(text).replace("’", "'")
