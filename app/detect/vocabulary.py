"""Knows each piece of text met: the concepts in it and the phrases it can belong to, looked up once and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.detect.concepts import Branch, Concept, Lexicon
from app.detect.tokens import LONGEST_WORD, TOKEN, plain, unstretched

LARGEST = 20_000
"""Pieces remembered before all are forgotten: some 10 MB."""

_LONGEST_PIECE = 80
_SHORTEST_STEM = 2
_LONGEST_STEM = 16
_BREAKS = frozenset(".,!?;:…()\n")


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What is known of a token. `forms` are its keys in phrases; `starts` the phrases it can begin.

    `follow` are the forms that may come next in these, `leaps` whether words may intervene before them, `reach` how
    many words they span at the most; `loud` a word in capitals or with letters drawn out. `sign` is anything that is no
    word, `breaks` a sign that ends a clause.
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
    others only where a form of `follow` is among what the next piece `opens` with. `pauses` is a piece that does nothing
    but end a clause. `more` is the number of tokens beyond one.
    """

    words: tuple[Word | None, ...]
    live: tuple[tuple[int, Word], ...] = ()
    acts: bool = False
    follow: frozenset[str] = frozenset()
    opens: tuple[str, ...] = ()
    more: int = 0
    pauses: bool = False


NOTHING = Piece((None,))
"""Most pieces of most texts: one word that means nothing to us."""

_LINK = Word(sign=True, link=True)
_ACCOUNT = Word(sign=True, account=True)


class Vocabulary(dict[str, Piece]):
    """Pieces of text and what is known of them. Thread-safe: a lost race is a second look-up.

    Whole pieces are kept, «parcel,» beside «parcel»: cutting a text at blanks is five times faster than at words.
    """

    def __init__(self, lexicons: Sequence[tuple[Lexicon, Callable[[str], str] | None]], shared: Lexicon) -> None:
        """Take lexicons, each with what turns a plain word into its keys (None: the plain word is the key)."""
        super().__init__()
        self._lexicons = tuple(lexicons)
        self._signs = tuple(shared.signs.items())

    def __missing__(self, piece: str) -> Piece:
        known = _piece(tuple(map(self._look_up, TOKEN.findall(piece))))
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= LARGEST:
                self.clear()
            self[piece] = known
        return known

    def _look_up(self, token: str) -> Word | None:
        first = token[0]
        if not first.isalnum() and first != "_":
            return _ACCOUNT if first == "@" and len(token) > 1 else self._sign(token[:LONGEST_WORD])
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
        follow = frozenset(form for branch in starts for form in branch.following)
        leaps = any(branch.gap is not None for branch in starts)
        reach = max((branch.reach for branch in starts), default=0)
        return Word(concept, tuple(forms), tuple(starts), follow | {_ANY} if starts else follow, leaps, reach, loud)

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
        return Piece((), acts=True, opens=(_ANY,), more=-1)
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
    if first is None and not more:
        return NOTHING
    opens = first.forms if first is not None else ()
    follow = last.follow if last is not None and alone else frozenset[str]()
    pauses = last is not None and last.pauses and len(live) == 1
    return Piece(words, tuple(live), more != 0 or not alone, follow, opens, more, pauses)


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
