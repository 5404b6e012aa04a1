"""A case is one customer's: whoever else complains in the thread has a case of their own, and loses it by nobody's answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from fakes.pages import WordDetector
from fakes.profile import Profile
from listen.recording import NOW, cases, poll

from app.core.case import CaseState, Handling
from app.core.mention import Mention
from app.listen.record import Recorder

MARY = Mention(
    "page", "1", "https://a.example/1", "", "The cake was awful and stale.", "Mary", "", "a.example", NOW - 900
)
PAUL = replace(
    MARY, key="2", url="https://a.example/2", text="There was awful glass in the bread.", author="Paul", parent="1"
)
KATE = replace(
    PAUL, key="3", url="https://a.example/3", text="They charged me twice, awful.", author="Kate", parent="2"
)
THREE = (MARY, PAUL, KATE)
ALONE = sorted((one.text, 1) for one in THREE)


@pytest.fixture
def recorder(profile: Profile) -> Iterator[Recorder]:
    made = Recorder(profile.listener_archive, WordDetector())
    yield made
    made.close()


@pytest.mark.parametrize("handles", [False, True])
@pytest.mark.parametrize("thread", ["", "1"])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_people_in_one_thread_are_three_cases(
    profile: Profile, recorder: Recorder, order: tuple[int, ...], thread: str, *, handles: bool
) -> None:
    people = [
        replace(one, thread=thread if one.parent else "", handle=f"@{one.author}" if handles else "") for one in THREE
    ]
    recorded = poll(recorder, *(people[number] for number in order))
    assert cases(profile) == ALONE
    assert len(recorded.stored.ringing) == 3


def test_they_are_so_too_when_heard_one_after_another(profile: Profile, recorder: Recorder) -> None:
    for one in THREE:
        poll(recorder, one)
    assert cases(profile) == ALONE


def test_an_answer_to_one_leaves_the_others_open(profile: Profile, recorder: Recorder) -> None:
    (mary, paul, _kate) = poll(recorder, *THREE).stored.case_ids
    assert mary is not None
    profile.desk_archive.put_handling(Handling(mary, CaseState.ANSWERED, changed_at=NOW))
    assert {case.id for case in profile.listener_archive.open_cases()} == {paul, _kate}


def test_who_complains_of_what_is_answered_already_is_heard(profile: Profile, recorder: Recorder) -> None:
    (mary,) = poll(recorder, MARY).stored.case_ids
    assert mary is not None
    profile.desk_archive.put_handling(Handling(mary, CaseState.ANSWERED, changed_at=NOW))
    (paul,) = poll(recorder, PAUL).stored.case_ids
    assert paul not in {None, mary}


@pytest.mark.parametrize("thread", ["", "1"])
@pytest.mark.parametrize("together", [False, True])
def test_everybody_goes_on_in_their_own_case(
    profile: Profile, recorder: Recorder, thread: str, *, together: bool
) -> None:
    more = replace(PAUL, key="4", text="My tooth hurts, awful.", parent="2")
    back = replace(MARY, key="5", text="It is awful, still no refund.", parent="1")
    story = [replace(one, thread=thread if one.parent else "") for one in (*THREE, more, back)]
    for part in [story] if together else [[one] for one in story]:
        poll(recorder, *part)
    assert cases(profile) == sorted([(MARY.text, 2), (PAUL.text, 2), (KATE.text, 1)])


def test_who_quarrels_on_with_others_keeps_one_case_where_the_thread_is_known(
    profile: Profile, recorder: Recorder
) -> None:
    row = [
        replace(
            PAUL, key=str(n), url=f"https://a.example/{n}", text=f"So awful {n}", author=("Mary", "Paul")[n % 2 == 0],
            parent=str(n - 1), thread="1",
        )
        for n in range(2, 30)
    ]  # fmt: skip
    poll(recorder, MARY, *row)
    assert sorted(places for _text, places in cases(profile)) == [14, 15]


def test_what_is_nobody_s_stays_in_the_thread(profile: Profile, recorder: Recorder) -> None:
    poll(recorder, MARY, replace(PAUL, author=""))
    assert cases(profile) == [(MARY.text, 2)]


def test_the_shop_s_own_answer_stays_in_the_case_though_it_names_what_was_awful(
    profile: Profile, recorder: Recorder
) -> None:
    poll(recorder, MARY, replace(PAUL, author="Joe's Bakery", text="How awful to hear, we are so sorry."))
    assert cases(profile) == [(MARY.text, 2)]


def test_guests_without_names_are_each_a_case(profile: Profile, recorder: Recorder) -> None:
    guests = [
        replace(PAUL, key=str(n), url=f"https://a.example/{n}", text=f"So awful {n}", author="Guest", parent=str(n - 1))
        for n in range(2, 40)
    ]
    poll(recorder, MARY, *guests)
    assert len(cases(profile)) == 39


@pytest.mark.parametrize("together", [False, True])
def test_two_accounts_of_one_name_are_two_customers(profile: Profile, recorder: Recorder, *, together: bool) -> None:
    story = [replace(MARY, handle="@mary1"), replace(PAUL, author="Mary", handle="@mary2", thread="1")]
    for part in [story] if together else [[one] for one in story]:
        poll(recorder, *part)
    assert cases(profile) == sorted([(MARY.text, 1), (PAUL.text, 1)])


@pytest.mark.parametrize(("ours", "theirs", "two"), [("u=12", "u=13", True), ("u=12", "u=12&s=9f", False)])
def test_accounts_of_a_forum_are_told_by_their_number(
    profile: Profile, recorder: Recorder, ours: str, theirs: str, *, two: bool
) -> None:
    page = "https://a.example/member.php?mode=viewprofile&"
    poll(recorder, replace(MARY, handle=page + ours), replace(PAUL, author="Mary", handle=page + theirs, thread="1"))
    assert cases(profile) == (sorted([(MARY.text, 1), (PAUL.text, 1)]) if two else [(MARY.text, 2)])


def test_an_account_that_is_written_otherwise_is_no_other_one(profile: Profile, recorder: Recorder) -> None:
    poll(recorder, replace(MARY, handle="@mary"), replace(PAUL, author="Mary", handle="https://a.example/@mary"))
    assert cases(profile) == [(MARY.text, 2)]
