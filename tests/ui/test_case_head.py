"""The head of a case: where its answer stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW

from app.core.case import CaseState
from app.ui.widgets.case_head import due_told


@pytest.mark.parametrize(
    ("state", "words", "tone"),
    [
        (CaseState.ANSWERED, "answered", "good"),
        (CaseState.WAITING, "waiting for the customer · answered", "muted"),
        (CaseState.IN_WORK, "in work", "muted"),
    ],
)
def test_what_came_back_to_be_asked_about_is_no_more_called_answered(
    desk: FakeDesk, state: CaseState, words: str, tone: str
) -> None:
    view = replace(desk.inbox_open(1), state=state, answered_at=NOW - 9, due_at=None)
    told = due_told(view, NOW)
    assert (told[0].startswith(words), told[1]) == (True, tone)
