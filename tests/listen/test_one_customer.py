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
from app.listen.record import Recorded, Recorder

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


@pytest.mark.parametrize(
    ("ours", "theirs", "two"),
    [
        ("mode=viewprofile&u=12", "mode=viewprofile&u=13", True),
        ("mode=viewprofile&u=12", "mode=viewprofile&u=12&s=9f", False),
        ("action=profile;u=12", "action=profile;u=13", True),
        ("action=profile;u=12", "action=profile;u=12;s=9f", False),
        ("12-mary", "13-mary", True),
        ("12-mary", "12-mary&s=9f", False),
        ("u=12f8a0", "u=13c44e", False),
    ],
)
def test_accounts_of_a_forum_are_told_by_their_number(
    profile: Profile, recorder: Recorder, ours: str, theirs: str, *, two: bool
) -> None:
    page = "https://a.example/member.php?"
    poll(recorder, replace(MARY, handle=page + ours), replace(PAUL, author="Mary", handle=page + theirs, thread="1"))
    assert cases(profile) == (sorted([(MARY.text, 1), (PAUL.text, 1)]) if two else [(MARY.text, 2)])


def test_a_name_with_a_dot_is_no_page_of_accounts(profile: Profile, recorder: Recorder) -> None:
    page = "https://a.example/{}?id=5"
    poll(
        recorder,
        replace(MARY, handle=page.format("mary.brown")),
        replace(PAUL, author="Mary", handle=page.format("mary.green"), thread="1"),
    )
    assert cases(profile) == sorted([(MARY.text, 1), (PAUL.text, 1)])


def test_a_case_that_somebody_else_made_a_complaint_is_not_joined_by_who_began_it(
    profile: Profile, recorder: Recorder
) -> None:
    praise = replace(MARY, text="A great cake, thank you all.", handle="@mary")
    poll(recorder, praise, replace(PAUL, author="", text="Mine was awful, nobody answers me."))
    glass = replace(MARY, key="9", url="https://a.example/9", text="There was awful glass in my bread.", handle="@mary")
    poll(recorder, glass)
    assert cases(profile) == sorted([("Mine was awful, nobody answers me.", 2), (glass.text, 1)])


def test_an_account_that_is_written_otherwise_is_no_other_one(profile: Profile, recorder: Recorder) -> None:
    poll(recorder, replace(MARY, handle="@mary"), replace(PAUL, author="Mary", handle="https://a.example/@mary"))
    assert cases(profile) == [(MARY.text, 2)]


ASKED = replace(PAUL, text="Poor you, which of the cakes did you have?")
STORY = (MARY.text, 2)


def rung(recorded: Recorded) -> list[int]:
    return sorted(recorded.stored.ringing)


@pytest.mark.parametrize("state", [None, CaseState.ANSWERED, CaseState.NOT_US])
@pytest.mark.parametrize("text", ["Poor you, I do hope that they mend it soon.", ASKED.text, "They were great to me."])
@pytest.mark.parametrize("author", ["Paul", "Guest"])
def test_a_comment_edited_into_a_complaint_is_a_case_of_its_author_s_own(
    profile: Profile, recorder: Recorder, author: str, text: str, state: CaseState | None
) -> None:
    comment = replace(PAUL, author=author, text=text)
    (mary, joined) = poll(recorder, MARY, comment).stored.case_ids
    assert mary == joined
    if state:
        profile.desk_archive.put_handling(Handling(mary or 0, state, changed_at=NOW + 1))
    before = profile.desk_archive.row(1)
    edited = [poll(recorder, replace(comment, text=said)) for said in (PAUL.text, PAUL.text, f"{PAUL.text} Awful!")]
    assert [rung(each) for each in edited] == [[2], [], []]
    assert cases(profile) == sorted([(PAUL.text + " Awful!", 1), *([(MARY.text, 1)] if state is None else [])])
    after = profile.desk_archive.row(1)
    assert (after.case_id, after.state, after.kind, after.due_at) == (mary, before.state, before.kind, before.due_at)
    (paul,) = {case.id for case in profile.listener_archive.open_cases()} - {mary}
    assert profile.desk_archive.row(2).case_id == paul


def test_what_became_a_complaint_is_where_its_author_goes_on_and_is_answered(
    profile: Profile, recorder: Recorder
) -> None:
    poll(recorder, MARY, ASKED)
    poll(
        recorder,
        replace(KATE, author="Joe's Bakery", parent="2", text="How awful, we are sorry."),
        replace(PAUL, key="4", text="My tooth hurts, awful."),
        PAUL,
    )
    assert cases(profile) == sorted([(MARY.text, 1), (PAUL.text, 3)])


def test_it_joins_the_case_that_its_author_has_in_the_thread_already(profile: Profile, recorder: Recorder) -> None:
    poll(recorder, MARY, ASKED)
    poll(recorder, replace(PAUL, key="4", text="My tooth hurts, awful.", parent="1"))
    assert rung(poll(recorder, PAUL)) == [2]
    assert cases(profile) == sorted([(MARY.text, 1), ("My tooth hurts, awful.", 2)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ASKED, {"text": "Poor you, which of all the cakes did you have?"}),  # no complaint
        (replace(ASKED, author="Mary"), {"author": "Mary"}),  # her own
        (replace(ASKED, author="M.", handle="@mary"), {"author": "M.", "handle": "@mary"}),  # her own, renamed
        (replace(ASKED, author=""), {"author": ""}),  # nobody's
        (replace(ASKED, author="Joe's Bakery"), {"author": "Joe's Bakery"}),  # the shop's own
        (replace(ASKED, author=""), {"text": MARY.text, "author": ""}),  # her words, repeated
    ],
)
def test_what_is_no_complaint_of_another_s_stays_in_the_case_when_it_is_edited(
    profile: Profile, recorder: Recorder, before: Mention, after: dict[str, str]
) -> None:
    poll(recorder, replace(MARY, handle="@mary"), before)
    poll(recorder, replace(PAUL, **after))
    assert cases(profile) == [STORY]


def test_a_second_complaint_that_an_earlier_version_left_in_the_case_stays_when_it_is_edited(
    profile: Profile, recorder: Recorder
) -> None:
    poll(recorder, MARY, replace(PAUL, author=""))
    assert rung(poll(recorder, replace(PAUL, text="There was awful glass in the bread, and nobody answers."))) == []
    assert cases(profile) == [STORY]


@pytest.mark.parametrize(("author", "later"), [("Guest", "Guest"), ("Anna", "Anna Nowak"), ("Mary", "Mary")])
def test_what_a_case_began_with_stays_in_it_whatever_its_author_is_called_when_it_is_edited(
    profile: Profile, recorder: Recorder, author: str, later: str
) -> None:
    praise = replace(MARY, text="They were great to me.", author=author)
    (case,) = poll(recorder, praise).stored.case_ids
    turned = replace(MARY, author=later)
    assert rung(poll(recorder, turned, PAUL)) == [1, 2]
    poll(recorder, replace(KATE, author=later, parent="1"))
    own = 1 if later == "Guest" else 2
    assert cases(profile) == sorted([(MARY.text, own), ALONE[1], *([ALONE[2]] if own == 1 else [])])
    assert profile.desk_archive.row(1).case_id == case
