"""What never came is a matter of its delivery; what came and was bad is not."""

from __future__ import annotations

import pytest
from detect.resources_folder import RESOURCES

from app.core.verdict import Cause
from app.detect.detector import LearningDetector
from app.detect.undelivered import never_came


@pytest.fixture(scope="module")
def detector() -> LearningDetector:
    return LearningDetector(RESOURCES)


@pytest.mark.parametrize(
    "text",
    [
        "Bukiet nie dotarł na ślub. Jestem wściekły, nigdy więcej tej kwiaciarni, oszuści.",
        "Kwiaty nie dotarły.",
        "Букет не дошёл",
        "Букет на свадьбу не доставили",
        "My cake never came, awful",
        "The cake was not delivered for the birthday",
    ],
)
def test_what_never_came_is_about_delivery(detector: LearningDetector, text: str) -> None:
    assert detector.judge(text).cause is Cause.DELIVERY


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Tort był suchy i niesmaczny", Cause.QUALITY),
        ("Mail potwierdzający nie dotarł, a chleb spleśniały", Cause.QUALITY),
        ("My eggs were runny and the toast never came.", Cause.QUALITY),
        ("Zwrot pieniędzy nie dotarł", Cause.MONEY),
        ("Деньги так и не пришли", Cause.MONEY),
        ("Odpowiedź na reklamację nie doszła, żądam zwrotu pieniędzy", Cause.SERVICE),
    ],
)
def test_another_cause_is_left_as_it_is(detector: LearningDetector, text: str, cause: Cause) -> None:
    assert detector.judge(text).cause is cause


@pytest.mark.parametrize(
    "text",
    [
        "Nie dotarło do was, że chleb był zły?",
        "До вас не дошло до сих пор?",
        "We never came back",
        "Не пришлось по вкусу",
        "Nie doszło do porozumienia",
        "The bread had no taste and the butter was cold and then the soup never came",
    ],
)
def test_other_things_do_not_come_either(text: str) -> None:
    assert not never_came(text, ())


def test_words_of_a_defect_win() -> None:
    assert never_came("Paczka nie doszła", {"opóźnienie"})
    assert not never_came("Paczka nie doszła", {"opóźnienie", "usterka"})
