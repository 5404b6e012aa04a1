"""How content the customer of a resolved case was: asked in the head of the case, marked by a click or keys, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import AWFUL, Open, OpenShop, rows

from app.core.case import CaseState, Satisfaction
from app.core.problems import Problem
from app.core.views import Folder
from app.ui.case_acts import MARKS, unmarked
from app.ui.theme import LIGHT
from app.ui.widgets.case_head import due_told
from app.ui.window import MainWindow


def shown(window: MainWindow) -> list[QAbstractButton]:
    bar = window.case.head.satisfaction
    return [one for one in bar.findChildren(QAbstractButton) if one.isVisible()]


def marked(window: MainWindow) -> list[str]:
    return [one.text() for one in shown(window) if one.isChecked()]


def press(window: MainWindow, qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(lambda: not window.case._pause.is_on)
    next(one for one in shown(window) if one.accessibleName() == text).click()


@pytest.fixture
def resolved(open_window: Open) -> MainWindow:
    window = open_window()
    window.do("case:resolved")
    return window


def test_only_a_resolved_case_asks(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    for state in CaseState:
        desk.one(2).state = state
        window.show_case(2)
        assert window.case.head.satisfaction.isVisible() is (state is CaseState.RESOLVED)
        window.show_case(1)


def test_what_was_just_resolved_stays_in_sight_to_be_asked_about(resolved: MainWindow, desk: FakeDesk) -> None:
    assert 2 not in rows(resolved)
    assert resolved.case.view.mention.id == 2
    assert resolved.inbox.current is None
    assert [one.text() for one in shown(resolved)] == ["Content", "So-so", "Not content"]
    assert marked(resolved) == []
    resolved.do("next")
    assert resolved.inbox.current == resolved.case.mention_id == 1


def test_resolving_what_is_resolved_is_no_decision(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    for lane, most in (("none", 0), ("write", 9), ("read", 1), ("read", 1)):
        window.do("case:resolved")
        later.go(lane, most)
    later.go()
    qtbot.waitUntil(lambda: not window.case._again.is_on)
    window.do("case:resolved")
    later.go()
    assert len(desk.undone) == 1
    window.do("case:mark:content")
    later.go()
    assert desk.one(2).satisfaction is Satisfaction.CONTENT


def test_the_last_case_of_a_list_stays_in_sight_as_well(open_window: Open, desk: FakeDesk) -> None:
    desk.heard = [one for one in desk.heard if one.archived.id == 2]
    window = open_window()
    window.do("case:resolved")
    assert rows(window) == []
    assert window.case.view.mention.id == 2
    window.do("case:mark:content")
    assert marked(window) == ["Content"]
    window.refresh()
    assert marked(window) == ["Content"]
    window.do("page:questions")
    assert window.case.view is None


def test_any_other_decision_goes_on_to_the_next_case(resolved: MainWindow) -> None:
    resolved.do("undo")
    assert resolved.inbox.current == 2
    resolved.do("case:answered")
    assert resolved.case.mention_id == 1


def test_a_resolving_taken_back_marks_its_row_again(resolved: MainWindow, desk: FakeDesk) -> None:
    resolved.do("case:mark:content")
    resolved.do("undo")
    assert (desk.one(2).satisfaction, resolved.inbox.current) == (None, None)
    resolved.do("undo")
    assert (desk.one(2).state, resolved.inbox.current, resolved.case.mention_id) == (CaseState.NEW, 2, 2)
    assert not resolved.case.head.satisfaction.isVisible()


@pytest.mark.parametrize(("text", "name"), MARKS)
def test_a_click_marks_and_undo_takes_the_mark_back(
    resolved: MainWindow, desk: FakeDesk, qtbot: QtBot, text: str, name: str
) -> None:
    text = unmarked(text)
    press(resolved, qtbot, text)
    assert desk.one(2).satisfaction is Satisfaction(name)
    assert marked(resolved) == [text]
    assert resolved.banner.text == f"Marked: customer {text.lower()}."
    resolved.do("undo")
    assert desk.one(2).satisfaction is None
    assert marked(resolved) == []


def test_another_mark_takes_the_place_of_the_first_and_the_last_can_be_taken_back(
    resolved: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(resolved, qtbot, "Content")
    qtbot.waitUntil(lambda: not resolved.case._again.is_on)
    press(resolved, qtbot, "Not content")
    assert marked(resolved) == ["Not content"]
    press(resolved, qtbot, "Take the mark back")
    assert desk.one(2).satisfaction is None
    assert len(shown(resolved)) == 3
    resolved.do("undo")
    assert desk.one(2).satisfaction is Satisfaction.NOT_CONTENT
    resolved.do("undo")
    assert desk.one(2).satisfaction is Satisfaction.CONTENT


def test_the_mark_given_already_is_no_decision(resolved: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(resolved, qtbot, "So-so")
    qtbot.waitUntil(lambda: not resolved.case._again.is_on)
    press(resolved, qtbot, "So-so")
    assert marked(resolved) == ["So-so"]
    assert len([call for call in desk.calls if call[0] == "cases.set_satisfaction"]) == 1


def test_the_keys_mark_as_well(resolved: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.waitUntil(resolved.isActiveWindow)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    resolved.inbox.focus_list()
    qtbot.keyClick(resolved.focusWidget(), Qt.Key.Key_6, held)
    assert desk.one(2).satisfaction is Satisfaction.SO_SO
    qtbot.waitUntil(lambda: not resolved.case._again.is_on)
    qtbot.keyClick(resolved.focusWidget(), Qt.Key.Key_0, held)
    assert desk.one(2).satisfaction is None


@pytest.mark.parametrize("name", ["Not content", "Take the mark back"])
def test_the_keyboard_is_in_the_list_after_a_mark(
    resolved: MainWindow, desk: FakeDesk, qtbot: QtBot, name: str
) -> None:
    qtbot.waitUntil(resolved.isActiveWindow)
    resolved.do("case:mark:content")
    qtbot.waitUntil(lambda: not resolved.case._again.is_on and not resolved.case._pause.is_on)
    one = next(one for one in shown(resolved) if one.accessibleName() == name)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    assert desk.one(2).satisfaction is not Satisfaction.CONTENT
    assert resolved.focusWidget() is resolved.inbox.list


def test_a_case_that_is_not_resolved_takes_no_mark_and_says_why(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.do("case:mark:content")
    assert desk.one(2).satisfaction is None
    assert "resolved" in window.banner.text
    window.do("case:resolved")
    window.do("case:mark:content")
    assert desk.one(2).satisfaction is Satisfaction.CONTENT


def test_a_mark_that_could_not_be_kept_is_not_shown(resolved: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.problem = Problem("stores.disk_full")
    press(resolved, qtbot, "Content")
    assert marked(resolved) == []
    assert "disk" in resolved.banner.text


def test_a_mark_is_shown_once_it_is_kept(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    window.do("case:resolved")
    later.go()
    press(window, qtbot, "Content")
    assert marked(window) == []
    later.go()
    assert marked(window) == ["Content"]


def test_a_case_opened_again_asks_anew(resolved: MainWindow, desk: FakeDesk) -> None:
    resolved.do("case:mark:content")
    resolved.do("case:in_work")
    assert not resolved.case.head.satisfaction.isVisible()
    resolved.do("case:resolved")
    assert marked(resolved) == []


def test_a_mark_survives_a_restart(open_shop: OpenShop, shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    window.show_case(mention)
    window.do("case:resolved")
    window.do("case:mark:not_content")
    hand_over, shop.desk = shop.desk.hand_over, shop.open_desk()
    shop.desk.hand_over = hand_over
    again = open_shop()
    again.show_case(mention)
    assert again.inbox.folder is Folder.EVERYTHING
    assert marked(again) == ["Not content"]


def test_a_screen_reader_is_told_what_each_mark_answers(resolved: MainWindow) -> None:
    for one in shown(resolved):
        assert one.accessibleName() == one.text()
        assert one.accessibleDescription() == "Was the customer happy in the end?"


@pytest.mark.usefixtures("spoken")
def test_the_smallest_window_cuts_off_no_mark(resolved: MainWindow, desk: FakeDesk) -> None:
    resolved.do("case:mark:so_so")
    resolved.resize(100, 100)
    assert resolved.width() == resolved.minimumWidth()
    assert len(shown(resolved)) == 4
    for one in shown(resolved):
        assert one.mapTo(resolved, QPoint(one.width(), 0)).x() <= resolved.width(), one.accessibleName()
        assert one.width() >= one.minimumSizeHint().width(), one.accessibleName()
    middles = [one.geometry().center().y() for one in shown(resolved)]
    assert max(middles) - min(middles) <= 1, "all stand in one line"


@pytest.mark.parametrize("width", [100, 1180])
def test_nothing_moves_when_a_mark_is_set(resolved: MainWindow, width: int) -> None:
    resolved.resize(width, 760)
    bar = resolved.case.head.satisfaction
    QApplication.processEvents()
    before = bar.height(), [one.geometry() for one in shown(resolved)]
    resolved.do("case:mark:so_so")
    QApplication.processEvents()
    assert (bar.height(), [one.geometry() for one in shown(resolved)][:3]) == before


def test_marks_that_are_not_given_do_not_look_switched_off(resolved: MainWindow) -> None:
    def darkest(one: QAbstractButton) -> int:
        inside = QRect(one.mapTo(resolved, QPoint(8, 5)), one.size() - QSize(16, 10))
        image = resolved.grab(inside).toImage()
        return min(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))

    marks = shown(resolved)
    as_text, as_muted = (QColor(colour).lightness() for colour in (LIGHT.text, LIGHT.muted))
    assert all(darkest(one) < (as_text + as_muted) / 2 for one in marks)
    marks[0].setEnabled(False)
    assert darkest(marks[0]) > (as_text + as_muted) / 2


@pytest.mark.parametrize(
    ("state", "told", "tone"),
    [
        (CaseState.RESOLVED, "resolved · answered", "good"),
        (CaseState.WAITING, "waiting for the customer · answered", "muted"),
        (CaseState.ANSWERED, "answered", "good"),
    ],
)
def test_the_head_says_once_where_a_case_stands(resolved: MainWindow, state: CaseState, told: str, tone: str) -> None:
    view = replace(resolved.case.view, state=state, answered_at=NOW)
    words, kind = due_told(view, NOW)
    assert (words.startswith(told), kind) == (True, tone)
    assert "esolved" not in resolved.case.head.satisfaction._question.text()
