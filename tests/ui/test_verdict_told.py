"""How a verdict is told above a case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ui.window_samples import RESOURCES

from app.core.verdict import Kind, Reason, Verdict
from app.ui.widgets.case_head import verdict_told
from app.words import use

TEXT = "Tort nie dotarł, telefon milczy."
COMPLAINT = Verdict(Kind.COMPLAINT, 0.99, reasons=(Reason(5, 15, 0.6), Reason(25, 31, 0.39)))


@pytest.fixture(params=["en", "pl", "ru"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use(request.param, RESOURCES / "translations")
    yield request.param
    use("en", RESOURCES / "translations")


def test_words_that_decided_stand_in_the_quotation_marks_of_the_language(language: str) -> None:
    told = {
        "en": "complaint 0.99: «nie dotarł», «milczy»",
        "pl": "skarga 0,99: „nie dotarł”, „milczy”",
        "ru": "жалоба 0,99: «nie dotarł», «milczy»",
    }
    assert verdict_told(COMPLAINT, Kind.COMPLAINT, TEXT) == told[language]
