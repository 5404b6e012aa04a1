"""The reply box by itself: it keeps still while somebody writes, and takes no more than it can look at."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData
from PySide6.QtGui import QTextCursor
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.format import DAY
from app.ui.widgets.reply_box import BESIDE, ReplyBox
from app.ui.widgets.reply_edit import MOST

NOW = 1_772_800_000.0


@pytest.fixture
def box(qtbot: QtBot) -> ReplyBox:
    made = ReplyBox()
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.show()
    return made


def pasted(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


@pytest.mark.usefixtures("spoken")
def test_the_field_keeps_its_height_while_the_draft_is_saved(box: ReplyBox) -> None:
    for width in range(300, 900, 15):
        box.resize(width, 260)
        box.fill("", "public", None)
        box.edit.setPlainText("Sorry to hear that about {order}.")
        QCoreApplication.processEvents()
        before = box.edit.height()
        box.saved_at(NOW, NOW)
        QCoreApplication.processEvents()
        assert box.edit.height() == before, f"{width} pixels wide"
        box.edit.insertPlainText("!")
        QCoreApplication.processEvents()
        assert box.edit.height() == before, f"{width} pixels wide"


def test_what_is_too_long_to_look_at_is_not_pasted_and_that_is_said(box: ReplyBox) -> None:
    box.edit.setPlainText("Sorry.")
    box.edit.moveCursor(QTextCursor.MoveOperation.End)
    box.edit.insertFromMimeData(pasted("x" * 2_000_000))
    assert box.text == "Sorry."
    assert box.note == "Too long to paste: 2,000,006 characters; a reply has room for 20,000."
    box.edit.insertPlainText("!")
    assert box.note == ""
    assert box.text == "Sorry.!"


def test_what_there_is_room_for_is_pasted(box: ReplyBox) -> None:
    box.edit.insertFromMimeData(pasted("x" * MOST))
    assert len(box.text) == MOST
    box.edit.insertFromMimeData(pasted("yy"))
    assert len(box.text) == MOST
    box.edit.selectAll()
    box.edit.insertFromMimeData(pasted("y" * MOST))
    assert box.text == "y" * MOST, "in place of what was chosen"
    box.edit.insertPlainText("typed on")
    assert len(box.text) == MOST + 8
    old = "z" * (MOST + 5)
    box.fill(old, "public", None)
    assert box.text == old, "a draft that is there is never cut"


def test_a_key_is_quick_in_the_longest_text_that_is_pasted(box: ReplyBox) -> None:
    box.edit.insertFromMimeData(pasted(("Sehr geehrte Frau Müller, es tut uns leid. " * MOST)[:MOST]))
    begun = time.thread_time()
    for _number in range(5):
        box.edit.insertPlainText("x")
    assert (time.thread_time() - begun) / 5 < 0.1


@pytest.mark.usefixtures("spoken", "qapp")
def test_it_minds_nothing_more_once_it_is_deleted() -> None:
    made = ReplyBox()
    with capture_exceptions() as wrong:
        made.deleteLater()
        QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)
    assert wrong == []
    assert not isValid(made)


@pytest.mark.usefixtures("spoken")
def test_the_mark_of_the_draft_gives_way_to_failed_checks_it_would_cut(box: ReplyBox) -> None:
    shown = set()
    for width in range(320, 1000, 20):
        box.resize(width, 260)
        box.fill("Call us: 600 100 200 {order}", "public", 500)
        box.saved_at(NOW - DAY, NOW)
        QCoreApplication.processEvents()
        failed = [one for one in box._checks._labels if not one.isHidden()]
        assert len(failed) == 2
        others = 32 + BESIDE + box._count.sizeHint().width()
        for one in failed:
            assert one.width() >= min(one.sizeHint().width(), width - others), f"{width} pixels wide"
        shown.add((not box._mark.isHidden(), width >= 700))
    assert {(False, False), (True, True)} <= shown
    assert (False, True) not in shown, "where there is room for both it is told"


def test_what_the_mark_says_besides_does_not_give_way(box: ReplyBox) -> None:
    box.resize(320, 260)
    text = "Call us: 600 100 200 {order}"
    box.fill("", "public", 500, {"public": text})
    QCoreApplication.processEvents()
    assert (box._mark.text(), box._mark.isHidden()) == ("proposed", False)
    box.fill(text, "public", 500)
    box.saved_at(NOW - DAY, NOW)
    assert box._mark.isHidden()
    box.show_saved("not saved yet, trying again", "bad")
    assert not box._mark.isHidden()
    box.fill("Sorry.", "public", 500)
    box.saved_at(NOW - DAY, NOW)
    assert not box._mark.isHidden(), "a check that passed has room enough"
