"""What is no text, a pasted log or a row of numbers, outweighs no complaint; what may be text is left alone."""

from __future__ import annotations

import pytest
from detect.resources_folder import RESOURCES

from app.core.bands import RING_AT
from app.core.verdict import Kind
from app.detect.detector import LearningDetector
from app.detect.filler import LONGEST_UNKNOWN, without_filler
from app.detect.pieces import Entry
from app.detect.vocabulary import NOTHING, Piece, Word

DETECTOR = LearningDetector(RESOURCES)

COMPLAINTS = {
    "en": "Terrible rude service, never again, I want my money back.",
    "pl": "Fatalna obsługa, nigdy więcej, żądam zwrotu pieniędzy.",
    "ru": "Ужасное обслуживание, больше никогда, верните деньги.",
}
FILLERS = {
    "words": " ".join(f"word{number}" for number in range(40_000)),
    "numbers": " ".join(map(str, range(60_000))),
    "log": " ".join(f"x{number:x}=0x{number * 77:x};" for number in range(20_000)),
    "latin": "lorem ipsum dolor " * 20_000,
}


@pytest.mark.parametrize("language", COMPLAINTS)
@pytest.mark.parametrize("filler", FILLERS)
def test_a_complaint_with_filler_behind_or_before_it_rings(language: str, filler: str) -> None:
    for text in (f"{COMPLAINTS[language]} {FILLERS[filler]}", f"{FILLERS[filler][:1_000]} {COMPLAINTS[language]}"):
        verdict = DETECTOR.judge(text)
        assert verdict.kind is Kind.COMPLAINT
        assert verdict.level >= RING_AT


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize(
    "text",
    [
        "Thank you, the lovely cake was wonderful!",
        "Szukam fryzjera w Toruniu",
        "",
        "Cennik na sobotę",
        "Nothing new.",
        "Why so?",
        "Nowy numer",
    ],
)
def test_nothing_else_becomes_one(text: str, filler: str) -> None:
    assert DETECTOR.judge(f"{text} {FILLERS[filler]}").kind is not Kind.COMPLAINT


def test_a_complaint_behind_the_filler_keeps_its_place_among_the_reasons() -> None:
    text = f"{FILLERS['words'][:2_000]} The parcel never arrived. {FILLERS['numbers'][:500]}"
    assert "never arrived" in [text[why.start : why.end] for why in DETECTOR.judge(text).reasons]


@pytest.mark.parametrize(
    "text",
    [
        "Shares of the chain fell. "
        + "The board said that the sales of the group were as they had been in the year before. " * 9,
        "Czerstwy chleb. "
        + " ".join(f"Chleb żytni {number} zł, bułka {number} gr i do tego sok." for number in range(40)),
        "Awful. " + "word " * (LONGEST_UNKNOWN - 10),
        "Fatalna obsługa. "
        + "Zamówiłam tort u Państwa w piątek i miał być na sobotę, a potem to już nie wiem, co mam o tym myśleć. " * 3,
    ],
)
def test_a_text_of_words_is_left_as_it_is(text: str) -> None:
    found = DETECTOR.read(text)
    assert without_filler(text, [DETECTOR._of(found.language).pieces[piece] for piece in text.split()]) == text


def test_only_long_runs_are_blanked_and_positions_stay() -> None:
    word, unknown = Entry(Piece((Word(),)), (), (), 0, means=True), Entry(NOTHING, (), (), 0)
    text = " ".join(["a", *["b"] * LONGEST_UNKNOWN, "c", *["d"] * (LONGEST_UNKNOWN - 1)])
    entries = [word, *[unknown] * LONGEST_UNKNOWN, word, *[unknown] * (LONGEST_UNKNOWN - 1)]
    left = without_filler(text, entries)
    assert len(left) == len(text)
    assert left.split() == ["a", "c", *["d"] * (LONGEST_UNKNOWN - 1)]
