"""Reads a text into evidence: hits of concepts with negation, intensity and «but» taken into account."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.detect.concepts import Branch, Concept, Role
from app.detect.vocabulary import Word

NEGATION_REACH = 3
"""Words after a negation that it can turn round, inside its clause."""

GAP = 3
"""Words that may stand in the gap of a phrase."""

_LOUDER = 1.2
_PERSONS = 6
"""Words of a person («my») that are noted; more say nothing new."""

_OPEN_PHRASE = 1.0
"""A phrase of less weight («even not») leaves its last word to a phrase that may begin there («not answering»)."""

_BEFORE_BUT = 0.55
_AFTER_BUT = 1.25
_GOOD_DENIED = 0.9
_DENIAL_LEFT = 0.6
"""What is left of a negation that took away bad words: «nie miałem problemu» is little, but seldom praise."""


@dataclass(slots=True)
class Hit:
    """A concept found at the tokens `first` to `last`; `strength` is its weight as it stands there.

    `role` is the role it plays there: praise denied is a complaint, a complaint denied a little praise.
    """

    first: int
    last: int
    concept: Concept
    role: Role
    strength: float


@dataclass(slots=True)
class Reading:
    """The evidence in one text.

    `exclaims` counts «!», `asks` runs of signs with «?», `trails` runs of dots, `loud` words in capitals or drawn out,
    `links` addresses, `accounts` names with «@»; `ended` is whether it ends as a sentence does.
    """

    hits: list[Hit] = field(default_factory=list)
    words: int = 0
    exclaims: int = 0
    asks: int = 0
    trails: int = 0
    loud: int = 0
    links: int = 0
    accounts: int = 0
    ended: bool = False


class _Scope:
    """What the words before have set up: a negation, an intensifier, the part before a «but»."""

    __slots__ = ("boost", "boosted_until", "denied_until", "denier", "persons", "since_but")

    def __init__(self) -> None:
        self.denier: Hit | None = None
        self.denied_until = -1
        self.boost = 1.0
        self.boosted_until = -1
        self.since_but = 0
        self.persons = 0


def read(known: list[Word | None]) -> Reading:
    """Return the evidence found in the tokens of a text, given what is known of each."""
    reading = Reading(words=len(known))
    scope = _Scope()
    covered = -1
    last_place = len(known) - 1
    for place, word in enumerate(known):
        if word is None or word.idle:
            continue
        if word.bare:
            scope.denied_until = -1
            continue
        if not word.forms and word.concept is None:
            _note_sign(reading, scope, word)
            continue
        if word.breaks:
            _note_sign(reading, scope, word)
        if place <= covered:
            continue
        concept, last = word.concept, place
        if (
            word.starts
            and place < last_place
            and (
                word.leaps
                or ((next_word := known[place + 1]) is not None and not word.follow.isdisjoint(next_word.forms))
            )
            and (phrase := _phrase(known, place, word)) is not None
        ):
            last, concept = phrase
            covered = last if concept.weight >= _OPEN_PHRASE else last - 1
        if concept is not None:
            reading.loud += word.loud
            _note(reading, scope, concept, place, last, loud=word.loud)
    if known and (final := known[-1]) is not None:
        reading.ended = final.breaks or final.link
    return reading


def _note_sign(reading: Reading, scope: _Scope, word: Word) -> None:
    if word.breaks:
        scope.denied_until = -1
        reading.exclaims += word.exclaims
        reading.asks += word.asks
        reading.trails += word.trails
    else:
        reading.links += word.link
        reading.accounts += word.account


def _note(reading: Reading, scope: _Scope, concept: Concept, first: int, last: int, *, loud: bool) -> None:
    role = concept.role
    if role is Role.PERSON:
        scope.persons += 1
        if scope.persons > _PERSONS:
            return
    if role is Role.INTENSIFIER:
        scope.boost, scope.boosted_until = concept.weight, last + 2
        return
    if role is Role.BUT:
        for hit in reading.hits[scope.since_but :]:
            hit.strength *= _BEFORE_BUT
        scope.since_but = len(reading.hits)
        return
    strength = concept.weight * (_LOUDER if loud else 1.0) * (_AFTER_BUT if scope.since_but else 1.0)
    if role is Role.NEGATION:
        scope.denier = Hit(first, last, concept, Role.COMPLAINT, strength)
        scope.denied_until = last + NEGATION_REACH
        reading.hits.append(scope.denier)
        return
    if role is Role.COMPLAINT or role is Role.PRAISE:
        if first <= scope.boosted_until:
            strength *= scope.boost
        if scope.denier is not None and first <= scope.denied_until and concept.weight >= 1.0:
            first, role, strength = _denied(scope, scope.denier, first, role, strength)
    reading.hits.append(Hit(first, last, concept, role, strength))


def _denied(scope: _Scope, denier: Hit, first: int, role: Role, strength: float) -> tuple[int, Role, float]:
    """Return a hit's beginning, role and strength under a negation, which is used up by it."""
    scope.denied_until = -1
    if role is Role.PRAISE:
        denier.strength = 0.0
        return denier.first, Role.COMPLAINT, strength * _GOOD_DENIED
    denier.strength *= _DENIAL_LEFT
    return first, Role.COMPLAINT, 0.0


def _phrase(known: list[Word | None], place: int, word: Word) -> tuple[int, Concept] | None:
    """Return the last place and the concept of the longest phrase that begins at a place."""
    best: tuple[int, Concept] | None = None
    todo: list[tuple[int, Branch]] = [(place, branch) for branch in word.starts]
    while todo:
        at, branch = todo.pop()
        if branch.concept is not None and (best is None or at > best[0]):
            best = at, branch.concept
        if at + 1 < len(known) and (next_word := known[at + 1]) is not None:
            for form in next_word.forms:
                if (on := branch.following.get(form)) is not None:
                    todo.append((at + 1, on))  # noqa: PERF401  one word goes on in one phrase at most; extend is slower
        if branch.gap is not None:
            todo += _after_gap(known, at, branch.gap)
    return best


def _after_gap(known: list[Word | None], at: int, branch: Branch) -> list[tuple[int, Branch]]:
    """Return where a phrase may go on within the next words of its clause."""
    found: list[tuple[int, Branch]] = []
    for further in range(at + 1, min(at + 2 + GAP, len(known))):
        word = known[further]
        if word is None:
            continue
        if word.breaks:
            break
        found.extend((further, on) for form in word.forms if (on := branch.following.get(form)) is not None)
    return found
