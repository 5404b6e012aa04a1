"""A complaint and what answers it are one case, in whatever order one reading lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from fakes.counter import Counter
from fakes.pages import WordDetector
from fakes.profile import Profile
from listen.recording import NOW, cases, poll

from app.core.by_hand import Entry
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.listen.by_hand import take_in
from app.listen.record import Recorder

FIRST = "The cake was awful, and nobody at the counter would take it back."
MORE = "And now they do not even answer the phone, awful service all around."
STILL = "A week later it is still the same awful story, so I write to the office."
ANNA = Mention("page", "1", "https://a.example/1", "", FIRST, "Anna", "@anna", "a.example", NOW - 600)
ANSWER = replace(ANNA, key="2", url="https://a.example/2", text=MORE, published=NOW - 300, parent="1")
LAST = replace(ANNA, key="3", url="https://a.example/3", text=STILL, published=NOW - 100, parent="2")


@pytest.fixture
def recorder(profile: Profile) -> Iterator[Recorder]:
    made = Recorder(profile.listener_archive, WordDetector())
    yield made
    made.close()


@pytest.mark.parametrize("handle", ["@anna", ""])
@pytest.mark.parametrize("fields", [{}, {"thread": "1"}, {"parent": "", "thread": "1"}])
def test_a_complaint_and_its_follow_up_are_one_case_either_way(
    profile: Profile, recorder: Recorder, handle: str, fields: dict[str, str]
) -> None:
    first, answer = replace(ANNA, handle=handle), replace(ANSWER, handle=handle, **fields)
    recorded = poll(recorder, answer, first)
    assert cases(profile) == [(FIRST, 2)]
    assert recorded.new == (first, answer)
    shop = Counter(profile)
    alert = shop.desk.bells.ring(recorded.stored.ringing, NOW)
    shop.close()
    assert alert
    assert {row.case_id for row in alert.rows} == {1}


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_long_row_of_answers_is_not_looked_up_anew_for_each(
    profile: Profile, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, *, newest_first: bool
) -> None:
    archive, asked = profile.listener_archive, list[int]()
    known = archive.known
    monkeypatch.setattr(
        archive, "known", lambda mentions, prints: asked.append(len(mentions)) or known(mentions, prints)
    )
    row = [
        replace(
            ANNA,
            key=f"k{number}",
            url=f"https://a.example/{number}",
            text=f"{FIRST} {number * 7919}",
            author=f"Guest {number}",
            handle=f"@g{number}",
            parent=f"k{number - 1}" if number else "",
        )
        for number in range(60)
    ]
    recorded = poll(recorder, *(reversed(row) if newest_first else row))
    assert recorded.new == tuple(row)
    assert cases(profile) == sorted((one.text, 1) for one in row)
    assert len(asked) <= 3


@pytest.mark.parametrize("handle", ["@anna", ""])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_answer_to_an_answer_is_of_the_same_case(
    profile: Profile, recorder: Recorder, order: tuple[int, ...], handle: str
) -> None:
    story = [replace(one, handle=handle) for one in (ANNA, ANSWER, LAST)]
    recorded = poll(recorder, *(story[number] for number in order))
    assert cases(profile) == [(FIRST, 3)]
    assert sorted(recorded.stored.mention_ids) == [1, 2, 3]
    again = poll(recorder, *(story[number] for number in order))
    assert (again.new, again.edited) == ((), 0)


def test_a_long_exchange_is_one_case(profile: Profile, recorder: Recorder) -> None:
    story = [
        replace(
            ANNA, key=str(n), url=f"https://a.example/{n}", text=f"Awful day {n}: {FIRST}", handle="", parent=str(n - 1)
        )
        for n in range(1, 31)
    ]
    recorded = poll(recorder, *reversed(story))
    assert len(recorded.new) == 30
    assert [places for _text, places in cases(profile)] == [30]


@pytest.mark.parametrize("text", ["Poor you, I do hope that they mend it soon.", "Which of the cakes did you have?"])
def test_what_somebody_else_says_to_it_stays_in_the_case_it_answers(
    profile: Profile, recorder: Recorder, text: str
) -> None:
    poll(recorder, replace(ANSWER, author="Jan", handle="@jan", text=text), ANNA)
    assert cases(profile) == [(FIRST, 2)]


@pytest.mark.parametrize("fields", [{"parent": ""}, {"parent": "9"}, {"source": "other"}])
def test_what_answers_nothing_of_the_reading_is_a_case_of_its_own(
    profile: Profile, recorder: Recorder, fields: dict[str, str]
) -> None:
    poll(recorder, replace(ANSWER, author="Jan", handle="@jan", **fields), ANNA)
    assert cases(profile) == [(MORE, 1), (FIRST, 1)]


def test_an_answer_to_what_is_no_complaint_is_a_case_of_its_own(profile: Profile, recorder: Recorder) -> None:
    post = replace(ANNA, text="We bake again from Monday on, come and see us at the market.", author="Ola", handle="")
    poll(recorder, replace(ANSWER, handle=""), post)
    assert cases(profile) == [(MORE, 1)]


def test_what_answers_itself_or_goes_round_in_a_ring_is_heard(profile: Profile, recorder: Recorder) -> None:
    ring = [replace(ANNA, parent="2", handle=""), replace(ANSWER, handle=""), replace(LAST, parent="3", handle="")]
    recorded = poll(recorder, *ring)
    assert len(recorded.new) == 3


def test_entries_of_a_table_are_one_case_newest_first(profile: Profile) -> None:
    rows = [
        Entry(one.key, source="page", key=one.key, parent=one.parent, text=one.text, author="Anna", url=one.url)
        for one in (LAST, ANSWER, ANNA)
    ]
    chunk = take_in(profile.parts, Preferences(), rows)
    assert len(chunk.ids) == 3  # type: ignore[union-attr]
    assert cases(profile) == [(FIRST, 3)]
