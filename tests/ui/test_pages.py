"""The pages beside the inbox: watches, customers, log, reports, settings, help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce, Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, SOURCES, watches

from app.core.customer import Channel, Direction
from app.core.problems import Problem
from app.core.table import Column, Table
from app.core.views import Trial
from app.core.watch import Watch, WatchKind
from app.ui.pages.customers_page import CustomersPage
from app.ui.pages.settings_page import SettingsPage
from app.ui.pages.watches_page import WatchesPage, failing, trouble
from app.ui.report_text import as_csv, since
from app.ui.widgets.hours_fields import dates_of
from app.ui.window import MainWindow

RESOURCES = Path(__file__).parents[2] / "resources"

Show = Callable[..., Any]


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, desk: FakeDesk) -> Iterator[MainWindow]:
    window = MainWindow(AtOnce(), RESOURCES, settings_path=tmp_path / "window.ini", now=lambda: NOW)
    qtbot.addWidget(window)
    window.attach(desk, SOURCES)
    window.show()
    return window


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
    with qtbot.waitSignal(window.shop_changed, timeout=20_000):
        editor.save_button.click()
    kept = desk.views[-1].watch
    assert kept.name == "Blog"
    assert kept.settings == {"url": "https://example.org"}
    assert kept.required == ("piekarnia|cukiernia", "Rynek")
    assert kept.excluded == ("praca",)
    assert (kept.language, kept.own, kept.interval) == ("pl", True, 3600)
    assert editor.isHidden()
    assert page.table.current.watch.id == kept.id


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


@pytest.fixture
def customers(window: MainWindow) -> CustomersPage:
    window.do("page:customers")
    return window.pages.customers()


def test_a_card_shows_the_story(customers: CustomersPage) -> None:
    assert customers.card.name.text() == "Anna K."
    assert customers.card.note.toPlainText().startswith("Stała")
    assert len(customers.card.history.lines) == 2
    assert "us · post" in customers.card.history.lines[1]


def test_a_note_is_saved_to_the_card_it_was_typed_on(customers: CustomersPage, desk: FakeDesk) -> None:
    customers.card.note.setPlainText("likes rye")
    customers.table.view.selectRow(1)
    assert desk.people["anna"].note == "likes rye"
    assert desk.people["jan"].note == ""
    assert customers.card.note.toPlainText() == ""


def test_leaving_the_page_saves_the_note(customers: CustomersPage, desk: FakeDesk, window: MainWindow) -> None:
    customers.card.note.setPlainText("likes rye")
    window.do("page:log")
    assert desk.people["anna"].note == "likes rye"


def test_a_customer_is_renamed_and_made(customers: CustomersPage, desk: FakeDesk) -> None:
    customers.card.name.setText("Anna Kowalska")
    customers.card.name.editingFinished.emit()
    assert desk.people["anna"].name == "Anna Kowalska"
    customers.add_card()
    assert customers.card.customer.name == "New customer"
    assert len(desk.people) == 3


def test_forgetting_asks_first(customers: CustomersPage, desk: FakeDesk) -> None:
    assert customers.card.sure.isHidden()
    customers.card.sure.show()
    assert "anna" in desk.people
    customers.card._forget()
    assert "anna" not in desk.people
    assert customers.card.customer.id == "jan"


def test_a_contact_is_logged_on_a_card(customers: CustomersPage, desk: FakeDesk) -> None:
    card = customers.card
    card.contact.begin(NOW)
    card.contact._direction.setCurrentIndex(1)
    card.contact._channel.setCurrentIndex(card.contact._channel.findData(Channel.VISIT))
    card.contact._text.setPlainText("gave a cake")
    card.contact._save.click()
    last = desk.people["anna"].contacts[-1]
    assert (last.direction, last.channel, last.text) == (Direction.OUT, Channel.VISIT, "gave a cake")


def test_nobody_found_offers_a_card(customers: CustomersPage) -> None:
    customers.field.setText("zzz")
    customers.load()
    assert "Nobody found" in customers.table.empty.text
    assert customers.card.customer is None


def test_the_log_is_filtered_blind_to_diacritics(window: MainWindow) -> None:
    window.do("page:log")
    page: Any = window.pages.page("log")
    assert page.table.model.rowCount() == 2
    page.filter.setText("BEDZIE")
    assert page.table.model.rowCount() == 1
    page.filter.setText("nonsense")
    assert page.table.currentWidget() is page.table.empty
    page.filter.clear()
    page.table.opened.emit(page.table.model.row(0))
    assert window.pages.name == "customers"
    assert window.pages.customers().card.customer.id == "anna"


def test_a_report_is_shown_and_copied(window: MainWindow) -> None:
    window.do("page:reports")
    page: Any = window.pages.page("reports")
    model = page.table.model
    said = [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]
    assert said[0][:4] == ["mastodon.social", "4", "75%", "40 min"]
    assert said[1][4] == "–"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Place"
    page.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1].startswith("mastodon.social,4,75.0")
    assert copied[3].startswith("'=evil()")


def test_an_empty_report_says_so(window: MainWindow, desk: FakeDesk) -> None:
    desk.table = Table((Column("place"),), ())
    window.do("page:reports")
    page: Any = window.pages.page("reports")
    assert page.table.currentWidget() is page.table.empty
    assert not page.copy.isEnabled()


def test_csv_keeps_commas_and_lines() -> None:
    table = Table((Column("a"), Column("b")), (('x,"y"', None), ("two\nlines", 1.5)))
    assert as_csv(table) == 'A,B\n"x,""y""",\n"two\nlines",1.5\n'


def test_periods_begin_at_midnight() -> None:
    assert since(0, NOW) == 0
    assert 0 <= NOW - since(1, NOW) < 86400
    assert 6 * 86400 - 3600 <= NOW - since(7, NOW) < 7 * 86400 + 3600


@pytest.fixture
def settings(window: MainWindow) -> SettingsPage:
    window.do("page:settings")
    page: Any = window.pages.page("settings")
    return page


def test_settings_are_kept_by_themselves(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    settings.shop.clear()
    qtbot.keyClicks(settings.shop, "Cukiernia")
    settings.hours.days[0].clear()
    qtbot.keyClicks(settings.hours.days[0], "9-13, 14-18")
    settings.bell.ring.setValue(80)
    with qtbot.waitSignal(settings.kept, timeout=20_000):
        pass
    assert desk.preferences.shop_name == "Cukiernia"
    assert desk.preferences.hours == {0: ((540, 780), (840, 1080))}
    assert desk.preferences.ring_at == pytest.approx(0.8)


def test_looking_at_settings_changes_nothing(settings: SettingsPage, desk: FakeDesk) -> None:
    settings.flush()
    assert not [call for call in desk.calls if call[0] in {"settings.change", "replies.put_saved"}]


def test_only_what_was_changed_here_is_written(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClicks(settings.town, " 2")
    desk.preferences = replace(desk.preferences, blocked_authors=("blocked meanwhile",))
    settings.flush()
    assert desk.preferences.shop_town == "Poznań 2"
    assert desk.preferences.blocked_authors == ("blocked meanwhile",)


def test_hours_nobody_understands_are_not_kept(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    before = desk.preferences
    qtbot.keyClicks(settings.hours.days[2], "morning")
    settings.flush()
    assert desk.preferences == before
    assert settings.hours.days[2].property("wrong") == "true"


def test_a_wrong_field_keeps_no_other_from_being_kept(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    hours = settings.hours
    desk.preferences = replace(desk.preferences, hours={2: ((480, 720),)}, days_off=("2026-01-06",))
    settings.load()
    for field, typed in ((hours.days[0], "9-17"), (hours.days[2], "morning"), (hours.quiet, "22-8")):
        field.selectAll()
        qtbot.keyClicks(field, typed)
    settings.flush()
    assert desk.preferences.hours == {0: ((540, 1020),), 2: ((480, 720),)}
    assert desk.preferences.quiet == ((0, 480), (1320, 1440))
    assert hours._wrong.text() == (
        "Not saved; please correct: Wednesday. Write hours like this: 9-13, 14-18. A day left empty is closed."
    )
    qtbot.keyClicks(hours.off, " soon")
    assert "Wednesday, Days off." in hours._wrong.text()
    assert "24.12.2026" in hours._wrong.text()
    settings.flush()
    settings.load()
    assert (hours.days[2].text(), hours.off.text()) == ("morning", "06.01.2026 soon")
    assert desk.preferences.days_off == ("2026-01-06",)


def test_settings_that_cannot_be_kept_are_tried_again(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    qtbot.keyClicks(settings.town, "!")
    settings.flush()
    desk.problem = None
    settings.flush()
    assert desk.preferences.shop_town == "Poznań!"


def test_saved_replies_are_written_removed_and_taken_back(
    settings: SettingsPage, desk: FakeDesk, window: MainWindow
) -> None:
    settings.replies.add()
    settings.replies.name.setText("Later")
    settings.replies.text.setPlainText("We call you, {name}.")
    settings.replies.flush()
    assert [one.name for one in desk.replies_kept][-1] == "Later"
    settings.replies.remove()
    assert "Later" not in [one.name for one in desk.replies_kept]
    window.do("undo")
    assert "Later" in [one.name for one in desk.replies_kept]


def test_switching_between_saved_replies_keeps_each_text(settings: SettingsPage, desk: FakeDesk) -> None:
    settings.replies.list.choose("sorry")
    settings.replies.text.setPlainText("changed")
    settings.replies.list.choose("sorry-ru")
    texts = {one.id: one.text for one in desk.replies_kept}
    assert texts["sorry"] == "changed"
    assert texts["sorry-ru"].startswith("Здравствуйте")


def test_health_is_told(settings: SettingsPage) -> None:
    settings.check_health()
    said = [settings._health.itemAt(n).widget().text() for n in range(settings._health.count())]
    assert said[0].startswith("✓")
    assert "12 MB" in said[1]


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("", ()),
        ("2026-12-24, 2026-05-01", ("2026-05-01", "2026-12-24")),
        ("24.12.2026 1.5.2026, 2026-12-24", ("2026-05-01", "2026-12-24")),
        ("24.12.", None),
        ("31.2.2026", None),
    ],
)
def test_days_off(typed: str, dates: tuple[str, ...] | None) -> None:
    assert dates_of(typed) == dates


def test_help_lists_the_keys(window: MainWindow) -> None:
    window.do("page:help")
    page: Any = window.pages.page("help")
    assert any(line.startswith("Ctrl+F ") for line in page.lines)
    assert any(line.startswith("Ctrl+Enter ") for line in page.lines)
    assert not any("Return" in line for line in page.lines)
    assert len(page.lines) > 35
