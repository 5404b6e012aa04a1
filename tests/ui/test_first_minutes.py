"""What a newcomer met: fields cut off, keys that went astray, words typed that were lost, an icon that did nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QProcess, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import FakeSource, FakeSources
from ui.window_samples import Open

from app.core.ports.source import Setting
from app.core.problems import Problem
from app.ui.pages.watches_page import WatchesPage
from app.ui.pages.welcome_page import WelcomePage
from app.ui.refusal import show_refusal
from app.ui.theme import Theme
from app.ui.widgets.mention_text import LOWEST, MentionText
from app.ui.window import MainWindow

FEED = FakeSource(
    settings=(
        Setting("url", "Address of the feed", "url", hint="The address of a web page will do: its feeds are found."),
        Setting("user", "User name", required=False, hint="Only for feeds that ask for a name and a password."),
        Setting("password", "Password", "secret", required=False),
    )
)


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window(sources=FakeSources((FEED,)))


@pytest.fixture
def page(window: MainWindow) -> WatchesPage:
    window.do("page:watches")
    return window.pages.watches()


@pytest.mark.parametrize("size", [(1240, 780), (1000, 600), (760, 480)])
def test_no_field_of_a_source_is_cut_off(window: MainWindow, page: WatchesPage, size: tuple[int, int]) -> None:
    window.resize(*size)
    page.add()
    for _ in range(3):
        QApplication.processEvents()
    fields = page.editor.settings
    assert fields.height() > max(field.geometry().bottom() for field in fields.fields.values())


def test_what_was_typed_first_goes_along_into_the_full_form(open_window: Open) -> None:
    window = open_window(FakeDesk(heard=[], views=[]), sources=FakeSources((FEED,)))
    welcome = window.pages.page("welcome")
    assert isinstance(welcome, WelcomePage)
    welcome.shop.setText("Piekarnia Rynek")
    welcome.address.setText("192.168.1.5/feed")
    welcome._ask_for_more()
    editor = window.pages.watches().editor
    assert window.pages.name == "watches"
    assert not editor.isHidden()
    assert editor.name.text() == "Piekarnia Rynek"
    assert editor.settings.values()["url"] == "192.168.1.5/feed"
    assert editor._title.text() == "New watch"


def test_the_name_typed_first_is_kept_wherever_the_first_watch_is_made(qtbot: QtBot, open_window: Open) -> None:
    desk = FakeDesk(heard=[], views=[])
    window = open_window(desk)
    welcome = window.pages.page("welcome")
    assert isinstance(welcome, WelcomePage)
    for field, text in ((welcome.shop, "Piekarnia Rynek"), (welcome.town, "Opole")):
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        qtbot.keyClicks(field, text)
    window.do("add_watch")
    qtbot.waitUntil(lambda: desk.preferences.shop_town == "Opole")
    assert desk.preferences.shop_name == "Piekarnia Rynek"


def test_the_sample_shop_is_started_by_a_button_as_a_program_of_its_own(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda *call: (not started.append(call), 1))
    window = open_window(None)
    window.pages.sample_command = ("/usr/bin/counterbell", "demo")
    window.attach(FakeDesk(heard=[], views=[]), FakeSources((FEED,)))
    welcome = window.pages.page("welcome")
    assert isinstance(welcome, WelcomePage)
    assert welcome.sample.isVisible()
    qtbot.mouseClick(welcome.sample, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(welcome.sample, Qt.MouseButton.LeftButton)
    assert started == [("/usr/bin/counterbell", ["demo"])]
    assert not welcome.sample.isEnabled()


def test_a_sample_shop_that_does_not_start_is_told_of(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(None)
    window.pages.sample_command = ("/nowhere/counterbell", "demo")
    window.attach(FakeDesk(heard=[], views=[]), FakeSources((FEED,)))
    welcome = window.pages.page("welcome")
    assert isinstance(welcome, WelcomePage)
    welcome.sample.click()
    assert welcome._wrong.text() == "The sample shop could not be started."
    assert welcome.sample.isEnabled()


def test_without_a_sample_shop_none_is_offered(open_window: Open) -> None:
    welcome = open_window(FakeDesk(heard=[], views=[])).pages.page("welcome")
    assert isinstance(welcome, WelcomePage)
    assert welcome.sample.isHidden()


def test_a_missing_name_puts_the_keyboard_into_its_field(page: WatchesPage, desk: FakeDesk) -> None:
    page.add()
    page.editor.settings.fields["url"].setText("https://example.org")
    desk.problem = Problem("desk.watch_no_name")
    page.editor.save_button.click()
    assert page.focusWidget() is page.editor.name


def test_a_test_leaves_the_keyboard_beside_it_not_on_cancel(page: WatchesPage) -> None:
    page.add()
    page.editor.settings.fields["url"].setText("https://example.org")
    page.editor.try_button.setFocus()
    page.editor.try_button.click()
    assert page.focusWidget() is page.editor.save_button


@pytest.mark.parametrize(("user", "warned"), [("", False), ("ola", True)])
def test_a_password_is_only_spoken_of_where_there_is_one(
    page: WatchesPage, desk: FakeDesk, window: MainWindow, user: str, warned: bool
) -> None:
    watch = replace(desk.views[0].watch, source="feed", settings={"url": "https://example.org", "user": user})
    desk.views = [replace(desk.views[0], watch=watch)]
    page.load()
    said: list[str] = []
    window._undo.offered.connect(said.append)
    page.remove()
    assert ["password" in words for words in said] == [warned]


def test_a_place_that_is_gone_has_no_next_turn(page: WatchesPage, desk: FakeDesk) -> None:
    view = desk.views[0]
    assert view.state
    turn = page._columns()[3].text
    assert turn(view) != "–"
    assert turn(replace(view, state=replace(view.state, next_due=4_102_444_800.0))) == "–"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_return_saves_the_contact_and_leaves_the_reply_alone(
    open_window: Open, desk: FakeDesk, qtbot: QtBot, opened_pages: list[str], key: Qt.Key
) -> None:
    window = open_window()
    window.show_case(1)
    window.do("case:contact")
    form = window.case.contact
    assert window.focusWidget() is form._text
    qtbot.keyClick(form._text, key, Qt.KeyboardModifier.ControlModifier)
    assert not form.isHidden()
    form._text.setPlainText("Rang an")
    qtbot.keyClick(form._text, key, Qt.KeyboardModifier.ControlModifier)
    assert desk.people["anna"].contacts[-1].text == "Rang an"
    assert opened_pages == []


def test_a_case_whose_person_was_forgotten_closes_without_a_word(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.show_case(1)
    said: list[object] = []
    window._bench.announced.connect(said.append)
    desk.heard = [one for one in desk.heard if one.archived.id != 1]
    window.case.reload()
    assert window.case.view is None
    assert said == []


@pytest.mark.parametrize("text", ["😡😡😡👎", "plain", "one\ntwo 😡\nthree"])
def test_a_short_mention_needs_no_scroll_bar(qtbot: QtBot, text: str) -> None:
    shown = MentionText(Theme())
    qtbot.addWidget(shown)
    shown.resize(400, 100)
    shown.show()
    shown.show_text(text, "", ())
    QApplication.processEvents()
    assert shown.verticalScrollBar().maximum() == 0


def test_a_long_mention_leaves_room_for_the_verdict_below(qtbot: QtBot) -> None:
    area, inside = QScrollArea(widgetResizable=True), QWidget()
    shown, below = MentionText(Theme()), QLabel("verdict")
    rows = QVBoxLayout(inside)
    for one in (shown, below):
        rows.addWidget(one)
    rows.addStretch(1)
    area.setWidget(inside)
    qtbot.addWidget(area)
    shown.show_text("a long complaint " * 4000, "", ())
    area.resize(400, 420)
    area.show()
    for height in (420, 700, 380):
        area.resize(400, height)
        qtbot.waitUntil(lambda: below.visibleRegion().boundingRect().height() == below.height())
        assert shown.height() >= LOWEST


def test_a_refused_start_says_why_in_a_box(qtbot: QtBot) -> None:
    told: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.close()

    QTimer.singleShot(0, look)
    show_refusal("The disk is <b>full</b>.")
    assert told == ["The disk is <b>full</b>."]


def test_the_names_of_the_lists_fit_large_letters_too(open_window: Open, qapp: QApplication) -> None:
    usual = qapp.font()
    large = qapp.font()
    large.setPointSizeF(18)
    try:
        qapp.setFont(large)
        window = open_window(None, show=False)
        window.resize(900, 600)
        window.show()
        assert window.folders.viewport().width() >= window.folders.words_width()
        assert window.bar.field.height() > window.bar.field.fontMetrics().height()
    finally:
        qapp.setFont(usual)
