"""How a case stands once it is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.case import CaseState, Handling, answered

BACK = Handling(7, CaseState.IN_WORK, snoozed_until=90.0, back_at=50.0)


def test_an_answer_ends_what_brought_a_case_back_and_its_snooze() -> None:
    assert answered(BACK, 60.0) == Handling(7, CaseState.ANSWERED, answered_at=60.0)
    assert answered(BACK, 60.0, reminder=True) == Handling(7, CaseState.ANSWERED, answered_at=60.0, snoozed_until=90.0)


def test_the_first_answer_keeps_its_time() -> None:
    assert answered(replace(BACK, answered_at=10.0), 60.0).answered_at == 10.0


@pytest.mark.parametrize(
    "state", [CaseState.WAITING, CaseState.ANSWERED, CaseState.RESOLVED, CaseState.NO_REPLY, CaseState.NOT_US]
)
def test_what_the_owner_settled_otherwise_stays_so(state: CaseState) -> None:
    settled = replace(BACK, state=state)
    assert answered(settled, 60.0) == replace(settled, answered_at=60.0)


@pytest.mark.parametrize("state", CaseState)
def test_a_case_is_open_settled_or_over(state: CaseState) -> None:
    is_settled = state in {CaseState.WAITING, CaseState.ANSWERED}
    assert state.is_open + is_settled + state.is_over == 1
