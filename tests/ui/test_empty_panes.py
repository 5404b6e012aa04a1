"""Where the keyboard is once a pane has nothing to show: never in the empty pane."""

from __future__ import annotations

from typing import Any

import pytest
from ui.fake_desk import FakeDesk
from ui.window_samples import Open


@pytest.mark.parametrize("left", [0, 1])
def test_after_forgetting_the_keyboard_is_in_the_list_and_not_in_an_empty_pane(
    open_window: Open, desk: FakeDesk, left: int
) -> None:
    window: Any = open_window()
    window.do("page:customers")
    customers = window.pages.page("customers")
    for customer_id in [one for one in desk.people if one != "anna"][left:]:
        del desk.people[customer_id]
    customers.card.note.setFocus()
    customers.card._forget()
    focus = customers.window().focusWidget()
    assert focus is not None
    assert customers.table.isAncestorOf(focus)
    assert customers.card.empty._ring.isHidden()


def test_a_case_that_closes_leaves_the_keyboard_in_the_list(open_window: Open) -> None:
    window = open_window()
    window.case.reply.edit.setFocus()
    window.case.close_case()
    assert window.focusWidget() is window.inbox.list
    assert window.case.empty._ring.isHidden()
    window.bar.field.setFocus()
    window.show_case(1)
    window.bar.field.setFocus()
    window.case.close_case()
    assert window.focusWidget() is window.bar.field, "who types elsewhere is left alone"
