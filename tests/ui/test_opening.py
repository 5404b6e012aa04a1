"""What is opened outside: where nothing opens it the owner is told, with the address at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import Open, type_reply

from app.core.release import Release
from app.ui import opening
from app.ui.opening import open_outside
from app.ui.widgets.update_bar import UpdateBar
from app.ui.window import MainWindow

PAGE = QUrl("https://kawa.example/post?a=1&b=ż")
SORRY = "We are sorry and bake anew."


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    """The window with the case of Anna."""
    made = open_window()
    made.show_case(1)
    return made


def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> Path:
    """Have the system's opener note what it was given, and do what `words` of a shell say."""
    program, given = tmp_path / "xdg-open", tmp_path / "given"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{given}"\n{words}\n')
    program.chmod(0o755)
    monkeypatch.setattr(opening, "_opener", lambda: str(program))
    return given


@pytest.mark.parametrize("code", [1, 3, 4])
def test_an_opener_that_found_no_browser_is_told_of(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    given = opener(tmp_path, monkeypatch, f"exit {code}")
    failed: list[str] = []
    owner = QObject(qapp)
    open_outside(PAGE, owner, lambda: failed.append("told"))
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == ["told"]
    assert given.read_text() == "https://kawa.example/post?a=1&b=%C5%BC"
    owner.deleteLater()


@pytest.mark.parametrize(
    "words",
    ["exit 0", "sleep 1", "kill -TERM $$", "kill -SEGV $$", "exit 130", "exit 143"],
    ids=["at once", "with the browser", "ended", "fell", "interrupted", "ended below"],
)
def test_one_that_opened_it_is_not(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    opener(tmp_path, monkeypatch, words)
    failed: list[str] = []
    owner = QObject(qapp)
    open_outside(PAGE, owner, lambda: failed.append("told"))
    assert owner.children()
    qtbot.waitUntil(lambda: not owner.children())
    assert failed == []
    owner.deleteLater()


def test_one_that_runs_on_is_left_to_itself(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE_MS", opening.LOOK_MS)
    opener(tmp_path, monkeypatch, "exec sleep 1")
    owner = QObject(qapp)
    open_outside(PAGE, owner, lambda: pytest.fail("it is the browser by now"))
    qtbot.waitUntil(lambda: not owner.children())
    (process,) = opening._left
    assert process.poll() is None, "it was ended"
    assert process.wait() == 0
    opening._left.clear()
    owner.deleteLater()


@pytest.mark.parametrize("code", [0, 3])
def test_each_of_two_openers_is_heard_that_ended_before_anybody_looked(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    opener(tmp_path, monkeypatch, f"exit {code}")
    failed: list[str] = []
    owner = QObject(qapp)
    open_outside(PAGE, owner, lambda: failed.append("first"))
    (first,) = opening._left
    assert first.wait() == code
    open_outside(PAGE, owner, lambda: failed.append("second"))
    qtbot.waitUntil(lambda: not owner.children())
    assert failed == (["first", "second"] if code else [])
    assert opening._left == []
    owner.deleteLater()


def test_an_opener_that_cannot_be_started_is_told_of(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_opener", lambda: str(tmp_path / "none"))
    failed: list[str] = []
    owner = QObject(qapp)
    open_outside(PAGE, owner, lambda: failed.append("told"))
    assert failed == ["told"]
    owner.deleteLater()


@pytest.mark.usefixtures("no_browser")
def test_the_address_of_a_post_that_no_browser_opens_is_copied(window: MainWindow) -> None:
    assert window.case.view
    url = window.case.view.mention.mention.url
    window.do("case:open")
    assert QGuiApplication.clipboard().text() == url
    assert "The address is copied" in window.banner.text
    assert url in window.banner.text


@pytest.mark.usefixtures("no_browser")
def test_a_reply_that_was_copied_stays_in_the_clipboard(window: MainWindow, desk: FakeDesk) -> None:
    type_reply(window, SORRY)
    window.do("case:copy")
    assert QGuiApplication.clipboard().text() == SORRY
    assert "no browser could be opened" in window.banner.text
    assert desk.one(1).archived.mention.url in window.banner.text


def test_a_page_asked_for_before_the_reply_was_copied_leaves_the_clipboard_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(tmp_path, monkeypatch, "exit 3")
    window.do("case:open")
    type_reply(window, SORRY)
    window.do("case:copy")
    qtbot.waitUntil(lambda: "no browser could be opened" in window.banner.text)
    assert QGuiApplication.clipboard().text() == SORRY


@pytest.mark.usefixtures("no_browser")
def test_a_very_long_address_is_copied_whole_and_told_short(window: MainWindow) -> None:
    url = "https://kawa.example/" + "a" * 600
    window.case.open_post(url)
    assert QGuiApplication.clipboard().text() == url
    assert len(window.banner.text) < 300


@pytest.mark.usefixtures("no_browser")
def test_the_page_of_a_new_version_is_told_as_well(open_window: Open) -> None:
    window = open_window()
    bar = window.findChildren(UpdateBar)[0]
    bar.tell(Release("9.9", "https://counterbell.example/9.9", {}))
    bar.page.click()
    assert QGuiApplication.clipboard().text() == "https://counterbell.example/9.9"
    assert "The address is copied" in window.banner.text


def test_a_page_that_opens_is_not_told_of(window: MainWindow, opened_pages: list[str]) -> None:
    QGuiApplication.clipboard().setText("what the owner copied")
    window.do("case:open")
    assert len(opened_pages) == 1
    assert QGuiApplication.clipboard().text() == "what the owner copied"
    assert not window.banner.isVisible()
