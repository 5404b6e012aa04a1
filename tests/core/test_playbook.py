"""Which plans fit a complaint, and in what order."""

from __future__ import annotations

import pytest

from app.core.playbook import ANY_OTHER, CRISIS, DANGER, SITUATIONS, Plan, plans_for
from app.core.verdict import Cause

ALL = {situation: f"Do {situation}." for situation in SITUATIONS}


def situations(*, without: tuple[str, ...] = (), cause: Cause | None = Cause.MONEY, **more: bool) -> list[str]:
    written = {name: text for name, text in ALL.items() if name not in without}
    return [plan.situation for plan in plans_for(written, cause, **more)]


def test_there_is_a_situation_for_every_cause() -> None:
    assert list(SITUATIONS) == [CRISIS, DANGER, *(cause.value for cause in Cause)]
    assert SITUATIONS[-1] == ANY_OTHER


def test_danger_comes_before_the_cause_and_that_before_any_other() -> None:
    assert situations(danger=True) == ["danger"]
    assert situations(danger=True, without=("danger",)) == ["money"]
    assert situations() == ["money"]
    assert situations(without=("money",)) == ["other"]
    assert situations(without=("money", "other")) == []


@pytest.mark.parametrize("cause", [None, Cause.OTHER])
def test_what_nobody_knows_the_cause_of_is_any_other(cause: Cause | None) -> None:
    assert situations(cause=cause) == ["other"]


def test_in_a_crisis_its_plan_comes_first_and_hides_none() -> None:
    assert situations(crisis=True, danger=True) == ["crisis", "danger"]
    assert situations(crisis=True, danger=True, without=("crisis",)) == ["danger"]
    assert situations(crisis=True, without=("money", "other")) == ["crisis"]


def test_an_empty_plan_is_none() -> None:
    assert plans_for({"money": " \n", "crisis": "\n", "other": "1. Ask.\n"}, Cause.MONEY, crisis=True) == (
        Plan("other", "1. Ask."),
    )
