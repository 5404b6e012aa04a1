"""Tells which words decided: the hits of the lexicon and the pieces that the weights speak of, with shares of the score."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.verdict import Reason
from app.detect.decision import CLEAR_SLOPE
from app.detect.reading import Hit
from app.detect.spans import piece_span, spans, starts_of
from app.detect.vocabulary import Piece

MOST_REASONS = 12
"""Reasons given at the most, the strongest; more words lit up would point at nothing."""

_LEAST = 0.12
"""Log-odds that a piece must bring by itself to be shown, and a share of what the strongest brings."""

_LEAST_SHARE = 0.15
_WEAK = 0.03
"""Log-odds below which a piece is passed over, even beside a hit."""

_LEAST_TOGETHER = 0.5
"""Log-odds below which no words decided."""


def reasons_of(
    judged: str,
    pieces: list[str],
    known: list[Piece],
    causes: Sequence[tuple[Hit, float]],
    shares: Sequence[float],
    score: float,
) -> tuple[Reason, ...]:
    """Return the spans of `judged` that decided, in their order; their weights sum to the score, that of the words alone.

    `causes` are hits with their worth, `shares` the log-odds that each piece brings; () where there are no weights.
    """
    starts, causes = starts_of(judged, pieces), sorted(causes, key=_place)
    places = spans(starts, pieces, known, [hit for hit, _ in causes])
    found = [(start, end, CLEAR_SLOPE * worth) for (start, end), (_, worth) in zip(places, causes, strict=True)]
    found = _joined(found, _strong_pieces(starts, pieces, shares))
    found = sorted(found, key=lambda reason: -reason[2])[:MOST_REASONS]
    if found:
        least = max(_LEAST, _LEAST_SHARE * found[0][2])
        found = [reason for reason in found if reason[2] >= least]
    total = sum(worth for _, _, worth in found)
    if total < _LEAST_TOGETHER:
        return ()
    return tuple(Reason(start, end, score * worth / total) for start, end, worth in sorted(found))


def _place(cause: tuple[Hit, float]) -> int:
    return cause[0].first


def _strong_pieces(starts: Sequence[int], pieces: list[str], shares: Sequence[float]) -> list[tuple[int, int, float]]:
    """Return where the pieces stand that speak for a complaint, and what they bring."""
    found = []
    for number, worth in enumerate(shares):
        if worth >= _WEAK:
            start, end = piece_span(pieces[number])
            if start < end:
                found.append((starts[number] + start, starts[number] + end, worth))
    return found


def _joined(hits: list[tuple[int, int, float]], words: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Return hits and words as one list: a word inside a hit strengthens it, neighbouring words become one span."""
    found = list(hits)
    inside = {place: number for number, (start, end, _) in enumerate(hits) for place in range(start, end)}
    for start, end, worth in words:
        if (number := inside.get(start, inside.get(end - 1))) is not None:
            first, last, so_far = found[number]
            found[number] = (first, last, so_far + worth)
        elif worth >= _LEAST:
            if len(found) > len(hits) and start - found[-1][1] == 1:
                found[-1] = (found[-1][0], end, found[-1][2] + worth)
            else:
                found.append((start, end, worth))
    return [reason for reason in found if reason[2] > 0.0]
