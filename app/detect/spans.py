"""Finds again where in a text the words stand that decided: reading keeps their numbers, for most are never shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, islice

from app.detect.reading import Hit
from app.detect.tokens import TOKEN
from app.detect.vocabulary import Piece


def starts_of(judged: str, pieces: Sequence[str]) -> list[int]:
    """Return where the pieces stand into which a text was cut at blanks."""
    if not pieces:
        return []
    at = judged.index(pieces[0])
    if at + len(" ".join(pieces)) == len(judged.rstrip()):  # nearly always single blanks stand between the pieces
        return list(accumulate([len(piece) + 1 for piece in pieces[:-1]], initial=at))
    starts: list[int] = []
    for piece in pieces:
        at = judged.index(piece, at)
        starts.append(at)
        at += len(piece)
    return starts


def spans(starts: Sequence[int], pieces: list[str], known: list[Piece], hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Return where hits stand in a text of these pieces, which begin at `starts`: starts and ends."""
    found: list[tuple[int, int]] = []
    for hit in hits:
        number, offset = hit.piece, hit.offset
        start, end = _inside(pieces[number], offset)
        begin = starts[number]
        if hit.last > hit.first:
            further, last = _further(known, number, offset + hit.last - hit.first)
            end = starts[further] - begin + _inside(pieces[further], last)[1]
        found.append((begin + start, begin + end))
    return found


def piece_span(piece: str) -> tuple[int, int]:
    """Return where in a piece its words stand, without the signs round them; (0, 0) where it has no word."""
    if piece.isalnum():
        return 0, len(piece)
    words = [word.span() for word in TOKEN.finditer(piece) if piece[word.start()].isalnum()]
    return (words[0][0], words[-1][1]) if words else (0, 0)


def _inside(piece: str, offset: int) -> tuple[int, int]:
    """Return where in a piece its token of this number stands, or its last one where it was read as of more words."""
    if piece.isalnum():
        return 0, len(piece)
    return list(islice(TOKEN.finditer(piece), offset + 1))[-1].span()


def _further(known: list[Piece], number: int, offset: int) -> tuple[int, int]:
    """Return the piece, and the place in it, of the token `offset` counted from the beginning of a piece."""
    while offset >= len(known[number].words):
        offset -= len(known[number].words)
        number += 1
    return number, offset
