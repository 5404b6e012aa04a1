"""Only the author's own words about the shop count, and positions stay."""

from __future__ import annotations

import pytest
from fakes.growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from app.detect.own_words import FARTHEST, Names, names_of, own_words, reached

NAMES = names_of(["Lumaro", "Piekarnia Kłos", "Лумаро"], ["Bixo", "Chlebuś", "Биксо"])


def kept(text: str, names: Names = NAMES) -> str:
    own = own_words(text, names)
    assert len(own) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, own, strict=True))
    return " ".join(own.split())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("> your parcel is late\n> and broken\nThanks, I know.", "Thanks, I know."),
        ("Thank you!\n\nOn 3 May Anna wrote:\n> it is broken", "Thank you!"),
        ("Dziękuję.\nW dniu 3 maja Anna napisał(a):\n> zepsute", "Dziękuję."),
        ("Спасибо!\n---- Исходное сообщение ----\nвсё сломано", "Спасибо!"),
        ("Thank you!\n\nOn 3 May Anna wrote:\n&gt; it is broken", "Thank you!"),
        ("> only a quotation", "> only a quotation"),
        ("5 > 3: that is so", "5 > 3: that is so"),
    ],
)
def test_quoted_words_do_not_count(text: str, left: str) -> None:
    assert kept(text, Names()) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bixo lost my parcel AGAIN. Lumaro never did.", "never did."),
        ("Bixo lost my parcel. Never again!", ""),
        ("Chlebusiowi nie ufam, ale w Piekarni Kłos zawsze świeże", "ale w zawsze świeże"),
        ("Lumaro is late. As bad as Bixo and Lumaro last year.", "is late. As bad as Bixo and last year."),
        ("Лумаро привезло вовремя, а Биксо потеряло", "привезло вовремя,"),
        ("The bixological institute is closed", "The bixological institute is closed"),
        ("Late and broken.", "Late and broken."),
    ],
)
def test_what_is_said_of_a_competitor_does_not_count(text: str, left: str) -> None:
    assert kept(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Lumaro: late again, and rude", "late again, and rude"),
        ("Lumaro - late again", "late again"),
        ("PIEKARNIA KŁOS – znów czerstwy chleb", "znów czerstwy chleb"),
        ("chleb z Piekarni Kłos był czerstwy", "chleb z był czerstwy"),
        ("lumaro.example is down", ".example is down"),
        ("Lumaro!!!", "Lumaro!!!"),
        ("", ""),
    ],
)
def test_the_name_of_the_shop_says_nothing(text: str, left: str) -> None:
    assert kept(text) == left


def test_of_a_long_article_the_sentences_about_the_shop_count() -> None:
    filler = "The council met again and talked about roads. " * 40
    text = f"Street news. {filler}Then came Lumaro. The bread was stale. {filler}"
    left = kept(text)
    assert "Then came" in left
    assert "The bread was stale." in left
    assert left.startswith("Street news.")
    assert len(left) < 200
    assert kept(filler) == filler.strip()


def test_of_a_text_longer_than_is_judged_the_sentences_about_the_shop_count_wherever_they_stand() -> None:
    filler = "The council met again and talked about roads. " * 200
    text = f"Street news. {filler}Then came Lumaro. The bread was stale. {filler}"
    own = own_words(reached(text, NAMES, 6_000), NAMES, longest=6_000)
    assert own == own_words(text, NAMES)
    assert " ".join(own.split()).endswith("roads. Then came . The bread was stale.")
    assert text.index("The bread was stale.") == own.index("The bread was stale.") > 6_000
    assert reached(text, Names(), 6_000) == reached(text, names_of(["Bixo"], []), 6_000) == text[:6_000]
    assert len(reached(text * 40, NAMES, 6_000)) == FARTHEST


def test_no_more_is_judged_than_asked_for() -> None:
    about = "Lumaro was late. " * 1_000
    left = own_words(reached(about, NAMES, 6_000), NAMES, longest=6_000)
    assert 5_900 <= len(" ".join(left.split())) <= 6_000
    assert len(own_words("x" * 9_000, NAMES, longest=6_000)) == 6_000


@pytest.mark.parametrize(
    "piece", ["Lumaro ", "Lumaro. ", "Lumaro: ", "a. ", "a ", "a", "Lumaro", "Lumaro\n> a\n", " ", "\n"]
)
def test_floods_take_linear_time(piece: str) -> None:
    def read(length: int) -> None:
        own_words(reached("Lumaro. " + piece * (length // len(piece)), NAMES, 6_000), NAMES, longest=6_000)

    assert is_linear(read, 5_000_000)


@given(st.text(), st.lists(st.text(max_size=12), max_size=3), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_and_any_names_keep_their_length(text: str, shop: list[str], others: list[str]) -> None:
    assert len(own_words(text, names_of(shop, others))) == len(text)
