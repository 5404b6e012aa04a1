"""Cases asked for from outside the list: by a notification, or by a line of a story."""

from __future__ import annotations

from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import Open


def test_a_reply_asked_for_from_outside_has_the_keyboard_once_its_case_is_here(
    open_window: Open, desk: FakeDesk
) -> None:
    later = Later()
    window = open_window(background=later)
    later.go()
    here, other = (row.mention_id for row in (window.inbox.model.row(0), window.inbox.model.row(1)) if row)
    assert window.case.mention_id == here
    window.show_case(here, reply=True)  # it stands there already
    later.go()
    assert window.focusWidget() is window.case.reply.edit
    window.inbox.focus_list()
    window.show_case(other, reply=True)
    later.go(most=1)
    window.inbox.select(here, None)  # the owner goes on
    later.go()
    window.inbox.select(other, None)
    later.go()
    assert window.case.view is not None
    assert window.case.view.mention.id == other
    assert window.focusWidget() is window.inbox.list


def test_of_two_cases_asked_for_the_later_one_is_shown(open_window: Open) -> None:
    later = Later()
    window = open_window(background=later)
    later.go()
    here, other = (row.mention_id for row in (window.inbox.model.row(0), window.inbox.model.row(1)) if row)
    window.show_case(here)
    first = later.jobs.pop()
    window.show_case(other)
    later.jobs.append(first)  # the other reading thread is quicker
    later.go()
    assert window.case.mention_id == other
