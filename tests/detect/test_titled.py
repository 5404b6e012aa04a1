"""Curt texts are heard under whatever title they stand, and no title makes a complaint of what says something else."""

from __future__ import annotations

import pytest
from detect.resources_folder import RESOURCES

from app.core.correction import Correction, Label
from app.core.verdict import Among, Kind, judged_text
from app.detect.detector import GUESSED, LearningDetector
from app.detect.titled import MOST_WORDS, is_apart


@pytest.fixture(scope="module")
def detector() -> LearningDetector:
    return LearningDetector(RESOURCES)


CURT = [
    ("Our new menu", "Rude staff."),
    ("Re: Opening hours", "Closed again. Third time."),
    ("Meet the team: Olivia", "Olivia hung up on me."),
    ("Szukamy fryzjerki", "Nie polecam."),
    ("Odp: Godziny otwarcia", "Znowu zamknięte. Trzeci raz."),
    ("График работы в праздники", "Опять закрыто."),
    ("Our new menu", "👎👎"),
]


@pytest.mark.parametrize(("title", "text"), CURT)
def test_a_curt_complaint_is_heard_under_a_title_in_an_own_channel(
    detector: LearningDetector, title: str, text: str
) -> None:
    assert detector.judge(text, title=title, own=True).kind is Kind.COMPLAINT


def test_the_words_that_decided_are_pointed_out_below_the_title(detector: LearningDetector) -> None:
    for text in ("Rude staff.", "Ru\u0301de staff, stale bread."):
        for title in ("Our new menu", "Cafe\u0301 am Eck"):
            judged = judged_text(title, text)
            reasons = detector.judge(text, title=title, own=True).reasons
            assert reasons
            assert all(why.start > len(title) for why in reasons)
            assert any("staff" in judged[why.start : why.end] for why in reasons)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Restaurant shut after rats found in kitchen", "See the pictures."),
        ("Sanepid zamknął restaurację", "Zobacz zdjęcia."),
        ("Hundreds fall ill after wedding buffet", "Inspectors are looking for the cause."),
        ("Telefony zdrożeją w maju", "Klienci są wściekli."),
        ("Авиакомпания отменила рейсы в Рим", "Пассажиры застряли на несколько дней."),
        ("Gym chain goes bust", "Awful news."),
    ],
)
def test_a_headline_and_its_teaser_are_judged_together(detector: LearningDetector, title: str, text: str) -> None:
    verdict = detector.judge(text, title=title)
    assert verdict == detector._as_it_stands(text, title, None, "", own=False)
    assert verdict.heard_among(Among.NEWS).level < 0.75


def test_elsewhere_who_speaks_is_heard_with_less_certainty(detector: LearningDetector) -> None:
    title, text = "Weekend plans", "They ruined my dress."
    assert detector.judge(text, title=title).lean == pytest.approx(detector.judge(text).lean - GUESSED)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Re: Terrible service", "Everyone was kind to us."),
        ("RE: Worst haircut ever", "Mine turned out great."),
        ("Odp: Najgorsze strzyżenie", "Moje wyszło świetnie."),
        ("Re: Ужасное обслуживание", "Неправда, я их обожаю."),
    ],
)
def test_praise_that_answers_a_complaint_is_praise(detector: LearningDetector, title: str, text: str) -> None:
    assert detector._as_it_stands(text, title, None, "", own=True).kind is Kind.COMPLAINT
    assert detector.judge(text, title=title, own=True).kind is Kind.PRAISE


def test_a_title_that_complains_is_heard_above_a_harmless_text(detector: LearningDetector) -> None:
    for title, text in (("Order 30112 never arrived", "Any news?"), ("Re: Broken vase, no refund", "Any news?")):
        assert detector.judge(text, title=title, own=True).kind is Kind.COMPLAINT


def test_what_praise_names_is_no_complaint(detector: LearningDetector) -> None:
    title, text = "No complaints", "Rude staff? Not here."
    assert detector.judge(text, own=True).kind is Kind.COMPLAINT
    assert detector.judge(text, title=title, own=True).kind is not Kind.COMPLAINT


def test_what_is_said_under_a_competitors_name_is_not_ours() -> None:
    detector = LearningDetector(RESOURCES)
    detector.name(["Lumaro"], ["Bixo"])
    assert detector.judge("Rude staff.", title="Bixo, Main Street", own=True).kind is not Kind.COMPLAINT
    assert detector.judge("Rude staff.", title="Lumaro, Main Street", own=True).kind is Kind.COMPLAINT


def test_only_short_texts_that_begin_anew_stand_apart() -> None:
    assert is_apart("Our new menu", "Rude staff.")
    assert is_apart("Our new menu", "so " * MOST_WORDS)
    for title, text in (
        ("", "Rude staff."),
        ("Our new menu", ""),
        ("Our new menu", "so " * (MOST_WORDS + 1)),
        ("What nobody wants:", "Rude staff."),
        ("We had complaints about the noise…", "…and rude staff."),
        ("Rude staff", "Rude staff. Again."),
    ):
        assert not is_apart(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [("Our new menu", "Rude staff."), ("Our new menu", "👎👎"), ("Re: Terrible service", "When was that?")],
)
def test_what_is_no_complaint_is_learnt_of_the_text_alone_too(title: str, text: str) -> None:
    detector = LearningDetector(RESOURCES)
    assert detector.judge(text, title=title, own=True).kind is Kind.COMPLAINT
    detector.learn([Correction(1, Label.NOT_COMPLAINT, text, 1.0, title=title, own=True)])
    assert detector.judge(text, title=title, own=True).kind is not Kind.COMPLAINT


def test_praise_that_was_called_a_complaint_is_one() -> None:
    detector = LearningDetector(RESOURCES)
    title, text = "RE: Worst haircut ever", "Mine turned out great."
    detector.learn([Correction(1, Label.COMPLAINT, text, 1.0, title=title, own=True)])
    assert detector.judge(text, title=title, own=True).kind is Kind.COMPLAINT


def test_a_complaint_teaches_nothing_of_the_title_above_it() -> None:
    detector = LearningDetector(RESOURCES)
    before = detector.judge("I will look on Monday.", title="Our new menu", own=True)
    told = [
        Correction(n, Label.COMPLAINT, "Rude staff.", float(n), title="Our new menu", own=True) for n in range(1, 6)
    ]
    detector.learn(told)
    after = detector.judge("I will look on Monday.", title="Our new menu", own=True)
    assert after.score == pytest.approx(before.score, abs=0.02)
