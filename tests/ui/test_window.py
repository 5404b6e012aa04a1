"""The whole window over a desk in memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from ui.fake_desk import NOW, SOURCES, AtOnce, FakeDesk, Later, heard

from app.core.case import CaseState
from app.core.messages import Arrived, Polled, Status
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Folder
from app.ui.actions import MENUS
from app.ui.window import MainWindow, folder_of

RESOURCES = Path(__file__).parents[2] / "resources"

Open = Callable[..., MainWindow]


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, desk: FakeDesk) -> Open:
    def opened(of: FakeDesk | None = desk, background: Any = None, *, show: bool = True) -> MainWindow:
        window = MainWindow(background or AtOnce(), RESOURCES, settings_path=tmp_path / "window.ini", now=lambda: NOW)
        qtbot.addWidget(window, before_close_func=lambda w: setattr(w, "keep_in_tray", False))
        if of is not None:
            window.attach(of, SOURCES)
        if show:
            window.show()
            window.activateWindow()
        return window

    return opened


@pytest.fixture
def opened_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pages: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(url.toString()) or True)
    return pages


def type_reply(window: MainWindow, text: str) -> None:
    window.case.reply.edit.setPlainText(text)


def rows(window: MainWindow) -> list[int]:
    model = window.inbox.model
    return [model.row(number).mention_id for number in range(model.rowCount())]


def test_the_frame_stands_before_there_is_a_desk(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(None, show=False)
    with qtbot.waitSignal(window.painted, timeout=3000):
        window.show()
    assert window.bar.status.text() == "opening…"
    for name in ("page:watches", "page:customers", "check", "undo", "case:copy", "page:complaints"):
        window.do(name)


def test_the_first_paint_comes_quickly(open_window: Open, qtbot: QtBot) -> None:
    open_window(None)
    took = []
    for _try in range(3):
        begun = time.perf_counter()
        window = open_window(None, show=False)
        with qtbot.waitSignal(window.painted, timeout=3000):
            window.show()
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.25


def test_the_most_urgent_complaint_is_open_at_once(open_window: Open) -> None:
    window = open_window()
    assert window.inbox.folder is Folder.COMPLAINTS
    assert rows(window)[:2] == [2, 1]
    assert window.case.view.mention.id == 2
    assert window.case.head._text.toPlainText().startswith("Najgorsza")


def test_deciding_words_are_marked_where_they_stand(open_window: Open) -> None:
    window = open_window()
    window.show_case(1)
    marks = [mark.cursor.selectedText() for mark in window.case.head._text.extraSelections()]
    assert marks == ["miała być", "infolinia milczy", "nikt nie odpowiada"]
    assert "complaint 0.93: «miała być», «infolinia milczy»" in window.case.head._verdict.text()


def test_marks_stand_right_after_emoji(open_window: Open, desk: FakeDesk) -> None:
    desk.heard.append(heard(50, "🎂🎂 zły tort", words=("zły tort",)))
    window = open_window()
    window.show_case(50)
    assert [mark.cursor.selectedText() for mark in window.case.head._text.extraSelections()] == ["zły tort"]


def test_outside_text_is_never_markup(open_window: Open, desk: FakeDesk) -> None:
    nasty = "<b>bold</b> <img src='http://evil.example/x.png'> <a href='http://evil.example'>click</a>"
    desk.heard.append(heard(51, nasty, author="<h1>Bobby</h1>", site="<i>site</i>"))
    window = open_window()
    window.show_case(51)
    assert window.case.head._text.toPlainText() == nasty
    assert window.case.head._author.text() == "<h1>Bobby</h1>"
    assert window.case.head._author.textFormat() == Qt.TextFormat.PlainText
    assert window.case.head._place.textFormat() == Qt.TextFormat.PlainText


def test_folders_are_counted_and_switched(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(show=False)
    with qtbot.waitSignal(window.urgent_changed, timeout=1000) as told:
        window.refresh()
    assert told.args[0] == 7
    assert told.args[1].mention_id == 2
    window.do("page:questions")
    assert rows(window) == [8, 9]
    assert window.case.view.mention.id == 8
    window.do("page:snoozed")
    assert rows(window) == []
    assert window.case.view is None


def test_every_page_opens_by_its_action(open_window: Open) -> None:
    window = open_window()
    for _title, items in MENUS:
        for item in items:
            if item.act.startswith("page:"):
                window.do(item.act)
                name = item.act.removeprefix("page:")
                assert window.pages.name == ("inbox" if name in set(Folder) else name)


def test_no_two_actions_share_their_keys(open_window: Open) -> None:
    window = open_window()
    keys = [key.toString() for action in window.menu_actions.by_name.values() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"Ctrl+Return", "Ctrl+Shift+Return", "F5", "Ctrl+F", "Ctrl+Z", "Esc", "J", "K"} <= set(keys)
    assert {f"Ctrl+{n}" for n in range(1, 10)} <= set(keys)


def test_a_case_in_another_folder_is_found_and_selected(open_window: Open) -> None:
    window = open_window()
    window.show_case(8)
    assert window.inbox.folder is Folder.QUESTIONS
    assert window.inbox.current == 8
    assert window.folders.currentItem().text() == "Questions"
    window.show_case(13)
    assert window.inbox.folder is Folder.EVERYTHING
    assert window.case.view.mention.id == 13


def test_a_case_that_is_gone_is_told(open_window: Open) -> None:
    window = open_window()
    window.show_case(4711)
    assert "archive" in window.banner.text


def test_where_a_row_is_to_be_found(desk: FakeDesk) -> None:
    found = {one.archived.id: folder_of(desk.row_of(one)) for one in desk.heard}
    assert found[1] is Folder.COMPLAINTS
    assert found[12] is Folder.EVERYTHING
    assert found[13] is Folder.EVERYTHING


def test_search_looks_everywhere_and_esc_ends_it(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.do("page:watches")
    window.do("search")
    qtbot.keyClicks(window.bar.field, "torty")
    qtbot.waitUntil(lambda: window.inbox.searching == "torty", timeout=2000)
    assert window.pages.name == "inbox"
    assert rows(window) == [8]
    window.bar.field.setFocus()
    window.bar.field.clear()
    assert window.inbox.searching == ""
    assert len(rows(window)) == 7


def test_choosing_a_folder_ends_the_search(open_window: Open) -> None:
    window = open_window()
    window.bar.field.setText("zzz")
    window.bar._search()
    assert rows(window) == []
    window.do("page:praise")
    assert window.bar.field.text() == ""
    assert rows(window) == [10]


def test_a_wrong_verdict_goes_and_comes_back(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.do("case:not_complaint")
    assert desk.one(2).kind is Kind.NEUTRAL
    assert window.case.view.mention.id == 1
    assert window.banner.text == "Kept as not a complaint."
    window.do("undo")
    assert desk.one(2).kind is Kind.COMPLAINT
    assert rows(window)[0] == 2
    assert "Kept as not a complaint." in window.banner.text


def test_decisions_are_taken_back_newest_first(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.do("case:not_us")
    window.do("case:snooze:hour")
    window.do("undo")
    assert desk.one(1).snoozed is None
    assert desk.one(2).state is CaseState.NOT_US
    window.do("undo")
    assert desk.one(2).state is CaseState.NEW
    window.do("undo")
    assert "nothing to undo" in window.banner.text


def test_blocking_tells_the_listener_and_can_be_taken_back(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    with qtbot.waitSignal(window.shop_changed, timeout=1000):
        window.do("case:author")
    assert desk.preferences.blocked_authors == ("J. Nowak",)
    with qtbot.waitSignal(window.shop_changed, timeout=1000):
        window.do("undo")
    assert desk.preferences.blocked_authors == ()


def test_a_failed_decision_is_told_and_not_offered_for_undo(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    desk.problem = Problem("desk.no_mention", {"id": 2})
    window.do("case:not_complaint")
    assert window.banner.text == "There is no mention 2."
    assert window.banner._undo.isHidden()
    assert window.case.view.mention.id == 2


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


def test_a_draft_that_cannot_be_saved_says_so(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    type_reply(window, "hello")
    window.flush()
    assert "trying again" in window.case.reply._mark.text()
    assert window.case.reply.text == "hello"
    desk.problem = None


def test_news_do_not_touch_the_reply(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    type_reply(window, "still typing")
    desk.heard.append(heard(77, "Nowa skarga", due=-99999))
    window.mentions_arrived(Arrived("w1", (77,), (77,)))
    qtbot.waitUntil(lambda: 77 in rows(window), timeout=2000)
    assert window.case.view.mention.id == 2
    assert window.case.reply.text == "still typing"
    assert window.inbox.current == 2


def test_copy_and_open(open_window: Open, opened_pages: list[str]) -> None:
    window = open_window()
    type_reply(window, "Przepraszamy!")
    window.do("case:copy")
    assert QGuiApplication.clipboard().text() == "Przepraszamy!"
    assert opened_pages == ["https://Recenzje Google/post/2"] or not opened_pages
    window.show_case(1)
    type_reply(window, "Już dzwonimy")
    window.do("case:copy")
    assert opened_pages[-1] == "https://mastodon.social/post/1"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x/y", "", "https://", "smb://h/x"])
def test_only_web_pages_are_opened(open_window: Open, desk: FakeDesk, opened_pages: list[str], url: str) -> None:
    from dataclasses import replace

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
    assert "{order}" in window.banner.text
    assert opened_pages == []


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
    window.case.drafts._retry.timeout.emit()
    assert desk.drafts[2].text == "Przepraszamy!"


def test_handing_over_opens_a_mail(open_window: Open, opened_pages: list[str], desk: FakeDesk) -> None:
    window = open_window()
    type_reply(window, "Please help")
    window.case.reply._audiences["hand_over"].click()
    assert not window.case.reply._passing.isHidden()
    window.case.reply._copy.click()
    assert opened_pages == []
    window.case.reply._address.setText("service@example.org")
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


STATUSES = [
    (None, "not running"),
    (Status(12, True, False, 0, NOW, NOW), "paused"),
    (Status(12, False, True, 0, NOW, NOW), "no network"),
    (Status(12, False, False, 3, NOW, NOW), "checking 3 watches"),
    (Status(0, False, False, 0, 0, 0), "no watches yet"),
    (Status(1, False, False, 0, 0, 0), "listening · 1 watch"),
    (Status(12, False, False, 0, NOW, NOW), "listening · 12 watches · last heard "),
]


@pytest.mark.parametrize(("status", "words"), STATUSES)
def test_the_bar_says_how_the_listener_is(open_window: Open, status: Status | None, words: str) -> None:
    window = open_window()
    window.show_status(status)
    assert words in window.bar.status.text()
    assert window.menu_actions.by_name["pause"].isChecked() is bool(status and status.paused)


def test_wishes_go_out_as_signals(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    with qtbot.waitSignal(window.poll_requested, timeout=1000) as asked:
        window.do("check")
    assert asked.args == [()]
    with qtbot.waitSignal(window.pause_requested, timeout=1000) as asked:
        window.menu_actions.by_name["pause"].trigger()
    assert asked.args == [True]
    with qtbot.waitSignal(window.test_bell_requested, timeout=1000):
        window.do("bell")


def test_closing_goes_to_the_tray_only_where_there_is_one(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.keep_in_tray = True
    with qtbot.waitSignal(window.closed_to_tray, timeout=1000), qtbot.assertNotEmitted(window.quit_requested):
        window.close()
    assert not window.isVisible()
    window.show()
    window.keep_in_tray = False
    with qtbot.waitSignal(window.quit_requested, timeout=1000), qtbot.assertNotEmitted(window.closed_to_tray):
        window.close()


def test_a_hidden_window_reads_only_the_counts(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.hide()
    desk.calls.clear()
    window.refresh()
    assert {call[0] for call in desk.calls} == {"inbox.counts", "inbox.next_due"}


def test_the_window_is_as_it_was_left(open_window: Open) -> None:
    first = open_window()
    first.resize(780, 600)
    first._middle.setSizes([260, 360])
    sizes = first._middle.sizes()
    first.do("page:praise")
    first.close()
    again = open_window()
    assert again.size() == first.size()
    assert again._middle.sizes() == sizes
    assert again.inbox.folder is Folder.PRAISE


def test_a_broken_settings_file_is_no_obstacle(open_window: Open, tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_bytes(b"\xff\x00[window1]\ngeometry=@ByteArray(garbage)\nfolder=nonsense\n")
    assert open_window().inbox.folder is Folder.COMPLAINTS


def test_a_failing_watch_is_marked(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window()
    item = window.folders._item("watches")
    assert "Forum Poznań" in item.toolTip()
    desk.views = desk.views[:1]
    window.watch_polled(Polled("w1", NOW, NOW + 1))
    qtbot.waitUntil(lambda: not item.toolTip(), timeout=2000)


def test_first_run_leads_to_the_first_watch(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(heard=[], views=[])
    window = open_window(desk)
    assert window.pages.name == "welcome"
    page = window.pages.page("welcome")
    page.shop.setText("Piekarnia")
    assert not page.start.isEnabled()
    page.address.setText("https://piekarnia.example")
    page.preview()
    assert any("Paczka" in line for line in page.trial.lines)
    with qtbot.waitSignal(window.shop_changed, timeout=1000):
        page.start.click()
    assert desk.preferences.shop_name == "Piekarnia"
    assert desk.preferences.first_run_done
    assert desk.views[0].watch.settings == {"url": "https://piekarnia.example"}
    assert window.pages.name == "inbox"
    assert "Add a watch" in window.inbox.empty.text


def test_every_control_has_a_name_for_screen_readers(open_window: Open) -> None:
    window = open_window()
    for name in ("customers", "log", "reports", "watches", "settings", "help"):
        window.do(f"page:{name}")
    window.pages.watches().add()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    nameless = [
        f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}"
        for one in window.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.objectName().startswith("qt_")
        and not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
        and "Private" not in type(one).__name__
        and not isinstance(one.parent(), QComboBox)
        and type(one.parent()).__name__ not in {"QComboBoxPrivateContainer", "QWidget_calendar"}
    ]
    assert not nameless
