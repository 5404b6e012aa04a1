"""The watches page: trouble in plain words, and a watch added, tried, removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, SOURCES, watches
from ui.window_samples import RESOURCES, Open

from app.core.problems import Problem
from app.core.views import Trial
from app.core.watch import Watch, WatchKind
from app.ui.pages.watches_page import WatchesPage, failing, trouble
from app.ui.window import MainWindow


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window()


@pytest.fixture
def page(window: MainWindow) -> WatchesPage:
    window.do("page:watches")
    return window.pages.watches()


def test_trouble_is_told_in_plain_words() -> None:
    told = [trouble(view) for view in watches()]
    assert told[0] == ("listening", "good")
    assert "Check the address" in told[2][0]
    assert told[2][1] == "bad"
    assert told[3][1] == "warn"
    assert told[4] == ("paused", "muted")
    assert failing(tuple(watches())) == "Failing at the moment: Forum Poznań"


@pytest.mark.parametrize(
    ("code", "tone"),
    [("net.offline", "muted"), ("net.rate_limited", "warn"), ("net.login_wanted", "warn"), ("net.tls", "bad")],
)
def test_nobody_is_blamed_for_being_offline_or_told_to_wait(code: str, tone: str) -> None:
    view = watches()[0]
    state = replace(view.state, problem=Problem(code, {"host": "x"}))
    assert trouble(replace(view, state=state))[1] == tone


def test_the_editor_is_drawn_from_the_source(page: WatchesPage) -> None:
    page.add()
    page.editor.source.setCurrentIndex(page.editor.source.findData("imap"))
    fields = page.editor.settings.fields
    assert list(fields) == ["server", "user", "password", "security", "folder"]
    assert fields["password"].echoMode() == QLineEdit.EchoMode.Password
    assert fields["folder"].accessibleName() == "Folder (optional)"
    assert page.editor.interval.itemData(0) == 300
    page.editor.source.setCurrentIndex(page.editor.source.findData("mastodon"))
    assert list(page.editor.settings.fields) == ["server", "words"]
    assert page.editor.kind.count() == 2


def test_the_sources_are_loaded_before_a_watch_is_added(page: WatchesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(page._bench._all))
    page.add()
    assert page.editor.source.count() > 0


def test_a_source_is_found_by_a_part_of_its_name(page: WatchesPage, qtbot: QtBot) -> None:
    page.add()
    source = page.editor.source
    assert source.field.selectedText() == source.itemText(0)
    qtbot.keyClicks(source.field, "stodo")
    qtbot.keyClick(source.field, Qt.Key.Key_Return)
    assert (source.currentData(), source.field.text()) == ("mastodon", "Mastodon")
    source.field.selectAll()
    qtbot.keyClicks(source.field, "no such place")
    qtbot.keyClick(source.field, Qt.Key.Key_Return)
    assert (source.currentData(), source.field.text()) == ("mastodon", "Mastodon")


def test_a_source_of_one_kind_does_not_ask_which(page: WatchesPage) -> None:
    page.add()
    source = page.editor.source
    source.setCurrentIndex(source.findData("bluesky"))
    assert page.editor._kind_row.isHidden()
    source.setCurrentIndex(source.findData("mastodon"))
    assert not page.editor._kind_row.isHidden()


def test_a_watch_is_added(page: WatchesPage, desk: FakeDesk, window: MainWindow, qtbot: QtBot) -> None:
    page.add()
    editor = page.editor
    editor.save_button.click()
    assert not editor._wrong.isHidden()
    editor.name.setText(" Blog ")
    editor.settings.fields["url"].setText("https://example.org")
    editor.required.setText("piekarnia|cukiernia, Rynek,,")
    editor.excluded.setText("praca")
    editor.language.setCurrentIndex(editor.language.findData("pl"))
    editor.own.setChecked(True)
    with qtbot.waitSignal(window.shop_changed):
        editor.save_button.click()
    kept = desk.views[-1].watch
    assert kept.name == "Blog"
    assert kept.settings == {"url": "https://example.org"}
    assert kept.required == ("piekarnia|cukiernia", "Rynek")
    assert kept.excluded == ("praca",)
    assert (kept.language, kept.own, kept.interval) == ("pl", True, 3600)
    assert editor.isHidden()
    assert page.table.current.watch.id == kept.id


def test_what_is_asked_often_in_the_own_network_is_asked_as_often_after_a_change(
    page: WatchesPage, desk: FakeDesk, window: MainWindow, qtbot: QtBot
) -> None:
    settings = {"url": "http://127.0.0.1:8000/feed"}
    desk.views[0] = replace(
        desk.views[0], watch=Watch("near", "Near", "feed", settings=settings, interval=10, allow_private=True)
    )
    page.load()
    page.table.view.selectRow(next(n for n, view in enumerate(page.table.model.rows) if view.watch.id == "near"))
    page.edit()
    page.editor.name.setText("Nearer")
    with qtbot.waitSignal(window.shop_changed):
        page.editor.save_button.click()
    kept = next(view.watch for view in desk.views if view.watch.id == "near")
    assert (kept.name, kept.interval) == ("Nearer", 10)


def test_secrets_go_beside_the_watch_never_in_it(page: WatchesPage, desk: FakeDesk) -> None:
    page.add()
    editor = page.editor
    editor.source.setCurrentIndex(editor.source.findData("imap"))
    editor.settings.fields["server"].setText("mail.example.org")
    editor.settings.fields["user"].setText("shop")
    editor.settings.fields["password"].setText("hunter2")
    editor.save_button.click()
    saved = next(call for call in desk.calls if call[0] == "watches.save")
    assert saved[2] == {"password": "hunter2"}
    assert "password" not in saved[1].settings
    assert saved[1].settings["security"] == "tls"


def test_without_a_keyring_the_owner_may_agree_to_a_file(page: WatchesPage, desk: FakeDesk) -> None:
    page.add()
    editor = page.editor
    editor.source.setCurrentIndex(editor.source.findData("imap"))
    for name, typed in (("server", "mail.example.org"), ("user", "shop"), ("password", "hunter2")):
        editor.settings.fields[name].setText(typed)
    desk.problem = Problem("stores.no_keyring")
    editor.save_button.click()
    assert "no keyring" in editor._wrong.text()
    assert not editor.file_button.isHidden()
    editor.file_button.click()
    assert [call[0] for call in desk.calls if "secrets" in call[0]] == ["watches.keep_secrets_in_file"]
    assert [call[2] for call in desk.calls if call[0] == "watches.save"] == [{"password": "hunter2"}] * 2
    assert editor.isHidden()


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(page: WatchesPage, desk: FakeDesk) -> None:
    page.add()
    page.editor.settings.fields["url"].setText("https://example.org")
    desk.problem = Problem("desk.watch_no_name")
    page.editor.save_button.click()
    assert page.editor._wrong.text() == "Give the watch a name."
    assert page.editor.settings.fields["url"].text() == "https://example.org"
    assert page.editor.save_button.isEnabled()


def test_a_test_shows_what_would_be_heard(page: WatchesPage) -> None:
    page.add()
    page.editor.settings.fields["url"].setText("https://example.org")
    page.editor.try_button.click()
    assert any("2 mentions there, 1 of them about your shop" in line for line in page.editor.trial.lines)
    assert any("left out" in line for line in page.editor.trial.lines)
    assert page.editor.name.text() == "Nasz blog"


def test_a_test_says_where_older_mentions_are_left_alone(page: WatchesPage, desk: FakeDesk) -> None:
    page.add()
    page.editor.settings.fields["url"].setText("https://example.org")
    page.editor.try_button.click()
    assert not any("older" in line for line in page.editor.trial.lines)
    few = desk.watches_test(page.editor.typed())
    desk.trial = replace(few, mentions=few.mentions[:1] * 100)
    page.editor.try_button.click()
    assert "At first only the newest 100 are taken; older ones are left alone." in page.editor.trial.lines


def test_an_address_that_leads_elsewhere_can_be_taken(page: WatchesPage, desk: FakeDesk) -> None:
    found = Watch("", "Feed of the blog", "feed", WatchKind.CHANNEL, {"url": "https://example.org/feed"})
    page.add()
    page.editor.settings.fields["url"].setText("https://example.org")
    desk.trial = Trial(found, "", (), Problem("watch.not_found", {"host": "example.org"}), found)
    page.editor.try_button.click()
    assert "Feed of the blog" in page.editor.trial.lines[0]
    desk.trial = None
    page.editor.trial.found_taken.emit(found)
    assert page.editor.typed().settings == {"url": "https://example.org/feed"}


def test_an_address_without_encryption_is_taken_without_a_question(page: WatchesPage, desk: FakeDesk) -> None:
    typed = Watch("", "Till", "feed", WatchKind.CHANNEL, {"url": "192.168.1.5/feed"}, allow_private=True)
    tested, found = (replace(typed, settings={"url": f"{one}://192.168.1.5/feed"}) for one in ("https", "http"))
    page.add(typed)
    desk.trial = Trial(tested, "Till", (), Problem("net.no_tls", {"host": "192.168.1.5"}), found)
    page.editor.try_button.click()
    assert page.editor.trial.lines[0].endswith(
        "without encryption; it is read at this address: http://192.168.1.5/feed"
    )
    assert all(one.isHidden() for one in page.editor.trial.findChildren(QPushButton))
    desk.trial = None
    page.editor.save()
    assert desk.views[-1].watch.settings == {"url": "http://192.168.1.5/feed"}


def test_what_an_address_leads_to_is_told_by_its_own_name(page: WatchesPage, desk: FakeDesk) -> None:
    found = Watch("", "Bułka", "feed", WatchKind.CHANNEL, {"url": "https://example.org/feed"})
    page.add()
    page.editor.settings.fields["url"].setText("example.org/feed")
    desk.trial = Trial(found, "Reviews of our town", (), Problem("watch.not_found", {"host": "example.org"}), found)
    page.editor.try_button.click()
    assert page.editor.trial.lines[0] == "This address leads to «Reviews of our town»."
    assert page.editor.trial.meant
    assert page.editor.trial.meant.name == "Bułka", "what the owner called it stays"


def test_a_stopped_test_says_nothing_later(qtbot: QtBot, tmp_path: Path, desk: FakeDesk) -> None:
    later = Later()
    window = MainWindow(later, RESOURCES, settings_path=tmp_path / "w.ini", now=lambda: NOW)
    qtbot.addWidget(window)
    window.attach(desk, SOURCES)
    window.do("add_watch")
    later.go()
    editor = window.pages.watches().editor
    editor.settings.fields["url"].setText("https://example.org")
    editor.test()
    assert not editor.try_button.isEnabled()
    editor.trial.cancelled.emit()
    later.go()
    assert editor.trial.lines == []
    assert editor.try_button.isEnabled()


def test_a_removed_watch_comes_back(page: WatchesPage, desk: FakeDesk, window: MainWindow) -> None:
    page.table.view.selectRow(1)
    gone = page.table.current.watch
    page._remove.click()
    assert gone.id not in [view.watch.id for view in desk.views]
    assert "Removed: Mastodon" in window.banner.text
    window.do("undo")
    assert gone in [view.watch for view in desk.views]


def test_pausing_can_be_taken_back(page: WatchesPage, desk: FakeDesk, window: MainWindow) -> None:
    page.table.view.selectRow(0)
    page._pause.click()
    assert desk.views[0].watch.paused
    assert page._pause.text() == "Go on"
    window.do("undo")
    assert not desk.views[0].watch.paused


def test_esc_leaves_the_editor_then_the_page(page: WatchesPage, window: MainWindow) -> None:
    page.add()
    window.do("back")
    assert page.editor.isHidden()
    window.do("back")
    assert window.pages.name == "inbox"


def test_no_watches_says_what_to_do(window: MainWindow, desk: FakeDesk) -> None:
    desk.views = []
    window.do("page:watches")
    page = window.pages.watches()
    assert page.table.currentWidget() is page.table.empty
    page.table.empty._button.click()
    assert not page.finder.isHidden()
