"""Knows what a piece of text means to the lexicon: the concepts in it and the phrases it can belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.detect.concepts import Branch, Concept, Lexicon, Role
from app.detect.stems import Stems
from app.detect.tokens import LONGEST_WORD, Token

_MOST_SHARED = 2_000
"""Pieces of several tokens that are kept to be shared."""

_BREAKS = frozenset(".,!?;:…()\n")


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What is known of a token. `forms` are its keys in phrases; `starts` the phrases it can begin.

    `follow` are the forms that may come next in these, `leaps` whether words may intervene before them, `reach` how
    many words they span at the most; `loud` a word in capitals or with letters drawn out. `sign` is anything that is no
    word, `breaks` a sign that ends a clause, `denies` a word that turns round what follows.
    """

    concept: Concept | None = None
    forms: tuple[str, ...] = ()
    starts: tuple[Branch, ...] = ()
    follow: frozenset[str] = frozenset()
    leaps: bool = False
    reach: int = 0
    loud: bool = False
    sign: bool = False
    breaks: bool = False
    exclaims: int = 0
    asks: bool = False
    trails: bool = False
    link: bool = False
    account: bool = False
    denies: bool = False

    @property
    def pauses(self) -> bool:
        """Whether it does nothing but end a clause."""
        return self.breaks and self.concept is None and not (self.exclaims or self.asks or self.trails)


_ANY = ""
"""A form that no word has: stands where the next word is not known yet, and fits all that can begin a phrase."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What is known of a piece of text between blanks: its tokens in order, None for what means nothing to us.

    `live` are the tokens to look at, with their places in the piece; `acts` tells that this piece must be looked at,
    others only where a form of `follow` is among what the next piece `opens` with; `wakes` is whether either can be.
    `pauses` is a piece that does nothing but end a clause. `more` is the number of tokens beyond one.
    """

    words: tuple[Word | None, ...]
    live: tuple[tuple[int, Word], ...] = ()
    acts: bool = False
    follow: frozenset[str] = frozenset()
    opens: tuple[str, ...] = ()
    more: int = 0
    pauses: bool = False
    wakes: bool = False


NOTHING = Piece((None,))
"""Most pieces of most texts: one word that means nothing to us."""

_LINK = Word(sign=True, link=True)
_ACCOUNT = Word(sign=True, account=True)


class Vocabulary:
    """The words of lexicons. Thread-safe. What it returns is to be remembered elsewhere: it looks all up anew."""

    def __init__(self, lexicons: Sequence[tuple[Lexicon, Callable[[str], str] | None]], shared: Lexicon) -> None:
        """Take lexicons, each with what turns a plain word into its keys (None: the plain word is the key)."""
        self._lexicons = tuple((lexicon, key, Stems(lexicon)) for lexicon, key in lexicons)
        self._signs = tuple(shared.signs.items())
        self._shared: dict[tuple[Word | None, ...], Piece] = {}

    def word(self, token: Token) -> Word | None:
        text, plain, shorter = token
        if not plain:
            if text[0] == "@" and len(text) > 1:
                return _ACCOUNT
            return _LINK if text[0].isalnum() else self._sign(text[:LONGEST_WORD])
        found = self._word(plain, loud=len(text) > 2 and text.isupper())
        if found is None or found.concept is None:
            for short in shorter:
                if (other := self._word(short, loud=True)) is not None and other.concept is not None:
                    return other
        return found

    def piece(self, words: tuple[Word | None, ...]) -> Piece:
        """Return a piece of these tokens. «parcel,» and «letter,» are one where neither word means anything."""
        if words and words[0] is not None:
            return _piece(words)
        if (piece := self._shared.get(words)) is None:
            if len(self._shared) >= _MOST_SHARED:
                self._shared.clear()
            piece = self._shared[words] = _piece(words)
        return piece

    def _word(self, written: str, *, loud: bool) -> Word | None:
        concept: Concept | None = None
        forms: list[str] = []
        starts: list[Branch] = []
        for lexicon, key, stems in self._lexicons:
            found, mine = _match(lexicon, stems, key(written) if key is not None else written)
            concept = concept or found
            if mine:
                forms += mine
                starts += [branch for form in mine if (branch := lexicon.phrases.following.get(form)) is not None]
        if concept is None and not forms:
            return None
        follow = frozenset(form for branch in starts for form in branch.following)
        leaps = any(branch.gap is not None for branch in starts)
        reach = max((branch.reach for branch in starts), default=0)
        if starts:
            follow |= {_ANY}
        denies = concept is not None and concept.role is Role.NEGATION
        return Word(concept, tuple(forms), tuple(starts), follow, leaps, reach, loud, denies=denies)

    def _sign(self, token: str) -> Word | None:
        concept: Concept | None = None
        for sign, meaning in self._signs:
            if sign in token and (concept is None or meaning.weight > concept.weight):
                concept = meaning
        breaks = not _BREAKS.isdisjoint(token)
        exclaims, asks, trails = min(token.count("!"), 3), "?" in token, ".." in token or "…" in token
        if concept is None and not breaks:
            return None
        return Word(concept, sign=True, breaks=breaks, exclaims=exclaims, asks=asks, trails=trails)


def _piece(words: tuple[Word | None, ...]) -> Piece:
    """Return a piece of these tokens; a word that only begins phrases is live only where they can go on."""
    if not words:
        return Piece((), acts=True, opens=(_ANY,), more=-1, wakes=True)
    live: list[tuple[int, Word]] = []
    alone = True
    for place, (word, after) in enumerate(zip(words, (*words[1:], None), strict=True)):
        if word is None:
            continue
        if word.concept is not None or word.leaps or word.sign:
            live.append((place, word))
            alone = False
        elif word.starts and (place == len(words) - 1 or not word.follow.isdisjoint(after.forms if after else ())):
            live.append((place, word))
    first, last, more = words[0], words[-1], len(words) - 1
    opens = first.forms if first is not None else ()
    follow = last.follow if last is not None and alone else frozenset[str]()
    pauses = last is not None and last.pauses and len(live) == 1
    acts = more != 0 or not alone
    return Piece(words, tuple(live), acts, follow, opens, more, pauses, wakes=acts or bool(follow))


def _match(lexicon: Lexicon, stems: Stems, word: str) -> tuple[Concept | None, list[str]]:
    """Return the concept of a word, the longest stem winning, and the keys under which phrases may hold it."""
    concept = lexicon.words.get(word)
    forms = [word] if word in lexicon.phrase_words else []
    if word.isdigit():
        return concept, [*forms, "#"]
    for stem in stems.of(word):
        concept = concept or lexicon.stems.get(stem)
        if stem in lexicon.phrase_stems:
            forms.append(f"{stem}*")
    if concept is None and lexicon.endings:
        for size in (3, 4, 5):
            if len(word) > size and (ending := lexicon.endings.get(word[-size:])) is not None:
                concept = ending
    return concept, forms
