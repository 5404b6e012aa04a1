"""How a verdict is told above a case."""

from __future__ import annotations

import pytest

from app.core.verdict import Kind, Reason, Verdict
from app.ui.widgets.case_head import verdict_told

TEXT = "Tort nie dotarł, telefon milczy."
COMPLAINT = Verdict(Kind.COMPLAINT, 0.99, reasons=(Reason(5, 15, 0.6), Reason(25, 31, 0.39)))


def test_words_that_decided_stand_in_the_quotation_marks_of_the_language(spoken: str) -> None:
    told = {
        "en": "complaint 0.99: «nie dotarł», «milczy»",
        "pl": "skarga 0,99: „nie dotarł”, „milczy”",
        "ru": "жалоба 0,99: «nie dotarł», «milczy»",
    }
    assert verdict_told(COMPLAINT, Kind.COMPLAINT, TEXT) == told[spoken]


def test_stars_that_made_it_a_complaint_are_told_in_words(spoken: str) -> None:
    told = {
        "en": "complaint 0.99: 2 of 5 stars, «nie dotarł»",
        "pl": "skarga 0,99: 2 z 5 gwiazdek, „nie dotarł”",
        "ru": "жалоба 0,99: 2 из 5 звёзд, «nie dotarł»",
    }
    starred = Verdict(Kind.COMPLAINT, 0.99, reasons=(Reason(5, 15, 0.4),))
    assert verdict_told(starred, Kind.COMPLAINT, TEXT, 2.0) == told[spoken]
    wordless = Verdict(Kind.COMPLAINT, 0.89)
    half = {
        "en": "complaint 0.89: 1.5 of 5 stars",
        "pl": "skarga 0,89: 1,5 z 5 gwiazdek",
        "ru": "жалоба 0,89: 1,5 из 5 звёзд",
    }
    assert verdict_told(wordless, Kind.COMPLAINT, "", 1.5) == half[spoken]


@pytest.mark.parametrize("stars", [None, 1.0, 3.0, 5.0])
def test_stars_are_not_told_where_words_alone_made_it_one(stars: float | None) -> None:
    assert "stars" not in verdict_told(COMPLAINT, Kind.COMPLAINT, TEXT, stars)
    assert "stars" not in verdict_told(Verdict(Kind.COMPLAINT, 0.6), Kind.COMPLAINT, TEXT, 5.0)
    assert "stars" not in verdict_told(Verdict(Kind.PRAISE, 0.1), Kind.PRAISE, TEXT, 1.0)
