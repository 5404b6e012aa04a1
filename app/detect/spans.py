"""Finds again where in a text the words stand that decided: reading keeps their numbers, for most are never shown."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from app.detect.reading import Hit
from app.detect.tokens import TOKEN
from app.detect.vocabulary import Piece


def spans(judged: str, pieces: list[str], known: list[Piece], hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Return where hits, in the order of their pieces, stand in a text cut at blanks into pieces: starts and ends."""
    if not pieces:
        return []
    at = judged.index(pieces[0])
    # Nearly always single blanks stand between the pieces: then lengths tell where each is.
    even = at + len(" ".join(pieces)) == len(judged.rstrip())
    reached = 0
    found: list[tuple[int, int]] = []
    for hit in hits:
        number = hit.piece
        if number > reached:
            at = _onward(judged, pieces, reached, number, at, even=even)
            reached = number
        start, end = _inside(pieces[number], hit.offset)
        end += at
        if hit.last > hit.first:
            number, offset = _further(known, number, hit.offset + hit.last - hit.first)
            begin = _onward(judged, pieces, reached, number, at, even=even) if number > reached else at
            end = begin + _inside(pieces[number], offset)[1]
        found.append((at + start, end))
    return found


def piece_span(piece: str) -> tuple[int, int]:
    """Return where in a piece its words stand, without the signs round them; (0, 0) where it has no word."""
    if piece.isalnum():
        return 0, len(piece)
    words = [word.span() for word in TOKEN.finditer(piece) if piece[word.start()].isalnum()]
    return (words[0][0], words[-1][1]) if words else (0, 0)


def _onward(judged: str, pieces: list[str], number: int, to: int, at: int, *, even: bool) -> int:
    """Return where the piece `to` begins, given where the piece `number` before it does."""
    if even:
        return at + len(" ".join(pieces[number:to])) + 1
    for piece in pieces[number:to]:
        at = judged.index(piece, at) + len(piece)
    return judged.index(pieces[to], at)


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
