"""«watch find», and «--pick» where a page has several things to listen to."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.commands import Shop

from app.cli import watch_find
from app.core.ports.source import Setting, Suggestion
from app.core.problems import Problem
from app.words import use

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
FEEDS = ("https://b.example/feed", "https://c.example/feed")
SITE = "https://shop.example"


@pytest.fixture
def site(shop: Shop) -> Shop:
    shop.page(SITE, f"see {' '.join(FEEDS)}")
    for url in FEEDS:
        shop.page(url, AWFUL)
    return shop


def names(shop: Shop) -> list[str]:
    return [row["name"] for row in shop("watch", "list", "--json").rows]


def test_what_is_found_is_listed_and_nothing_kept(site: Shop) -> None:
    said = site("watch", "find", "shop.example")
    assert said.code == 0
    assert said.out.splitlines() == [
        "  1. Page: Meant  https://b.example/feed",
        "  2. Page: Meant (c.example/feed)  https://c.example/feed",
    ]
    assert "--add" in said.err
    assert names(site) == ["A"]


def test_chosen_ones_are_kept_under_their_own_names(site: Shop) -> None:
    said = site("watch", "find", "shop.example", "--add", "2", "--json", "--no-own")
    assert (said.code, said.err) == (0, "")
    first, second = said.rows
    assert (first["number"], first["id"], second["number"]) == (1, None, 2)
    assert second["id"]
    assert (second["name"], second["own"]) == ("Meant (c.example/feed) – Page", False)
    assert names(site) == ["A", "Meant (c.example/feed) – Page"]
    again = site("watch", "find", "shop.example", "--all", "--json")
    assert [(row["settings"]["url"], row["own"]) for row in again.rows] == [(FEEDS[0], True)]
    assert len(names(site)) == 3
    said = site("watch", "find", "shop.example")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        "Page: There is a watch of this place already: «Meant – Page».",
        "Page: There is a watch of this place already: «Meant (c.example/feed) – Page».",
    ]


def test_the_numbers_of_a_list_are_said_to_change_when_one_of_it_is_kept(site: Shop) -> None:
    first = site("watch", "find", "shop.example", "--add", "1")
    assert (first.code, first.err) == (
        0,
        "The others get new numbers now: list them again before you keep more.\n",
    )
    again = site("watch", "find", "shop.example", "--add", "1")
    assert (again.code, names(site)) == (0, ["A", "Meant – Page", "Meant (c.example/feed) – Page"])
    said = site("watch", "find", "shop.example", "--add", "2")
    assert (said.code, said.out) == (1, "")
    assert "The list has no 2" not in said.err
    assert said.err.count("There is a watch of this place already") == 2


def test_nothing_found_is_said_where_nothing_is_watched_there_either(site: Shop) -> None:
    site.page("https://empty.example", "nothing to see")
    assert "Nothing found" in site("watch", "find", "empty.example").err


def test_a_name_is_one_thing_in_hand_however_many_words(site: Shop) -> None:
    (row,) = site("watch", "find", "Żabka", "--town", "Poznań", "--json").rows
    assert (row["settings"], row["required"]) == ({"url": "https://Żabka.example/feed"}, [])


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("shop.example", "--add", "1,x"), 2, "«1,x» is not a list of numbers"),
        (("shop.example", "--add", "3"), 1, "The list has no 3; its last number is 2."),
        (("shop.example", "--add", "0"), 1, "The list has no 0"),
        (("",), 2, "Write a web address"),
        (("nowhere.example",), 0, "Page: There is no host called nowhere.example"),
    ],
)
def test_what_is_wrong_is_said(site: Shop, argv: tuple[str, ...], code: int, words: str) -> None:
    site.page("https://nowhere.example", Problem("net.name_unknown", {"host": "nowhere.example"}))
    said = site("watch", "find", *argv)
    assert said.code == code
    assert words in said.err
    assert names(site) == ["A"]


def test_without_a_network_it_says_so_once_and_not_that_nothing_was_found(site: Shop) -> None:
    site.page(SITE, Problem("net.offline", {"host": "shop.example"}))
    said = site("watch", "find", "shop.example", "@kawa")
    assert said.code == 1
    assert said.err.splitlines() == ["There is no connection to the internet. Try again when it is back."]


def test_a_test_without_a_network_says_what_to_do(site: Shop) -> None:
    site.page(SITE, Problem("net.offline", {"host": "shop.example"}))
    said = site("watch", "test", "--source", "page", "--url", SITE)
    assert (said.code, said.out) == (3, "")
    assert "There is no connection to the internet" in said.err
    assert "Try again when it is back" in said.err
    assert "Nothing to do" not in said.err


def test_what_is_chosen_from_a_list_is_shown_in_the_language_of_the_program(
    site: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = site.counter.profile.source
    edition = Setting("edition", "Country and language", kind="choice", choices=("Poland (Polish)",))
    settings = {"url": FEEDS[0], "words": "account", "edition": "Poland (Polish)"}
    monkeypatch.setattr(source, "settings", (*source.settings, edition), raising=False)
    monkeypatch.setattr(source, "tidy", dict, raising=False)
    monkeypatch.setattr(source, "_meant", lambda _: [Suggestion("page", "Meant", settings)], raising=False)
    use("pl", RESOURCES / "translations")
    (shown,) = site("watch", "find", "shop.example").out.splitlines()
    assert shown.endswith("Meant  https://b.example/feed account Polska (polski)")


def test_what_is_called_like_a_watch_is_kept_under_another_name(site: Shop) -> None:
    assert site("watch", "edit", "A", "--name", "Meant – Page").code == 0
    assert site("watch", "find", "shop.example", "--all").code == 0
    assert names(site) == ["Meant – Page", "Meant (b.example/feed) – Page", "Meant (c.example/feed) – Page"]


def test_a_watch_that_is_refused_is_told_and_the_others_kept(site: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = watch_find._keep
    refused = Problem("desk.watch_same_name", {"name": "Meant – Page"})
    monkeypatch.setattr(watch_find, "_keep", lambda desk, found: refused if found.rank[2] == 0 else keep(desk, found))
    said = site("watch", "find", "shop.example", "--all")
    assert said.code == 1
    assert "Meant – Page" in said.err
    assert names(site) == ["A", "Meant (c.example/feed) – Page"]


def test_choices_are_listed_and_one_is_picked(site: Shop) -> None:
    tried = site("watch", "test", "--source", "page", "--url", SITE)
    assert tried.code == 0
    assert "  1. 3 × https://b.example/feed\n       First\n       Second\n  2. 3 × https://c.example/feed" in tried.err
    picked = site("watch", "test", "--source", "page", "--url", SITE, "--pick", "2", "--json")
    assert (picked.code, len(picked.rows)) == (0, 1)
    added = site("watch", "add", "--source", "page", "--url", SITE, "--pick", "2", "--json")
    assert added.rows[0]["settings"] == {"url": FEEDS[1]}
    first = site("watch", "add", "--source", "page", "--url", SITE, "--pick", "1", "--name", "First", "--json")
    assert first.rows[0]["settings"] == {"url": FEEDS[0]}


def test_without_a_pick_the_first_is_taken_and_the_others_named(site: Shop) -> None:
    added = site("watch", "add", "--source", "page", "--url", SITE, "--json")
    assert added.rows[0]["settings"] == {"url": FEEDS[0]}
    assert FEEDS[1] in added.err


@pytest.mark.parametrize("act", ["add", "test"])
def test_a_pick_that_is_not_there(site: Shop, act: str) -> None:
    said = site("watch", act, "--source", "page", "--url", SITE, "--pick", "7")
    assert said.code == 1
    assert "The list has no 7" in said.err
    assert names(site) == ["A"]


@pytest.mark.parametrize("act", ["add", "test"])
def test_a_pick_where_nothing_is_to_be_picked(shop: Shop, act: str) -> None:
    shop.page(SITE, "1; Anna; kawa")
    said = shop("watch", act, "--source", "page", "--url", SITE, "--pick", "1")
    assert (said.code, "There is nothing to choose from" in said.err) == (1, True)
    shop.page(SITE, Problem("net.timeout", {"host": "shop.example"}))
    said = shop("watch", act, "--source", "page", "--url", SITE, "--pick", "1")
    assert (said.code, "There is nothing to choose from" in said.err) == (1 if act == "add" else 3, False)
    assert "shop.example" in said.err, "what is wrong there"
    assert names(shop) == ["A"], "nobody knows yet what was picked"


def test_what_its_refusal_advises_for_the_own_network_is_an_option(shop: Shop) -> None:
    shop.page(SITE, Problem("net.private_address", {"host": "shop.example"}))
    said = shop("watch", "find", "shop.example")
    assert "--allow-private" in said.err
    asked = len(shop.counter.profile.web.private)
    shop("watch", "find", "shop.example", "--allow-private")
    assert shop.counter.profile.web.private[asked:] == [False, True]
