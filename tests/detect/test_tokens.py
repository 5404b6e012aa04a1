"""Cutting of texts and the one form of words."""

from __future__ import annotations

import pytest

from app.detect.tokens import TOKEN, plain, russian_key, unstretched


def test_tokens() -> None:
    text = "Don't go! :( see https://example.org/a-b, @shop «złe» e-mail 😡"
    assert TOKEN.findall(text) == [
        "Don't", "go", "!", ":(", "see", "https://example.org/a-b,", "@shop", "złe", "e", "mail", "😡",
    ]  # fmt: skip


def test_plain() -> None:
    assert plain("Żółć I’m DON'T") == "zolc im dont"


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("очень", "ochen'"), ("ужасный", "uzhasnyj"), ("больше", "bolshe"), ("хорошо", "khorosho"), ("ещё", "eshche")],
)
def test_russian_in_either_alphabet_has_one_key(cyrillic: str, latin: str) -> None:
    assert russian_key(plain(cyrillic)) == russian_key(plain(latin))


def test_stretched_letters() -> None:
    assert unstretched("sooo") == ("so", "soo")
    assert unstretched("good") == ()
