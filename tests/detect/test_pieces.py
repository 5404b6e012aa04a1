"""Pieces of text are looked up once, and remembered within bounds."""

from __future__ import annotations

import pytest

from app.detect.concepts import read_lexicon
from app.detect.hashed import BITS, gram_rows, row_of
from app.detect.lanes import Lanes
from app.detect.pieces import Pieces, sums_of
from app.detect.tokens import TOKEN, cut, plain
from app.detect.vocabulary import NOTHING, Vocabulary
from app.detect.weights import Table
from app.detect.wording import EVEN

LANES = Lanes(Table(("a", "b"), bytes(range(256)), 0.5))


@pytest.fixture
def pieces() -> Pieces:
    lexicon = read_lexicon("[bad complaint 1]\nbad, aw*, awfu*", "x.txt", plain)
    return Pieces(
        Vocabulary([(lexicon, None)], read_lexicon("", "shared.txt", plain)),
        LANES,
        b"",
        b"",
        russian=True,
        remembered=10,
    )


def test_a_word_means_the_same_whatever_stands_round_it(pieces: Pieces) -> None:
    assert pieces["parcel"].known is NOTHING
    assert pieces["«parcel»"] is pieces["parcel"]
    assert pieces["parcel,"].known is pieces["letter,"].known
    assert pieces["parcel,"].keys == (b"parcel", b",")
    assert pieces["bad!"].words[0] is pieces["bad"].words[0]


def test_sums_are_those_of_all_words_of_a_piece(pieces: Pieces) -> None:
    keys = pieces["parcel-letter"].keys
    words, grams = LANES.parted(sums_of([pieces["parcel-letter"]]).total)
    assert words == LANES.total([row_of(key) for key in keys])
    assert grams == LANES.total([row for key in keys for row in gram_rows(key)])


def test_words_that_complaints_do_not_use_are_counted() -> None:
    usual = bytearray(1 << BITS - 3)
    for word in (b"late", b","):
        usual[row_of(word) >> 3] |= 1 << (row_of(word) & 7)
    pieces = _plain_pieces(usual=bytes(usual))
    assert [sums_of([pieces[piece]]).strange for piece in ("late", "late,", "zebra", "zebra,late", "ь")] == [
        0,
        0,
        1,
        1,
        0,
    ]
    assert [sums_of([pieces[piece]]).strange for piece in ("Zebra", "«Zebra»,", "ZEBRA")] == [0, 0, 1], (
        "a name is no strange word"
    )


def test_how_often_complaints_use_a_word_is_added_up() -> None:
    wording = bytearray([EVEN]) * (1 << BITS)
    for key, steps in ((b"refund", 100), (b"minister", -60), (b",", 90), (b"<2>", 90)):
        wording[row_of(key)] = EVEN + steps
    pieces = _plain_pieces(wording=bytes(wording))
    found = [sums_of([pieces[piece]]).wording for piece in ("Refund,", "minister-refund", "zebra", "12,", "ь")]
    assert found == [100, 40, 0, 0, 0]
    assert sums_of([pieces[piece] for piece in ("minister", "refund", "ministers", "minister")]).wording == -20
    assert sums_of([_plain_pieces()["refund"]]).wording == 0


def _plain_pieces(usual: bytes = b"", wording: bytes = b"") -> Pieces:
    vocabulary = Vocabulary([], read_lexicon("", "shared.txt", plain))
    return Pieces(vocabulary, LANES, usual, wording, russian=True, remembered=10)


def test_what_has_no_key_has_no_weight(pieces: Pieces) -> None:
    assert (pieces["ь"].keys, pieces["ь"].sum) == ((), 0)
    joined = pieces["ь,bad"]
    assert joined.keys == (b",", b"bad")
    assert joined.words == joined.known.words[1:]


@pytest.mark.parametrize("word", ["awful", "aw", "AWFULLY"])
def test_stems_of_any_length_are_found(pieces: Pieces, word: str) -> None:
    assert pieces[word].known is not NOTHING
    assert pieces["a"].known is NOTHING


@pytest.mark.parametrize("piece", ["parcel", "parcel,", "www.x", "x_1", "don't", "—", "²", "wait:)"])
def test_pieces_are_cut_as_tokens_are(piece: str) -> None:
    assert cut(piece) == TOKEN.findall(piece)
    assert all(cut(token) == [token] for token in cut(piece))


def test_the_pieces_met_lately_are_remembered(pieces: Pieces) -> None:
    often = pieces["often"]
    for number in range(100):
        assert pieces[f"w{number}"].known is NOTHING
        assert pieces["often"] is often
        assert len(pieces) <= 10
    once = pieces["once"]
    for number in range(100):
        assert pieces[f"w{number}"].known is NOTHING
    assert pieces["once"] is not once


def test_what_is_too_long_is_not_remembered(pieces: Pieces) -> None:
    assert pieces["x" * 500].known is NOTHING
    assert "x" * 500 not in pieces
