"""A text as it is judged, and what the lexicon says of it by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.verdict import Kind, Reason, Severity, Verdict
from app.detect.balance import Style, probability
from app.detect.decision import BIAS, STARS_SURE, Decision
from app.detect.pieces import Entry, Sums
from app.detect.ratings import Rating
from app.detect.reading import Reading
from app.detect.reasons import reasons_of
from app.detect.vocabulary import Piece

TELLING = 0.3
"""Score from which reasons are given: below it nothing speaks for a complaint, and most texts of the world are below."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it is judged: its pieces, what is known of them, and what they come to.

    `stars` are those given with it, or those of a `rating` that stands in it: of a full one only where no bad word does.
    """

    language: str
    own: str
    style: Style
    pieces: list[str]
    entries: list[Entry]
    sums: Sums
    known: list[Piece]
    reading: Reading
    concepts: Mapping[str, float]
    decision: Decision
    stars: float | None
    rating: Rating | None


def by_rule(found: Read) -> Verdict:
    """Return what the lexicon says by itself."""
    decision = found.decision
    kind, odds, by_words = decision.kind, decision.odds + BIAS, decision.odds + BIAS
    if decision.stars > 0.0:
        kind, odds, by_words = Kind.COMPLAINT, max(odds, STARS_SURE), odds - decision.stars
    elif kind is Kind.NEUTRAL and is_full(found):
        kind = Kind.PRAISE
    severity = decision.severity if kind is Kind.COMPLAINT else Severity.GRUMBLE
    if (alone := probability(by_words)) < TELLING:
        return Verdict(kind, probability(odds), severity, with_rating((), found, probability(odds)))
    reasons = reasons_of(found.own, found.pieces, found.known, decision.causes, (), alone)
    return Verdict(kind, probability(odds), severity, with_rating(reasons, found, probability(odds)))


def is_full(found: Read) -> bool:
    """Say whether four or five stars were given with a text, or a full rating stands in it."""
    full = found.rating is not None and not found.rating.is_low
    return full or (found.stars is not None and found.stars > 3.75)


def with_rating(reasons: tuple[Reason, ...], found: Read, score: float) -> tuple[Reason, ...]:
    """Return the reasons with a low rating that stands in the text: it brings what the words do not."""
    if found.rating is None or found.decision.stars <= 0.0 or score < TELLING:
        return reasons
    rest = score - sum(why.weight for why in reasons)
    if rest <= 0.0:
        return reasons
    return tuple(sorted((*reasons, Reason(found.rating.start, found.rating.end, rest)), key=lambda why: why.start))
