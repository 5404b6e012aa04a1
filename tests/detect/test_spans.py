"""Where the words that decided stand in a text."""

from __future__ import annotations

import pytest

from app.detect.concepts import Concept, Role
from app.detect.reading import Hit
from app.detect.spans import spans, starts_of
from app.detect.vocabulary import Piece

BAD = Concept("bad", Role.COMPLAINT, 1.0)


def found(text: str, *hits: tuple[int, int, int]) -> list[str]:
    """Return the words under hits given by piece, place in it and further tokens."""
    pieces = text.split()
    known = [Piece((None,) * tokens) for tokens in (1, 2, 0, 1, 2)]
    noted = [Hit(0, further, BAD, BAD.role, 1.0, piece, offset) for piece, offset, further in hits]
    return [text[start:end] for start, end in spans(starts_of(text, pieces), pieces, known, noted)]


@pytest.mark.parametrize("text", ["never come, — again so!", "\n never  come, —\tagain \u2003so! \n"])
def test_hits_are_found_again_whatever_the_blanks(text: str) -> None:
    assert found(text, (0, 0, 0), (1, 0, 0), (1, 1, 0), (3, 0, 0), (4, 1, 0)) == ["never", "come", ",", "again", "!"]
    assert found(text, (1, 0, 0), (1, 0, 0)) == ["come", "come"]
    first, second = found(text, (0, 0, 3), (3, 0, 1))
    assert (first.split(), second.split()) == (["never", "come,", "—", "again"], ["again", "so"])


def test_equal_words_are_told_apart() -> None:
    assert found("no no, – no  no.", (4, 0, 0)) == ["no"]
    pieces = ["no", "no,", "–", "no", "no."]
    assert starts_of("no no, – no  no.", pieces) == [0, 3, 7, 9, 13]
    assert spans(starts_of("no no, – no  no.", pieces), pieces, [], [Hit(5, 5, BAD, BAD.role, 1.0, 4, 0)]) == [(13, 15)]
