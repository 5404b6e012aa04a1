"""The whole window over a desk in memory."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, heard
from ui.window_samples import Open, rows

from app.core.case import CaseState
from app.core.messages import Polled, Status
from app.core.problems import Problem, ProblemError
from app.core.verdict import Cause, Kind
from app.core.views import Folder
from app.ui.actions import MENUS
from app.ui.format import clock
from app.ui.labels import about
from app.ui.models.inbox_model import spoken
from app.ui.widgets.folder_list import NAME
from app.ui.window import folder_of


def test_the_frame_stands_before_there_is_a_desk(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(None, show=False)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert window.bar.status.text() == "opening…"
    for name in ("page:watches", "page:customers", "check", "undo", "case:copy", "page:complaints"):
        window.do(name)


def test_the_first_paint_comes_quickly(open_window: Open, qtbot: QtBot) -> None:
    open_window(None)
    took = []
    for _try in range(5):
        begun = time.thread_time()
        window = open_window(None, show=False)
        with qtbot.waitSignal(window.painted):
            window.show()
        took.append(time.thread_time() - begun)
    assert min(took) < 1.0  # of the processor; bench_window has the figures


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


def test_the_cause_of_a_complaint_stands_in_list_and_head(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.show_case(1)
    assert window.case.head._place.text().startswith("Mastodon · delivery · mastodon.social · ")
    assert spoken(desk.row_of(desk.one(1)), NOW).startswith("complaint, delivery of Anna K.")
    window.do("case:not_complaint")
    window.show_case(1)
    assert window.case.head._place.text().startswith("Mastodon · mastodon.social · ")


def test_a_cause_nobody_knows_is_not_told() -> None:
    assert about(Kind.COMPLAINT, Cause.DELIVERY) == "delivery"
    assert [about(Kind.COMPLAINT, Cause.OTHER), about(Kind.COMPLAINT, None), about(Kind.PRAISE, Cause.MONEY)] == [
        ""
    ] * 3


def test_many_and_long_reasons_are_marked_whole_and_told_short(open_window: Open, desk: FakeDesk) -> None:
    words = [f"reason number {n} with many more words than anybody reads" for n in range(12)]
    desk.heard.append(heard(52, ". ".join(words), words=words))
    window = open_window()
    window.show_case(52)
    assert [mark.cursor.selectedText() for mark in window.case.head._text.extraSelections()] == words
    told = window.case.head._verdict.text()
    assert told.count("«") == 4
    assert "«reason number 0 with many more words…»" in told


def test_the_left_column_leads_back_from_a_page_without_a_place_there(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.do("page:settings")
    window.do("page:learning")
    item = window.folders.visualItemRect(window.folders.currentItem()).center()
    qtbot.mouseClick(window.folders.viewport(), Qt.MouseButton.LeftButton, pos=item)
    assert window.pages.name == "settings"


def test_the_page_shown_is_marked_in_the_left_column(open_window: Open) -> None:
    window = open_window()
    for name in ("settings", "help", "complaints", "help", "customers"):
        window.do(f"page:{name}")
        assert window.folders.currentItem().data(NAME) == name
    window.do("page:help")
    window.do("back")
    assert window.folders.currentItem().data(NAME) == "complaints"


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
    with qtbot.waitSignal(window.urgent_changed) as told:
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


def test_the_quiet_of_an_hour_is_told_on_top_and_ended_in_the_menu(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    action = window.menu_actions.by_name["quiet"]
    window.listener.show_status(Status(watches=3, paused=False, offline=False, polling=0, last_heard=NOW))
    for hushed, until, text, on in (
        (0.0, NOW, "Quiet for an hour", True),
        (NOW + 3600, NOW + 3600, f"End the quiet (until {clock(NOW + 3600)})", False),
        (0.0, NOW + 7200, "Quiet for an hour", True),
        (NOW, NOW, "Quiet for an hour", True),
    ):
        window.listener.show_quiet(hushed, until)
        assert action.text().replace("&", "") == text
        assert window.bar.status.text().startswith(f"quiet until {clock(until)} · ") == (until > NOW)
        with qtbot.waitSignal(window.quiet_requested) as wish:
            action.trigger()
        assert wish.args == [on]
        assert action.toolTip() == "Quiet for an hour"


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
    found = {one.archived.id: folder_of(desk.row_of(one), NOW) for one in desk.heard}
    assert found[1] is Folder.COMPLAINTS
    assert found[12] is Folder.EVERYTHING
    assert found[13] is Folder.EVERYTHING
    snoozed = replace(desk.row_of(desk.one(1)), snoozed_until=NOW + 60)
    assert folder_of(snoozed, NOW) is Folder.SNOOZED
    assert folder_of(snoozed, NOW + 60) is Folder.COMPLAINTS
    assert folder_of(replace(snoozed, state=CaseState.ANSWERED), NOW) is Folder.SNOOZED
    assert folder_of(replace(snoozed, state=CaseState.ANSWERED), NOW + 60) is Folder.SNOOZED
    assert folder_of(replace(snoozed, state=CaseState.RESOLVED), NOW) is Folder.EVERYTHING


def test_a_case_shown_stays_when_others_come(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    for each in desk.heard:
        each.snoozed = NOW + 60
    window.show_case(2)
    assert window.inbox.folder is Folder.SNOOZED
    desk.one(2).snoozed = None  # it left this folder
    window.refresh()
    assert window.inbox.current is None
    window.refresh()
    assert window.case.mention_id == 2
    assert window.inbox.current is None


def test_what_comes_to_an_empty_folder_is_opened(open_window: Open, desk: FakeDesk) -> None:
    desk.heard, later = [], desk.heard
    window = open_window()
    assert window.case.view is None
    desk.heard = later
    window.refresh()
    assert window.case.mention_id == 2


def test_a_wrong_verdict_goes_and_comes_back(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.do("case:not_complaint")
    assert desk.one(2).kind is Kind.NEUTRAL
    assert window.case.view.mention.id == 1
    assert window.banner.text == "Marked as not a complaint. Counterbell will pay less attention to texts like this."
    window.do("undo")
    assert desk.one(2).kind is Kind.COMPLAINT
    assert rows(window)[0] == 2
    assert "Marked as not a complaint." in window.banner.text


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
    with qtbot.waitSignal(window.shop_changed):
        window.do("case:author")
    assert desk.preferences.blocked_authors == ("J. Nowak",)
    assert desk.one(2).state is CaseState.NOT_US
    with qtbot.waitSignal(window.shop_changed):
        window.do("undo")
    assert desk.preferences.blocked_authors == ()
    assert desk.one(2).state is CaseState.NEW


def test_a_block_taken_back_leaves_the_decision_before_it(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.do("case:resolved")
    decided = window.case.mention_id
    window.do("case:author")
    window.do("undo")
    assert window.case.mention_id == decided
    assert desk.one(2).state is CaseState.RESOLVED
    window.do("undo")
    assert desk.one(2).state is CaseState.NEW


@pytest.mark.parametrize("act", ["answered", "not_complaint", "not_us", "snooze:hour", "author"])
def test_a_case_taken_back_is_opened_again(open_window: Open, act: str) -> None:
    window = open_window()
    window.do(f"case:{act}")
    assert window.case.mention_id != 2
    window.do("undo")
    assert window.case.view.mention.id == 2
    assert window.inbox.current == 2


def test_a_case_taken_back_is_opened_again_however_late_the_rows_come(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    window.do("case:answered")
    later.go()
    assert window.case.mention_id != 2
    window.do("undo")
    later.go("write")
    later.go("read")
    assert window.case.view.mention.id == 2
    assert window.inbox.current == 2


def test_a_case_taken_back_is_marked_where_the_list_has_it_still(open_window: Open) -> None:
    window = open_window()
    window.do("page:everything")
    first = window.inbox.current
    window.do("case:resolved")
    window.do("next")
    assert window.inbox.current != first
    window.do("undo")
    assert (window.inbox.folder, window.inbox.current, window.case.mention_id) == (Folder.EVERYTHING, first, first)


def test_a_case_taken_back_takes_nobody_off_another_page(open_window: Open) -> None:
    window = open_window()
    window.do("case:answered")
    window.do("page:settings")
    window.do("undo")
    assert window.pages.name == "settings"


def test_what_cannot_be_taken_back_is_told_and_can_be_tried_again(
    open_window: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.do("case:resolved")
    with monkeypatch.context() as patch:

        def full() -> None:
            raise ProblemError(Problem("stores.disk_full"))

        patch.setattr(desk, "cases_undo", full)
        window.do("undo")
    assert desk.one(2).state is CaseState.RESOLVED
    assert "disk" in window.banner.text
    window.do("undo")
    assert desk.one(2).state is CaseState.NEW


def test_a_failed_decision_is_told_and_not_offered_for_undo(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    desk.problem = Problem("desk.no_mention", {"id": 2})
    window.do("case:not_complaint")
    assert window.banner.text == "There is no mention 2."
    assert window.banner._undo.isHidden()
    assert window.case.view.mention.id == 2


STATUSES = [
    (None, "not running"),
    (Status(12, True, False, 0, NOW), "paused"),
    (Status(12, False, True, 0, NOW), "no network"),
    (Status(12, False, False, 3, NOW), "checking 3 watches"),
    (Status(0, False, False, 0, 0), "no watch is on"),
    (Status(1, False, False, 0, 0), "listening · 1 of 5 watches"),
    (Status(5, False, False, 0, NOW, failing=2), "5 watches · 2 failing · last heard "),
    (Status(12, False, False, 0, NOW), "listening · 12 watches · last heard "),
]


@pytest.mark.parametrize(("status", "words"), STATUSES)
def test_the_bar_says_how_the_listener_is(open_window: Open, status: Status | None, words: str) -> None:
    window = open_window()
    window.listener.show_status(status)
    assert words in window.bar.status.text()
    assert window.menu_actions.by_name["pause"].isChecked() is bool(status and status.paused)


def test_wishes_go_out_as_signals(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    with qtbot.waitSignal(window.poll_requested) as asked:
        window.do("check")
    assert asked.args == [()]
    with qtbot.waitSignal(window.pause_requested) as asked:
        window.menu_actions.by_name["pause"].trigger()
    assert asked.args == [True]
    with qtbot.waitSignal(window.test_bell_requested):
        window.do("bell")


def test_closing_goes_to_the_tray_only_where_there_is_one(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.keep_in_tray = True
    with qtbot.waitSignal(window.closed_to_tray), qtbot.assertNotEmitted(window.quit_requested):
        window.close()
    assert not window.isVisible()
    window.show()
    window.keep_in_tray = False
    with qtbot.waitSignal(window.quit_requested), qtbot.assertNotEmitted(window.closed_to_tray):
        window.close()


def test_a_hidden_window_reads_only_the_counts(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.hide()
    desk.calls.clear()
    window.refresh()
    assert {call[0] for call in desk.calls} == {"inbox.counts", "inbox.overdue", "inbox.next_due"}


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
    qtbot.waitUntil(lambda: not item.toolTip())


def test_first_run_leads_to_the_first_watch(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(heard=[], views=[])
    window = open_window(desk)
    assert window.pages.name == "welcome"
    page = window.pages.page("welcome")
    page.shop.setText("Piekarnia")
    assert page.start.isHidden()
    page.address.setText("https://piekarnia.example")
    page.preview()
    assert any("Paczka" in line for line in page.trial.lines)
    with qtbot.waitSignal(window.shop_changed):
        page.start.click()
    assert desk.preferences.shop_name == "Piekarnia"
    assert desk.views[0].watch.settings == {"url": "https://piekarnia.example"}
    assert window.pages.name == "inbox"
    assert "Add a watch" in window.inbox.empty.text


def test_every_control_has_a_name_for_screen_readers(open_window: Open) -> None:
    window = open_window()
    for name in ("customers", "log", "reports", "watches", "settings", "learning", "help"):
        window.do(f"page:{name}")
    window.pages.watches().add()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    nameless = [
        f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}"
        for one in window.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.objectName().startswith("qt_")
        and one.window() is window
        and not one.isHidden()
        and not one.accessibleName()
        and not (isinstance(one, QAbstractButton) and one.text())
    ]
    assert not nameless


def test_a_tray_that_vanished_is_noticed_at_the_moment_of_closing(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.keep_in_tray = True
    window.closing.connect(lambda: setattr(window, "keep_in_tray", False))
    with qtbot.assertNotEmitted(window.closed_to_tray), qtbot.waitSignal(window.quit_requested):
        window.close()
