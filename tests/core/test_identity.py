"""Known already? By key, by address, by text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.identity import (
    Archived,
    Prints,
    fingerprint,
    is_another,
    is_cut,
    is_somebody_else,
    is_the_same_there,
    other_key,
    prints_of,
)
from app.core.mention import Mention

LONG = "Paczka miała być we wtorek, a infolinia milczy. Nikt nie odpisuje."
MENTION = Mention("feed", "tag:shop.example,2026:7", "https://shop.example/7", "Paczka", LONG, site="shop.example")


def test_a_fingerprint_fits_a_signed_64_bit_column() -> None:
    prints = [fingerprint(str(number)) for number in range(500)]
    assert len(set(prints)) == 500
    assert all(-(2**63) <= each < 2**63 and each for each in prints)
    assert any(each < 0 for each in prints)
    assert fingerprint("") == 0


@given(st.text(st.characters(codec=None)))
def test_any_text_has_a_print(text: str) -> None:
    prints = prints_of(Mention("feed", text, text, text, text, site=text))
    assert isinstance(prints, Prints)
    assert fingerprint(text) == fingerprint(text)


def test_lone_surrogates_are_told_apart() -> None:
    assert fingerprint("a\ud800") != fingerprint("a\ud801")


def test_an_address_that_changes_its_dress_is_the_same() -> None:
    again = replace(MENTION, url="http://www.shop.example/7/?utm_source=rss")
    assert prints_of(again).address == prints_of(MENTION).address


def test_a_key_that_is_an_address_may_change_its_dress_but_not_its_fragment() -> None:
    one = prints_of(replace(MENTION, key="https://shop.example/7#first")).key
    assert one == prints_of(replace(MENTION, key="http://shop.example/7/?fbclid=1#first")).key
    assert one != prints_of(replace(MENTION, key="https://shop.example/7#second")).key


def test_a_key_counts_within_its_source() -> None:
    assert prints_of(replace(MENTION, source="mastodon")).key != prints_of(MENTION).key
    assert prints_of(Mention(MENTION.source, MENTION.key)).key == prints_of(MENTION).key


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", LONG),
        ("Paczka miała być…", LONG),
        ("PACZKA MIAŁA", LONG.replace(",", " –").upper()),
        ("", LONG.replace("ł", "l") + " 🙂"),
        (LONG, ""),
        (LONG, LONG),
    ],
)
def test_the_same_words_are_the_same_text(title: str, text: str) -> None:
    assert prints_of(replace(MENTION, title=title, text=text)).text == prints_of(replace(MENTION, title="")).text


def test_an_edit_shows() -> None:
    assert prints_of(replace(MENTION, text=LONG + " Edit: przyszła.")).text != prints_of(MENTION).text
    assert prints_of(replace(MENTION, title="Inny tytuł")).text != prints_of(MENTION).text


@pytest.mark.parametrize("text", ["", "Super!", "Polecam, bardzo miło", "🙂" * 40])
def test_a_short_text_has_no_print(text: str) -> None:
    assert prints_of(replace(MENTION, title="", text=text)).text == 0


def test_a_mention_without_an_address_has_no_address_print() -> None:
    assert prints_of(replace(MENTION, url="")).address == 0


def _article(number: int, title: str = "Najgorsza obsługa w mieście - Gazeta", site: str = "Gazeta") -> Mention:
    link = f"https://news.google.com/rss/articles/CBMi{number}?oc=5"
    return Mention("feed", link, link, title, f"{title} {number} related", site=site)


def test_an_article_of_google_news_is_its_headline_and_publisher() -> None:
    assert prints_of(_article(1)) == prints_of(_article(2))
    assert prints_of(_article(1)).key != prints_of(_article(1, site="Kurier")).key
    assert prints_of(_article(1)).key != prints_of(_article(1, title="Inny nagłówek - Gazeta")).key
    assert prints_of(_article(1)).text == prints_of(_article(1, "Najgorsza obsługa w mieście - Kurier", "Kurier")).text
    assert 0 not in vars_of(prints_of(_article(1)))


def vars_of(prints: Prints) -> tuple[int, int, int]:
    return prints.key, prints.address, prints.text


ADAM = Mention("feed", "shop.example 1", "https://shop.example/o/1", "", LONG, "Adam", site="shop.example")
HAIR = "W zupie był włos, a nikt nawet nie przeprosił. Okropne miejsce."


def standing(mention: Mention) -> Archived:
    print_ = prints_of(mention).text
    return Archived(1, mention.author, mention.handle, mention.url, mention.title, mention.text, print_)


@pytest.mark.parametrize(
    ("changed", "another"),
    [
        ({"text": HAIR}, False),
        ({"text": HAIR, "author": "Beata"}, True),
        ({"text": HAIR, "author": ""}, False),
        ({"text": HAIR, "author": " ADAM"}, False),
        ({"text": HAIR, "author": "Adam, Beata"}, False),
        ({"text": HAIR, "author": "Beata & Celina"}, True),
        ({"author": "Beata"}, False),
        ({"text": HAIR, "url": "https://shop.example/o/2"}, True),
        ({"text": HAIR, "url": "http://www.shop.example/o/1/?utm_source=x"}, False),
        ({"text": HAIR, "url": "https://bistro.example/o/1"}, False),
        ({"text": HAIR, "url": ""}, False),
        ({"url": "https://shop.example/o/2"}, False),
        ({"key": "4711", "text": HAIR, "author": "Beata"}, False),
    ],
)
def test_who_stands_under_a_key(changed: dict[str, str], another: bool) -> None:
    mention = replace(ADAM, **changed)
    assert is_another(mention, prints_of(mention), standing(replace(ADAM, key=mention.key))) is another


def test_an_account_tells_people_apart_before_their_names_do() -> None:
    anna = replace(ADAM, author="Anna", handle="https://forum.example/@anna")
    assert not is_somebody_else(anna, "Anna K.", "http://forum.example/@Anna/")
    assert not is_somebody_else(anna, "Anna", "@another")
    assert is_somebody_else(anna, "", "@another")
    assert is_somebody_else(anna, "Beata", "")


def test_another_under_the_same_key_has_a_print_that_stays() -> None:
    beata = replace(ADAM, author="Beata", key=ADAM.url)
    again = replace(beata, author="beata ", text=HAIR, url=f"{ADAM.url}/?fbclid=7", key=f"{ADAM.url}?utm_source=x")
    assert other_key(beata) == other_key(replace(again, key=again.url))
    assert len({other_key(beata), other_key(replace(ADAM, key=ADAM.url)), prints_of(beata).key}) == 3


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"author": "Ola", "title": ""}, True),
        ({"title": "Kawa"}, False),
        ({"author": "Ela"}, False),
        ({"author": ""}, False),
        ({"text": "Ciepła."}, False),
        ({"text": LONG}, False),
    ],
)
def test_few_words_at_one_address_need_the_same_author_and_title(changed: dict[str, str], same: bool) -> None:
    ola = replace(ADAM, author="Ola", text="Zimna.")
    mention = replace(ola, key="shop.example t1", **changed)
    assert is_the_same_there(mention, prints_of(mention), standing(ola)) is same


def test_nobodys_few_words_are_the_same_only_of_the_same_moment() -> None:
    nobody = replace(ADAM, author="", text="Dno!", published=5.0)
    there = replace(standing(nobody), published=5.0)
    assert is_the_same_there(nobody, prints_of(nobody), there)
    assert not is_the_same_there(nobody, prints_of(nobody), replace(there, published=6.0))
    assert is_the_same_there(nobody, prints_of(nobody), replace(there, published=None))


def test_a_title_that_names_the_author_is_a_label() -> None:
    one = replace(ADAM, title="Komentarz do Torty, autor: Adam")
    assert prints_of(one).text == prints_of(replace(one, title="Autor: Adam")).text == prints_of(ADAM).text
    assert prints_of(replace(one, title="Adamski nie poleca")).text != prints_of(ADAM).text
    short = replace(one, text="Zimna kawa.")
    assert prints_of(short).text != prints_of(replace(short, text="Zimna kasza.")).text


@pytest.mark.parametrize("end", ["…", "...", " […]", " [...] ", " [ … ]"])
def test_a_beginning_says_that_it_goes_on(end: str) -> None:
    assert is_cut(LONG[:40] + end, LONG)
    assert not is_cut(LONG[:40], LONG)
    assert not is_cut(LONG[:10] + end, LONG)
    assert not is_cut(HAIR[:40] + end, LONG)


@pytest.mark.parametrize(
    ("letters", "author", "same"),
    [(60, "Ola", True), (59, "Ola", False), (59, "", True), (20, "", True), (19, "", False)],
)
def test_many_words_under_another_title_need_no_author(letters: int, author: str, same: bool) -> None:
    """One place names who wrote, another reading of it does not; the title is that of the page."""
    words = ("Kawa zimna, obsluga niemila, nikt nie przeprosil, wiecej tam nie pojde z nikim " * 2).split()
    text = _of_letters(" ".join(words), letters)
    there = replace(ADAM, author="", title="Kawa i ciasto", text=text, published=5.0)
    mention = replace(there, key="tag:shop.example,2026:9", author=author, title="Opinie o Kawa i ciasto")
    assert is_the_same_there(mention, prints_of(mention), standing(there)) is same


def _of_letters(text: str, number: int) -> str:
    """Return the beginning of a text with so many letters."""
    return next(text[:end] for end in range(len(text)) if sum(map(str.isalpha, text[:end])) == number)


@pytest.mark.parametrize(
    ("key", "text", "author", "another"),
    [
        (ADAM.url, "Super!", "Beata", True),
        ("hash:0a1b2c", "Super!", "Beata", True),
        ("tag:shop.example,2026:7", "Super!", "Beata", False),
        ("shop.example 1", "Super!", "Beata", False),
        (ADAM.url, "Super!", "Adam", False),
        (ADAM.url, "Super!", "", False),
        (ADAM.url, LONG, "Beata", False),
        ("hash:0a1b2c", LONG, "Beata", False),
    ],
)
def test_the_same_few_words_of_another_are_another_one_only_under_a_key_that_is_no_id(
    key: str, text: str, author: str, another: bool
) -> None:
    there = replace(ADAM, key=key, text=text)
    mention = replace(there, author=author)
    prints = replace(prints_of(mention), key=7)  # what stands at its address has a print of its own
    assert is_another(mention, prints, standing(there)) is another


@pytest.mark.parametrize(("text", "same"), [(LONG, True), (HAIR, False), ("Zimna.", False)])
def test_the_same_many_words_of_somebody_else_at_one_address_are_the_same_thing(text: str, same: bool) -> None:
    """A feed names the editor where another one names who wrote; few words, or others, are another person's."""
    mention = replace(ADAM, key="tag:shop.example,2026:9", author="Redakcja", text=text)
    there = replace(ADAM, text="Zimna." if text == "Zimna." else LONG)
    assert is_the_same_there(mention, prints_of(mention), standing(there)) is same
