"""Names as shops bear them: each heard in the cases and spellings people give it, and none in words that only look like it.

`names/LANGUAGE.txt` holds a name a line with what must be heard, `names/LANGUAGE_alike.txt` with what must not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.matching import Matcher, matcher_for
from app.core.mention import Mention
from app.listen.stems import SnowballStemmer

LISTS = Path(__file__).with_name("names")
STEMMER = SnowballStemmer()


def _rows(kind: str) -> list[tuple[str, str, tuple[str, ...]]]:
    rows = []
    for language in ("pl", "ru", "en"):
        lines = (LISTS / f"{language}{kind}.txt").read_text(encoding="utf-8").splitlines()
        split = (line.partition(": ") for line in lines)
        rows += [(language, name, tuple(said.split("; "))) for name, _, said in split]
    return rows


def _matcher(language: str, name: str) -> Matcher:
    return matcher_for([name], [], STEMMER, language="en" if language == "en" else "")


def _heard(matcher: Matcher, said: tuple[str, ...]) -> list[str]:
    return [words for words in said if matcher.about_us(Mention("feed", "k", text=f"Ach, {words}, вот"))]


@pytest.mark.parametrize(("language", "name", "said"), _rows(""))
def test_a_name_is_heard_however_it_is_said(language: str, name: str, said: tuple[str, ...]) -> None:
    assert _heard(_matcher(language, name), (name, *said)) == [name, *said]


@pytest.mark.parametrize(("language", "name", "said"), _rows("_alike"))
def test_words_that_look_like_a_name_are_not_it(language: str, name: str, said: tuple[str, ...]) -> None:
    assert _heard(_matcher(language, name), said) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Gym24", "Gym 24"),
        ("A4", "A-4"),
        ("Sklep A4", "w Sklepie A4"),
        ("Kawa & Ser & Wino", "KawaiSeriWino"),
        ("Kawa & Ser & Wino", "w Kawie, Serze i Winie"),
        ("U Trzech Kotów", "u Trzech Kotów"),
    ],
)
def test_spellings_of_a_name_with_digits_or_and(name: str, said: str) -> None:
    assert _heard(_matcher("pl", name), (said,))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A4", "a 4 dni"),
        ("H&M", "witamina H i M"),
        ("Bar & Era", "bariera"),
        ("U Stawu", "ustawu"),
        ("Igła i Nitka", "igła, nitka"),
        ('"Kwiaty" & "Ogród"', "kwiatów i ogrodu"),
        ("Na Polu", "na polach"),
    ],
)
def test_a_name_with_digits_or_and_takes_no_other_words(name: str, said: str) -> None:
    assert not _heard(_matcher("pl", name), (said,))
