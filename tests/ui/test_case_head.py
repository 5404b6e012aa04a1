"""The head of a case: where its answer stands, and what can be decided there."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from fakes.counter import Counter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, heard
from ui.window_samples import AWFUL, Open, OpenShop

from app.core.case import CaseState
from app.core.verdict import Kind
from app.ui.case_acts import snooze_words
from app.ui.format import DAY, HOUR, clock, exactly, in_full
from app.ui.row_told import time_told, urgent
from app.ui.widgets.case_head import CaseHead, due_told
from app.ui.window import MainWindow


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


@pytest.mark.parametrize("left", [-DAY, -60, 60, HOUR / 2 - 1, HOUR / 2 + 60, 3 * HOUR, 2 * DAY])
def test_a_deadline_is_as_urgent_in_the_head_as_in_the_list(desk: FakeDesk, left: float) -> None:
    one = desk.one(1)
    one.due_at = NOW + left
    row, view = desk.row_of(one), desk.inbox_open(1)
    assert (time_told(row, NOW)[1] == "urgent") is (due_told(view, NOW)[1] == "bad")


MORE = "And the rolls were stale, I want my money back."


@pytest.mark.parametrize(
    ("said", "edited", "more"),
    [
        (AWFUL, "", ""),
        ("Lovely bread, thank you.", AWFUL, ""),
        ("Lovely bread, thank you.", "Lovely bread, thank you!", ""),
        (AWFUL, f"{AWFUL} Never again, and they were rude.", ""),
        (AWFUL, "", MORE),
        (AWFUL, f"{AWFUL} Never again, and they were rude.", MORE),
        ("Lovely bread, thank you.", AWFUL, MORE),
        (AWFUL, "", "Lovely bread, thank you."),
    ],
)
def test_what_an_edit_made_a_complaint_is_as_urgent_in_the_head_as_in_the_list(
    shop: Counter, said: str, edited: str, more: str
) -> None:
    mention, clock_now = shop.say("Anna @anna", said), shop.profile.clock
    other = shop.say("Anna @anna", more) if more else mention
    clock_now.shift += DAY
    if edited:
        shop.edit(mention, edited)
    now = clock_now()
    for number in (mention, other):
        view = shop.desk.inbox.open(number)
        row = shop.desk.inbox.row(view.mentions[0].id)
        for left in (10 * 60, 35 * 60, 55 * 60, 2 * HOUR):
            due = now + left
            told = due_told(replace(view, due_at=due), now)[1] == "bad"
            assert told is urgent(replace(row, due_at=due), now), f"{left / 60} minutes left of mention {number}"


def test_times_are_told_as_in_the_list_and_in_full_in_the_tip(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.show_case(1)
    head = window.case.head
    at = desk.one(1).archived.mention.published or desk.one(1).archived.heard_at
    assert f" · {clock(at)} · " in head._place.text()
    assert head._place.toolTip() == in_full(at)
    view = desk.inbox_open(1)
    assert due_told(replace(view, due_at=NOW - 60), NOW)[0] == f"overdue since {clock(NOW - 60)}"
    assert due_told(replace(view, due_at=NOW - 9 * DAY), NOW)[0] == f"overdue since {exactly(NOW - 9 * DAY, NOW)}"
    desk.one(1).due_at = NOW + HOUR
    window.case.reload()
    assert head._due.toolTip() == in_full(NOW + HOUR)


def press_state(window: MainWindow, qtbot: QtBot, state: CaseState) -> None:
    qtbot.waitUntil(lambda: not window.case._pause.is_on and not window.case._again.is_on)
    window.case.head._states[state.value].trigger()


@pytest.mark.parametrize("state", [CaseState.IN_WORK, CaseState.WAITING, CaseState.RESOLVED, CaseState.NO_REPLY])
def test_a_case_is_finished_on_screen(open_window: Open, desk: FakeDesk, qtbot: QtBot, state: CaseState) -> None:
    window = open_window()
    window.show_case(2)
    assert window.case.head._status.isVisible()
    press_state(window, qtbot, state)
    assert desk.one(2).state is state
    window.show_case(2)
    checked = [name for name, entry in window.case.head._states.items() if entry.isChecked()]
    assert checked == [state.value]
    window.do("undo")
    assert desk.one(2).state is CaseState.NEW


def test_a_state_that_is_not_kept_is_not_marked_in_the_menu(qtbot: QtBot, open_window: Open, desk: FakeDesk) -> None:
    head: CaseHead = open_window().case.head
    head._states["waiting"].setChecked(True)
    head._choose_state("new")
    assert not head._states["waiting"].isChecked()


@pytest.mark.parametrize("kind", list(Kind))
def test_what_often_needs_no_reply_says_so_with_one_press(
    open_window: Open, desk: FakeDesk, qtbot: QtBot, kind: Kind
) -> None:
    desk.heard.append(heard(60, "Hello.", kind=kind))
    window = open_window()
    window.show_case(60)
    button = window.case.head._buttons["no_reply"]
    assert button.text() == "Needs no reply"
    assert button.isVisible() is (kind in {Kind.PRAISE, Kind.LEAD, Kind.NEUTRAL})
    if button.isVisible():
        qtbot.waitUntil(lambda: not window.case._pause.is_on)
        button.click()
        assert desk.one(60).state is CaseState.NO_REPLY
        window.show_case(60)
        assert not button.isVisible(), "it is said already"


def test_the_chip_beside_a_button_is_lower_than_it(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.show_case(1)
    QApplication.processEvents()
    head = window.case.head
    assert head._times.isVisible()
    assert head._times.height() <= head._open.height() - 6


def test_an_afternoon_that_is_over_is_called_tomorrows(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.show_case(1)
    start = NOW - (NOW % DAY)
    hours = [start + n * HOUR for n in range(24)]
    early = next(at for at in hours if snooze_words("afternoon", at) == "&At 16:00")
    late = next(at for at in hours if snooze_words("afternoon", at) == "Tomorrow &at 16:00")
    menus = [window.case.head._snooze.menu(), window.menu_actions.by_name["case:snooze:afternoon"].parent()]
    for now, words in ((early, "&At 16:00"), (late, "Tomorrow &at 16:00"), (early, "&At 16:00")):
        monkeypatch.setattr(window._bench, "now", lambda now=now: now)
        monkeypatch.setattr(window.menu_actions, "_now", lambda now=now: now)
        for menu in menus:
            menu.aboutToShow.emit()
            assert menu.actions()[1].text() == words
    assert window.menu_actions.by_name["case:snooze:afternoon"].toolTip() == "Snooze: At 16:00"


def test_row_and_case_tell_the_same_time_left_at_every_moment(open_shop: OpenShop, shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    window.show_case(mention)
    due_at = window.case.view.due_at
    row = window.inbox.model.index(0, 0)
    told = set()
    for seconds in range(0, 300, 10):
        shop.profile.clock.shift = due_at - 2385 - time.time() + seconds
        if seconds % 30 == 0:
            window._tick.timeout.emit()
        elif seconds % 70 == 0:
            window.case.reload()  # nothing new in it
        left = re.search(r"\d+ min", window.case.head._due.text())[0]
        assert left in row.data(Qt.ItemDataRole.AccessibleTextRole)
        assert time_told(window.inbox.model.row(0), window.inbox.delegate._now())[0] == left
        told.add(left)
    assert len(told) > 3
