"""Decides: evidence in, kind, score and severity out. Every constant of the decision stands here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.core.verdict import FEW_STARS, Kind, Severity
from app.detect.concepts import Role, kin
from app.detect.reading import Hit, Reading

BIAS = -1.9
"""Log-odds of a complaint without any evidence. All figures down to `SHARES`: «Calibration» in the model card."""

CLEAR = 2.0
"""Units of evidence for a complaint up to which each counts in full; what is beyond adds less."""

CLEAR_SLOPE = 1.3
FURTHER_SLOPE = 0.6
SHARES = {
    Role.PERSON: 0.5,
    Role.PRAISE: -1.3,
    Role.QUESTION: -0.3,
    Role.LEAD: -0.8,
    Role.NEWS: -0.5,
    Role.PROMO: -0.8,
}
"""Log-odds that a unit of evidence of a role brings."""

STAR_ODDS = 4.0
"""Log-odds of one or two stars out of five; four and five take away as much. Set by hand: stars decide."""

STARS_SURE = BIAS + STAR_ODDS
"""Log-odds of a complaint that one and two stars bring at the least, without plain praise: a score of 0.89, as without words."""

_MOST_PERSON = 1.5
_PERSONS = 6
"""Words of a person («my») that are taken into account; more say nothing new."""

_REPEATED = 0.55
_LONG = 60.0
_NEWS_HALVES = 1.5
_REPORTED = 0.45
_OWN = 0.4
_CURT = 5
_VOICELESS = 0.85
_HEADLINE = 0.5
"""What bad words count in a text in which nobody speaks or raises the voice; the second where no sentence ends."""
_SOME = 0.7
_PLAIN_PRAISE = 3.0


# A member of an enumeration costs more to fetch from its class than all else that is done to a hit.
_COMPLAINT, _WHY, _PERSON, _PRAISE = Role.COMPLAINT, Role.WHY, Role.PERSON, Role.PRAISE
_QUESTION, _LEAD, _NEWS, _PROMO = Role.QUESTION, Role.LEAD, Role.NEWS, Role.PROMO
_DANGER, _GRUMBLE = Severity.DANGER, Severity.GRUMBLE
_IS_COMPLAINT, _IS_NEUTRAL = Kind.COMPLAINT, Kind.NEUTRAL
_NO_SUMS = dict.fromkeys(Role, 0.0)
_OTHER_SHARES = [(role, share) for role, share in SHARES.items() if role is not Role.PERSON]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the lexicon alone says. `odds` are the log-odds its evidence brings, without `BIAS`.

    `kind` is what it would say by itself, `severity` that of the worst words even where it is no complaint to it;
    `causes` are the hits that speak for a complaint, with their shares of it; `stars` are the log-odds among `odds`
    that stars brought.
    """

    kind: Kind
    odds: float
    severity: Severity
    causes: tuple[tuple[Hit, float], ...]
    stars: float


def decide(reading: Reading, stars: float | None) -> Decision:
    """Return what the evidence of a text, and the stars given with it (1 to 5), amount to."""
    sums, causes = _weigh(reading)
    starred = _star_odds(stars, sums)
    odds = _evidence(reading, sums) + starred
    kind = _IS_COMPLAINT if odds + BIAS >= 0.0 else _other_kind(reading, sums, stars)
    severity = max((hit.concept.severity for hit, _ in causes), default=_GRUMBLE)
    return Decision(kind, odds, severity, tuple(causes), starred)


def _weigh(reading: Reading) -> tuple[dict[Role, float], list[tuple[Hit, float]]]:
    """Return the evidence of each role and the causes; each further hit of one concept counts less than the one before.

    Danger that nobody speaks of as their own, and a «why» that asks nobody, are mostly headlines and count less.
    """
    sums = _NO_SUMS.copy()
    fades: dict[str, float] = {}
    own, persons = False, 0
    for concept, strength in reading.asides:
        role, name = concept.role, concept.kin
        if role is _PERSON:
            persons += 1
            if persons > _PERSONS:
                continue
            own = own or concept.weight >= _OWN
        if strength:
            fade = fades.get(name, 1.0)
            fades[name] = fade * _REPEATED
            sums[role] += strength * fade
    causes: list[tuple[Hit, float]] = []
    for hit in reading.hits:
        if not hit.strength:
            continue
        role, concept = hit.role, hit.concept
        name = concept.kin if role is concept.role else kin(concept.name, role)
        fade = fades.get(name, 1.0)
        fades[name] = fade * _REPEATED
        worth = hit.strength * fade
        if role is not _PRAISE:
            if not own and concept.severity is _DANGER:
                worth *= _REPORTED
            elif role is _WHY:
                worth *= (0.2, 0.6, 1.0)[own + (reading.asks > 0)]
            causes.append((hit, worth))
        sums[role] += worth
    return sums, causes


def _evidence(reading: Reading, sums: dict[Role, float]) -> float:
    """Return the log-odds that the words bring; long texts gather words by chance and are scaled down."""
    length = 1.0 / math.sqrt(1.0 + reading.words / _LONG)
    bad = sums[_COMPLAINT] + sums[_WHY]
    person = sums[_PERSON]
    if bad:
        news = sums[_NEWS] - person
        if news > 0:
            bad *= _NEWS_HALVES / (_NEWS_HALVES + news)
        if not (person or reading.exclaims or reading.trails or reading.accounts or reading.words <= _CURT):
            bad *= _VOICELESS if reading.ended else _HEADLINE
        bad *= length
    odds = CLEAR_SLOPE * min(bad, CLEAR) + FURTHER_SLOPE * max(0.0, bad - CLEAR)
    odds += SHARES[_PERSON] * min(_MOST_PERSON, person)
    odds += length * sum([share * sums[role] for role, share in _OTHER_SHARES])
    if bad >= _SOME:
        odds += 0.3 * min(reading.exclaims, 3) + 0.2 * min(reading.loud, 3) + 0.3 * min(reading.asks, 1)
    if reading.trails:
        odds += 0.3 * min(reading.trails, 2)
    return odds - 0.8 if reading.links else odds


def _star_odds(stars: float | None, sums: dict[Role, float]) -> float:
    if stars is None or not 0.0 < stars <= 5.0:
        return 0.0
    if stars < FEW_STARS:
        plain_praise = sums[_PRAISE] >= _PLAIN_PRAISE and sums[_COMPLAINT] < _SOME
        return 0.0 if plain_praise else STAR_ODDS
    return -STAR_ODDS if stars > 3.75 else 0.0


def _other_kind(reading: Reading, sums: dict[Role, float], stars: float | None) -> Kind:
    official = sums[_NEWS] + sums[_PROMO]
    if stars is not None and 3.75 < stars <= 5.0:
        return Kind.PRAISE
    if sums[_LEAD] >= 1.5 and sums[_LEAD] > official:
        return Kind.LEAD
    asked = sums[_QUESTION] + 1.0 if reading.asks else 0.45 * sums[_QUESTION]
    if asked >= 1.0 and asked > official and sums[_PRAISE] <= asked:
        return Kind.QUESTION
    if sums[_PRAISE] >= 1.0 and sums[_PRAISE] > 0.6 * official:
        return Kind.PRAISE
    return _IS_NEUTRAL
