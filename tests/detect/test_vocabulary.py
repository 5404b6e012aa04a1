"""What is known of pieces of text, and which of them need to be looked at."""

from __future__ import annotations

import pytest

from app.detect.concepts import read_lexicon
from app.detect.phrases import phrase_at
from app.detect.pieces import Pieces
from app.detect.tokens import plain
from app.detect.vocabulary import NOTHING, Piece, Vocabulary

LEXICON = """
[bad complaint 1]
bad
[refund complaint 2]
the money back, money .. back, one two three four
"""


def known(text: str) -> list[Piece]:
    shared = read_lexicon("", "shared.txt", plain)
    vocabulary = Vocabulary([(read_lexicon(LEXICON, "x.txt", plain), None)], shared)
    pieces = Pieces(vocabulary, None, b"", russian=False, remembered=10)
    return [pieces[piece].known for piece in text.split()]


def test_a_word_that_means_nothing_is_nothing() -> None:
    assert known("parcel «parcel»") == [NOTHING, NOTHING]


def test_a_word_that_only_begins_phrases_waits_for_the_next() -> None:
    the, money, other = known("the money parcel")
    assert not the.acts
    assert not the.follow.isdisjoint(money.opens)
    assert the.follow.isdisjoint(other.opens)


@pytest.mark.parametrize(
    ("text", "pauses", "live"),
    [
        ("parcel,", True, 1),
        ("the,", True, 1),
        (".", True, 1),
        ("bad,", False, 2),
        ("parcel!", False, 1),
        ("—", False, 0),
    ],
)
def test_pieces_that_only_end_a_clause(text: str, pauses: bool, live: int) -> None:
    (piece,) = known(text)
    assert (piece.pauses, len(piece.live), piece.acts) == (pauses, live, True)


@pytest.mark.parametrize(
    ("text", "number", "further"),
    [
        ("the money back", 0, 2),
        ("the — money «» back", 0, 2),
        ("the-money back", 0, 2),
        ("money a b c back", 0, 4),
        ("money a b c d back", 0, None),
        ("money a, back", 0, None),
        ("a one-two — three four", 1, 3),
        ("the money", 0, None),
    ],
)
def test_phrases_across_pieces(text: str, number: int, further: int | None) -> None:
    pieces = known(text)
    offset, word = pieces[number].live[0]
    found = phrase_at(pieces, number, offset, word)
    assert (None if found is None else found[0]) == further
