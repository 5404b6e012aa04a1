"""Sending from the reply box, and the replies of a case with what the owner decides about them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import RESOURCES, Open, type_reply

from app.core.customer import Channel, Contact, Direction
from app.core.mention import Wording
from app.core.outbox import HOLD, Stand, Wish
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import HistoryEntry, News, Way
from app.ui.bench import Bench
from app.ui.reply_news import told as news_told
from app.ui.undo import Step, Undo
from app.ui.widgets.checks_line import stopping
from app.ui.widgets.history_list import told as entry_told
from app.ui.window import MainWindow
from app.words import use

SORRY = "Przepraszamy, tort będzie jutro."


@pytest.fixture
def window(open_window: Open, desk: FakeDesk) -> MainWindow:
    """The window with the case of Anna, whose place takes replies."""
    desk.outbox.ways[1] = Way(None, 40)
    made = open_window()
    made.show_case(1)
    return made


def sent(desk: FakeDesk) -> list[tuple[object, ...]]:
    return [call[1:] for call in desk.calls if call[0] == "outbox.send"]


def pressed(window: MainWindow, text: str) -> None:
    """Press the button on a reply's card."""
    (button,) = [one for one in window.case.stands.findChildren(QPushButton) if one.text() == text]
    button.click()


def test_send_is_offered_only_where_it_works(window: MainWindow, desk: FakeDesk) -> None:
    box = window.case.reply
    assert box._send.isVisible()
    assert (box._send.property("main"), box._copy.property("main")) == (True, False)
    assert box._count.text() == "0 / 40"
    box._audiences["private"].click()
    assert not box._send.isVisible()
    assert box._copy.property("main") is True
    desk.outbox.ways[2] = Way(Problem("sources.needs_token", {"host": "x.pl"}))
    window.show_case(2)
    assert not box._send.isVisible()
    assert "x.pl" in box._copy.toolTip()
    window.show_case(3)
    assert box._copy.toolTip() == ""


def test_a_letter_is_no_public_reply(window: MainWindow, desk: FakeDesk) -> None:
    desk.outbox.ways[4] = Way(None, None, in_private=True)
    window.show_case(4)
    type_reply(window, "We call you on 600 100 200 today.")
    assert all(check.passed for check in window.case.reply.checks)
    window.case.reply._audiences["private"].click()
    assert window.case.reply._send.isVisible()
    window.do("case:send")
    assert len(sent(desk)) == 1


@pytest.mark.parametrize("act", ["send", "copy"])
@pytest.mark.parametrize("then", ["filled", "left"])
def test_what_stopped_a_reply_is_told_no_longer_than_it_holds(window: MainWindow, act: str, then: str) -> None:
    type_reply(window, "Order {order} comes today.")
    window.do(f"case:{act}")
    assert "first" in window.case.reply.note
    assert "{order}" in window.case.reply._checks.text
    if then == "filled":
        type_reply(window, "Order 12 comes today.")
    else:
        window.show_case(2)
    assert window.case.reply.note == ""


def test_the_shops_own_number_may_stand_in_public(window: MainWindow, desk: FakeDesk) -> None:
    box = window.case.reply
    type_reply(window, "Call us: 600-100-200.")
    assert "✗ private data in public: 600-100-200" in box._checks.text
    desk.preferences = replace(desk.preferences, signature="Rogalik, tel. 600 100 200")
    window.findChildren(Bench)[0].shop_changed.emit()
    assert "✓ no private data" in box._checks.text


def test_it_is_known_from_the_first_case_on(open_window: Open, desk: FakeDesk) -> None:
    desk.preferences = replace(desk.preferences, signature="Rogalik, tel. 600 100 200")
    window = open_window()
    window.show_case(1)
    type_reply(window, "Call us: 600-100-200.")
    assert "✓ no private data" in window.case.reply._checks.text


def test_blanks_are_called_as_people_call_them(window: MainWindow) -> None:
    box = window.case.reply
    use("pl", RESOURCES / "translations")
    box.insert("Zamówienie {order}, [kiedy]")
    assert box.text == "Zamówienie {numer zamówienia}, [kiedy]"
    assert box.edit.textCursor().selectedText() == "{numer zamówienia}"
    assert "{numer zamówienia}" in box._checks.text
    type_reply(window, "Zamówienie {order}")
    assert "{numer zamówienia}" in box._checks.text
    assert "{numer zamówienia}" in stopping(box.checks)


def test_a_reply_is_handed_over_and_the_box_is_empty(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    type_reply(window, SORRY)
    with qtbot.waitSignal(window.findChildren(Bench)[0].outbox_changed):
        window.do("case:send")
    assert sent(desk) == [(1, SORRY, HOLD)]
    assert window.case.reply.text == ""
    assert window.case.stands.lines == ["Your reply goes out in a moment."]
    assert desk.drafts == {}
    assert window.banner._undo.isVisible()


def test_in_the_first_seconds_undo_takes_it_back_into_the_box(window: MainWindow, desk: FakeDesk) -> None:
    type_reply(window, SORRY)
    window.do("case:send")
    window.do("undo")
    assert window.banner.text == "The reply was not sent. It is back in its field."
    assert window.case.reply.text == SORRY
    assert window.case.stands.lines == []
    assert not window.case.stands.isVisible()


def test_after_them_there_is_nothing_to_undo(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    (undo,) = window.findChildren(Undo)
    with qtbot.waitSignal(undo.over):
        undo.remember(Step("Short.", lambda desk: None, lasts=0.01))
    assert not window.banner._undo.isVisible()
    assert undo.newest is None
    undo.remember(Step("Over by now.", lambda desk: Problem("outbox.too_late"), lasts=60.0))
    window.do("undo")
    assert "has already been sent" in window.banner.text
    assert undo.newest is None, "what is over does not stand in the way of earlier decisions"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing to send"),
        ("Dzień dobry {name}", "Fill in the blank"),
        ("x" * 41, "1 character too long"),
    ],
)
def test_what_must_not_go_out_does_not(window: MainWindow, desk: FakeDesk, text: str, said: str) -> None:
    type_reply(window, text)
    window.do("case:send")
    assert sent(desk) == []
    assert said in window.case.reply.note


def test_private_data_goes_out_only_when_the_owner_insists(window: MainWindow, desk: FakeDesk) -> None:
    type_reply(window, "Tel. 600 100 200")
    window.do("case:send")
    assert sent(desk) == []
    assert window.case.reply._send.text() == "Send anyway"
    assert window.case.reply._copy.text() == "Copy and open the post"
    type_reply(window, "Tel. 600 100 201")
    assert window.case.reply._send.text() == "Send"
    window.do("case:send")
    window.do("case:send")
    assert len(sent(desk)) == 1


def test_a_failed_hand_over_loses_nothing(window: MainWindow, desk: FakeDesk) -> None:
    desk.outbox.problem = Problem("stores.disk_full")
    type_reply(window, SORRY)
    window.do("case:send")
    assert window.case.reply.text == SORRY
    assert "disk is full" in window.banner.text


def test_why_nothing_can_be_sent_is_said(window: MainWindow, desk: FakeDesk) -> None:
    window.show_case(2)
    type_reply(window, SORRY)
    window.do("case:send")
    assert "cannot be sent there from here" in window.case.reply.note
    assert sent(desk) == []


def test_an_answer_that_comes_late_is_not_for_another_case(open_window: Open, desk: FakeDesk) -> None:
    desk.outbox.ways[1] = Way()
    later = Later()
    window = open_window(desk, later)
    later.go()
    window.show_case(1)
    later.go("read")
    slow = [job for job in later.jobs if job[0] == "slow"]
    window.show_case(2)
    later.go("read")
    for job in slow:
        job[2](job[1]())
    assert not window.case.reply._send.isVisible()


def test_a_reply_that_failed_is_told_with_its_reason_and_sent_again_or_written_anew(
    window: MainWindow, desk: FakeDesk
) -> None:
    reply = desk.outbox.put(1, Stand.FAILED, SORRY, problem=Problem("net.refused", {"host": "x.pl"}))
    window.case.reload()
    assert window.case.stands.lines[0] == "Your reply was not sent."
    assert "x.pl is not accepting connections" in window.case.stands.lines[1]
    pressed(window, "Send again")
    assert desk.outbox.kept[reply].order == 2
    assert window.case.stands.lines == ["Your reply goes out in a moment."]
    desk.outbox.kept[reply] = replace(desk.outbox.kept[reply], order=1)
    window.case.reload()
    pressed(window, "Edit the reply")
    assert window.case.reply.text == SORRY
    assert window.case.stands.lines == []


def test_of_an_unknown_one_the_owner_looks_and_says(
    window: MainWindow, desk: FakeDesk, opened_pages: list[str]
) -> None:
    reply = desk.outbox.put(1, Stand.UNKNOWN, SORRY, problem=Problem("net.timeout", {"host": "x.pl"}), next_at=NOW + 60)
    window.case.reload()
    assert "Counterbell is looking too" in window.case.stands.lines[0]
    pressed(window, "Look at the page")
    assert opened_pages == ["https://mastodon.social/post/1"]
    pressed(window, "It is there")
    assert desk.outbox.kept[reply].stand is Stand.SENT
    assert window.case.stands.lines[0].startswith("Your reply was sent")
    assert ("outbox.settle",) in desk.calls


def test_a_copy_that_was_refused_is_told_beside_the_reply(window: MainWindow, desk: FakeDesk) -> None:
    desk.outbox.put(1, Stand.SENT, SORRY, problem=Problem("mail.no_copy", {"host": "smtp.x.pl"}))
    window.case.reload()
    sent_at, why = window.case.stands.lines
    assert sent_at.startswith("Your reply was sent")
    assert "smtp.x.pl refused the copy to your own address" in why


@pytest.mark.parametrize("code", ["net.offline", "sources.no_mail_password"])
def test_a_look_that_failed_says_nothing_against_a_reply_that_was_sent(
    window: MainWindow, desk: FakeDesk, code: str
) -> None:
    desk.outbox.put(1, Stand.SENT, SORRY, problem=Problem(code))
    window.case.reload()
    assert len(window.case.stands.lines) == 1


def test_an_answer_that_was_seen_is_opened_where_it_stands(
    window: MainWindow, desk: FakeDesk, opened_pages: list[str]
) -> None:
    desk.outbox.put(1, Stand.SENT, "older")
    desk.outbox.put(1, Stand.SEEN, SORRY, where="https://x.pl/1#a", wish=Wish.LOOK)
    window.case.reload()
    assert len(window.case.stands.lines) == 1
    assert window.case.stands.lines[0].startswith("Your answer is there, seen")
    pressed(window, "Open your answer")
    assert opened_pages == ["https://x.pl/1#a"]


def test_where_nobody_can_look_nothing_is_said_of_looking(window: MainWindow, desk: FakeDesk) -> None:
    desk.outbox.put(1, Stand.WAITING, SORRY, wish=Wish.LOOK)
    window.case.reload()
    assert "not been seen there yet" in window.case.stands.lines[0]
    desk.outbox.can_look = False
    window.case.reload()
    assert window.case.stands.lines == []


def test_what_was_deleted_or_edited_is_shown(window: MainWindow, desk: FakeDesk) -> None:
    one = desk.one(1)
    was = [Wording(NOW - 9, "", f"Awful {n} {'long ' * 200}", Kind.COMPLAINT, 0.93) for n in range(2)]
    other = [Wording(NOW - n, "Fine", "All is well.", Kind.PRAISE, 0.1) for n in (7, 5, 3)]
    one.archived = replace(one.archived, gone_at=NOW, edited_at=NOW, earlier=(*was, *other))
    window.case.reload()
    lines = window.case.head._earlier.text().split("\n")
    assert [line.partition("; ")[2][:23] for line in lines] == ["complaint 0.93): «Awful"] * 2 + [
        "praise): «Fine All is w"
    ]
    assert all(len(line) < 700 for line in lines)
    assert window.case.head._gone.text().startswith("Deleted there, noticed")
    assert window.case.head._gone.isVisible()
    assert "edited, noticed" in window.case.head._place.text()
    window.show_case(2)
    assert not window.case.head._gone.isVisible()
    assert not window.case.head._earlier.isVisible()


def test_the_story_tells_how_a_reply_stands(desk: FakeDesk) -> None:
    reply = desk.outbox.kept[desk.outbox.put(1, Stand.UNKNOWN, SORRY)]
    assert entry_told(HistoryEntry(NOW, reply=reply)) == ("us · reply · not certain", SORRY)
    contact = Contact("c", NOW, Direction.OUT, Channel.POST, SORRY, seen_at=NOW)
    assert entry_told(HistoryEntry(NOW, contact=contact)) == ("us · post · seen there", SORRY)


@pytest.mark.parametrize(
    ("stand", "said"),
    [
        (Stand.SENT, "The reply to «Anna K.» was sent."),
        (Stand.FAILED, Problem("outbox.reply_failed", {"name": "Anna K."})),
        (Stand.UNKNOWN, Problem("outbox.reply_unknown", {"name": "Anna K."})),
        (Stand.SEEN, ""),
        (Stand.NOT_SEEN, ""),
    ],
)
def test_news_of_replies(desk: FakeDesk, stand: Stand, said: object) -> None:
    reply = desk.outbox.kept[desk.outbox.put(1, stand)]
    mention = desk.one(1)
    assert mention
    assert news_told(News(reply, mention.archived)) == said


def test_undo_is_the_windows_where_nothing_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    edit = window.case.reply.edit
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)

    def taken_by_the_field() -> bool:
        wish = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "z")
        wish.ignore()
        QCoreApplication.sendEvent(edit, wish)
        return wish.isAccepted()

    assert not taken_by_the_field()
    edit.insertPlainText(SORRY)
    assert taken_by_the_field()
