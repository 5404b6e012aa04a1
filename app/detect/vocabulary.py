"""Knows each word met: its concept and the phrases it can belong to, looked up once and then remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.detect.concepts import Branch, Concept, Lexicon
from app.detect.tokens import LONGEST_WORD, plain, unstretched

LARGEST = 60_000
"""Words remembered before all are forgotten; about 10 MB at the most, and a poll of 17,500 texts meets fewer."""

_SHORTEST_STEM = 2
_LONGEST_STEM = 16
_BREAKS = frozenset(".,!?;:…()\n")


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a token. `forms` are its keys in phrases; `starts` the phrases it can begin.

    `breaks` marks signs that end a clause; `loud` a word in capitals or with letters drawn out.
    """

    concept: Concept | None = None
    forms: tuple[str, ...] = ()
    starts: tuple[Branch, ...] = ()
    breaks: bool = False
    loud: bool = False
    exclaims: int = 0
    asks: bool = False
    trails: bool = False
    link: bool = False


_LINK = Word(link=True)


class Vocabulary(dict[str, Word | None]):
    """A token's `Word`, or None for one that means nothing to us. Thread-safe: a lost race is a second look-up."""

    def __init__(self, lexicons: Sequence[tuple[Lexicon, Callable[[str], str] | None]], shared: Lexicon) -> None:
        """Take lexicons, each with what turns a plain word into its keys (None: the plain word is the key)."""
        super().__init__()
        self._lexicons = tuple(lexicons)
        self._signs = tuple(shared.signs.items())

    def __missing__(self, token: str) -> Word | None:
        word = self._look_up(token)
        if len(token) <= LONGEST_WORD:
            if len(self) >= LARGEST:
                self.clear()
            self[token] = word
        return word

    def _look_up(self, token: str) -> Word | None:
        first = token[0]
        if not first.isalnum() and first != "_":
            return None if first == "@" and len(token) > 1 else self._sign(token[:LONGEST_WORD])
        if token.startswith(("http://", "https://", "www.")):
            return _LINK
        written = plain(token[:LONGEST_WORD])
        found = self._word(written, loud=len(token) > 2 and token.isupper())
        if found is None or found.concept is None:
            for short in unstretched(written):
                if (other := self._word(short, loud=True)) is not None and other.concept is not None:
                    return other
        return found

    def _word(self, written: str, *, loud: bool) -> Word | None:
        concept: Concept | None = None
        forms: list[str] = []
        starts: list[Branch] = []
        for lexicon, key in self._lexicons:
            word = key(written) if key is not None else written
            found, mine = _match(lexicon, word)
            concept = concept or found
            forms += mine
            starts += [branch for form in mine if (branch := lexicon.phrases.following.get(form)) is not None]
        if concept is None and not forms:
            return None
        return Word(concept, tuple(forms), tuple(starts), loud=loud)

    def _sign(self, token: str) -> Word | None:
        concept: Concept | None = None
        for sign, meaning in self._signs:
            if sign in token and (concept is None or meaning.weight > concept.weight):
                concept = meaning
        breaks = not _BREAKS.isdisjoint(token)
        if concept is None and not breaks:
            return None
        return Word(concept, breaks=breaks, exclaims=min(token.count("!"), 3), asks="?" in token, trails=".." in token or "…" in token)


def _match(lexicon: Lexicon, word: str) -> tuple[Concept | None, list[str]]:
    """Return the concept of a word, the longest stem winning, and the keys under which phrases may hold it."""
    concept = lexicon.words.get(word)
    forms = [word] if word in lexicon.phrase_words else []
    if word.isdigit():
        return concept, [*forms, "#"]
    stems, phrase_stems = lexicon.stems, lexicon.phrase_stems
    for end in range(min(len(word), _LONGEST_STEM), _SHORTEST_STEM - 1, -1):
        stem = word[:end]
        if concept is None and stem in stems:
            concept = stems[stem]
        if stem in phrase_stems:
            forms.append(f"{stem}*")
    if concept is None and lexicon.endings:
        for size in (3, 4, 5):
            if len(word) > size and (ending := lexicon.endings.get(word[-size:])) is not None:
                concept = ending
    return concept, forms
