"""What is kept of a blocked author whose person was forgotten."""

from __future__ import annotations

import pytest

from app.core.blocked import author_name, author_print, place_of_forgotten, without_person
from app.core.customer import Customer, Identity

ZENOBIA = Customer(
    "1",
    "Zenobia Qxowska",
    (
        Identity("Forum.example", "name:zenobia qxowska", "Zenobia Qxowska"),
        Identity("mastodon.example", "@zenq@mastodon.example", "Zenobia"),
        Identity("zenobia.blog.example", "name:zenobia qxowska", "Zenobia Qxowska"),
        Identity("zenq.example", "https://zenq.example/@zenq", "Z."),
        Identity("Kurier Codzienny", "name:zenobia qxowska", "Zenobia Qxowska"),
    ),
)


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ("forum.example name:zenobia qxowska", "forum.example"),
        ("Forum.Example  name:ZENOBIA Qxowska", "forum.example"),
        ("mastodon.example @zenq@mastodon.example", "mastodon.example"),
        ("zenobia.blog.example name:zenobia qxowska", ""),
        ("zenq.example https://zenq.example/@zenq", ""),
        ("kurier codzienny name:zenobia qxowska", "kurier codzienny"),
        ("zenobia qxowska", ""),
        ("zenq@mastodon.example", ""),
    ],
)
def test_an_entry_of_somebody_forgotten_keeps_its_place_and_a_print(entry: str, place: str) -> None:
    kept = without_person(entry, ZENOBIA)
    assert place_of_forgotten(kept) == place
    assert author_print(kept) == author_print(entry)
    assert not any(name in kept for name in ("zenobia", "qxowska", "zenq"))
    assert without_person(kept, ZENOBIA) == kept


@pytest.mark.parametrize(
    "entry",
    [
        "other.example name:zenobia qxowska",
        "forum.example name:zenobia",
        "zenobia qxowska jr",
        "Qxowska",
        "name:print",
        "guest",
        "",
        " ",
        "@",
    ],
)
def test_an_entry_of_somebody_else_stays(entry: str) -> None:
    assert without_person(entry, ZENOBIA) == entry
    assert place_of_forgotten(entry) is None


def test_a_name_that_many_share_is_nobodys() -> None:
    assert without_person("Gość", Customer("2", "gość")) == "Gość"
    assert without_person("", Customer("3", "")) == ""


def test_names_are_equal_however_they_are_written() -> None:
    assert author_name("@ Jan  KOWALSKI".replace("@ ", "@")) == "jan kowalski"
    assert author_print("Żółć") == author_print("zolc") != author_print("zol")
