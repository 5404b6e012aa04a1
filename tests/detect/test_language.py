"""Which language a text is in."""

from __future__ import annotations

import pytest
from detect.resources_folder import RESOURCES

from app.detect.foreign_words import CLEAR, CYRILLIC, RUSSIAN, SHARED, WEAK
from app.detect.language import OTHER, guess_language
from app.detect.lexicon import Lexicons

SHIPPED = Lexicons(RESOURCES / "detect").telling()
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


SHORT_AND_FOREIGN = [
    "Das Brot war steinhart 😡",
    "Sehr gut",
    "Nie wieder!",
    "DAS ESSEN WAR KALT",
    "Le pain était rassis. Jamais plus.",
    "Très déçu",
    "El pan estaba duro 🤮",
    "Nunca más",
    "Servizio pessimo",
    "Não recomendo",
    "Slechte service",
    "Hrozné",
    "Jídlo bylo studené",
    "Chlieb bol tvrdý",
    "Duona buvo sena",
    "Soha többet!",
    "Foarte scump",
    "Çok kötü",
    "Dålig service",
    "Dårlig service",
    "Huono palvelu",
    "Slikta apkalpošana",
    "Дуже поганий сервіс…",
    "Не працює",
    "Жах",
    "Хліб черствий",
    "Хлеб быў чэрствы",
    "Хлябът беше твърд",
    "Το ψωμί ήταν σκληρό",
    "面包很硬",
]


@pytest.mark.parametrize("text", SHORT_AND_FOREIGN)
def test_a_few_words_tell_another_language(text: str) -> None:
    assert guess_language(text, SHIPPED) == OTHER


SHORT_AND_OURS = [
    "Café Müller: zimna kawa",
    "Restauracja Der Elefant, zimne jedzenie",
    "HOTEL LA PERLA: DNO",
    "Beyoncé was on all night",
    "naïve of me",
    "Zoë rude again",
    "Crème brûlée cold",
    "Tres amigos closed",
    "Merci! Super",
    "Le Pain Quotidien: zimne",
    "La Perla dno",
    "Bosch Küche zepsuta",
    "GG und well played!",
    "pas bezpieczeństwa pękł",
    "Noch ne spal iz-za nih",
    "Fatalna obsluga",
    "Hleb cherstvyi",
    "Czerstwy chleb",
    "Stale bread",
    "Nie",
    "Хлеб черствый",
    "Не работает",
    "Київ Хлеб: не работает",
    "МТС і Киевстар опять не работают",
    "Ну да ಠ_ಠ",
    "С годовщиной #찾아줘_차트인으로_원잇의봄",
    "¯\\_(ツ)_/¯ stale bread",
]


@pytest.mark.parametrize("text", SHORT_AND_OURS)
def test_names_and_single_foreign_words_stay_ours(text: str) -> None:
    assert guess_language(text, SHIPPED) != OTHER


def test_no_word_of_another_language_is_a_common_word_of_ours() -> None:
    common = frozenset().union(*SHIPPED.values())
    assert not (CLEAR | WEAK) & common
    assert common >= SHARED
    assert not CLEAR & WEAK
    assert not CYRILLIC & RUSSIAN
