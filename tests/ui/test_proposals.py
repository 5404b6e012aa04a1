"""The reply that waits in the box: shown, and nobody's until the owner makes it theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import Open, type_reply

from app.core.customer import Draft
from app.core.outbox import HOLD
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Way
from app.ui.bench import Bench
from app.ui.widgets.reply_box import ReplyBox
from app.ui.widgets.saved_menu import MOST_BELOW
from app.ui.window import MainWindow

PUBLIC, PRIVATE = "Hello, Anna. Please write to us.", "Hello, Anna. We answer {when}."


@pytest.fixture
def window(open_window: Open, desk: FakeDesk) -> MainWindow:
    desk.proposals[1] = {"public": PUBLIC, "private": PRIVATE}
    desk.outbox.ways[1] = Way(None, 500)
    made = open_window()
    made.show_case(1)
    return made


@pytest.fixture
def box(window: MainWindow) -> ReplyBox:
    return window.case.reply


def calls(desk: FakeDesk, name: str) -> list[tuple[object, ...]]:
    return [call[1:] for call in desk.calls if call[0] == name]


def test_it_stands_in_the_box_and_says_what_it_is(box: ReplyBox) -> None:
    assert (box.text, box.said, box.is_proposal) == (PUBLIC, "", True)
    assert (box._mark.text(), box.edit.property("proposal")) == ("proposed", True)
    assert "a saved reply" in box._mark.toolTip()


def test_it_is_read_from_its_beginning(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    for number in (1, 2):
        desk.proposals[number] = {"public": f"{number}\n" * 30}
    window.show_case(1)
    window.show_case(2)
    edit = window.case.reply.edit
    assert edit.verticalScrollBar().maximum() > 10
    assert edit.verticalScrollBar().value() == 0
    assert edit.textCursor().atEnd(), "and goes on at its end"


@pytest.mark.parametrize(
    ("proposal", "typed"),
    [
        ("Hello. Please write to us.\nRogalik 🥐\n12 345", "Hello. Please write to us. Today!\nRogalik 🥐\n12 345"),
        ("Hello 🥐.\n\nRogalik 🥐\n12 345\n", "Hello 🥐. Today!\n\nRogalik 🥐\n12 345\n"),
        ("Hello. Please write to us.", "Hello. Please write to us. Today!"),
        ("Rogalik 🥐\n12 345\nHello.", "Rogalik 🥐\n12 345\nHello. Today!"),
        ("Rogalik 🥐\n12 345", "Rogalik 🥐\n12 345 Today!"),
        ("We are Rogalik 🥐\n12 345", "We are Rogalik 🥐\n12 345 Today!"),
        ("", " Today!"),
    ],
    ids=["signed", "apart", "unsigned", "above", "alone", "in a sentence", "empty"],
)
def test_what_is_typed_on_goes_before_the_signature(
    open_window: Open, desk: FakeDesk, qtbot: QtBot, proposal: str, typed: str
) -> None:
    desk.proposals[1] = {"public": proposal}
    desk.preferences = replace(desk.preferences, signature="Rogalik 🥐\n12 345")
    window = open_window()
    window.show_case(1)
    window.do("case:reply")
    qtbot.keyClicks(window.case.reply.edit, " Today!")
    assert window.case.reply.text == typed


def test_a_draft_goes_on_at_its_very_end(open_window: Open, desk: FakeDesk) -> None:
    desk.preferences = replace(desk.preferences, signature="Rogalik")
    desk.drafts[1] = Draft(1, "Mine.\nRogalik", NOW)
    window = open_window()
    window.show_case(1)
    assert window.case.reply.said == "Mine.\nRogalik"
    assert window.case.reply.edit.textCursor().atEnd()


def test_another_case_has_its_own_or_none(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    window.show_case(2)
    assert (box.text, box.is_proposal, box.edit.property("proposal")) == ("", False, False)
    window.show_case(1)
    assert box.is_proposal
    window.case.flush()
    assert desk.drafts == {}


def test_a_draft_comes_before_it(open_window: Open, desk: FakeDesk) -> None:
    desk.proposals[1] = {"public": PUBLIC}
    desk.drafts[1] = Draft(1, "Dear Anna", NOW)
    window = open_window()
    window.show_case(1)
    assert (window.case.reply.text, window.case.reply.is_proposal) == ("Dear Anna", False)


def test_marked_as_answered_it_was_not_said(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    window.case.mark_answered()
    ((mention, text, *_),) = calls(desk, "replies.mark_answered")
    assert (mention, text) == (1, "")
    assert (box.text, desk.drafts) == ("", {})


def test_copied_it_is_the_owners(window: MainWindow, box: ReplyBox, desk: FakeDesk, opened_pages: list[str]) -> None:
    window.do("case:copy")
    assert QGuiApplication.clipboard().text() == PUBLIC
    assert len(opened_pages) == 1
    assert (box.is_proposal, box.edit.property("proposal"), desk.drafts[1].text) == (False, False, PUBLIC)
    window.case.mark_answered()
    assert calls(desk, "replies.mark_answered")[0][1] == PUBLIC


def test_copied_with_the_keyboard_too(box: ReplyBox, qtbot: QtBot) -> None:
    box.edit.setFocus()
    box.edit.selectAll()
    assert box.is_proposal, "what is only chosen is not taken"
    with qtbot.waitSignal(box.edited):
        qtbot.keyClick(box.edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert (box.said, box.is_proposal) == (PUBLIC, False)


def test_one_with_a_blank_goes_nowhere(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    box._audiences["private"].click()
    window.do("case:copy")
    assert "{when}" in window.case.reply.note
    assert box.edit.textCursor().selectedText() == "{when}"
    assert (box.is_proposal, desk.drafts) == (True, {})


def test_changed_it_is_a_draft(window: MainWindow, box: ReplyBox, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.edit, " Eva")
    window.case.flush()
    assert (box.said, desk.drafts[1].text) == (f"{PUBLIC} Eva", f"{PUBLIC} Eva")
    assert box._mark.text() != "proposed"


def test_taken_out_it_stays_out_while_the_case_is_shown(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    type_reply(window, "")
    window.case.reload()
    box._audiences["private"].click()
    assert (box.text, desk.drafts) == ("", {})


def take_out(box: ReplyBox, qtbot: QtBot) -> None:
    box.edit.setFocus()
    box.edit.selectAll()
    qtbot.keyClick(box.edit, Qt.Key.Key_Delete)
    assert (box.text, box.is_proposal) == ("", False)


def undo(box: ReplyBox, qtbot: QtBot) -> None:
    qtbot.keyClick(box.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def offered(box: ReplyBox) -> list[str]:
    menu = box.saved_menu.menu()
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.isVisible()]


def test_taken_out_undo_in_the_field_proposes_it_again(
    window: MainWindow, box: ReplyBox, desk: FakeDesk, qtbot: QtBot
) -> None:
    take_out(box, qtbot)
    undo(box, qtbot)
    assert (box.text, box.said, box._mark.text()) == (PUBLIC, "", "proposed")
    qtbot.keyClicks(box.edit, "x")
    assert box.said.count("x") == 1
    undo(box, qtbot)
    window.case.flush()
    assert (box.is_proposal, desk.drafts, box._mark.text()) == (True, {}, "proposed")


def test_taken_out_the_menu_of_saved_replies_has_it_first(
    window: MainWindow, box: ReplyBox, desk: FakeDesk, qtbot: QtBot
) -> None:
    assert "The proposed reply" not in offered(box)
    take_out(box, qtbot)
    window.case.flush()
    window.case.reload()
    assert offered(box)[:2] == ["The proposed reply", ""]
    box.saved_menu.menu().actions()[0].trigger()
    assert (box.text, box.said, box._mark.text()) == (PUBLIC, "", "proposed")
    assert "The proposed reply" not in offered(box)
    undo(box, qtbot)
    assert box.text == ""
    type_reply(window, "Dear Anna")
    box.edit.moveCursor(QTextCursor.MoveOperation.End)
    box.saved_menu.menu().actions()[0].trigger()
    assert box.said == f"Dear Anna\n\n{PUBLIC}"


def test_where_nothing_is_proposed_the_menu_offers_nothing_of_the_kind(window: MainWindow, box: ReplyBox) -> None:
    window.show_case(2)
    assert offered(box)[0] not in {"The proposed reply", ""}


def test_what_was_copied_stays_the_owners_when_it_is_had_back(box: ReplyBox, qtbot: QtBot, window: MainWindow) -> None:
    box.take_proposal()
    assert box._mark.text() != "proposed"
    take_out(box, qtbot)
    undo(box, qtbot)
    assert (box.said, box.is_proposal) == (PUBLIC, False)


def test_the_saved_reply_it_was_made_of_is_the_owners_once_it_is_chosen(
    window: MainWindow, box: ReplyBox, desk: FakeDesk
) -> None:
    box.insert(PUBLIC)
    window.case.flush()
    assert (box.text, box.said, desk.drafts[1].text) == (PUBLIC, PUBLIC, PUBLIC)
    assert box._mark.text() != "proposed"


def test_it_goes_with_the_audience(box: ReplyBox, desk: FakeDesk) -> None:
    box._audiences["private"].click()
    assert (box.text, box.is_proposal) == (PRIVATE, True)
    box._audiences["hand_over"].click()
    assert (box.text, box.is_proposal, box._passing.isHidden()) == ("", False, False)
    box._audiences["public"].click()
    assert (box.text, desk.drafts) == (PUBLIC, {})


def test_what_was_typed_stays_for_any_audience(window: MainWindow, box: ReplyBox) -> None:
    type_reply(window, "Dear Anna")
    box._audiences["private"].click()
    assert box.text == "Dear Anna"


def test_it_is_sent_only_when_pressed_twice(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    window.do("case:send")
    assert (box._send.text(), box._mark.text()) == ("Send anyway", "proposed: read it through first")
    assert calls(desk, "outbox.send") == []
    window.do("case:send")
    assert calls(desk, "outbox.send") == [(1, PUBLIC, HOLD)]
    assert (box.text, desk.drafts) == ("", {})


def test_another_one_that_came_between_two_presses_is_read_first(window: MainWindow, desk: FakeDesk) -> None:
    window.do("case:send")
    desk.proposals[1] = {"public": "You get your money back."}
    window.case.reload()
    window.do("case:send")
    assert calls(desk, "outbox.send") == []
    window.do("case:send")
    assert calls(desk, "outbox.send") == [(1, "You get your money back.", HOLD)]


def test_refused_it_is_a_draft(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    desk.outbox.problem = Problem("outbox.too_late")
    window.do("case:send")
    window.do("case:send")
    window.case.flush()
    assert (box.said, desk.drafts[1].text) == (PUBLIC, PUBLIC)


def test_a_saved_reply_takes_its_place(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    box.reply_chosen.emit(desk.replies_kept[2])
    assert (box.text, box.is_proposal) == ("Thank you, Anna K.!", False)


def test_it_follows_what_the_case_is(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    box._audiences["private"].click()
    desk.proposals[1] = {"private": "Thank you!"}
    window.case.reload()
    assert (box.text, box.audience) == ("Thank you!", "private")


def test_what_is_typed_is_not_replaced(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    type_reply(window, "Dear Anna")
    desk.proposals[1] = {"public": "Thank you!"}
    window.case.reload()
    assert box.text == "Dear Anna"


def test_switched_off_it_goes_at_once(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    desk.proposals.clear()
    window.findChildren(Bench)[0].shop_changed.emit()
    assert (box.text, box.is_proposal) == ("", False)


def test_the_menu_has_what_fits_the_cause_first(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    (sorry, *_) = desk.replies_kept
    made = [replace(sorry, id=cause, name=cause, cause=cause) for cause in ("quality", "delivery")]
    box.offer([sorry, *made], "pl", Kind.COMPLAINT.value, "delivery")
    assert offered(box) == ["delivery", "Przeprosiny", "", "quality"]


def test_the_menu_has_all_of_the_language_before_any_other(window: MainWindow, box: ReplyBox, desk: FakeDesk) -> None:
    (sorry, russian, english) = desk.replies_kept
    thanks, any_one = (
        replace(english, id="pl", language="pl", name="Q&A"),
        replace(english, id="any", language="", name="Any"),
    )
    box.offer([russian, english, any_one, thanks, sorry], "pl", Kind.COMPLAINT.value, "")
    assert offered(box) == ["Przeprosiny", "", "Any", "Q&&A", "", "Русский", "English"]
    many = [replace(thanks, id=str(n), name=str(n)) for n in range(MOST_BELOW + 1)]
    box.offer([russian, *many, sorry], "pl", Kind.COMPLAINT.value, "")
    assert offered(box) == ["Przeprosiny", "", "Polski", "Русский"]
