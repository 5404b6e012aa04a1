"""What the owner pastes, told apart: a link alone, a link beside words, words."""

from __future__ import annotations

import pytest

from app.core.by_hand import Entry, is_said_in_private, link_beside, link_of, mention_of, tidy_handle
from app.core.mention import Mention

LINK = "https://forum.example/t/7"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"The bread was awful {LINK}", "The bread was awful"),
        (f"{LINK} The bread was awful", "The bread was awful"),
        (f"The bread was awful\n{LINK}\n", "The bread was awful"),
        (f"{LINK}\n\nThe bread was awful\n", "The bread was awful"),
        (f"Awful bread.\n{LINK}\nNever again.", "Awful bread.\nNever again."),
        (f"Awful bread.\n\n{LINK}\n\nNever again.", "Awful bread.\n\nNever again."),
        (f"They write on {LINK} that it is awful", "They write on that it is awful"),
        (f"See {LINK}.", "See."),
        (f"See ({LINK}), it is awful", "See, it is awful"),
        (f"Zobacz „{LINK}”: okropne", "Zobacz: okropne"),
        (f"{LINK} 👍", "👍"),
        (f" {LINK}. ", ""),
    ],
)
def test_the_one_link_of_a_text_is_parted_from_its_words(text: str, words: str) -> None:
    assert link_beside(text) == (LINK, words)


@pytest.mark.parametrize(
    "text",
    ["", "no link at all", f"{LINK} or https://other.example/1", "https://localhost/x is no address of anybody"],
)
def test_a_text_without_just_one_link_stays_whole(text: str) -> None:
    assert link_beside(text) == ("", text)


def test_brackets_of_an_address_stay_in_it() -> None:
    link = "https://wiki.example/Bread_(food)"
    assert link_beside(f"Read {link}, please") == (link, "Read, please")


def test_only_a_link_alone_is_a_link() -> None:
    assert link_of(f" {LINK}\n") == LINK
    assert link_of(f"See {LINK}") == ""


@pytest.mark.parametrize(
    ("mention", "private"),
    [
        (Mention("phone", "1", text="Awful"), True),
        (Mention("visit", "1", text="Awful"), True),
        (Mention("letter", "1", text="Awful"), True),
        (Mention("mailbox", "1", text="Awful", handle="anna@poczta.example"), True),
        (Mention("mailbox", "1", text="Awful", site="google.com", stars=1.0), False),
        (Mention("by_hand", "1", LINK, text="Awful"), False),
        (Mention("feed", "1", LINK, text="Awful"), False),
    ],
)
def test_what_only_the_shop_heard_was_said_in_private(mention: Mention, private: bool) -> None:
    assert is_said_in_private(mention) is private


def test_a_link_is_kept_without_the_user_name_that_hides_its_host() -> None:
    assert mention_of(Entry("1", url="http://allegro.pl@evil.example/1")).url == "http://evil.example/1"
    assert mention_of(Entry("1", url="https://mastodon.example/@anna/2")).url == "https://mastodon.example/@anna/2"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+48 600-100-200", "+48600100200"),
        ("0048 600 100 200", "+48600100200"),
        ("(22) 123 45 67", "221234567"),
        ("+(48) 22 123 45 67", "+48221234567"),
        ("(new) anna", "(new) anna"),
        ("(22", "(22"),
        ("600 100 200", "600100200"),
        ("022 123 45 67", "0221234567"),
        (" @anna  k ", "@anna k"),
        ("anna@kawa.example", "anna@kawa.example"),
    ],
)
def test_a_phone_number_is_the_same_however_it_is_typed(typed: str, kept: str) -> None:
    assert tidy_handle(typed) == kept
