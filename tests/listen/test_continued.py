"""What is edited at its end and has a new id since is one mention; what only looks like it is another."""

from __future__ import annotations

import pytest
from fakes.profile import Profile
from listen.test_same_or_another import COLD, FINE, feeds, item

from app.core.verdict import Kind

__all__ = ["feeds"]

MORE = f"{COLD} EDIT: nobody has called back."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("g1", "g2"),
        ("https://shop.example/?c=1&r=1", "https://shop.example/?c=1&r=2"),
        ("tag:shop,1", "tag:shop,2"),
        ("", ""),
    ],
)
def test_words_added_under_a_new_id_are_an_edit(feeds, old: str, new: str) -> None:  # type: ignore[no-untyped-def]
    feeds.poll(item(COLD, "Ola", "/post", old))
    for _ in range(3):
        feeds.poll(item(MORE, "Ola", "/post", new))
    (one,) = feeds.heard()
    assert one.mention.text == MORE
    assert [was.text for was in one.earlier] == [COLD]
    assert feeds.rung == [one.id]
    feeds.poll(item(f"{MORE} EDIT 2: still nobody.", "Ola", "/post", new and f"{new}3"))
    assert len(feeds.heard()) == 1


def test_praise_that_is_edited_into_a_complaint_under_a_new_id_rings(feeds, profile: Profile) -> None:  # type: ignore[no-untyped-def]
    feeds.poll(item(FINE, "Ola", "/post", "g1"))
    assert feeds.rung == []
    feeds.poll(item(f"{FINE} EDIT: today it was awful again.", "Ola", "/post", "g2"))
    (one,) = feeds.heard()
    assert one.verdict.kind is Kind.COMPLAINT
    assert feeds.rung == [one.id]


@pytest.mark.parametrize(
    "second",
    [
        item(MORE, "Ewa", "/post", "g2"),  # who quotes another
        item(MORE, "", "/post", "g2"),
        item(MORE, "Ola", "/post", "g2", ago=60),  # who writes on later
        item(MORE, "Ola", "/other", "g2"),
        item(MORE, "Ola", "/post", "g2", title="Next visit"),
        item(f"{COLD[:-1]}green roads", "Ola", "/post", "g2"),  # the last word is another
        item(f"Hello. {MORE}", "Ola", "/post", "g2"),
    ],
)
def test_what_only_looks_like_it_is_another_mention(feeds, second: str) -> None:  # type: ignore[no-untyped-def]
    feeds.poll(item(COLD, "Ola", "/post", "g1"))
    feeds.poll(second)
    assert len(feeds.heard()) == 2
    assert len(feeds.rung) == 2 or "Ewa" not in second


def test_short_words_with_more_behind_them_are_another_mention(feeds) -> None:  # type: ignore[no-untyped-def]
    feeds.poll(item("Awful, never again, order 1", "Ola", "/post", "g1"))
    feeds.poll(item("Awful, never again, order 1 and 2", "Ola", "/post", "g2"))
    assert len(feeds.heard()) == 2


def test_two_that_are_read_together_are_two(feeds) -> None:  # type: ignore[no-untyped-def]
    feeds.poll(item(COLD, "Ola", "/post", "g1"))
    feeds.poll(item(MORE, "Ola", "/post", "g2"), item(COLD, "Ola", "/post", "g1"))
    feeds.poll(item(COLD, "Ola", "/post", "g1"), item(MORE, "Ola", "/post", "g2"))
    assert sorted(one.mention.text for one in feeds.heard()) == [COLD, MORE]
    assert all(one.earlier == () for one in feeds.heard())


def test_of_two_that_go_on_with_the_same_words_one_is_another(feeds) -> None:  # type: ignore[no-untyped-def]
    feeds.poll(item(COLD, "Ola", "/post", "g1"))
    feeds.poll(item(MORE, "Ola", "/post", "g2"), item(f"{COLD} And the soup was salty.", "Ola", "/post", "g3"))
    assert len(feeds.heard()) == 2


def test_what_was_cut_and_says_so_is_made_whole_without_an_edit(feeds) -> None:  # type: ignore[no-untyped-def]
    feeds.poll(item(f"{COLD} And…", "Ola", "/post", "g1"))
    feeds.poll(item(f"{COLD} And the soup was salty.", "Ola", "/post", "g2"))
    (one,) = feeds.heard()
    assert (one.edited_at, one.earlier) == (None, ())
