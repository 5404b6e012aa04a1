"""Climbing from an answer to the beginning of its thread, through what is asked about and what is stored."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from stores.archive.hearing import Opened, case, marks, said

from app.core.ports.archive import NewMention
from app.stores.archive.fields import key_print
from app.stores.archive.known import known
from app.stores.archive.threads import STEPS


def row(first: int, last: int, **fields: object) -> list[NewMention]:
    """Return answers, each to the one before, as an earlier version stored them: without the print of their thread."""
    return [said(f"k{n}", parent=f"k{n - 1}" if n else "", **fields) for n in range(first, last)]


def threads(opened: Opened, *new: NewMention) -> list[int]:
    return [known.thread for known in opened.listener.known(*marks(*new))]


ROOT = key_print("rss", "k0")


@pytest.mark.parametrize("stored", [0, 1, 4, 8])
def test_every_answer_is_of_the_thread_that_it_leads_up_to(opened: Opened, stored: int) -> None:
    opened.hear(*row(0, stored))
    assert threads(opened, *row(stored, 9)) == [ROOT if n else 0 for n in range(stored, 9)]
    assert threads(opened, *row(stored, 9)[::-1]) == [ROOT if n else 0 for n in range(stored, 9)][::-1]


def test_a_key_of_the_thread_counts_for_all_below(opened: Opened) -> None:
    opened.hear(said("k0", thread="t"))
    assert set(threads(opened, *row(1, 5))) == {key_print("rss", "t")}
    assert threads(opened, said("x", parent="k0", thread="u")) == [key_print("rss", "u")]
    assert threads(opened, said("x", parent="gone", thread="k0")) == [key_print("rss", "t")]


def test_the_newest_case_is_shared_by_those_alone_for_whom_the_place_tells_the_same_key(opened: Opened) -> None:
    opened.hear(said("k0"), said("k1", parent="k0", thread="k0"), case("k2", parent="k1", thread="k1"))
    asked = [said("a", thread="k1"), said("b", thread="k0"), said("c", parent="k1")]
    known = opened.listener.known(*marks(*asked))
    assert [one.thread_case for one in known] == [1, None, None]
    assert {one.thread for one in known} == {ROOT}


@pytest.mark.parametrize(("own", "thread"), [(True, "post"), (False, "k1")])
def test_hundreds_below_one_post_are_not_read_once_for_each_who_writes_there(
    opened: Opened, thread: str, *, own: bool
) -> None:
    opened.hear(*(case(f"k{n}", thread="post", handle=f"@k{n}") for n in range(300)), own=own)
    asked = marks(*(said(f"a{n}", thread=thread, handle=f"@a{n}") for n in range(300)))
    steps: list[None] = []
    with closing(sqlite3.connect(opened.file)) as connection:
        connection.set_progress_handler(lambda: steps.append(None), 1_000)
        known(connection, *asked)
    assert len(steps) < 100


def test_what_was_never_heard_is_a_beginning_too_and_the_other_source_has_its_own(opened: Opened) -> None:
    opened.hear(*row(0, 3))
    assert threads(opened, said("a", parent="gone")) == [key_print("rss", "gone")]
    assert threads(opened, said("a", parent="k2", source="page")) == [key_print("page", "k2")]


def test_a_ring_has_an_end(opened: Opened) -> None:
    ring = [said("a", parent="c"), said("b", parent="a"), said("c", parent="b")]
    assert len(set(threads(opened, *ring))) == 1
    opened.hear(*ring, said("self", parent="self"))
    assert all(threads(opened, said("d", parent="b"), said("e", parent="self")))


def test_of_an_older_archive_so_much_is_climbed_and_no_more(opened: Opened) -> None:
    opened.hear(*row(0, STEPS + 9))
    assert threads(opened, said("low", parent=f"k{STEPS - 1}"), said("high", parent="k5")) == [ROOT, ROOT]
    (deep,) = threads(opened, said("deep", parent=f"k{STEPS + 8}"))
    assert deep not in {0, ROOT}


def test_a_person_s_case_is_known_where_they_began_it_in_the_thread(opened: Opened) -> None:
    (_, hers) = opened.hear(case("k0", author="Mary"), case("k1", author="Kate", parent="k0")).case_ids
    asked = [said(name, author=name, parent="k1") for name in ("Kate", "Mary", "Ann", "Guest", "")]
    found = [known.begun_case for known in opened.listener.known(*marks(*asked))]
    assert found == [None, 1, None, None, None]  # stored without its thread, Kate's is known by its author alone
    assert opened.listener.known(*marks(asked[0]))[0].thread_case == hers
