"""Cases that one reading opens are joined by what else of it belongs to them, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from fakes.pages import WordDetector
from fakes.profile import Profile
from listen.recording import NOW, cases, poll

from app.core.by_hand import Entry
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.listen.by_hand import take_in
from app.listen.record import Recorder

FIRST = Mention("page", "1", "https://a.example/1", "", "So awful 1", "Mary", "", "a.example", NOW - 900)


@pytest.fixture
def recorder(profile: Profile) -> Iterator[Recorder]:
    made = Recorder(profile.listener_archive, WordDetector())
    yield made
    made.close()


def said(number: int, author: str, parent: int, text: str = "So awful", **fields: str) -> Mention:
    url = f"https://a.example/{number}"
    up = str(parent) if parent else ""
    return replace(FIRST, key=str(number), url=url, text=f"{text} {number}", author=author, parent=up, **fields)


def row(people: Sequence[str], length: int) -> list[Mention]:
    """Return posts of people by turns, each below the one before; the place tells no thread."""
    return [said(number, people[(number - 1) % len(people)], number - 1) for number in range(1, length + 1)]


def hear(recorder: Recorder, story: Sequence[Mention], at_once: int, step: int = 1) -> None:
    for start in range(0, len(story), at_once):
        poll(recorder, *story[start : start + at_once][::step])


@pytest.mark.parametrize(("at_once", "step"), [(300, 1), (300, -1), (7, 1), (7, -1), (1, 1)])
@pytest.mark.parametrize("people", [["Mary", "Paul"], ["Mary", "Paul", "Kate"]])
def test_who_quarrel_under_names_alone_have_one_case_each_and_wait_for_nobody(
    profile: Profile, recorder: Recorder, people: list[str], at_once: int, step: int
) -> None:
    story = row(people, 42 if at_once < 300 else 300)
    hear(recorder, story, at_once, step)
    share = len(story) // len(people)
    assert cases(profile) == sorted((one.text, share) for one in story[: len(people)])
    assert profile.listener_archive.transactions == -(-len(story) // at_once)


def test_guests_wait_for_nobody_either(profile: Profile, recorder: Recorder) -> None:
    poll(recorder, *row(["Guest"], 60))
    assert {places for _text, places in cases(profile)} == {1}
    assert profile.listener_archive.transactions == 1


@pytest.mark.parametrize("at_once", [60, 7, 1])
@pytest.mark.parametrize("oldest", [1, 5])
def test_so_they_have_where_each_reading_tells_another_beginning_of_the_thread(
    profile: Profile, recorder: Recorder, at_once: int, oldest: int
) -> None:
    """Some places tell what is answered for the thread (1), a feed the oldest post of those it shows (5)."""
    story = [
        replace(one, thread=str(max(1, number - oldest)) if number > 1 else "")
        for number, one in enumerate(row(["Mary", "Paul"], 42), 1)
    ]
    hear(recorder, story, at_once)
    assert cases(profile) == [("So awful 1", 21), ("So awful 2", 21)]


@pytest.mark.parametrize("at_once", [1, 9])
def test_what_the_shop_and_others_say_between_stays_where_it_answers(
    profile: Profile, recorder: Recorder, at_once: int
) -> None:
    story = [
        *row(["Mary", "Paul"], 2),
        said(3, "Joe's Bakery", 2, "How awful to hear, we are sorry"),
        said(4, "Kate", 3, "Which of the rolls did you have?"),
        said(5, "Mary", 4, "It is still awful"),
        said(6, "Joe's Bakery", 5, "Come by, we bake it awfully well today"),
    ]
    hear(recorder, story, at_once)
    assert cases(profile) == [("So awful 1", 3), ("So awful 2", 3)]


@pytest.mark.parametrize("at_once", [1, 9])
def test_two_of_one_name_in_one_thread_are_two_where_their_accounts_tell(
    profile: Profile, recorder: Recorder, at_once: int
) -> None:
    accounts = ["@mary1", "@mary2"]
    story = [replace(one, handle=accounts[n % 2]) for n, one in enumerate(row(["Mary"], 8))]
    hear(recorder, story, at_once)
    assert cases(profile) == [("So awful 1", 4), ("So awful 2", 4)]


@pytest.mark.parametrize("at_once", [1, 9])
def test_another_thread_is_another_story_of_the_same_name(profile: Profile, recorder: Recorder, at_once: int) -> None:
    story = [*row(["Mary"], 2), said(11, "Mary", 0), said(12, "Mary", 11)]
    hear(recorder, story, at_once)
    assert cases(profile) == [("So awful 1", 2), ("So awful 11", 2)]


def test_who_answered_what_was_heard_later_goes_on_in_the_case_begun_with_that(
    profile: Profile, recorder: Recorder
) -> None:
    poll(recorder, said(3, "Kate", 2))
    poll(recorder, *row(["Mary", "Paul"], 2))
    poll(recorder, said(4, "Mary", 3), said(5, "Kate", 1))
    assert cases(profile) == [("So awful 1", 2), ("So awful 2", 1), ("So awful 3", 2)]


def test_what_answers_words_repeated_from_elsewhere_joins_their_case(profile: Profile, recorder: Recorder) -> None:
    words = "So awful that I would rather go hungry than eat there again"
    again = replace(FIRST, key="9", url="https://b.example/9", text=words, author="Mary", site="b.example")
    poll(recorder, replace(FIRST, text=words), again, said(10, "Mary", 9, "And", site="b.example"))
    assert cases(profile) == [(words, 3)]


def test_an_account_goes_on_in_the_case_it_opened_in_another_thread(profile: Profile, recorder: Recorder) -> None:
    poll(recorder, replace(FIRST, handle="@mary"), said(7, "Mary", 0, handle="@mary"))
    assert cases(profile) == [("So awful 1", 2)]
    assert profile.listener_archive.transactions == 1


def test_answers_to_history_typed_in_are_one_case_though_history_is_none(profile: Profile) -> None:
    entries = [
        Entry(str(n), source="page", key=str(n), parent=up, text=f"So awful {n}", author="Mary", history=n == 1)
        for n, up in ((1, ""), (2, "1"), (3, "1"))
    ]
    take_in(profile.parts, Preferences(), entries)
    assert cases(profile) == [("So awful 2", 2)]
