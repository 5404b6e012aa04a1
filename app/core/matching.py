"""About us? Required and excluded words and phrases in any case and spelling, blocked authors and sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from app.core.address import host_of
from app.core.blocked import author_name, author_print, place_of_forgotten
from app.core.customer import identity_of
from app.core.inflection import SHORTEST, case_ending, looks, origins
from app.core.mention import Mention
from app.core.ports.detector import Stemmer
from app.core.text import composed, fold

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GAP = re.compile(r"[\W_]{1,6}")
"""What may stand between two words of a phrase: a blank, hyphen, full stop, line break."""

_QUOTED = re.compile(r"[\"„”“«»]")
_INNER_CAPITAL = re.compile(r"(?<=[^\W\d_]{3})(?=[^\W\d_a-zа-яё][^\W\d_]{2})")
_REMEMBERED = 4096

Span = tuple[int, int]


class _Word:
    """One word of an entry, and which words of a text it stands for; remembers what it decided."""

    __slots__ = ("_decided", "_exact", "_looks", "_stemmer", "_verbs", "pattern", "start")

    def __init__(self, typed: str, stemmer: Stemmer, language: str, *, exact: bool, alone: bool) -> None:
        word = fold(typed)
        is_name, is_initials = typed != typed.lower(), len(typed) < SHORTEST and typed.isupper()
        self._exact = word if exact else ""
        self._looks = frozenset() if exact else looks(typed.lower(), language, alone=alone)
        if is_initials:
            self._looks = frozenset((f"={word}",))
        self._stemmer = stemmer
        self._verbs = frozenset() if exact or is_name else _verb_stems(word, stemmer)
        head, mark, _tail = word.partition("'")
        starts = (head,) if exact or is_initials else (head[:2],) if mark else _starts(self._looks)
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


def _starts(found: frozenset[str]) -> tuple[str, ...]:
    """Return how the words begin that share an entry with these: with all they have in common where its cases are listed."""
    listed = [entry[1:] for entry in found if entry[0] in "=C"]
    if len(listed) == len(found) > 1 and len(common := _beginning(min(listed), max(listed))) > 1:
        return (common,)
    return tuple(sorted({entry[1:3] for entry in found}))


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

    def spans(self, folded: str) -> Iterable[Span]:
        for phrase in self.phrases:
            yield from _phrase_spans(phrase, folded)

    def stands_in(self, folded: str) -> bool:
        return next(iter(self.spans(folded)), None) is not None


def _phrase_spans(phrase: tuple[_Word, ...], folded: str) -> Iterable[Span]:
    first = phrase[0]
    if first.start not in folded:
        return
    for match in first.pattern.finditer(folded):
        start = match.start()
        if (start and folded[start - 1].isalnum()) or not first.means(match.group()):
            continue
        end = _phrase_end(phrase, folded, match.end())
        if end:
            yield start, end


def _phrase_end(phrase: tuple[_Word, ...], folded: str, end: int) -> int:
    """Return where the rest of a phrase ends whose first word ends at `end`, or 0."""
    for word in phrase[1:]:
        gap = _GAP.match(folded, end)
        token = _TOKEN.match(folded, gap.end()) if gap else None
        if token is None or not word.means(token.group()):
            return 0
        end = token.end()
    return end


@dataclass(frozen=True, slots=True)
class Matcher:
    """Says whether mentions are about the shop. Make one with `matcher_for` for each watch and keep it."""

    required: tuple[_Entry, ...]
    excluded: tuple[_Entry, ...]
    authors: frozenset[str]
    sites: tuple[str, ...]
    forgotten: frozenset[str] = frozenset()
    """Prints of blocked authors whose names are not kept."""

    def about_us(self, mention: Mention) -> bool:
        """Return whether a mention is about the shop."""
        return not self.why_not(mention)

    def why_not(self, mention: Mention) -> str:
        """Return why a mention does not count: «author», «site», «required», «excluded»; «» where it is about us."""
        if (self.authors or self.forgotten) and self._author_blocked(mention):
            return "author"
        if self.sites and self._site_blocked(mention):
            return "site"
        if not self.required and not self.excluded:
            return ""
        folded = _folded(mention)
        if not all(entry.stands_in(folded) for entry in self.required):
            return "required"
        return "excluded" if any(entry.stands_in(folded) for entry in self.excluded) else ""

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return where required words stand in a text: code points [start, end), in order, none within another."""
        whole = composed(text)
        folded = _comparable(whole)
        found = sorted(
            {span for entry in self.required for span in entry.spans(folded)}, key=lambda it: (it[0], -it[1])
        )
        kept: list[Span] = []
        for span in found:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return tuple(kept) if len(whole) == len(text) else tuple((_place(text, a), _place(text, b)) for a, b in kept)

    def _author_blocked(self, mention: Mention) -> bool:
        names = {author_name(mention.author), author_name(mention.handle)}
        if identity := identity_of(mention):
            names.add(author_name(identity.key))
        names.discard("")
        if not self.authors.isdisjoint(names):
            return True
        return bool(self.forgotten) and not self.forgotten.isdisjoint(map(author_print, names))

    def _site_blocked(self, mention: Mention) -> bool:
        hosts = (_site(mention.site), host_of(mention.url))
        return any(host == site or host.endswith(f".{site}") for site in self.sites for host in hosts)


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
    `blocked_sites` hosts (with all below them) or publishers' names. Entries without a single letter or digit are left out.
    """
    forgotten = {entry for entry in blocked_authors if place_of_forgotten(entry) is not None}
    return Matcher(
        _entries(required, stemmer, language),
        _entries(excluded, stemmer, language),
        frozenset(name for entry in blocked_authors if entry not in forgotten and (name := author_name(entry))),
        tuple(dict.fromkeys(site for site in map(_site, blocked_sites) if site)),
        frozenset(map(author_print, forgotten)),
    )


def _entries(texts: Sequence[str], stemmer: Stemmer, language: str) -> tuple[_Entry, ...]:
    made = (_Entry(tuple(_phrases(composed(text), stemmer, language))) for text in texts)
    return tuple(entry for entry in made if entry.phrases)


def _phrases(text: str, stemmer: Stemmer, language: str) -> Iterable[tuple[_Word, ...]]:
    for alternative in text.split("|"):
        words: list[tuple[str, bool]] = []
        for quoted, piece in enumerate(_QUOTED.split(alternative)):
            words += [(word, quoted % 2 == 1) for word in _TOKEN.findall(piece.replace("’", "'"))]
        if len(words) > 1 and all(word.isupper() for word, _ in words):
            words = [(word.capitalize(), exact) for word, exact in words]  # written in capitals, not made of initials
        for spelling in _spellings(words):
            yield tuple(
                _Word(word, stemmer, language, exact=exact, alone=len(spelling) == 1) for word, exact in spelling
            )


def _spellings(words: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """Return the ways to write a phrase: as it is, and «Media Markt» as «MediaMarkt» or the other way round."""
    if not words:
        return []
    if any(exact for _, exact in words):
        return [words]
    if len(words) == 1:
        parts = _INNER_CAPITAL.split(words[0][0])
        return [words, [(part, False) for part in parts]] if len(parts) > 1 else [words]
    joined = "".join(word for word, _ in words)
    least = SHORTEST + 2 if min(len(word) for word, _ in words) >= SHORTEST - 1 else 2 * SHORTEST
    return [words, [(joined, False)]] if len(joined) >= least else [words]


def _folded(mention: Mention) -> str:
    return f"{_comparable(composed(mention.title))}\n{_comparable(composed(mention.text))}"


def _comparable(text: str) -> str:
    return fold(text).replace("’", "'")


def _site(site: str) -> str:
    site = site.strip()
    return host_of(site if "//" in site else f"//{site}") if " " not in site else fold(composed(site))


def _place(text: str, composed_place: int) -> int:
    """Return the place in a text that a place in its composed form comes from."""
    for place in range(composed_place, len(text) + 1):
        if len(composed(text[:place])) >= composed_place and not _is_mark(text[place : place + 1]):
            return place
    return len(text)


def _is_mark(char: str) -> bool:
    return bool(char) and not char.isalnum() and composed("a" + char) != "a" + char
