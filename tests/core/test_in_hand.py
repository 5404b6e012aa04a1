"""What an owner types to have places found, told apart."""

from __future__ import annotations

import pytest

from app.core.in_hand import in_hand


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("kawaraj.pl", "https://kawaraj.pl"),
        (" http://kawaraj.pl/blog ", "http://kawaraj.pl/blog"),
        ("www.kawaraj.pl/blog?a=1", "https://www.kawaraj.pl/blog?a=1"),
        ("feed://kawaraj.pl/rss", "https://kawaraj.pl/rss"),
        ("kawiarnia-łódź.pl", "https://kawiarnia-łódź.pl"),
        ("192.168.1.5:8080/feed", "https://192.168.1.5:8080/feed"),
        ("localhost:8000", "https://localhost:8000"),
        ("\ufeffkawaraj.pl/own.xml\u200b", "https://kawaraj.pl/own.xml"),
        ("https://kawa\u00adraj.pl/\u2060blog\u200f", "https://kawaraj.pl/blog"),
    ],
)
def test_addresses(typed: str, url: str) -> None:
    (hand,) = in_hand([typed])
    assert (hand.url, hand.handle, hand.name) == (url, "", "")


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("@kawaraj", "kawaraj"),
        ("@kawaraj@mastodon.social", "kawaraj@mastodon.social"),
        ("kawaraj@mastodon.social", "kawaraj@mastodon.social"),
        ("@kawaraj.bsky.social", "kawaraj.bsky.social"),
        ("\u200e@kawaraj\u200b@mastodon.social\u200b", "kawaraj@mastodon.social"),
    ],
)
def test_handles(typed: str, handle: str) -> None:
    (hand,) = in_hand([typed])
    assert (hand.url, hand.handle, hand.name) == ("", handle, "")


@pytest.mark.parametrize(
    ("typed", "town", "name", "where"),
    [
        ("„Kawa  Raj”", "", "Kawa Raj", ""),
        ("Kawa Raj, Poznań", "", "Kawa Raj", "Poznań"),
        ("Kawa Raj Poznań", "poznan", "Kawa Raj", "poznan"),
        ("Kowalski, Nowak i spółka", "Łódź", "Kowalski, Nowak i spółka", "Łódź"),
        ("Poznań", "Poznań", "Poznań", "Poznań"),
        ("#kawaraj", "", "kawaraj", ""),
        ("Dr. Oetker", "", "Dr. Oetker", ""),
        ("Kawa Raj 🥐", "Poznań", "Kawa Raj", "Poznań"),
        ("Kawa Raj, sp. z o.o.", "", "Kawa Raj", ""),
        ("Kawa Raj, sp. z o.o., Poznań", "", "Kawa Raj", "Poznań"),
        ("PPHU „Kawa Raj” Anna Nowak, Poznań", "", "Kawa Raj", "Poznań"),
        ("ООО «Ромашка», Казань", "", "Ромашка", "Казань"),
    ],
)
def test_names_and_towns(typed: str, town: str, name: str, where: str) -> None:
    (hand,) = in_hand([typed], town=town)
    assert (hand.name, hand.town, hand.url, hand.handle) == (name, where, "", "")


def test_each_thing_in_hand_is_one_part_and_all_know_the_name() -> None:
    hands = in_hand(["Kawa", "kawaraj.pl", "@kawaraj", "Raj", "kawaraj.pl"], town="Poznań", language="pl")
    assert [(one.name, one.url, one.handle) for one in hands] == [
        ("Kawa Raj", "", ""),
        ("Kawa Raj", "https://kawaraj.pl", ""),
        ("Kawa Raj", "", "kawaraj"),
    ]
    assert {(one.town, one.language) for one in hands} == {("Poznań", "pl")}


@pytest.mark.parametrize(
    ("typed", "name", "town", "others"),
    [
        ("kawaraj.pl @x@mastodon.social", "", "", ["https://kawaraj.pl", "x@mastodon.social"]),
        ("kawaraj.pl,@kawaraj", "", "", ["https://kawaraj.pl", "kawaraj"]),
        ("https://kawaraj.pl/a,b; www.raj.example", "", "", ["https://kawaraj.pl/a,b", "https://www.raj.example"]),
        ("Kawa Raj, Poznań, kawaraj.pl", "Kawa Raj", "Poznań", ["https://kawaraj.pl"]),
        ("Kawa Raj @kawaraj", "Kawa Raj", "", ["kawaraj"]),
        ("Kawa, kawaraj.pl, Poznań", "Kawa", "Poznań", ["https://kawaraj.pl"]),
        ("Dr.Max apteka, Poznań", "Dr.Max apteka", "Poznań", []),
        ("E.Leclerc Poznań", "E.Leclerc Poznań", "", []),
        ("Coffee @ Home", "Coffee @ Home", "", []),
    ],
)
def test_several_things_in_one_field_are_taken_apart(typed: str, name: str, town: str, others: list[str]) -> None:
    hands = in_hand([typed])
    assert {(one.name, one.town) for one in hands} == {(name, town)}
    assert [one.url or one.handle for one in hands if one.url or one.handle] == others


def test_letters_tell_the_language_before_the_owner_does() -> None:
    assert [in_hand([name], language="en")[0].language for name in ("Żabka", "Ромашка", "Lidl")] == ["pl", "ru", "en"]


@pytest.mark.parametrize("typed", ["", "  ", "@", "https://[::1", "https://", "https://a.example:99999/", ",", '"\'"'])
def test_nothing_in_hand(typed: str) -> None:
    assert [hand for hand in in_hand([typed]) if hand.url or hand.handle] == []


def test_no_text_is_too_odd() -> None:
    for typed in ("\ud800", "\x00", "a" * 10_000, "@" * 500, "a." * 2_000, "🥐 Rogal", "a\nb"):
        in_hand([typed, typed])
    assert len(in_hand([f"a{n}.example" for n in range(500)])) <= 12
    assert len(in_hand([" ".join(f"a{n}.pl" for n in range(500))])) <= 12
