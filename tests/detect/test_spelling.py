"""A mistyped complaint is heard; right words, names and other tongues are left as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from detect.resources_folder import RESOURCES

from app.core.verdict import Kind
from app.detect.detector import LearningDetector
from app.detect.spelling import BITS, Spelling, row_of

FOLDER = RESOURCES / "detect" / "spelling"


@pytest.fixture(scope="module")
def detector() -> LearningDetector:
    return LearningDetector(RESOURCES)


@pytest.fixture
def few(tmp_path: Path) -> Spelling:
    (tmp_path / "en.txt").write_text("again\nterrible\nquality\nequality\nservice\ndisappointed\nprice\n", "utf-8")
    bits = bytearray(1 << BITS >> 3)
    for word in ("again", "terrible", "quality", "service", "parking", "prince"):
        bits[row_of(word) >> 3] |= 1 << (row_of(word) & 7)
    (tmp_path / "en.bits").write_bytes(bits)
    return Spelling(tmp_path, "en")


@pytest.mark.parametrize(
    "text",
    [
        "dissapointed with the quallity",
        "Terible servise, never agian",
        "waitng for my refnud since last week",
        "ужастное обслужевание, хамят покупателям",
        "отвротительное качество",
        "zepsóte po jednym dniu uzywania",
        "Nie polecan, obsluga opryskilwa",
        "niechca oddac kaucji",
        "трубку неберут вобще",
        "hotell was discusting tbh",
        "«неотвечают» на сообщения",
        "деньги невозвращают!",
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_a_mistyped_complaint_is_heard(detector: LearningDetector, text: str, own: bool) -> None:
    verdict = detector.judge(text, own=own)
    assert verdict.kind is Kind.COMPLAINT
    assert verdict.reasons


@pytest.mark.parametrize("text", ["terible customer servise", "teh food was discusting", "shockin aftersales servise"])
def test_so_is_one_without_a_common_word_of_its_language(detector: LearningDetector, text: str) -> None:
    assert detector.read(text).language == ""
    assert detector.judge(text).kind is Kind.COMPLAINT


def test_the_words_that_decided_are_pointed_out_as_they_were_written(detector: LearningDetector) -> None:
    text = "Once more: отвротительное качество"
    reasons = detector.judge(text).reasons
    assert "отвротительное" in {text[why.start : why.end] for why in reasons}


@pytest.mark.parametrize(
    "text",
    [
        "Great servise, verry frendly staff",
        "When do you opne on Sundey?",
        "Отличьное обслужевание, спосибо",
        "Swietna obsluga, napewno wruce",
        "Costa, Żabka, Rossman i Biedronka są przy dworcu",
        "Kuoppala, Terriblo and Angelo sing tonight",
        "Nieborów, Niemodlin i Niepołomice są po drodze",
        "niezapominajki i nieśmiertelniki na balkon",
        "незабудки и нержавейка по акции",
        "prima rosmarin, tiramisu e gelato",
        "zara hugo boss armani",
    ],
)
def test_other_texts_do_not_become_complaints(detector: LearningDetector, text: str) -> None:
    assert detector.judge(text).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Terible servise, agian", {"Terible": "terrible", "servise,": "service,", "agian": "again"}),
        ("TERIBLE!", {"TERIBLE!": "TERRIBLE!"}),
        ("dissapointed", {"dissapointed": "disappointed"}),
        ("quallity servvisse", {"quallity": "quality", "servvisse": "service"}),
        ("servise,quallity", {"servise,quallity": "service,quality"}),
    ],
)
def test_a_letter_and_doubled_ones_are_forgiven(few: Spelling, text: str, meant: dict[str, str]) -> None:
    assert few.mended(text.split()) == meant


@pytest.mark.parametrize(
    "text",
    [
        "parking prince",
        "the Servise of Quallity",
        "prce agin",
        "servise1 www.servise.com @servise",
        "ужасное",
        "",
    ],
)
def test_right_words_names_short_ones_and_far_ones_are_left(few: Spelling, text: str) -> None:
    assert few.mended(text.split()) == {}


def test_a_capital_that_begins_a_sentence_is_no_name(few: Spelling) -> None:
    assert few.mended(["Parking.", "Servise!", "Servise"]) == {"Servise!": "service!", "Servise": "service"}


def test_a_text_of_many_unknown_words_is_not_mistyped(few: Spelling) -> None:
    unknown = "aaaaa bbbbb ccccc ddddd eeeee fffff ggggg hhhhh"
    assert few.mended(f"servise {unknown}"[:53].split()) != {}
    assert few.mended(f"servise {unknown}".split()) == {}


def test_without_its_files_nothing_is_mended(tmp_path: Path) -> None:
    assert Spelling(tmp_path, "en").mended(["servise"]) == {}
    assert Spelling(FOLDER, "").mended(["servise"]) == {}


def test_what_it_remembers_is_bounded(few: Spelling, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.detect.spelling._REMEMBERED", 2)
    for word in ("servica", "servicb", "servicd", "servicf"):
        assert few.mended([word]) == {word: "service"}
    assert len(few._known) <= 2


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_the_words_that_are_meant_are_right_themselves(language: str) -> None:
    spelling = Spelling(FOLDER, language)
    words = (FOLDER / f"{language}.txt").read_text("utf-8").split()
    assert len(words) > 3_000
    assert not spelling.mended(words[:50])
    assert spelling.near("zzzzzzzz") == ""
