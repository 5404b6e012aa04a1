"""The stemmers behind the port."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.matching import matcher_for
from app.core.mention import Mention
from app.listen import stems
from app.listen.stems import SnowballStemmer


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("zabkami", "zabk"),
        ("kowalskiego", "kowalsk"),
        ("пятерочками", "пятерочк"),
        ("работают", "работа"),
        ("refunded", "refund"),
    ],
)
def test_stems_of_each_language(word: str, stem: str) -> None:
    assert {word, stem} <= SnowballStemmer().stems(word)


@pytest.mark.parametrize("word", ["", "1182", "日本", "a", "ы", "\ud800"])
def test_what_has_no_stem_is_its_own(word: str) -> None:
    assert SnowballStemmer().stems(word) == {word}


def test_stems_are_folded() -> None:
    stemmer = SnowballStemmer()
    assert stemmer.stems("ŻABKAMI") == stemmer.stems("zabkami")
    assert all(stem == stem.lower() and stem.isascii() for stem in stemmer.stems("łódkami"))


def test_many_threads_get_the_stems_of_one() -> None:
    words = [
        f"{start}{end}"
        for start in ("kowalsk", "biedronk", "магазин", "пекарн", "deliver")
        for end in ("ami", "ом", "ies")
    ]
    alone = [SnowballStemmer().stems(word) for word in words]
    shared = SnowballStemmer()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(shared.stems, words * 20))
    assert found == alone * 20


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stems, "_REMEMBERED", 50)
    stemmer = SnowballStemmer()
    for number in range(200):
        stemmer.stems(f"1{number}")
    assert len(stemmer._known) <= 50


def test_verbs_join_only_words_typed_without_a_capital() -> None:
    text = Mention("feed", "k", text="Nie polecali, i магазин не работал")
    assert matcher_for(["polecam"], [], SnowballStemmer()).about_us(text)
    assert matcher_for(["работает"], [], SnowballStemmer()).about_us(text)
    assert not matcher_for(["Polecam"], [], SnowballStemmer()).about_us(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ruch", "rucham"),
        ("kawa", "kawał kawaler"),
        ("magnit", "magnetyczny"),
        ("магнит", "магний"),
        ("book", "booking"),
    ],
)
def test_a_name_typed_without_a_capital_does_not_become_another_word(name: str, text: str) -> None:
    assert not matcher_for([name], [], SnowballStemmer()).about_us(Mention("feed", "k", text=text))
