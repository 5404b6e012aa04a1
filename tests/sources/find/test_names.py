"""A shop's name in hand: its cases, whether it is a common word, and the searches made of it."""

from __future__ import annotations

import pytest
from sources.find.looking import SOURCES, hand_of, look

from app.core.matching import matcher_for
from app.core.mention import Mention
from app.listen.stems import SnowballStemmer
from app.sources.find.forms import forms
from app.sources.find.news import LONGEST, MOST_WORDS
from app.sources.find.shop_words import COMPLAINT_WORDS, is_common
from app.sources.searches.words import edition_of


@pytest.mark.parametrize(
    ("name", "language", "some"),
    [
        ("Żabka", "pl", ("Żabki", "Żabce", "Żabkę", "Żabką")),
        ("Piekarnia Rynek", "pl", ("Piekarni Rynku", "Piekarnię Rynek", "Piekarnia Rynkiem")),
        ("Stara Szkoła", "pl", ("Starej Szkoły", "Starej Szkole")),
        ("KawaRaj", "pl", ("KawaRaju", "KawaRajem")),
        ("Piekarnia pod Orłem", "pl", ("Piekarni pod Orłem",)),
        ("Kraków", "pl", ("Krakowa", "Krakowie")),
        ("Ромашка", "ru", ("Ромашки", "Ромашке", "Ромашкой")),
        ("Булочная Огонёк", "ru", ("Булочной Огонька",)),
        ("Пекарня у моря", "", ("Пекарни у моря",)),
        ("Joe's Bakery", "en", ()),
        ("Kwiaciarnia", "en", ()),
        ("ABC", "pl", ()),
        ("Kawa Raj", "pl", ("Kawy Raju", "Kawie Raju", "Kawą Rajem", "Kawa Raju")),
        ("KAWA RAJ", "pl", ("Kawy Raju",)),
        ("Złoty Lew", "pl", ("Złotego Lwa", "Złotym Lwem")),
        ("Miś", "pl", ("Misia",)),
        ("Dąb", "pl", ("Dębu", "Dębie", "Dębem")),
        ("Кафе Рай", "ru", ("Кафе Рая", "Кафе Раю", "Кафе Раем")),
        ("Лев", "ru", ("Льва", "Львом")),
    ],
)
def test_cases_of_a_name(name: str, language: str, some: tuple[str, ...]) -> None:
    made = forms(name, language)
    assert made[0] == name
    assert set(some) <= set(made[1:])
    assert len(made) <= 6
    assert bool(some) or made == (name,)
    about = matcher_for([name], [], SnowballStemmer(), language=language)
    assert all(about.about_us(Mention("feed", "k", text=f"w {form} dzisiaj")) for form in made)


@pytest.mark.parametrize(
    ("typed", "name", "form"),
    [
        ("Kawa Raj 🥐", "Kawa Raj", "Kawy Raju"),
        ("Kawa Raj sp. z o.o.", "Kawa Raj", "Kawy Raju"),
        ("ООО «Ромашка»", "Ромашка", "Ромашки"),
    ],
)
def test_searches_are_for_the_name_that_people_write(typed: str, name: str, form: str) -> None:
    assert forms(typed, "ru" if name == "Ромашка" else "pl")[:2] == (name, form)
    for one in look("bing_news", hand_of(typed, town="Poznań"), {})[0]:
        assert one.required[0] == name
        assert f'"{name}" OR "{form}"' in one.settings["words"]
    (tag,) = look("mastodon", hand_of("PPHU „Zalando” sp. z o.o. 🥐", town="Poznań"), {})[0]
    assert tag.settings["name"] == "Zalando"


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("Piekarnia Rynek", True),
        ("Kwiaciarnia u Ani", True),
        ("Żabka", False),
        ("Кафе «Ромашка»", True),
        ("Зелёный Слон", False),
        ("The Corner Shop", True),
        ("Zalando", False),
        ("", True),
    ],
)
def test_common_words(name: str, common: bool) -> None:
    assert is_common(name) is common


def test_searches_for_a_common_name_go_with_its_town() -> None:
    (plain, complaints), asked = look("bing_news", hand_of("Piekarnia Rynek, Poznań"), {})
    assert asked == []
    assert plain.required == complaints.required == ("Piekarnia Rynek", "Poznań")
    assert plain.settings["edition"] == "Poland (Polish)"
    assert plain.settings["words"].startswith('("Piekarnia Rynek" OR "Piekarni Rynku" OR')
    assert plain.settings["words"].endswith("(Poznań OR Poznania OR Poznaniu)")
    assert '(reklamacja OR oszuści OR oszustwo OR "nie polecam"' in complaints.settings["words"]
    assert complaints.name == "Piekarnia Rynek Poznań: reklamacja, oszuści…"


def test_a_name_of_its_own_needs_no_town_and_headlines_need_not_hold_it() -> None:
    (plain, complaints), _ = look("google_news", hand_of("Зелёный Слон", town="Казань", language="pl"), {})
    assert plain.required == complaints.required == ()
    assert plain.settings["edition"] == "Russia (Russian)"
    assert "Казан" not in plain.settings["words"]
    assert '"Зелёный Слон" OR "Зелёного Слона"' in plain.settings["words"]
    assert "жалоба OR обман OR" in complaints.settings["words"]


@pytest.mark.parametrize("name", ["Kawa", "Bardzo Długa Nazwa Sklepu Internetowego Z Kawą", "Sklep " * 15])
@pytest.mark.parametrize("language", list(COMPLAINT_WORDS))
def test_searches_stay_within_what_places_take(name: str, language: str) -> None:
    for source_id in ("google_news", "bing_news"):
        source = SOURCES.get(source_id)
        for one in look(source_id, hand_of(f"{name}, Bydgoszcz", language=language), {})[0]:
            words = one.settings["words"]
            assert source.check(one.settings) is None
            assert len(words) <= LONGEST
            telling = [word for word in words.split() if word != "OR"]
            assert len(telling) <= MOST_WORDS


def test_a_language_without_an_edition_is_searched_in_the_usual_one() -> None:
    for source_id in ("google_news", "bing_news"):
        for one in look(source_id, hand_of("Bäckerei Müller", language="xx"), {})[0]:
            source = SOURCES.get(source_id)
            assert source
            assert source.check(one.settings) is None
            assert edition_of(one.settings["edition"], "xx", one.settings["words"]).country == "US"


def test_there_is_no_search_for_what_is_no_name() -> None:
    for typed in ("kawaraj.pl", "@kawaraj", "x" * 300):
        assert look("google_news", hand_of(typed, name="Kawa"), {}) == ((), [])
