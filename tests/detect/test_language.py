"""Which language a text is in."""

from __future__ import annotations

import pytest

from app.detect.language import OTHER, guess_language

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


@pytest.mark.parametrize(
    "text",
    [
        "Das Paket ist nicht angekommen und der Kundendienst ist sehr unfreundlich",
        "Le colis est arrivé cassé et le service client ne répond pas, je suis très déçu",
        "El paquete no llegó y nadie contesta, muy mala atención para los clientes",
        "Посилка не прийшла, ніхто не відповідає, жахливий сервіс, поверніть гроші",
        "Zásilka nepřišla, nikdo neodpovídá, velmi špatné, už nikdy jako zákazník",
    ],
)
def test_other_languages_are_told_apart(text: str) -> None:
    assert guess_language(text, TELLING) == OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Müller's café in Köln was closed and they did not answer",
        "Obsługa w café była miła, ale pralka Bosch für Küche nie działa",
        "Купил щётку Bürste für Küche, не работает",
        "die hard fan of this place",
    ],
)
def test_a_foreign_name_makes_no_foreign_text(text: str) -> None:
    assert guess_language(text, TELLING) != OTHER
