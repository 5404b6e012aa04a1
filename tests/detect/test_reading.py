"""Evidence in context: negation and its reach, «but», phrases."""

from __future__ import annotations

from app.detect.concepts import Role, read_lexicon
from app.detect.pieces import Pieces
from app.detect.reading import Reading, read
from app.detect.tokens import plain
from app.detect.vocabulary import Vocabulary

LEXICON = """
[not negation 0.4]
not
[very intensifier 2]
very
[but but 0]
but
[good praise 1]
good
[bad complaint 1]
bad, wors*
[never complaint 3]
never .. buy*
[even not complaint 0.5]
even not
[mute complaint 2]
not answer*
"""


def evidence(text: str) -> Reading:
    lexicon = read_lexicon(LEXICON, "x.txt", plain)
    shared = read_lexicon("[anger complaint 2]\n😡", "shared.txt", plain)
    pieces = Pieces(Vocabulary([(lexicon, None)], shared), None, b"", russian=False, remembered=10)
    return read([pieces[piece].known for piece in text.split()])


def hits(text: str) -> list[tuple[Role, float, int, int]]:
    return [(hit.role, round(hit.strength, 2), hit.first, hit.last) for hit in evidence(text).hits if hit.strength]


def test_praise_denied_is_a_complaint_that_spans_the_denial() -> None:
    assert hits("it is not so good") == [(Role.COMPLAINT, 0.9, 2, 4)]


def test_a_complaint_denied_is_none() -> None:
    assert hits("not that bad") == [(Role.COMPLAINT, 0.24, 0, 0)]


def test_a_denial_ends_with_its_clause_and_its_reach() -> None:
    assert hits("not , good")[-1] == (Role.PRAISE, 1.0, 2, 2)
    assert hits("not a b c d good")[-1] == (Role.PRAISE, 1.0, 5, 5)


def test_intensifiers_raise_what_follows() -> None:
    assert hits("very bad") == [(Role.COMPLAINT, 2.0, 1, 1)]


def test_what_follows_a_but_weighs_more() -> None:
    (_, before, *_), (_, after, *_) = hits("good but bad")
    assert before < 1 < after


def test_phrases_with_gaps_stems_and_the_longest_wins() -> None:
    assert hits("never will I buying") == [(Role.COMPLAINT, 3.0, 0, 3)]
    assert hits("never . buy") == []
    assert hits("even x not") == [(Role.COMPLAINT, 0.4, 2, 2)]
    assert hits("worst") == [(Role.COMPLAINT, 1.0, 0, 0)]


def test_a_light_phrase_leaves_its_last_word_to_another() -> None:
    assert [strength for _, strength, *_ in hits("even not answering")] == [0.5, 2.0]


def test_signs_capitals_and_addresses_are_counted() -> None:
    reading = evidence("BAD!!! really?.. @shop https://example.org/x")
    assert (reading.exclaims, reading.asks, reading.trails, reading.loud) == (3, 1, 1, 1)
    assert (reading.accounts, reading.links, reading.ended) == (1, 1, True)


def test_emoji_and_stretched_words() -> None:
    assert hits("😡😡😡") == [(Role.COMPLAINT, 2.0, 0, 0)]
    assert hits("baaaad") == [(Role.COMPLAINT, 1.2, 0, 0)]
