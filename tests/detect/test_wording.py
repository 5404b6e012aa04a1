"""The wording of a text leans the bell, and the bell alone."""

from __future__ import annotations

import pytest
from detect.resources_folder import RESOURCES

from app.core.verdict import Kind
from app.detect.detector import LearningDetector
from app.detect.wording import STEPS, wording_of


def test_it_is_the_mean_of_logarithms_held_back_in_short_texts() -> None:
    assert wording_of(10 * STEPS, 5) == pytest.approx(1.0)
    assert wording_of(10 * STEPS, 0) == pytest.approx(2.0)
    assert wording_of(-100 * STEPS, 95) == pytest.approx(-1.0)


def test_words_of_customers_lean_the_bell_up_and_words_of_news_down() -> None:
    detector = LearningDetector(RESOURCES)
    for customer, news in (
        (
            "I ordered shoes, no refund, nobody replies to my emails.",
            "The minister said the war hurt the state budget.",
        ),
        ("Zamówiłam buty, nie dotarły, proszę o zwrot pieniędzy.", "Minister obrony mówi o wojnie i budżecie państwa."),
        (
            "Заказала обувь, не пришла, верните деньги, трубку не берут.",
            "Министр обороны сказал о войне и бюджете страны.",
        ),
    ):
        ours, theirs = detector.judge(customer), detector.judge(news)
        assert ours.kind is Kind.COMPLAINT
        assert ours.lean > theirs.lean + 0.5
        assert ours.level >= 0.75


def test_without_words_nothing_leans() -> None:
    assert LearningDetector(RESOURCES).judge("😡😡😡").lean == 0.0
