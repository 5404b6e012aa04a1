"""What the owner pastes, told apart: a link alone, a link beside words, words."""

from __future__ import annotations

import pytest

from app.core.by_hand import is_said_in_private, link_beside, link_of
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
