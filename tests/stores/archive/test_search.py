"""Search: blind to case and diacritics, by beginnings of words, safe whatever is typed."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, said

from app.core.case import Handling
from app.core.verdict import Kind
from app.core.views import Folder
from app.stores.archive import inbox
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS
from app.stores.archive.search import excerpt_of, words_of


def found(opened: Opened, typed: str, folder: Folder = Folder.EVERYTHING) -> list[str]:
    page = opened.desk.page(folder, typed, 0, 50, NOW)
    assert page.total == len(page.rows)
    return [kept.mention.key for row in page.rows if (kept := opened.desk.mention(row.mention_id))]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("reklamac", "Moja reklamacji nikt nie czyta"),
        ("zabka", "Żabka na rogu"),
        ("ŻABKA", "w zabka obok"),
        ("плохо", "ОЧЕНЬ ПЛОХО!"),
        ("lodz", "Łódź wita"),
        ("łódź", "LODZ FABRYCZNA"),
        ("елка", "Ёлка упала"),
        ("ёлка", "елка"),
        ("мой", "МОЙ заказ"),
        (unicodedata.normalize("NFD", "мой"), "мой заказ"),
        ("мой", unicodedata.normalize("NFD", "мой заказ")),
        (unicodedata.normalize("NFD", "łódź"), unicodedata.normalize("NFD", "Łódź")),
        ("paczk wtor", "paczka miała być we wtorek"),
        ("wtor paczk", "paczka miała być we wtorek"),
        ("don't", "I don't know"),
        ("1182", "order №1182"),
        ("o", "ok"),
        ("名", "名古屋"),
    ],
)
def test_a_word_is_found_by_its_beginning(opened: Opened, typed: str, text: str) -> None:
    opened.hear(said("hit", text), said("miss", "xyz"))
    assert found(opened, typed) == ["hit"]


@pytest.mark.parametrize("typed", ["eklamacja", "reklamacja zwrot", "reklamacjami"])
def test_what_does_not_begin_so_is_not_found(opened: Opened, typed: str) -> None:
    opened.hear(said("a", "reklamacja"))
    assert found(opened, typed) == []


def test_title_and_author_count_and_words_may_be_spread(opened: Opened) -> None:
    opened.hear(said("a", "tekst", title="Tytuł", author="Żaneta"), said("b", "tekst"))
    assert found(opened, "zaneta tytul tekst") == ["a"]


@pytest.mark.parametrize(
    "typed",
    ['"', '"paczka', "paczka*", "paczka OR", "NOT paczka", "NEAR(paczka", "title:paczka", "paczka AND", "-paczka", "^paczka",
     "paczka\x00", "paczka \ud800", "(paczka)", "'paczka'; DROP TABLE mentions", "paczka 😡", "a" * 100_000, "ᦰ1ᦱ", "a᳃b", "+", "{paczka}"],
)  # fmt: skip
def test_anything_can_be_typed(opened: Opened, typed: str) -> None:
    opened.hear(said("a", "paczka or not near and title drop table mentions"))
    assert found(opened, typed) in (["a"], [])
    assert found(opened, "paczka") == ["a"]


@pytest.mark.parametrize("typed", ['"paczka', "paczka*", "(paczka)", "paczka 😡", "paczka:", "-paczka!"])
def test_signs_are_no_operators(opened: Opened, typed: str) -> None:
    opened.hear(said("a", "paczka"))
    assert found(opened, typed) == ["a"]


@pytest.mark.parametrize("typed", ["", "  ", '"', "!!", "...", "\x00", "\ud800"])
def test_without_words_the_folder_is_shown(opened: Opened, typed: str) -> None:
    opened.hear(case("a", "x"), said("b", "y"))
    assert found(opened, typed, Folder.COMPLAINTS) == ["a"]


def test_a_symbol_is_searched_for_in_texts_titles_and_names(opened: Opened) -> None:
    opened.hear(
        case("angry", "x 😡😡"), said("sad", "tak ☹️"), said("name", "y", author="😡 Ola"), said("title", "z", title="😡"),
        said("other", "paczka 😀"),
    )  # fmt: skip
    assert found(opened, " 😡 ") == ["title", "name", "angry"]
    assert found(opened, "😡", Folder.COMPLAINTS) == found(opened, "😡😡") == ["angry"]
    assert found(opened, "☹") == found(opened, "☹️") == ["sad"]
    assert found(opened, "🎂") == found(opened, "😡\ud800🎂") == []
    assert found(opened, "😀 pacz") == ["other"]


def test_a_folder_s_search_is_of_its_kind_open_or_not(opened: Opened) -> None:
    stored = opened.hear(
        case("c", "paczka"), said("loose", "paczka", kind=Kind.COMPLAINT), case("q", "paczka", kind=Kind.QUESTION),
        case("moved", "paczka"), said("n", "paczka"), said("called", "paczka"),
    )  # fmt: skip
    moved = stored.case_ids[3]
    assert moved is not None
    opened.desk.put_handling(Handling(moved, kind=Kind.QUESTION))
    opened.desk.put_handling(Handling(-stored.mention_ids[5], kind=Kind.COMPLAINT))
    assert found(opened, "pacz", Folder.COMPLAINTS) == ["called", "loose", "c"]
    assert found(opened, "pacz", Folder.QUESTIONS) == ["moved", "q"]
    assert len(found(opened, "pacz", Folder.SNOOZED)) == len(found(opened, "pacz")) == 6


def test_many_hits_are_found_alike(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "_BROAD", 0)
    test_a_folder_s_search_is_of_its_kind_open_or_not(opened)
    page = opened.desk.page(Folder.EVERYTHING, "pacz", 1, 2, NOW)
    assert (page.total, [row.mention_id for row in page.rows]) == (6, [5, 4])


def test_hits_are_newest_first(opened: Opened) -> None:
    opened.hear(
        said("old", "paczka", published=NOW - 9), said("new", "paczka"), said("older", "paczka", published=NOW - 99)
    )
    assert found(opened, "paczka") == ["new", "old", "older"]


def test_an_edit_is_found_by_its_new_words_only(opened: Opened) -> None:
    new = said("a", "żółta paczka")
    (id_,) = opened.hear(new).mention_ids
    opened.edit(id_, said("a", "zielony kurier").mention)
    assert (found(opened, "zolta"), found(opened, "kurier")) == ([], ["a"])


def test_the_index_holds_what_the_texts_hold(opened: Opened) -> None:
    opened.hear(*(said(f"k{n}", f"Łódź Ёлка мой {n}", author="Żółw") for n in range(50)))
    opened.edit(3, said("k2", "Ładnie").mention)
    opened.desk.forget(["rss name:zolw"])
    with opened.listener._connections.reading() as connection:
        connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        with pytest.raises(sqlite3.DatabaseError):
            connection.executescript(
                "INSERT INTO search (rowid, title, author, text) VALUES (1, 'stray', '', '');"
                "INSERT INTO search (search, rank) VALUES ('integrity-check', 1);"
            )


def test_words_of_a_query() -> None:
    assert words_of(" Łódź, łódź  — «Ёлка»! ") == ("lódź", "елка")
    assert len(words_of(" ".join(map(str, range(99))))) == 12


def test_an_excerpt_begins_near_the_hit() -> None:
    text = "słowo " * 60 + "Reklamacja odrzucona " + "koniec " * 60
    excerpt = excerpt_of(text, words_of("reklamac"))
    assert "Reklamacja odrzucona" in excerpt
    assert excerpt.startswith("…słowo")
    assert len(excerpt) <= 200
    assert excerpt_of(text).startswith("słowo słowo")
    assert excerpt_of("a\n\n b\t c") == "a b c"
    assert excerpt_of("x" * 500, ("y",)) == "x" * 199 + "…"
    assert len(excerpt_of("x" * 500 + " yes " + "z" * 500, ("yes",))) <= 200


def test_an_older_index_is_made_quick_to_add_to(tmp_path: Path) -> None:
    first = open_archive(tmp_path / "archive.db", tmp_path / "b", NOW, steps=STEPS[:3])
    assert isinstance(first, tuple)
    first[0].close()
    opened = Opened(tmp_path)
    opened.hear(said("b", "Druga reklamacja"))
    assert found(opened, "reklamac") == ["b"]
    with opened.listener._connections.reading() as connection:
        settings = dict(connection.execute("SELECT k, v FROM search_config"))
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    assert (settings["automerge"], settings["hashsize"]) == (8, 4_194_304)
    opened.archive.close()


@pytest.mark.parametrize(
    "typed",
    [
        "https://forum.example/t/5",
        " http://www.forum.example/t/5/ ",
        "forum.example/t/5",
        "https://m.forum.example/t/5?utm_source=mail&fbclid=x",
        "<https://FORUM.example/t/5>",
        "«https://forum.example/t/5»",
        "https://www.google.com/url?q=https://forum.example/t/5",
    ],
)
def test_a_post_is_found_by_its_address_however_that_was_copied(opened: Opened, typed: str) -> None:
    opened.hear(said("hit", "no words of it", url="https://forum.example/t/5"), said("miss", "https t 6"))
    assert found(opened, typed) == ["hit"]
    assert found(opened, typed, Folder.PRAISE) == []


def test_all_that_stands_at_an_address_is_found_and_then_what_quotes_it(opened: Opened) -> None:
    url = "https://shop.example/reviews"
    opened.hear(
        said("quote", f"Look at {url} what they write", published=NOW + 9),
        said("old", "one", url=url, published=NOW - 50, kind=Kind.PRAISE),
        said("new", "two", url=f"{url}/", published=NOW),
    )
    assert found(opened, url) == ["new", "old", "quote"]
    assert found(opened, url, Folder.PRAISE) == ["old"]
    page = opened.desk.page(Folder.EVERYTHING, url, 1, 1, NOW)
    assert (page.total, [opened.desk.mention(row.mention_id).mention.key for row in page.rows]) == (3, ["old"])


def test_an_article_of_google_news_is_found_by_its_address(opened: Opened) -> None:
    url = "https://news.google.com/rss/articles/CBMiabc?oc=5"
    opened.hear(said("a", "words", url=url))
    with opened.desk._connections.writing() as connection:
        connection.execute("UPDATE mentions SET address_print = 5")
    assert found(opened, url) == ["a"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("https://forum.example/t/9", "see https://forum.example/t/9"),
        ("piekarnia/cukiernia", "piekarnia i cukiernia"),
        ("24/7", "open 24/7"),
        ("anna@forum.example/x", "anna forum example x"),
        ("forum.example", "forum.example is down"),
        ("U.S./Canada", "u s canada"),
        ("https://forum.example/t/5 late", "https forum example t 5 late"),
        ("https://[bad/x", "https bad x"),
    ],
)
def test_what_is_no_address_of_a_post_is_looked_for_as_words(opened: Opened, typed: str, text: str) -> None:
    opened.hear(said("hit", text, url="https://forum.example/other"), said("miss", "xyz"))
    assert found(opened, typed) == ["hit"]
