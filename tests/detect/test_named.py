"""A name is no evidence: who complains in one sentence may say of whom. The names and sentences are not among the texts trained on."""

from __future__ import annotations

import pytest
from detect.resources_folder import RESOURCES

from app.core.correction import Correction, Label
from app.core.verdict import Kind
from app.detect.detector import LearningDetector

NOW = 1_800_000_000.0
COMPLAINTS = {
    "en": (
        "{} is a joke, stale bread two days running",
        "Waited an hour and a half at {} and nobody apologised",
        "{} sold me a broken kettle and won't refund it",
        "Awful coffee and rude staff at {}",
        "Never order from {}",
        "{} still has not answered my complaint",
    ),
    "pl": (
        "{} to porażka, czerstwy chleb drugi dzień z rzędu",
        "Czekałam w {} półtorej godziny i nikt nie przeprosił",
        "{} sprzedał mi zepsuty czajnik i nie chce oddać pieniędzy",
        "Okropna kawa i niemiła obsługa w {}",
        "Nie zamawiajcie w {}",
        "{} nadal nie odpowiedział na moją reklamację",
    ),
    "ru": (
        "{} — позор, второй день чёрствый хлеб",
        "Ждала в {} полтора часа, никто не извинился",
        "{} продали мне сломанный чайник и деньги не возвращают",
        "Отвратительный кофе и грубый персонал в {}",
        "Никогда не заказывайте в {}",
        "{} так и не ответили на мою жалобу",
    ),
}
NAMES = {
    "en": ("Harlow & Finch", "Dottie's Diner", "Fixwell"),
    "pl": ("Kuźnia Smaku", "Cafe Pralinka", "Elektromax"),
    "ru": ("Кафе Ладья", "Пекарня Колос", "ТехноДом"),
}

MISSED = {"en": 1, "pl": 1, "ru": 5}
"""How many of the eighteen may be missed: one more than are, in Russian none. Before names were no evidence it was 7, 1 and 6."""


@pytest.fixture(scope="module")
def detector() -> LearningDetector:
    return LearningDetector(RESOURCES)


@pytest.mark.parametrize("language", COMPLAINTS)
def test_a_complaint_may_name_whom_it_is_about(detector: LearningDetector, language: str) -> None:
    texts = [line.format(name) for line in COMPLAINTS[language] for name in NAMES[language]]
    missed = [text for text in texts if detector.judge(text).kind is not Kind.COMPLAINT]
    assert len(missed) <= MISSED[language], missed


@pytest.mark.parametrize(
    "text",
    [
        "Harlow & Finch opens a second bakery in Leeds",
        "Fire at Dottie's Diner in Bristol",
        "Kuźnia Smaku otwiera drugi lokal w Łodzi",
        "Pożar w hali Elektromax pod Radomiem",
        "Пекарня Колос открылась в Туле",
        "Пожар на складе ТехноДом в Казани",
    ],
)
def test_a_headline_with_a_name_is_none(detector: LearningDetector, text: str) -> None:
    assert detector.judge(text).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Nie Polecam", "Zdecydowanie nie polecam Kawa Raj"),
        ("Bad Service", "Bad service at Kawa Raj again"),
        ("Не Рекомендую", "Не рекомендую эту пекарню"),
        ("Never Again", "Never again!! Kawa Raj"),
        ("Opóźniona Paczka", "Opóźniona paczka z Kawa Raj"),
    ],
)
def test_a_phrase_of_a_watch_that_complains_is_no_name(phrase: str, text: str) -> None:
    detector = LearningDetector(RESOURCES)
    detector.name((), (), (phrase,))
    assert detector.judge(text).kind is Kind.COMPLAINT
    detector.name((phrase,), ())
    assert detector.judge(text).kind is not Kind.COMPLAINT, "the shop's own name always is one"


@pytest.mark.parametrize(
    "phrase", ["Kawa Raj", "TechFix", "Polski Bus", "Dział Obsługi Klienta", "Кафе «Уют»", "Joe's Bakery", "Fixwell"]
)
def test_another_phrase_is_taken_for_a_name_whatever_was_taught(phrase: str) -> None:
    detector, named = LearningDetector(RESOURCES), LearningDetector(RESOURCES)
    texts = (f"{phrase}", f"I went to {phrase} again", f"{phrase}: awful, never again")
    lessons = [Correction(n, Label.COMPLAINT, f"{phrase} {n}", NOW) for n in range(3)]
    for one, told in ((detector, ((), (), (phrase,))), (named, ((phrase,), (), ()))):
        one.learn(lessons)
        one.name(*told)
    assert [detector.judge(text) for text in texts] == [named.judge(text) for text in texts]
