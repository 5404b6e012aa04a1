"""Reads a text into evidence: hits of concepts with negation, intensity and «but» taken into account."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.detect.concepts import Concept, Role, kin
from app.detect.phrases import phrase_at
from app.detect.vocabulary import NOTHING, Piece, Word

NEGATION_REACH = 3
"""Words after a negation that it can turn round, inside its clause."""

_LOUDER = 1.2
_OPEN_PHRASE = 1.0
"""A phrase of less weight («even not») leaves its last word to a phrase that may begin there («not answering»)."""

_BEFORE_BUT = 0.55
_AFTER_BUT = 1.25
_GOOD_DENIED = 0.9
_DENIAL_LEFT = 0.6
"""What is left of a negation that took away bad words: «nie miałem problemu» is little, but seldom praise."""


# A member of an enumeration costs more to fetch from its class than all else that is done to a word.
_COMPLAINT, _PRAISE, _NEGATION = Role.COMPLAINT, Role.PRAISE, Role.NEGATION
_INTENSIFIER, _BUT = Role.INTENSIFIER, Role.BUT


@dataclass(slots=True)
class Hit:
    """A concept found at the tokens `first` to `last`; `strength` is its weight as it stands there.

    `role` is the role it plays there: praise denied is a complaint. `piece` is the number of the piece that holds the
    first token, and `offset` the token's place in it.
    """

    first: int
    last: int
    concept: Concept
    role: Role
    strength: float
    piece: int
    offset: int


@dataclass(slots=True)
class Reading:
    """The evidence in one text.

    `hits` can be shown or turned round; `asides` are concepts of which only the strength counts. Both in their order.
    `exclaims` counts «!», `asks` runs of signs with «?», `trails` runs of dots, `loud` words in capitals or drawn out,
    `links` addresses, `accounts` names with «@»; `ended` is whether it ends as a sentence does.
    """

    hits: list[Hit] = field(default_factory=list)
    asides: list[tuple[Concept, float]] = field(default_factory=list)
    words: int = 0
    exclaims: int = 0
    asks: int = 0
    trails: int = 0
    loud: int = 0
    links: int = 0
    accounts: int = 0
    ended: bool = False


MOST_STRENGTH = 3.0
"""Strength of one concept beyond which more of it says nothing new."""


def strengths(reading: Reading) -> dict[str, float]:
    """Return how strongly each concept stands in a text, under its kin, at most `MOST_STRENGTH`."""
    found: dict[str, float] = {}
    for concept, strength in reading.asides:
        found[concept.kin] = found.get(concept.kin, 0.0) + strength
    for hit in reading.hits:
        if hit.strength:
            concept = hit.concept
            name = concept.kin if hit.role is concept.role else kin(concept.name, hit.role)
            found[name] = found.get(name, 0.0) + hit.strength
    return {name: min(strength, MOST_STRENGTH) for name, strength in found.items()}


class _Scope:
    """What the words before have set up: a negation, an intensifier, the part before a «but»."""

    __slots__ = ("asides_before", "boost", "boosted_until", "broken", "denier", "factor", "hits_before")

    def __init__(self) -> None:
        self.denier: Hit | None = None
        self.broken = -1
        self.boost = 1.0
        self.boosted_until = -1
        self.factor = 1.0
        self.hits_before = 0
        self.asides_before = 0


def read(known: list[Piece]) -> Reading:
    """Return the evidence found in a text, given what is known of each of its pieces."""
    reading = Reading()
    scope = _Scope()
    asides = reading.asides
    ahead = [*known[1:], NOTHING]
    shift, covered = 0, -1
    for number, piece in _live(known, ahead):
        begin = number + shift
        shift += piece.more
        if piece.pauses:
            scope.broken = number + shift
            continue
        for offset, word in piece.live:
            place = begin + offset
            if word.sign:
                _count(reading, word)
                if word.breaks:
                    scope.broken = place
            if place <= covered:
                continue
            concept, last = word.concept, place
            if (
                word.starts
                and (word.leaps or offset < piece.more or not word.follow.isdisjoint(ahead[number].opens))
                and (phrase := phrase_at(known, number, offset, word)) is not None
            ):
                further, concept = phrase
                last = place + further
                covered = last if concept.weight >= _OPEN_PHRASE else last - 1
            if concept is None:
                continue
            strength = concept.weight * scope.factor
            if word.loud:
                reading.loud += 1
                strength *= _LOUDER
            if concept.aside:
                asides.append((concept, strength))
            else:
                _note(reading, scope, Hit(place, last, concept, concept.role, strength, number, offset))
    reading.words = len(known) + shift
    reading.ended = _ended(known)
    return reading


def _live(known: list[Piece], ahead: list[Piece]) -> list[tuple[int, Piece]]:
    """Return the pieces to look at: those that mean something by themselves, or with the word ahead of them."""
    # «the», «of», «to» begin phrases and are a third of a text: a loop over them all would take twice the time
    return [
        (number, piece)
        for number, piece in enumerate(known)
        if piece.wakes and (piece.acts or ((opens := ahead[number].opens) and not piece.follow.isdisjoint(opens)))
    ]


def _ended(known: list[Piece]) -> bool:
    for piece in reversed(known):
        if piece.words:
            final = piece.words[-1]
            return final is not None and (final.breaks or final.link)
    return False


def _count(reading: Reading, word: Word) -> None:
    reading.exclaims += word.exclaims
    reading.asks += word.asks
    reading.trails += word.trails
    reading.links += word.link
    reading.accounts += word.account


def _note(reading: Reading, scope: _Scope, hit: Hit) -> None:
    role = hit.role
    if role is _COMPLAINT or role is _PRAISE:
        if hit.first <= scope.boosted_until:
            hit.strength *= scope.boost
        if (denier := scope.denier) is not None and hit.concept.weight >= 1.0:
            if scope.broken < denier.last and hit.first <= denier.last + NEGATION_REACH:
                _deny(denier, hit)
            scope.denier = None
    elif role is _INTENSIFIER:
        scope.boost, scope.boosted_until = hit.concept.weight, hit.last + 2
        return
    elif role is _BUT:
        _turn(reading, scope)
        return
    elif role is _NEGATION:
        hit.role = _COMPLAINT
        scope.denier = hit
    reading.hits.append(hit)


def _deny(denier: Hit, hit: Hit) -> None:
    """Turn a hit round: good words become a complaint that spans the negation, bad words nothing."""
    if hit.role is _PRAISE:
        denier.strength = 0.0
        hit.first, hit.piece, hit.offset = denier.first, denier.piece, denier.offset
        hit.role, hit.strength = _COMPLAINT, hit.strength * _GOOD_DENIED
    else:
        denier.strength *= _DENIAL_LEFT
        hit.strength = 0.0


def _turn(reading: Reading, scope: _Scope) -> None:
    """Take in a «but»: what stands before it weighs less, what follows more."""
    hits, asides = reading.hits, reading.asides
    for hit in hits[scope.hits_before :]:
        hit.strength *= _BEFORE_BUT
    asides[scope.asides_before :] = [
        (concept, strength * _BEFORE_BUT) for concept, strength in asides[scope.asides_before :]
    ]
    scope.hits_before, scope.asides_before = len(hits), len(asides)
    scope.factor = _AFTER_BUT if hits or asides else 1.0
