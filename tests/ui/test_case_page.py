"""The right column: drafts, copying, answering, contacts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import DAY, NOW, heard
from ui.window_samples import Open, rows, type_reply

from app.core.case import CaseState
from app.core.customer import Channel, Contact, Direction
from app.core.mention import Mention
from app.core.messages import Arrived
from app.core.problems import Problem
from app.core.views import HistoryEntry
from app.ui.format import clock, exactly, to_the_minute
from app.ui.widgets.history_list import told


def test_drafts_stay_with_their_cases(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    type_reply(window, "to Jan")
    window.show_case(1)
    assert window.case.reply.text == ""
    type_reply(window, "to Anna")
    window.show_case(2)
    assert window.case.reply.text == "to Jan"
    window.show_case(1)
    assert window.case.reply.text == "to Anna"
    assert {case: draft.text for case, draft in desk.drafts.items()} == {2: "to Jan", 1: "to Anna"}


def test_drafts_stay_with_their_cases_when_the_disk_is_slow(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    type_reply(window, "to Jan")
    window.show_case(1)
    later.go("read")
    assert window.case.reply.text == ""
    type_reply(window, "to Anna")
    window.show_case(2)
    later.go("read")
    assert window.case.reply.text == "to Jan"
    later.go()
    assert {case: draft.text for case, draft in desk.drafts.items()} == {2: "to Jan", 1: "to Anna"}


def test_what_is_typed_goes_along_when_its_mention_gets_a_case(open_window: Open, desk: FakeDesk) -> None:
    desk.heard.append(replace(heard(60, "Just chatting."), archived=replace(heard(60, "x").archived, case_id=None)))
    later = Later()
    window = open_window(desk, later)
    window.show_case(60)
    later.go()
    type_reply(window, "Dear Anna")
    turned = desk.one(60)
    turned.archived = replace(turned.archived, case_id=60)
    window.case.reload()
    later.go()
    assert window.case.reply.text == "Dear Anna"
    assert not window.case.drafts._unsaved
    assert desk.drafts[60].text == "Dear Anna"
    assert window.case.reply._mark.text().startswith("saved ")
    type_reply(window, "Dear Anna, sorry")
    window.flush()
    later.go()
    assert desk.drafts[60].text == "Dear Anna, sorry"
    assert not window.case.drafts._unsaved


def test_what_was_typed_for_the_case_comes_into_sight_when_a_mention_joins_it(
    open_window: Open, desk: FakeDesk
) -> None:
    desk.heard.append(replace(heard(60, "Just chatting."), archived=replace(heard(60, "x").archived, case_id=None)))
    later = Later()
    window = open_window(desk, later)
    window.show_case(1)
    later.go()
    type_reply(window, "Typed for the case")
    window.case.log_contact()
    window.case.contact._text.setPlainText("Rang about the case")
    desk.problem = Problem("stores.disk_full")
    window.show_case(60)
    later.go()
    type_reply(window, "Typed for the mention")
    window.case.log_contact()
    window.case.contact._text.setPlainText("Rang about the mention")
    turned = desk.one(60)
    turned.archived = replace(turned.archived, case_id=1)
    window.case.reload()
    later.go()
    assert window.case.reply.text == "Typed for the case\n\nTyped for the mention"
    assert window.case.contact.text == "Rang about the case\n\nRang about the mention"
    desk.problem = None
    type_reply(window, f"{window.case.reply.text}, and more")
    window.case.drafts._save_again()
    window.case.contacts._save_again()
    later.go()
    assert desk.drafts[1].text == "Typed for the case\n\nTyped for the mention, and more"
    assert not window.case.drafts._unsaved
    assert not window.case.contacts._unsaved


def test_just_looking_saves_nothing(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    for mention_id in (1, 8, 12, 3):
        window.show_case(mention_id)
    window.flush()
    assert not [call for call in desk.calls if call[0] == "replies.save_draft"]


@pytest.mark.parametrize("leave", ["close", "hide", "flush", "quit", "focus"])
def test_what_is_typed_is_saved_when_the_window_is_left(open_window: Open, desk: FakeDesk, leave: str) -> None:
    window = open_window()
    type_reply(window, "half a sent")
    {
        "close": window.close,
        "hide": window.hide,
        "flush": window.flush,
        "quit": lambda: window.do("quit"),
        "focus": window.case.reply.edit.left.emit,
    }[leave]()
    assert desk.drafts[2].text == "half a sent"


def test_saved_is_said_only_after_the_desk_said_so(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    type_reply(window, "hello")
    window.flush()
    assert window.case.reply._mark.text() == ""
    later.go()
    assert window.case.reply._mark.text().startswith("saved ")
    type_reply(window, "hello again")
    assert window.case.reply._mark.text() == ""


def test_since_when_a_draft_is_saved_is_told_by_the_day_of_today(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    type_reply(window, "hello")
    window.flush()
    bench, mark = window._bench, window.case.reply._mark

    def told(now: float) -> str:
        monkeypatch.setattr(bench, "now", lambda: now)
        bench.read_clock()
        return mark.text()

    assert told(NOW + 60) == f"saved {clock(NOW)}"
    assert told(NOW + DAY) == f"saved yesterday {clock(NOW)}"
    assert window.case.reply.text == "hello"
    type_reply(window, "hello again")
    assert told(NOW + DAY) == "", "what is typed is not saved"
    window.case.reply.show_saved("not saved yet, trying again", "bad")
    assert told(NOW + 2 * DAY) == "not saved yet, trying again"


def test_a_draft_that_cannot_be_saved_says_so(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    type_reply(window, "hello")
    window.flush()
    assert "trying again" in window.case.reply._mark.text()
    assert window.case.reply.text == "hello"
    window.show_case(1)
    window.flush()
    assert window.case.reply._mark.text() == "", "of another case that is not so"
    desk.problem = None


def test_news_do_not_touch_the_reply(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    type_reply(window, "still typing")
    desk.heard.append(heard(77, "Nowa skarga", due=-99999))
    window.mentions_arrived(Arrived("w1", (77,), (77,)))
    qtbot.waitUntil(lambda: 77 in rows(window))
    assert window.case.view.mention.id == 2
    assert window.case.reply.text == "still typing"
    assert window.inbox.current == 2


def test_words_edited_meanwhile_come_into_the_open_case(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    type_reply(window, "still typing")
    one = desk.one(2)
    assert one is not None
    mention = replace(one.archived.mention, text="Najgorsza, ale oddali mi pieniądze.")
    desk.heard[desk.heard.index(one)] = replace(one, archived=replace(one.archived, mention=mention))
    window.mentions_arrived(Arrived("w1", (), ()))
    qtbot.waitUntil(lambda: "oddali" in window.case.head._text.toPlainText())
    assert window.case.reply.text == "still typing"


def test_what_is_marked_in_the_open_case_stays_so_when_news_are_about_others(
    open_window: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    window = open_window()
    window.case.head._text.selectAll()
    desk.heard.append(heard(77, "Nowa skarga", due=-99999))
    window.mentions_arrived(Arrived("w1", (77,), (77,)))
    qtbot.waitUntil(lambda: 77 in rows(window))
    assert window.case.head._text.textCursor().selectedText().startswith("Najgorsza")


def test_copy_and_open(open_window: Open, opened_pages: list[str]) -> None:
    window = open_window()
    window.show_case(1)
    type_reply(window, "Już dzwonimy")
    window.do("case:copy")
    assert QGuiApplication.clipboard().text() == "Już dzwonimy"
    assert opened_pages == ["https://mastodon.social/post/1"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x/y", "", "https://", "smb://h/x"])
def test_only_web_pages_are_opened(open_window: Open, desk: FakeDesk, opened_pages: list[str], url: str) -> None:
    one = heard(60, "Zło", due=-999999)
    one.archived = replace(one.archived, mention=replace(one.archived.mention, url=url))
    desk.heard.append(one)
    window = open_window()
    window.show_case(60)
    window.do("case:open")
    type_reply(window, "text")
    window.do("case:copy")
    assert opened_pages == []
    assert QGuiApplication.clipboard().text() == "text"


def test_where_there_is_no_page_the_reply_is_only_copied(open_window: Open, desk: FakeDesk) -> None:
    one = desk.heard[0]
    one.archived = replace(one.archived, mention=replace(one.archived.mention, url=""))
    window = open_window()
    window.show_case(1)
    assert window.case.reply._copy.text() == "Copy the reply"
    window.show_case(2)
    assert window.case.reply._copy.text() == "Copy and open the post"


def test_a_blank_must_be_filled_before_copying(open_window: Open, opened_pages: list[str], desk: FakeDesk) -> None:
    QGuiApplication.clipboard().setText("before")
    window = open_window()
    window.show_case(1)
    window.case.reply.reply_chosen.emit(desk.replies_kept[0])
    assert window.case.reply.text.startswith("Dzień dobry Anna K., ")
    assert window.case.reply.edit.textCursor().selectedText() == "{order}"
    assert "✗ blank {order} not filled" in window.case.reply._checks.text
    window.do("case:copy")
    assert QGuiApplication.clipboard().text() == "before"
    assert "{order}" in window.case.reply.note
    assert window.banner.isHidden(), "it is said where the button is"
    assert opened_pages == []


@pytest.mark.parametrize(
    ("typed", "before"),
    [("", ""), ("600 100 200", "600 100 200\n\n"), ("Hello,\n", "Hello,\n"), ("  ", "  \n"), ("🍞", "🍞\n\n")],
)
def test_a_saved_reply_begins_on_a_line_of_its_own(open_window: Open, typed: str, before: str) -> None:
    window = open_window()
    window.show_case(1)
    box = window.case.reply
    type_reply(window, typed)
    box.edit.moveCursor(QTextCursor.MoveOperation.End)
    box.insert("Dzień dobry")
    assert box.text == f"{before}Dzień dobry"
    box.edit.undo()
    assert box.text == typed


def test_a_saved_reply_takes_the_place_of_what_is_selected(open_window: Open) -> None:
    window = open_window()
    window.show_case(1)
    type_reply(window, "something else")
    window.case.reply.edit.selectAll()
    window.case.reply.insert("Dzień dobry")
    assert window.case.reply.text == "Dzień dobry"


def test_private_data_in_public_needs_a_second_press(open_window: Open, opened_pages: list[str]) -> None:
    QGuiApplication.clipboard().setText("before")
    window = open_window()
    window.show_case(1)
    type_reply(window, "Zadzwonimy pod 600 100 200")
    assert "✗ private data" in window.case.reply._checks.text
    window.do("case:copy")
    assert QGuiApplication.clipboard().text() == "before"
    assert window.case.reply._copy.text() == "Copy anyway"
    window.do("case:copy")
    assert QGuiApplication.clipboard().text() == "Zadzwonimy pod 600 100 200"
    type_reply(window, "Zadzwonimy pod 600 100 200!")
    assert window.case.reply._copy.text() == "Copy and open the post"


def test_characters_are_counted_against_the_limit(open_window: Open) -> None:
    window = open_window()
    window.show_case(1)
    type_reply(window, "a" * 501)
    assert window.case.reply._count.text() == "501 / 500"
    assert "too long" in window.case.reply._checks.text


def test_answered_goes_to_the_log_and_the_next_case_comes(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    type_reply(window, "Przepraszamy!")
    window.do("case:answered")
    assert desk.one(2).state is CaseState.ANSWERED
    assert 2 not in desk.drafts
    assert window.case.view.mention.id == 1
    assert window.case.reply.text == ""
    window.flush()
    assert 2 not in desk.drafts
    window.do("undo")
    assert desk.one(2).state is CaseState.NEW


def test_answered_that_fails_keeps_the_reply(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    type_reply(window, "Przepraszamy!")
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    window.do("case:answered")
    assert window.case.reply.text == "Przepraszamy!"
    desk.problem = None
    window.flush()
    window.case.drafts._timers._retry.timeout.emit()
    assert desk.drafts[2].text == "Przepraszamy!"


def test_handing_over_opens_a_mail(open_window: Open, opened_pages: list[str], desk: FakeDesk) -> None:
    window = open_window()
    type_reply(window, "Please help")
    window.case.reply._audiences["hand_over"].click()
    assert not window.case.reply._passing.isHidden()
    window.case.reply._copy.click()
    assert opened_pages == []
    window.case.reply._passing.field.setText("service@example.org")
    window.case.reply._copy.click()
    assert opened_pages == ["mailto:service@example.org?subject=case"]
    assert desk.drafts[2].audience == "hand_over"


def test_logging_a_contact(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.show_case(1)
    before = len(window.case.history.lines)
    window.do("case:contact")
    window.case.contact._text.setPlainText("Rang an")
    window.case.contact._save.click()
    assert desk.people["anna"].contacts[-1].text == "Rang an"
    assert desk.people["anna"].contacts[-1].at == NOW
    assert len(window.case.history.lines) == before + 1
    assert window.case.contact.isHidden()


def test_a_contact_begun_for_one_case_waits_there(open_window: Open) -> None:
    window = open_window()
    window.do("case:contact")
    window.case.contact._text.setPlainText("half a note")
    window.show_case(1)
    assert window.case.contact.isHidden()
    assert window.case.contact.text == ""
    window.show_case(2)
    assert window.case.contact.text == "half a note"
    assert not window.case.contact.isHidden()


def test_what_was_said_in_private_is_answered_in_private_unless_the_owner_chose(
    open_window: Open, desk: FakeDesk
) -> None:
    letter = heard(2, "Cold soup.")
    mention = Mention("mailbox", "2", text="Cold soup.", handle="anna@poczta.example")
    desk.heard = [heard(1, "Awful."), replace(letter, archived=replace(letter.archived, mention=mention))]
    window = open_window()
    reply = window.case.reply
    window.show_case(1)
    assert reply.audience == "public"
    window.show_case(2)
    assert reply.audience == "private"
    assert desk.drafts == {}
    type_reply(window, "Sorry!")
    reply._audiences["public"].click()
    window.show_case(1)
    window.show_case(2)
    assert reply.audience == "public"


def test_a_snoozed_case_says_until_when_and_can_be_woken(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    head = window.case.head
    assert head._asleep.isHidden()
    window.do("case:snooze:hour")
    window.show_case(2)
    assert window.case.mention_id == 2
    assert not head._asleep.isHidden()
    assert head._until.text() == f"Snoozed until {to_the_minute(NOW + 3600, NOW)}"
    (wake,) = (one for one in head._asleep.findChildren(QPushButton))
    qtbot.waitUntil(lambda: not window.case._pause.is_on)
    wake.click()
    assert desk.one(2).snoozed is None
    assert head._asleep.isHidden()


def test_a_case_that_is_not_put_aside_is_not_brought_back(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.show_case(2)
    for _again in range(2):
        desk.calls.clear()
        window.do("case:wake")
        assert window.banner.text == "This case is not snoozed."
        assert not [call for call in desk.calls if "snooze" in str(call)]
    desk.one(2).snoozed = NOW + 3600
    window.case.reload()
    window.do("case:wake")
    assert desk.one(2).snoozed is None
    assert window.banner.text == "No longer snoozed."


def test_where_no_blank_is_left_that_is_said(open_window: Open) -> None:
    window = open_window()
    type_reply(window, "Hello {order}, and {name}.")
    window.do("case:blank")
    assert window.case.reply.edit.textCursor().selectedText() in {"{order}", "{name}"}
    assert window.banner.text == ""
    type_reply(window, "Hello.")
    window.do("case:blank")
    assert window.banner.text == "The reply has no blank to fill."


def test_a_snooze_that_is_over_is_not_shown(open_window: Open, desk: FakeDesk) -> None:
    desk.one(2).snoozed = NOW - 1
    window = open_window()
    window.show_case(2)
    assert window.case.head._asleep.isHidden()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("author", "Blocked «J. Nowak»."),
        ("site", "Blocked «Recenzje Google»."),
        ("snooze:hour", f"Snoozed until {exactly(NOW + 3600, NOW)}: «J. Nowak»."),
    ],
)
def test_a_decision_says_about_whom_and_until_when(open_window: Open, act: str, words: str) -> None:
    window = open_window()
    window.do(f"case:{act}")
    assert window.banner.text == words


def test_a_contact_without_text_is_no_blank_line() -> None:
    contact = Contact("c", NOW, Direction.OUT, Channel.POST, "")
    assert told(HistoryEntry(NOW, contact=contact)) == ("us · post", "(no text)")


def test_where_the_bell_went_by_another_level_it_is_told(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    told = window.case.head._verdict
    window.show_case(2)
    assert "for the bell" not in told.text()
    one = desk.one(2)
    one.archived = replace(one.archived, verdict=replace(one.archived.verdict, score=0.86, lean=-2.0))
    window.case.reload()
    assert told.text().startswith("complaint 0.86 (for the bell 0.45)")


def test_stars_that_made_it_a_complaint_stand_in_the_line_of_the_verdict(open_window: Open, desk: FakeDesk) -> None:
    one = desk.one(2)
    one.archived = replace(one.archived, verdict=replace(one.archived.verdict, score=0.89, reasons=()))
    window = open_window()
    window.show_case(2)
    assert window.case.head._verdict.text() == "complaint 0.89: 1 of 5 stars"
