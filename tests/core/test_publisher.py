"""A paper and its news desk are told from people who write there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.first_names import read_first_names
from app.core.mention import Mention
from app.core.publisher import is_publisher

TABLE = Path(__file__).parents[2] / "resources" / "first_names.json"
NAMES = read_first_names(json.loads(TABLE.read_text(encoding="utf-8"))).names


def by(author: str, site: str, **more: object) -> Mention:
    return Mention("feed", "1", text="The bread was awful.", author=author, site=site, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("author", "site"),
    [
        ("Kurier Warszawski", "kurier-warszawski.pl"),
        ("Kurier Warszawski", "www.kurierwarszawski.pl"),
        ("Gazeta Wrocławska", "gazetawroclawska.pl"),
        ("Gazeta Wrocławska", "Gazeta Wrocławska"),
        ("onet.pl", "onet.pl"),
        ("Onet", "wiadomosci.onet.pl"),
        ("Głos", "glos.com.pl"),
        ("Редакция", "nasha-gazeta.ru"),
        ("Redakcja Kuriera", "kurier.pl"),
        ("BBC News Desk", "bbc.co.uk"),
        ("Newsroom", "example.co.uk"),
        ("Newsroom BBC", "bbc.com"),
        ("Od redakcji", "kurier.pl"),
        ("Zespół redakcyjny", "kurier.pl"),
        ("РИА Новости", "ria.ru"),
        ("Коммерсантъ", "www.kommersant.ru"),
        ("Лента.ру", "lenta.ru"),
        ("Новая газета", "novayagazeta.ru"),
        ("Фонтанка", "fontanka.ru"),
        ("Gazeta Wyborcza", "wyborcza.pl"),
        ("Gazeta", "gazeta.pl"),
        ("Guardian", "theguardian.com"),
        ("The Guardian", "www.theguardian.com"),
        ("WordPress", "wordpress.com"),
    ],
)
def test_the_place_itself(author: str, site: str) -> None:
    assert is_publisher(by(author, site), NAMES)


@pytest.mark.parametrize(
    ("author", "site"),
    [
        ("Anna Nowak", "kurier.pl"),
        ("Redaktor Nowak", "kurier.pl"),
        ("Kurierek", "kurier.pl"),
        ("anna", "anna.blogspot.com"),
        ("Pl", "kurier.pl"),
        ("Mastodon Fan", "mastodon.social"),
        ("Анна", "otzovik.com"),
        ("", "kurier.pl"),
        ("!!!", "kurier.pl"),
        ("Kurier", ""),
        ("com", "glos.com.pl"),
        ("Anna Nowak", "annanowak.pl"),
        ("annanowak", "annanowak.pl"),
        ("Nowak", "gazeta-nowak.pl"),
        ("kasia", "kasia.pl"),
        ("Анна", "anna.ru"),
        ("Ola (była redakcja)", "fb.com"),
        ("Marek Newsroom", "reddit.com"),
        ("Marek, Redakcja", "marek.pl"),
        ("WordPress", "anna.wordpress.com"),
        ("T", "t.me"),
        ("X", "x.com"),
        ("Gazeta", "wyborcza.pl"),
    ],
)
def test_people_are_none(author: str, site: str) -> None:
    assert not is_publisher(by(author, site), NAMES)


def test_a_review_a_letter_and_a_call_are_a_customers() -> None:
    assert not is_publisher(by("Lab", "lab.example", stars=1.0))
    assert not is_publisher(Mention("mailbox", "1", author="Lab", handle="biuro@lab.example"))
    assert not is_publisher(Mention("phone", "1", author="Lab", site="lab.example"))


@pytest.mark.parametrize(("author", "handle"), [("Kasia Nowak", "kasia@kasianowak.pl"), ("Kurier", "kurier@kurier.pl")])
def test_who_writes_with_an_account_is_counted(author: str, handle: str) -> None:
    assert not is_publisher(by(author, handle.partition("@")[2], handle=handle))
