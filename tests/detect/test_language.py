"""Which language a text is in."""

from __future__ import annotations

import pytest

from app.detect.language import guess_language

TELLING = {
    "en": frozenset({"the", "is", "and", "not", "to"}),
    "pl": frozenset({"nie", "jest", "ze", "to"}),
    "ru": frozenset({"ne", "eto", "ochen"}),
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is the shop and not another", "en"),
        ("To nie jest to", "pl"),
        ("Mąż dziękuję", "pl"),
        ("Это плохо", "ru"),
        ("eto ochen ploho", "ru"),
        ("Bixo", ""),
        ("", ""),
        ("The Żabka shop is next to the Łódź station and the park", "en"),
        ("The shop «Хлеб» is the best and the nearest one to the station", "en"),
    ],
)
def test_guess(text: str, language: str) -> None:
    assert guess_language(text, TELLING) == language


def test_a_hint_decides_a_draw_only() -> None:
    assert guess_language("to", TELLING, "pl-PL") == "pl"
    assert guess_language("the shop", TELLING, "pl") == "en"
    assert guess_language("Bixo", TELLING, "ru") == "ru"
    assert guess_language("Bixo", TELLING, "xx") == ""
