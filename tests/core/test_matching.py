"""About us: required and excluded words and phrases, blocked authors and sites."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.blocked import author_print
from app.core.matching import Matcher, entries_of, matcher_for, wordless
from app.core.mention import Mention


class TableStemmer:
    """A stemmer of three verbs."""

    _STEMS = (
        ("polec", ("polecam", "polecacie", "polecali")),
        ("zwroc", ("zwrocili",)),
        ("работа", ("работает", "работают")),
    )

    def __init__(self) -> None:
        self.asked: list[str] = []

    def stems(self, word: str) -> frozenset[str]:
        self.asked.append(word)
        return frozenset({word, *(stem for stem, words in self._STEMS if word in words)})


def _matcher(*required: str, excluded: tuple[str, ...] = (), language: str = "") -> Matcher:
    return matcher_for(required, excluded, TableStemmer(), language=language)


def _about(matcher: Matcher, text: str, title: str = "") -> bool:
    return matcher.about_us(Mention("feed", "k", title=title, text=text))


@pytest.mark.parametrize(
    ("required", "text"),
    [
        ("zabka", "Byłem wczoraj w ŻABCE."),
        ("Żabka", "zabka znow zamknieta"),
        ("Żabka", "#żabka @zabka"),
        ("Żabka", "tylko_żabka_dziś"),
        ("Żabka", "(Żabkę)"),
        ("Пятёрочка", "в пятерочке опять очередь"),
        ("Пятёрочка", "ПЯТЁРОЧКОЙ недовольны"),
        ("piekarnia Kowalskich", "Nie polecam piekarni Kowalskich!"),
        ("piekarnia Kowalskich", "Piekarnia\nKowalskich"),
        ("piekarnia Kowalskich", "Piekarnię - „Kowalskich”"),
        ("piekarnia Kowalskich", "piekarni  KOWALSKIEGO"),
        ("Media Markt", "w MediaMarkcie"),
        ("MediaMarkt", "w Media Markcie"),
        ("ВкусВилл", "во Вкус Вилле"),
        ("M.Video|М.Видео", "Купил в М.Видео вчера"),
        ("Kowalski|Nowak", "u Nowaka"),
        ("piekarnia Kowalskich|Kowalski", "Kowalscy!"),
        ('"Żabka"', "żabka"),
        ('"Ruch" Chorzów', "kibice Ruch Chorzowa"),
        ("Lot", "Lecę LOT-em"),
        ("4F", "w sklepie 4F."),
        ("McDonald's", "w McDonaldzie"),
        ("O'Neill", "kurtka O’Neill"),
        ("Lidl", "Lidl’s parking"),
        ("polecam", "nie polecali mi"),
        ("не работает", "там уже не работают"),
    ],
)
def test_is_about_us(required: str, text: str) -> None:
    assert _about(_matcher(required), text)


@pytest.mark.parametrize(
    ("required", "text"),
    [
        ("Żabka", "To zabawka, żaba i żabi skok"),
        ("Żabka", "superżabka"),
        ("Kawa", "kawaler i kawałek"),
        ("Ruch", "rucham się, ruszę zaraz"),
        ("Mag", "Магазин magazyn"),
        ("Polecam", "polecali"),
        ('"Żabka"', "w żabce"),
        ('"Ruch"', "ruchu"),
        ("piekarnia Kowalskich", "piekarnia państwa Kowalskich"),
        ("piekarnia Kowalskich", "Kowalskich piekarnia"),
        ("piekarnia Kowalskich", "piekarnia"),
        ("piekarnia Kowalskich", "piekarnia ......... Kowalskich"),
        ("Lot", "lotu"),
        ("4F", "4F2"),
        ("Żabka", ""),
    ],
)
def test_is_not_about_us(required: str, text: str) -> None:
    matcher = _matcher(required)
    assert matcher.why_not(Mention("feed", "k", text=text)) == "required"
    assert not _about(matcher, text)


def test_commas_stand_between_entries() -> None:
    assert entries_of(" Żabka | Zabka shop,, Poznań ,") == ("Żabka | Zabka shop", "Poznań")
    assert entries_of(" , ") == ()


def test_every_entry_must_stand_in_title_or_text() -> None:
    matcher = _matcher("Żabka", "Łódź|Zgierz")
    assert _about(matcher, "kolejka w Łodzi", title="Żabka")
    assert not _about(matcher, "kolejka w Radomiu", title="Żabka")


def test_words_of_title_and_text_make_no_phrase_by_accident_of_a_word() -> None:
    assert not _about(_matcher("Żabkakolejka"), "kolejka", title="Żabka")


def test_excluded_words_are_inflected_as_well() -> None:
    matcher = _matcher("Żabka", excluded=("praca|praktyki", "zupa żółwiowa"))
    assert matcher.why_not(Mention("feed", "k", text="Szukam pracy w Żabce")) == "excluded"
    assert matcher.why_not(Mention("feed", "k", text="Żabka: zupę żółwiową proszę")) == "excluded"
    assert matcher.why_not(Mention("feed", "k", text="Żabka zamknięta")) == ""


def test_excluded_words_alone() -> None:
    matcher = _matcher(excluded=("praca",))
    assert _about(matcher, "kolejka")
    assert not _about(matcher, "praca")


def test_without_words_everything_is_about_us_and_nothing_is_read() -> None:
    matcher = _matcher("", "  ", "!?", "|")
    assert matcher.required == ()
    assert _about(matcher, "cokolwiek")


def test_in_an_english_watch_latin_names_are_not_declined_in_polish() -> None:
    assert not _about(_matcher("Bakery", language="en"), "the baker was rude")
    assert _about(_matcher("Bakery", language="en"), "two bakeries")
    assert _about(_matcher("Пятёрочка", language="en"), "в Пятёрочке")


def test_a_text_with_its_marks_apart() -> None:
    apart = unicodedata.normalize("NFD", "Nie lubię Żabki i już")
    assert _about(_matcher("Żabka"), apart)


@pytest.mark.parametrize(
    ("blocked", "mention"),
    [
        ("Jan  KOWALSKI", Mention("feed", "k", author="Jan Kowalski")),
        ("@zly@mastodon.example", Mention("mastodon", "k", author="Zły", handle="zly@mastodon.example")),
        ("x.example zly", Mention("feed", "k", author="Inny", handle="Zły", site="X.example")),
        ("x.example name:jan", Mention("feed", "k", author="Jan", site="x.example")),
    ],
)
def test_blocked_authors(blocked: str, mention: Mention) -> None:
    forgotten = f"x.example print:{author_print(blocked)}"
    for entry in (blocked, forgotten, forgotten.removeprefix("x.example ")):
        matcher = matcher_for((), (), TableStemmer(), blocked_authors=("", entry))
        assert matcher.why_not(mention) == "author"
        assert matcher.about_us(Mention("feed", "k", author="Anna", handle="anna", site="x.example"))
        assert matcher.about_us(Mention("feed", "k"))


@pytest.mark.parametrize(
    ("blocked", "mention"),
    [
        ("spam.example", Mention("feed", "k", site="spam.example")),
        ("https://www.spam.example/path", Mention("feed", "k", url="http://m.spam.example/path/1")),
        ("https://www.spam.example", Mention("feed", "k", url="http://blog.spam.example/1")),
        ("Spam.Example", Mention("feed", "k", url="https://m.spam.example/1")),
        ("Kurier Codzienny", Mention("feed", "k", site="KURIER codzienny")),
        ("Kurier", Mention("feed", "k", site="Kurier")),
    ],
)
def test_blocked_sites(blocked: str, mention: Mention) -> None:
    matcher = matcher_for((), (), TableStemmer(), blocked_sites=("", blocked))
    assert matcher.why_not(mention) == "site"
    assert matcher.about_us(Mention("feed", "k", url="https://notspam.example/1", site="notspam.example"))
    assert matcher.about_us(Mention("feed", "k"))


def test_a_matcher_remembers_a_bounded_number_of_words() -> None:
    matcher = _matcher("Żabka")
    for start in range(0, 10_000, 1000):
        assert not _about(matcher, " ".join(f"zab{number}" for number in range(start, start + 1000)))
    assert _about(matcher, "w żabce")
    (entry,) = matcher.required
    assert len(entry.phrases[0][0]._decided) <= 4096


def test_names_never_ask_the_stemmer() -> None:
    stemmer = TableStemmer()
    matcher = matcher_for(["Żabka", "Kowalski"], [], stemmer)
    assert _about(matcher, "u Kowalskiego w Żabce, zabierali")
    assert stemmer.asked == []


@given(st.text(max_size=20), st.text(st.characters(codec=None), max_size=60))
def test_no_text_is_too_strange(entry: str, text: str) -> None:
    matcher = _matcher(entry, excluded=(entry,))
    mention = Mention("feed", text, text, text, text, text, text, text)
    assert matcher.why_not(mention) in {"", "required", "excluded"}


@given(st.text("abkżŁИ 1'", min_size=1, max_size=12))
def test_what_is_typed_is_found_as_typed(entry: str) -> None:
    assert _about(_matcher(entry), f"w {entry}, tak")


@pytest.mark.parametrize(
    ("entries", "odd"),
    [(['"'], '"'), (["sanepid", "|"], "|"), (["-", "–"], "-"), (["🥐"], "🥐"), (["", " "], ""), (["a|", "7"], "")],
)
def test_an_entry_of_signs_only_is_told(entries: list[str], odd: str) -> None:
    assert wordless(entries) == odd
