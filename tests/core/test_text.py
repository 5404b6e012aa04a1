"""Folding: blind to case and diacritics, one character for one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import WORD, composed, fold, letters

EVERY_CHARACTER = "".join(map(chr, range(0x110000)))
ANY_TEXT = st.text(st.characters(codec=None)) | st.text("aąŁżёЙжŹ Иıİﬁ™🙂µ…„\ud800\u0301")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ŻABKA", "zabka"),
        ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("ПЯТЁРОЧКА", "пятерочка"),
        ("Йогурт", "йогурт"),
        ("Łódź i Ёлка", "lodz i елка"),
        ("İSTANBUL ısı", "istanbul isi"),
        ("Straße Ørsted Đorđe Ǿ", "strase orsted dorde o"),
        ("Crème brûlée", "creme brulee"),
        ("𝗭𝗮𝗯𝗸𝗮", "zabka"),
        ("ＩＫＥＡ", "ikea"),
        ("Żabka™ №5 „x” … 🙂", "zabka™ №5 „x” … 🙂"),
        ("", ""),
    ],
)
def test_known_texts(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_character_becomes_one_and_stays_so() -> None:
    folded = fold(EVERY_CHARACTER)
    assert len(folded) == len(EVERY_CHARACTER)
    assert fold(folded) == folded


@given(ANY_TEXT)
def test_a_text_folds_as_its_characters_do(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
    assert letters(text) == "".join(char for char in fold(text) if char.isalnum())


def test_a_lone_surrogate_stays_as_it_is() -> None:
    assert fold("Ż\ud83d!") == "z\ud83d!"
    assert letters("Ż\ud83d!") == "z"


def test_letters_are_the_same_whatever_stands_between_them() -> None:
    assert (
        letters("Paczka  miała być — we WTOREK!\n")
        == letters("paczka: miala byc we wtorek 🙂")
        == "paczkamialabycwewtorek"
    )
    assert letters("snake_case") == "snakecase"


def test_marks_that_follow_their_letter_need_composing_first() -> None:
    apart = unicodedata.normalize("NFD", "Żabka Йогурт")
    assert fold(composed(apart)) == "zabka йогурт"
    assert composed("Żabka") == "Żabka"


def test_words_keep_their_apostrophes() -> None:
    assert WORD.findall("McDonald’s i Lidl-a, o'clock'") == ["McDonald’s", "i", "Lidl", "a", "o'clock"]
